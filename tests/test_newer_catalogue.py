"""A plan beside a newer catalogue: it keeps its figures, and is told what would change."""

from datetime import date
from typing import Any

import pytest

from pricing.catalogue import Catalogue, load_catalogue
from pricing.catalogue.installed import keep, naming_its_catalogue, use
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.finding import Finding
from pricing.messages import sentence
from pricing.newer_catalogue import changed_inputs
from pricing.plan.file import load_plan
from pricing.plan.fingerprint import fingerprint
from pricing.plan.hybrid import Decision, Hybrid
from pricing.plan.plan import Plan
from pricing.plan.recorded import CatalogueReference
from pricing.plan.written_with import written_with
from pricing.resources import resource
from tests.catalogue.editions import MODEL, edition, entry

ELSEWHERE = CatalogueReference(id="ab" * 32, date=date(2026, 1, 1))


pytestmark = pytest.mark.usefixtures("data_home")


@pytest.fixture
def plan() -> Plan:
    return load_plan(resource("samples", "customer_service.reckon"))


def said(evaluation: Evaluation) -> list[Finding]:
    return [one for one in evaluation.findings if one.code.startswith("catalogue.")]


def costs(evaluation: Evaluation) -> list[float]:
    return [bill.tco.value for bill in evaluation.bills]


def install(catalogue: Catalogue) -> None:
    keep(catalogue)
    use(catalogue)


def test_that_nothing_is_said_where_the_plan_has_the_newest(plan: Plan) -> None:
    assert said(evaluate(plan)) == []
    assert said(evaluate(naming_its_catalogue(plan))) == []


def test_that_a_plan_keeps_its_figures_and_is_told_of_newer_ones(
    plan: Plan, newer: Catalogue
) -> None:
    before = costs(evaluate(plan))
    install(newer)
    for kept in (plan, naming_its_catalogue(plan)):
        evaluation = evaluate(kept)
        assert evaluation.catalogue is load_catalogue()
        assert costs(evaluation) == before
        (finding,) = said(evaluation)
        assert (finding.code, finding.severity, finding.path) == (
            "catalogue.newer", "note", "catalogue",
        )  # fmt: skip
        assert "catalogue of 2026-11-22; a newer one of 2026-12-20 is installed: 2 of" in sentence(
            finding
        )


def test_that_the_count_is_of_the_inputs_of_the_bill_that_change(
    plan: Plan, newer: Catalogue
) -> None:
    """Fresh input and cache writes, which this model bills as input; nothing else doubles."""
    old, new = evaluate(plan), evaluate(plan, newer)
    changes = changed_inputs(old.ledger, new.ledger)
    assert [(c.label, c.since) for c in changes] == [
        ("Price of input tokens", ""), ("Price of cache writes", ""),
    ]  # fmt: skip
    for change in changes:
        assert change.old is not None
        assert change.new == 2 * change.old
        assert change.section == "GPT-5 mini by API"


def test_that_the_newer_one_counts_once_it_is_taken_and_going_back_gives_the_old_cost(
    plan: Plan, newer: Catalogue
) -> None:
    before = costs(evaluate(plan))
    install(newer)
    taken = written_with(plan, newer.reference)
    evaluation = evaluate(taken)
    assert evaluation.catalogue.id == newer.id
    assert said(evaluation) == []
    assert evaluation.bills[0].tco.value > before[0]
    assert costs(evaluation)[1:] == before[1:]
    assert costs(evaluate(written_with(taken, None))) == before


def test_that_an_announced_price_counts_from_its_day_and_leaves_the_others_alone(
    plan: Plan,
) -> None:
    def announce(entries: list[dict[str, Any]]) -> None:
        prices = entry(entries, MODEL)["prices"]
        prices.append({**prices[-1], "from": "2027-07-01", "output": 3})

    old, new = evaluate(plan), evaluate(plan, edition(change=announce))
    (change,) = changed_inputs(old.ledger, new.ledger)
    assert (change.label, change.since) == ("Price of output tokens", "2027-07-01")
    assert (change.old, change.new) == (2, 3)


def test_that_a_newer_one_without_changes_for_the_plan_says_so(plan: Plan) -> None:
    other = edition(change=lambda entries: dearer_than(entries, "openai/gpt-5"))
    install(other)
    (finding,) = said(evaluate(plan))
    assert finding.code == "catalogue.newer_same"
    assert "none of the prices and figures it uses changed" in sentence(finding)


def dearer_than(entries: list[dict[str, Any]], identifier: str) -> None:
    for prices in entry(entries, identifier)["prices"]:
        prices["output"] += 1


def test_that_a_newer_one_that_lacks_a_model_of_the_plan_says_what_is_missing(plan: Plan) -> None:
    install(edition(change=lambda entries: entries.remove(entry(entries, MODEL))))
    evaluation = evaluate(plan)
    (finding,) = said(evaluation)
    assert finding.code == "catalogue.newer_fails"
    assert f"has no token model '{MODEL}'" in sentence(finding)


def test_that_an_older_one_in_use_is_no_news(plan: Plan) -> None:
    install(edition("2026-10-20"))
    assert said(evaluate(plan)) == []


def test_that_a_catalogue_that_is_not_here_is_named_and_nothing_is_lost(plan: Plan) -> None:
    elsewhere = written_with(plan, ELSEWHERE)
    evaluation = evaluate(elsewhere)
    (finding,) = said(evaluation)
    assert (finding.code, finding.severity) == ("catalogue.not_installed", "warning")
    assert "2026-01-01 (abababababab), which is not installed here" in sentence(finding)
    assert evaluation.plan.catalogue == ELSEWHERE
    assert costs(evaluation) == costs(evaluate(plan))


def test_that_importing_the_missing_one_evaluates_with_it_again(
    plan: Plan, newer: Catalogue
) -> None:
    elsewhere = written_with(plan, newer.reference)
    assert [one.code for one in said(evaluate(elsewhere))] == ["catalogue.not_installed"]
    keep(newer)
    evaluation = evaluate(elsewhere)
    assert evaluation.catalogue.id == newer.id
    assert said(evaluation) == []


def test_that_every_sentence_about_catalogues_can_be_said(plan: Plan) -> None:
    one_price = edition(change=lambda entries: dearer_than(entries, MODEL))
    install(one_price)
    (finding,) = said(evaluate(plan))
    assert finding.code == "catalogue.newer_one"
    assert "one of the prices and figures it uses changed" in sentence(finding)


def test_that_a_decision_is_old_after_another_catalogue_was_taken_but_not_by_naming_its_own(
    newer: Catalogue,
) -> None:
    plan = load_plan(resource("samples", "hybrid_routing.reckon"))
    hybrid = next(option for option in plan.options if isinstance(option, Hybrid))
    decision = Decision(
        made_by="hand", made_on=date(2026, 11, 1), npv=1.0, facts=fingerprint(plan, hybrid.id)
    )
    decided = hybrid.model_copy(update={"decision": decision})
    options = tuple(decided if o.id == hybrid.id else o for o in plan.options)
    fresh = plan.model_copy(update={"options": options})
    named = naming_its_catalogue(fresh)
    install(newer)
    taken = written_with(named, newer.reference)
    for kept, stale in ((fresh, False), (named, False), (taken, True)):
        codes = {finding.code for finding in evaluate(kept).findings}
        assert ("decision.stale" in codes) == stale
