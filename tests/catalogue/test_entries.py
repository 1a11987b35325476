"""Every entry can be made, and every figure tells its origin."""

from datetime import date

import pytest

from pricing.catalogue import (
    Catalogue,
    CatalogueError,
    ReferenceCheck,
    Summary,
    describe,
    figures_of,
)
from pricing.plan.figure import Figure, Price
from pricing.plan.model import Frozen

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def entries(catalogue: Catalogue) -> list[Frozen]:
    return [entry for shelf in catalogue.shelves for entry in shelf.entries()]


@pytest.fixture(scope="module")
def figures(entries: list[Frozen]) -> list[Figure]:
    return [figure for entry in entries for _, figure in figures_of(entry)]


def test_that_the_catalogue_has_thousands_of_figures(figures: list[Figure]) -> None:
    assert len(figures) > 8000


def test_that_every_figure_states_unit_region_source_and_confidence(figures: list[Figure]) -> None:
    for figure in figures:
        assert figure.unit.strip(), figure
        assert figure.region.strip(), figure
        assert figure.source.strip(), figure
        assert figure.confidence in ("high", "medium", "low", "assumption", "gap"), figure


def test_that_every_price_names_its_currency_in_its_unit(figures: list[Figure]) -> None:
    prices = [figure for figure in figures if isinstance(figure, Price)]
    assert prices
    assert all(price.unit.startswith(f"{price.currency} ") for price in prices)


def test_that_no_figure_is_dated_after_the_data_was_read(figures: list[Figure]) -> None:
    assert all(figure.as_of is None or figure.as_of <= TODAY for figure in figures)


def test_that_a_figure_without_a_date_says_so(figures: list[Figure]) -> None:
    undated = [figure for figure in figures if figure.as_of is None]
    assert undated
    assert all("states no date" in figure.note for figure in undated)


def test_that_every_entry_survives_a_round_trip_through_json(entries: list[Frozen]) -> None:
    for entry in entries:
        assert type(entry).model_validate_json(entry.model_dump_json()) == entry


def test_that_every_entry_can_be_put_in_words(entries: list[Frozen]) -> None:
    for entry in entries:
        text = describe(entry, TODAY)
        assert text.startswith(f"{getattr(entry, 'id')}: ")  # noqa: B009
        assert "Source: " in text or "not known" in text


def test_that_an_id_belongs_to_one_entry_of_one_kind(catalogue: Catalogue) -> None:
    ids = [name for shelf in catalogue.shelves for name in shelf.identifiers()]
    assert len(ids) == len(set(ids))
    assert all(name == name.lower() and " " not in name and len(name) <= 160 for name in ids)


def test_that_upper_and_lower_case_ids_are_the_same(catalogue: Catalogue) -> None:
    assert catalogue.token_model("OpenAI/GPT-5-mini") is catalogue.token_model("openai/gpt-5-mini")


@pytest.mark.parametrize(
    ("ask", "wanted", "offered"),
    [
        ("token_model", "gpt-5-mini", "openai/gpt-5-mini"),
        ("token_model", "anthropic/claude-sonet-4-5", "anthropic/claude-sonnet-4-5"),
        ("rental", "aws/p5.48xlarge", "aws/p5.48xlarge@us-east-1"),
        ("server", "hgx-h100", "hgx-h100-8x"),
        ("appliance", "dgx-sparc", "dgx-spark"),
        ("accelerator", "h100", "h100-sxm"),
        ("open_model", "llama-3.3-70", "llama-3.3-70b"),
        ("assumption", "electricity/ohio", "electricity/us-ohio"),
        ("find", "nvidia-ai-enterprise", "software/nvidia-ai-enterprise"),
    ],
)
def test_that_an_unknown_id_is_answered_with_the_three_closest(
    catalogue: Catalogue, ask: str, wanted: str, offered: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        getattr(catalogue, ask)(wanted)
    sentence = str(caught.value)
    assert repr(wanted) in sentence
    assert repr(offered) in sentence
    assert sentence.count("'") == 8
    assert sentence.endswith(".")


def test_that_a_picker_finds_entries_by_words_in_any_order(catalogue: Catalogue) -> None:
    found = catalogue.token_models("mini openai gpt-5-mini")
    assert Summary("openai/gpt-5-mini", "GPT-5 mini", "OpenAI", "not stated") in found
    assert all("mini" in " ".join(line).lower() for line in found)
    assert [line.id for line in catalogue.rentals("h100 tokyo")] == [
        "aws/p5.48xlarge@ap-northeast-1"
    ]
    assert catalogue.servers("no such thing") == []


def test_that_find_returns_what_each_kind_returns(catalogue: Catalogue) -> None:
    assert catalogue.find("dgx-spark") is catalogue.appliance("dgx-spark")
    assert catalogue.find("b200") is catalogue.accelerator("b200")
    assert catalogue.find("card/b200") is catalogue.part("card/b200")
    assert isinstance(catalogue.find("tco-check/b200"), ReferenceCheck)
    fact = catalogue.search("azure openai ptu example")[0][1]
    assert catalogue.find(fact.id) is catalogue.fact(fact.id)


def test_that_models_to_be_hosted_leave_out_those_whose_weights_are_closed(
    catalogue: Catalogue,
) -> None:
    everything = {line.id for line in catalogue.token_models()}
    hosted = {line.id for line in catalogue.hosted_models()}
    closed = {
        name for name in everything if catalogue.token_model(name).open_weights is False
    }  # fmt: skip
    assert closed
    assert hosted == everything - closed
    assert not any(line.provider == "Anthropic" for line in catalogue.hosted_models())
    assert catalogue.hosted_models("llama 3.3 70b") == catalogue.token_models("llama 3.3 70b")
