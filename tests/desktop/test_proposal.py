"""A decision that was found: what is said of it, and the plan with it taken."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from desktop.viewmodels.proposal import Proposal, proof_sentence, proposal_of
from desktop.viewmodels.proposal_taking import Fit, fit_of, taken
from desktop.viewmodels.proposal_words import servers_text
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.words import money
from desktop.work.deciding import Decided
from pricing.evaluate import evaluate
from pricing.plan.edit import edited
from tests.desktop.optimiser_plans import AT_API, at_api, group, help_desk
from tests.desktop.test_optimiser import decided, hybrid_in


@pytest.fixture(scope="module")
def improved() -> Decided:
    """What is found instead of sending everything to the API."""
    return decided(at_api(), "mix")


@pytest.fixture(scope="module")
def before() -> HybridCosts:
    return HybridCosts(evaluate(at_api()), "mix")


@pytest.fixture(scope="module")
def proposal(improved: Decided, before: HybridCosts, qapp: QApplication) -> Proposal:
    return proposal_of(improved, before)


def card(proposal: Proposal, title: str) -> tuple[str, str, str]:
    found = next(one for one in proposal.cards if one.title == title)
    return found.after, found.before, found.difference


def at_api_in_part(share: float) -> HybridCosts:
    """A hybrid at the API that takes only a share of the chats."""
    plan = edited(at_api(), "options.mix.routes.0.shares", [{"share": share}])
    return HybridCosts(evaluate(plan), "mix")


def test_that_a_lower_cost_by_serving_less_is_not_praised(
    improved: Decided, before: HybridCosts
) -> None:
    assert improved.optimised is not None
    part = replace(improved.optimised, evaluation=at_api_in_part(0.5).evaluation)
    shown = proposal_of(replace(improved, optimised=part), before)
    for title in ("Net present cost (NPV)", "Total cost (TCO)"):
        (found,) = (one for one in shown.cards if one.title == title)
        assert found.difference.startswith("−")
        assert found.tone == "neutral"
    assert "of the requests served" in shown.title
    assert "less" not in shown.title


def test_that_a_cost_of_serving_more_is_not_held_against_it(improved: Decided) -> None:
    shown = proposal_of(improved, at_api_in_part(0.1))
    assert shown.cards[0].tone == "neutral"
    assert "more requests served than now" in shown.title


def test_that_answers_of_unknown_quality_are_a_caution(proposal: Proposal) -> None:
    assert any("whether their answers are good enough" in text for text in proposal.cautions)


def test_that_the_title_says_when_answers_get_worse(improved: Decided) -> None:
    plan = at_api()
    for option, model in (("owned", "small"), ("rented", "small")):
        plan = edited(plan, f"options.{option}.serves_model", model)
    plan = edited(plan, "options.api.model", "openai/gpt-5.4")
    scores = [{"model": "small", "score": 0.7}, {"model": "openai/gpt-5.4", "score": 0.9}]
    plan = edited(plan, "qualities", scores)
    found = decided(plan, "mix")
    title = proposal_of(found, HybridCosts(evaluate(plan), "mix")).title
    assert title.startswith("Net present cost USD")
    assert title.endswith("points worse")


# --- words ----------------------------------------------------------------------------------------


def test_that_cards_show_the_ledgers_figures_after_and_before(
    improved: Decided, before: HybridCosts, proposal: Proposal
) -> None:
    assert improved.optimised is not None
    new, old = improved.optimised.evaluation.bill_of("mix"), before.evaluation.bill_of("mix")
    for title, after, now in (
        ("Net present cost (NPV)", new.npv.value, old.npv.value),
        ("Total cost (TCO)", new.tco.value, old.tco.value),
    ):
        shown = card(proposal, title)
        assert shown[0] == money(after, "USD")
        assert shown[1] == f"now {money(now, 'USD')}"
        assert shown[2] == f"−{100 * (1 - after / now):.0f}\u00a0%"
    assert card(proposal, "Purchases")[:2] == ("USD 300 k", "now USD 0")
    assert card(proposal, "Servers at the end") == ("1", "now 0", "+1")
    assert card(proposal, "Requests not served") == ("0", "now 0", "unchanged")
    assert card(proposal, "Mean score of answers")[0] == "–"


def test_that_the_title_says_how_much_less_it_costs_than_now(proposal: Proposal) -> None:
    assert proposal.title.startswith("Net present cost USD 392 k, ")
    assert proposal.title.endswith("less than now")


def test_that_the_cheapest_single_option_stands_beside_it(proposal: Proposal) -> None:
    assert card(proposal, "Cheapest single option")[:2] == ("USD 413 k", "Owned servers 自有")


def test_that_a_single_option_beyond_the_cap_is_said_to_break_the_rules(
    improved: Decided, before: HybridCosts
) -> None:
    assert improved.optimised is not None
    capped = evaluate(edited(at_api(), "rules.capex_per_year", ({"value": 1000.0},)))
    part = replace(improved.optimised, evaluation=capped)
    shown = card(proposal_of(replace(improved, optimised=part), before), "Cheapest single option")
    assert shown[:2] == ("USD 413 k", "not within the rules: Owned servers 自有")


def test_that_changes_tell_classes_and_servers_as_they_would_be_and_are(
    proposal: Proposal,
) -> None:
    by_name = {change.name: change for change in proposal.changes}
    assert by_name["Customer chat"].before == "Closed API"
    assert "Owned servers 自有 (from month 4)" in by_name["Customer chat"].after
    assert "Rented GPUs (until month 3)" in by_name["Customer chat"].after
    parts = by_name["Customer chat"].after.splitlines()
    assert len(parts) >= 2
    assert not any(";" in part for part in parts)
    assert by_name["Owned servers 自有"].after == "1 server from month 4"
    assert by_name["Owned servers 自有"].before == "no servers"
    assert by_name["Rented GPUs"].after == "1 server, none from month 4"


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ([0, 0, 0], "no servers"),
        ([1, 1, 1], "1 server"),
        ([0, 2, 2], "2 servers from month 2"),
        ([3, 3, 0], "3 servers, none from month 3"),
        ([1, 2, 1, 2, 5, 4, 3], "up to 5 servers (month 5), 3 at the end"),
        ([1, 2, 1, 2, 5, 4, 0], "up to 5 servers (month 5), none at the end"),
    ],
)
def test_that_servers_by_month_are_told_step_by_step_as_long_as_steps_are_few(
    counts: list[int], text: str, qapp: QApplication
) -> None:
    assert servers_text(np.array(counts, dtype=float)) == text


def test_that_what_is_proven_is_told(improved: Decided, qapp: QApplication) -> None:
    answer = improved.answer
    assert "no decision within the rules costs less" in proof_sentence(replace(answer, gap=0.0))
    near = proof_sentence(replace(answer, gap=0.003, status="cancelled", seconds=3.2))
    assert "can be more than 0.3\u00a0% cheaper" in near
    assert "Stopped after 3 s" in near
    unknown = proof_sentence(replace(answer, gap=float("inf"), status="time", seconds=20))
    assert "not known" in unknown
    assert "The time of 20 s was up" in unknown
    fixed = proof_sentence(replace(answer, gap=0.003), fixed=True)
    assert fixed.startswith("No decision with these servers can be more than 0.3")
    within = proof_sentence(replace(answer, gap=0.2), 0.004)
    assert "keeps this condition can be more than 0.4\u00a0% cheaper" in within
    assert "without it, none can be more than 20\u00a0% cheaper" in within


def test_that_months_without_anybody_to_serve_are_told_apart_from_rules(
    qapp: QApplication,
) -> None:
    plan = edited(group(4), "options.owned.lead_time_months", 4)
    found = decided(plan)
    assert found.optimised is not None
    told = proposal_of(found, None)
    assert told.title.endswith("of the requests served")  # not compared with what serves all
    (caution,) = told.cautions
    assert "Contracts in months 1 to 4 cannot be served whatever is decided" in caution
    assert found.conflict is None


def test_that_a_decision_that_rules_keep_from_serving_everything_says_so(
    qapp: QApplication,
) -> None:
    plan = help_desk()
    plan = edited(plan, "workload.docs.sensitivity", "confidential")
    plan = edited(plan, "rules.capex_per_year", ({"value": 1000.0},))
    found = decided(plan)
    assert found.conflict is not None
    told = proposal_of(found, None)
    asked = 36 * 30.4167 * 900 + sum(60000 * 30.4167 * 1.02**month for month in range(36))
    share = 1 - 36 * 30.4167 * 900 / asked
    assert told.title.startswith(
        f"Within the rules {share * 100:.0f}\u00a0% of the requests can be served"
    )
    answer = found.answer
    assert proof_sentence(replace(answer, gap=0.0, status="optimal"), short=True) == (
        "Proven best: no decision that leaves as little unserved costs less."
    )
    assert proof_sentence(replace(answer, gap=0.02), short=True).startswith(
        "No decision that leaves as little unserved can be more than 2.0\u00a0% cheaper."
    )
    assert "leaves as little unserved" in told.proof
    assert any("stay unserved within the rules" in caution for caution in told.cautions)


def test_that_what_outages_lose_is_told_where_nobody_takes_over(qapp: QApplication) -> None:
    plan = edited(help_desk(), "options.api.availability", {"value": 0.99})
    plan = plan.model_copy(update={"options": tuple(o for o in plan.options if o.id == "api")})
    told = proposal_of(decided(plan), None)
    said = [one for one in told.cautions if "arrive during outages of" in one]
    assert len(said) == len(plan.workload)
    assert all(one.endswith(", and nobody takes over.") for one in said)


# --- taking ---------------------------------------------------------------------------------------


def test_that_taking_puts_routes_servers_and_decision_into_the_hybrid_and_nothing_else(
    improved: Decided,
) -> None:
    plan = at_api()
    after = taken(plan, improved)
    assert improved.optimised is not None
    mine, found = hybrid_in(after), hybrid_in(improved.optimised.plan)
    assert (mine.routes, mine.fleets, mine.decision) == (found.routes, found.fleets, found.decision)
    assert mine.name == AT_API.name
    assert after.options[:-1] == plan.options[:-1]
    assert evaluate(after).bill_of("mix").npv.value == pytest.approx(improved.optimised.npv)


@pytest.mark.parametrize(
    ("path", "value", "fit"),
    [
        ("name", "Another name", Fit.NOW),
        ("options.mix.routes", (), Fit.NOW),
        ("rules.vendors", 2, Fit.OLD),
        ("electricity.value", 0.2, Fit.OLD),
        ("options.mix.fixed_monthly_cost.value", 50.0, Fit.OLD),
        ("workload.chat.requests.value", 70000.0, Fit.NOT),
        ("options.owned.price.value", 310000.0, Fit.NOT),
        ("months", 24, Fit.NOT),
    ],
)
def test_that_a_decision_fits_as_long_as_options_and_classes_are_the_same(
    improved: Decided, path: str, value: object, fit: Fit
) -> None:
    assert fit_of(edited(at_api(), path, value), improved) is fit


def test_that_a_decision_does_not_fit_once_its_hybrid_is_gone(improved: Decided) -> None:
    plan = at_api()
    assert fit_of(edited(plan, "options", plan.options[:-1]), improved) is Fit.NOT


def test_that_a_locked_decision_stays_locked(improved: Decided) -> None:
    plan = taken(at_api(), improved)
    plan = edited(plan, "options.mix.decision.locked", True)
    assert improved.optimised is not None
    decision = hybrid_in(taken(plan, improved)).decision
    assert decision is not None
    assert decision.locked
