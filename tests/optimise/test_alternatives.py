"""Other decisions near the best one: how many there are, that they differ, and what is proven."""

from datetime import date
from itertools import combinations

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.instance import Instance
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.optimise import finished, hybrid_of, optimise
from pricing.optimise.questions.alternative_sentences import alternatives_statements
from pricing.optimise.questions.alternatives import NEAR, Alternative, Alternatives, alternatives
from pricing.optimise.questions.asked import Asked, capex_by_year, mean_quality, share_at_home
from pricing.optimise.questions.portrait import apart
from pricing.optimise.questions.sentences import sentence
from pricing.plan.file import load_plan
from pricing.plan.plan import Plan
from pricing.resources import resource
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
TIGHT = Settings(gap=1e-4, seconds=10)


def ask(plan: Plan, catalogue: Catalogue, settings: Settings = TIGHT) -> Asked:
    return Asked(plan, catalogue, hybrid_of(plan, None), TODAY, settings)


def suppliers(*dearer: float, vendor: str = "") -> Plan:
    """One batch class, and suppliers of which each is dearer than the first by so much.

    Nothing else sets them apart, so what may be decided is known: each supplier alone.
    """
    options = [
        {"kind": "hosted_open", "id": f"s{place}", "name": f"Supplier {place}",
         "vendor": vendor or f"Vendor {place}",
         "prices": {"input": 4 * (1 + more), "output": 16 * (1 + more)}}
        for place, more in enumerate((0.0, *dearer))
    ]  # fmt: skip
    return Plan.model_validate(
        {
            "name": "Suppliers", "start": "2027-01", "months": 12,
            "workload": [
                {"id": "work", "name": "Work", "requests": 100_000, "per": "month",
                 "input_tokens": 1000, "output_tokens": 500, "urgency": "batch",
                 "profile": {"kind": "peak-to-average", "ratio": 1.0}},
            ],
            "options": options,
        }
    )  # fmt: skip


def looked_for(asked: Asked, count: int = 3, near: float = NEAR) -> Alternatives:
    found = alternatives(asked, count, near)
    assert found is not None
    return found


def said(found: Alternatives, plan: Plan) -> list[str]:
    return [sentence(one) for one in alternatives_statements(found, plan)]


def test_that_exactly_the_plans_within_the_tolerance_are_found_where_they_are_known(
    catalogue: Catalogue,
) -> None:
    plan = suppliers(0.01, 0.02, 0.05, vendor="One")
    found = looked_for(ask(plan, catalogue))
    assert [one.more for one in found.found] == pytest.approx([0.01, 0.02], abs=1e-6)
    assert found.nearest is not None
    assert found.nearest.more == pytest.approx(0.05, abs=1e-6)
    assert found.nearest.beyond
    assert found.open == 0
    told = said(found, plan)
    assert told[0].startswith("Without Supplier 0: USD ")
    assert "Supplier 0 not used; Supplier 1 used too" in told[0]
    assert "Proven: at most 1.0 % above the cheapest decision possible." in told[0]
    assert told[2].startswith("Only 2 of 3 looked for")
    assert told[3].startswith(
        "The nearest one beyond is without Supplier 0, Supplier 1, Supplier 2: USD "
    )
    assert "(5.0 %) dearer" in told[3]


def test_that_a_wider_tolerance_finds_more_and_a_narrow_one_shows_the_nearest(
    catalogue: Catalogue,
) -> None:
    plan = suppliers(0.01, 0.02, 0.05, vendor="One")
    wide = looked_for(ask(plan, catalogue), near=0.06)
    assert [one.more for one in wide.found] == pytest.approx([0.01, 0.02, 0.05], abs=1e-6)
    assert wide.nearest is None
    narrow = looked_for(ask(plan, catalogue), near=0.005)
    assert not narrow.found
    assert narrow.nearest is not None
    assert narrow.nearest.more == pytest.approx(0.01, abs=1e-6)
    assert said(narrow, plan)[0].startswith("No decision within 0.5 % of the best was found")


def test_that_a_plan_with_one_way_only_has_no_other_decision(catalogue: Catalogue) -> None:
    plan = suppliers()
    found = looked_for(ask(plan, catalogue))
    assert found.told == ()
    assert len(said(found, plan)) == 1


def differs(asked: Asked, one: Alternative, other: Alternative) -> bool:
    """Whether two decisions buy different servers, or send a twentieth of the work elsewhere."""
    mine, its = one.answer.choice, other.answer.choice
    assert mine is not None
    assert its is not None
    if not np.array_equal(mine.servers, its.servers):
        return True
    instance = asked.problem.instance
    requests = np.array([job.requests for job in instance.jobs])
    jobs = [recipe.job for recipe in instance.recipes]
    tables = Tables(instance)
    gap = np.abs(outcome(tables, mine).answered - outcome(tables, its).answered) * requests[jobs]
    return bool((gap.sum() / 2) >= 0.02 * requests.sum())


def check(asked: Asked, found: Alternatives) -> None:
    """Costs rise, everything is served within the tolerance, and any two differ."""
    best = asked.answer()
    costs = [one.npv for one in found.found]
    assert costs == sorted(costs)
    for one in found.found:
        assert one.answer.choice is not None
        it = outcome(Tables(asked.problem.instance), one.answer.choice)
        assert not it.broken
        assert it.unserved.sum() <= best.unserved.sum() + 1e-6
        assert it.money * 1000 == pytest.approx(one.npv, rel=1e-9)
        assert -1e-9 <= one.more <= found.near
        assert one.more == pytest.approx(one.npv / 1000 / best.objective - 1)
        assert one.most >= one.more - 1e-9
        assert apart(one.portrait, found.best)
    for one, other in combinations(found.found, 2):
        assert apart(one.portrait, other.portrait)
        assert differs(asked, one, other)


def test_that_the_sample_has_three_plans_within_3_per_cent_that_differ_in_pairs(
    catalogue: Catalogue,
) -> None:
    plan = load_plan(resource("samples", "hybrid_routing.reckon"))
    asked = ask(plan, catalogue, Settings(gap=1e-3, seconds=8))
    asked.answer()
    asked.settings = Settings(gap=1e-3, seconds=3)
    found = looked_for(asked)
    assert len(found.found) >= 3
    check(asked, found)
    assert len({one.variation.code for one in found.found}) >= 2


def test_that_each_decision_keeps_the_rule_it_was_asked_for(catalogue: Catalogue) -> None:
    plan = mixed(outside="restricted")
    owned = plan.options[-1].model_copy(update={"price": plan.options[-1].price.model_copy(
        update={"value": 100_000})})  # fmt: skip
    plan = plan.model_copy(update={"options": (*plan.options[:-1], owned), "months": 18})
    asked = ask(plan, catalogue, Settings(gap=1e-3, seconds=2))
    found = looked_for(asked, count=8, near=0.1)
    check(asked, found)
    assert len({one.variation.code for one in found.told}) >= 3
    for one in found.told:
        assert keeps(one, asked.problem.instance), one.variation.code


def keeps(one: Alternative, instance: Instance) -> bool:  # noqa: PLR0911 (one answer a rule)
    """Whether a decision keeps the rule it was asked for."""
    choice, facts, it = one.answer.choice, one.variation.facts, one.portrait
    assert choice is not None
    option = str(facts.get("option"))
    months = [month for month, _servers in it.starts.get(option, ())]
    capex = capex_by_year(instance, choice) * 1000
    match one.variation.code:
        case "without":
            return option not in it.sources
        case "vendors":
            return len(it.vendors) >= facts["vendors"]
        case "without_overflow":
            return not it.overflows
        case "fewer_servers":
            return it.servers.get(option, 0) <= facts["servers"]
        case "without_servers":
            return not choice.servers.any()
        case "later":
            return min(months, default=99) >= facts["month"]
        case "at_once":
            return {*months} <= {facts["month"]}
        case "not_then":
            return facts["month"] not in months
        case "at_home":
            return share_at_home(instance, choice) >= facts["share"] - 1e-5
        case "capex":
            return bool(capex.max() <= facts["amount"] * (1 + 1e-6))
        case "less_in_year":
            return bool(capex[int(facts["year"]) - 1] < facts["amount"])
        case "quality":
            return mean_quality(instance, choice) >= facts["quality"] - 1e-5
        case "class_without":
            return it.serving[facts["request_class"]].get(option, 0.0) == 0
    return True


def test_that_doing_without_a_twin_costs_what_deciding_without_it_does(
    catalogue: Catalogue,
) -> None:
    plan = suppliers(0.015)
    asked = ask(plan, catalogue)
    found = looked_for(asked)
    one = next(it for it in found.found if it.variation.code == "without")
    bare = plan.model_copy(update={"options": plan.options[1:]})
    alone = optimise(bare, settings=TIGHT, catalogue=catalogue, today=TODAY)
    assert one.npv == pytest.approx(alone.npv, rel=1e-6)
    decided = finished(asked.problem, one.answer, catalogue, TODAY)
    assert decided.npv == pytest.approx(one.npv, rel=1e-6)
