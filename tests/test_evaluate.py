"""The one door: every answer of an evaluated plan leads back to inputs with a source."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import pricing
from pricing.bill import BillError
from pricing.catalogue import Catalogue, load_catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.ledger import Explanation
from pricing.messages import TEMPLATES, sentence
from pricing.plan.plan import Plan
from tests.bill.sample import six_options
from tests.bill.small import api, bill, owned, plan, rented, request_class
from tests.bill.strategies import plans

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def sample() -> Evaluation:
    return evaluate(six_options(), today=TODAY)


def leaves(tree: Explanation) -> list[Explanation]:
    """Every figure of a tree that is not unfolded further."""
    if not tree.operands:
        return [tree]
    return [leaf for operand in tree.operands for leaf in leaves(operand)]


def figures(tree: Explanation) -> list[Explanation]:
    return [tree, *(figure for operand in tree.operands for figure in figures(operand))]


def check_ends(tree: Explanation) -> None:
    """A tree ends in inputs with a source, 0, the month number, or months outside the plan."""
    unfolded = {(f.key, f.month) for f in figures(tree) if f.operands}
    for leaf in leaves(tree):
        if leaf.is_input:
            assert leaf.source, f"{leaf.key} has no source"
        elif (leaf.key, leaf.month) not in unfolded and leaf.key != "timing.month":
            outside = re.search("^0$|of 0$|last month's|months ago|in .+ months", leaf.formula)
            assert outside, f"{leaf.key} ends at {leaf.formula}"


def test_that_every_figure_of_the_sample_leads_to_inputs_with_a_source(sample: Evaluation) -> None:
    for option in sample.bills:
        metrics = [option.tco, option.npv, option.per_request, option.per_million_tokens]
        for metric in metrics:
            check_ends(sample.explain(metric.key))
        for month in (1, 13, 36):
            for series in [option.cash, option.unserved, *option.categories.values()]:
                tree = sample.explain(series.key, month)
                assert tree.value == pytest.approx(series.values[month - 1])
                check_ends(tree)


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(some=plans())
def test_that_every_total_of_any_plan_leads_to_inputs_with_a_source(
    some: Plan, catalogue: Catalogue
) -> None:
    evaluation = evaluate(some, catalogue, TODAY)
    for option in evaluation.bills:
        check_ends(evaluation.explain(option.tco.key))
        check_ends(evaluation.explain(option.cash.key, some.months))
    for finding in evaluation.findings:
        assert sentence(finding).endswith(".")


def test_that_every_finding_has_a_sentence_and_every_sentence_its_finding() -> None:
    """Codes are read from the sources: what is found there must be in the list and be used."""
    room = Path(pricing.__file__).parent
    written = "".join(
        path.read_text("utf-8")
        for path in [
            room / "evaluate.py", room / "newer_catalogue.py", *(room / "bill").glob("*.py")
        ]
    )  # fmt: skip
    used = set(re.findall(r'(?:find|Finding)\(\s*"([a-z_]+\.[a-z_]+)"', written))
    assert used == set(TEMPLATES)


def test_that_findings_say_what_a_reader_must_know() -> None:
    evaluation = bill(
        api(serves=["use"]),
        rented(servers=1, terms={"kind": "committed", "years": 3}),
        classes=[request_class(requests=146_000), request_class(id="more", name="More")],
    )
    said = [sentence(finding) for finding in evaluation.findings]
    assert any("nobody is planned to run the servers" in text for text in said)
    assert any("API does not serve 1 of" in text for text in said)
    assert any("24 server-months of commitment remain" in text for text in said)
    assert any(text.startswith("Rented leaves 1,752,000 requests in 12 months") for text in said)


def test_that_months_are_labelled_by_the_calendar() -> None:
    evaluation = bill(api(), start="2027-11", months=14)
    assert evaluation.month_labels[:3] == ("2027-11", "2027-12", "2028-01")
    assert len(evaluation.month_labels) == 14


def test_that_a_figure_nobody_stated_is_asked_for_by_field() -> None:
    for option, path in (
        (owned(price=None), "options.owned.price"),
        (owned(power_kw=None), "options.owned.power_kw"),
        (owned(software_per_gpu=100), "options.owned.gpus_per_server"),
        (rented(price_per_hour=None), "options.rented.price_per_hour"),
        (api(prices=None, model="no/such-model"), "options.api.model"),
        (api(people_fte=1), "people.loaded_cost_per_year"),
        (api(setup_cost={"value": 1, "currency": "CNY"}), "fx.cny_per_usd"),
    ):
        with pytest.raises(BillError) as refused:
            evaluate(plan(option))
        assert refused.value.path == path
        assert refused.value.message.endswith(".")
    with pytest.raises(BillError) as refused:
        evaluate(plan(owned(), electricity=None))
    assert refused.value.path == "electricity"


def test_that_nobody_entered_costs_nothing() -> None:
    assert bill(api(people_fte=0)).bill_of("api").tco.value == pytest.approx(12 * 438)


def test_that_the_baseline_is_the_one_named_or_the_first() -> None:
    assert bill(api(), rented()).baseline.id == "api"
    assert bill(api(), rented(), baseline="rented").baseline.id == "rented"


def test_that_a_thousand_draws_keep_the_base_case_in_their_middle(sample: Evaluation) -> None:
    """A triangular price around its own value: mean TCO of the owned option stays put."""
    random = np.random.default_rng(20_261_122)
    price = random.triangular(288_000, 320_000, 352_000, 1000)
    tco = sample.line(sample.bill_of("owned").tco.key)
    values = sample.ledger.evaluate({"option.owned.price": price}, only=(tco,)).array(tco)
    assert values.shape == (1000, 1)
    assert values.mean() == pytest.approx(sample.bill_of("owned").tco.value, rel=0.01)
    order = np.argsort(price)
    assert (np.diff(values[order, 0]) >= 0).all()
