"""What licences permit is said with its condition, its source and a caution, or not claimed."""

import re

import pytest

from pricing.catalogue import Catalogue, describe, licence_of, permitted_use
from pricing.catalogue.licences import CAUTION, LICENCES


@pytest.mark.parametrize(
    ("name", "use", "words"),
    [
        ("Apache-2.0", "allowed", "notices"),
        ("MIT", "allowed", "notices"),
        ("MIT License", "allowed", "notices"),
        ("Llama 2 Community (custom)", "conditions", "700 million monthly active users"),
        ("Llama 3 Community", "conditions", '"Built with Llama"'),
        ("Llama 3.1 Community", "conditions", "700 million monthly active users"),
        ("llama3.3", "conditions", "700 million monthly active users"),
        ("Llama 4 Community", "conditions", "based in the EU"),
        ("Gemma ToU", "conditions", "prohibited use policy"),
        ("MRL", "not allowed", "research only"),
        ("Qwen Research", "not allowed", "research and evaluation only"),
        ("Qwen licence", "conditions", "100 million monthly active users"),
        ("tongyi-qianwen", "conditions", "100 million monthly active users"),
        ("Modified MIT", "conditions", "20 million USD of monthly revenue"),
        ("Modified MIT (MiniMax)", "conditions", "must show the model's name"),
        ("MIT code / DeepSeek model licence", "conditions", "attachment A"),
        ("Falcon-180B TII", "conditions", "hosted service"),
        ("cc-by-nc-4.0", "not allowed", "non-commercial"),
    ],
)
def test_that_a_licence_names_the_condition_of_commercial_use(
    name: str, use: str, words: str
) -> None:
    licence = licence_of(name)
    assert licence.use == use
    assert words in licence.commercial_use
    assert licence.url.startswith("https://")


def test_that_llama_3_and_its_point_releases_are_told_apart() -> None:
    versions = ("3", "3.1", "3.2", "3.3", "4")
    assert len({licence_of(f"Llama {version} Community").name for version in versions}) == 5


@pytest.mark.parametrize("name", ["", "   ", "House licence 7", "other", "Summit"])
def test_that_nothing_is_claimed_of_a_licence_that_is_not_known(name: str) -> None:
    assert licence_of(name).use == "unknown"
    assert permitted_use(name).startswith("Commercial use: not known;")
    assert CAUTION not in permitted_use(name)


def test_that_every_licence_of_the_catalogue_is_known(catalogue: Catalogue) -> None:
    for line in catalogue.open_models():
        licence = catalogue.open_model(line.id).licence
        assert not licence or licence_of(licence).use != "unknown", line.id


def test_that_every_statement_carries_its_source_and_the_caution(catalogue: Catalogue) -> None:
    for line in catalogue.open_models():
        model = catalogue.open_model(line.id)
        text = describe(model)
        (said,) = re.findall(r"^Commercial use: .*$", text, re.MULTILINE)
        if model.licence:
            assert CAUTION in said
            assert "https://" in said
        assert ("is not verified" in said) == ("licence" in model.unverified)


def test_that_terms_known_from_a_summary_say_so() -> None:
    assert "terms known from a summary only" in permitted_use("Modified MIT (MiniMax)")
    assert sum(licence.summary_only for _, licence in LICENCES) == 1


def test_that_a_licence_that_forbids_or_conditions_says_what(catalogue: Catalogue) -> None:
    for _, licence in LICENCES:
        assert licence.conditions, licence.name
