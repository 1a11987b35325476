"""The least cost at every level: never dents, never below its bound, and what was asked for."""

import time
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.messages import sentence as found_sentence
from pricing.optimise.engine.answer import Settings, nothing_to_choose
from pricing.optimise.engine.instance import Choice
from pricing.optimise.optimise import finished, hybrid_of, made_simple
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.frontier import Frontier, frontier
from pricing.optimise.questions.frontier_sentences import frontier_statements, sentence
from pricing.optimise.questions.levels import Axis, level_of, limits_at
from pricing.optimise.questions.points import Point, answer_of, monotone, question_of
from pricing.plan.figure import Price, Share
from pricing.plan.hybrid import Hybrid, Question
from pricing.plan.plan import Plan
from pricing.workbook.describe import cover_of
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)
AXES: tuple[Axis, ...] = ("quality", "capex", "on_premises")


def free() -> Plan:
    """All data may leave and own servers are cheap, so that purchases are a choice that pays."""
    plan = mixed(outside="restricted")
    owned = plan.options[-1].model_copy(update={"price": Price(value=100_000)})
    return plan.model_copy(update={"options": (*plan.options[:-1], owned), "months": 18})


@pytest.fixture(scope="module")
def asked(catalogue: Catalogue) -> Asked:
    plan = free()
    return Asked(plan, catalogue, hybrid_of(plan, None), TODAY, Settings(gap=2e-3, seconds=10))


@pytest.fixture(scope="module")
def frontiers(asked: Asked) -> dict[str, Frontier]:
    return {axis: frontier(asked, axis, points=5) for axis in AXES}


@pytest.mark.parametrize("axis", AXES)
def test_that_no_stricter_level_is_cheaper(axis: Axis, frontiers: dict[str, Frontier]) -> None:
    points = frontiers[axis].points
    assert len(points) >= 2
    costs = [point.npv for point in points]
    assert costs == sorted(costs)
    levels = [point.level for point in points]
    assert levels == sorted(levels, reverse=axis == "capex")


@pytest.mark.parametrize("axis", AXES)
def test_that_no_cost_is_below_its_bound_and_bounds_rise_too(
    axis: Axis, frontiers: dict[str, Frontier]
) -> None:
    points = frontiers[axis].points
    bounds = [point.bound for point in points]
    assert bounds == sorted(bounds)
    assert all(point.bound <= point.npv for point in points)


@pytest.mark.parametrize("axis", AXES)
def test_that_the_loosest_point_is_the_optimum(
    axis: Axis, asked: Asked, frontiers: dict[str, Frontier]
) -> None:
    first = frontiers[axis].points[0]
    best = made_simple(asked.problem, asked.answer())
    assert first.npv <= best.objective * 1000
    assert first.npv == pytest.approx(best.objective * 1000, rel=2e-3)


def level_reached(point: Point, axis: Axis, asked: Asked, catalogue: Catalogue) -> None:
    """By the ledger, whose check is asked for the level."""
    done = finished(asked.problem, point.answer, catalogue, TODAY)
    names = {"quality": "quality", "on_premises": "on_premises", "capex": "capex_per_year"}
    value: object = {"value": max(point.level - 1e-5, 0.0)}
    if axis == "capex":
        value = ({"value": point.level * 1000 + 1},)
    rules = {**done.plan.rules.model_dump(), names[axis]: value}
    plan = Plan.model_validate({**done.plan.model_dump(), "rules": rules})
    evaluation = evaluate(plan, catalogue, TODAY)
    bill = next(bill for bill in evaluation.bill.options if bill.option.id == done.hybrid)
    assert bill.hybrid is not None
    codes = {"quality": "quality_overall", "on_premises": "on_premises", "capex": "capex"}
    checks = [check for check in bill.hybrid.checks if check.code == codes[axis]]
    assert checks
    assert all(np.min(evaluation.values.monthly(check.kept)) == 1 for check in checks)


@pytest.mark.parametrize("axis", AXES)
def test_that_every_decision_reaches_its_level_in_the_ledger(
    axis: Axis, asked: Asked, frontiers: dict[str, Frontier], catalogue: Catalogue
) -> None:
    for point in frontiers[axis].points:
        level_reached(point, axis, asked, catalogue)


def test_that_purchases_cost_less_than_doing_without_them(frontiers: dict[str, Frontier]) -> None:
    last = frontiers["capex"].points[-1]
    assert last.level == pytest.approx(0)
    assert last.reached == pytest.approx(0, abs=1e-6)
    assert last.npv > frontiers["capex"].points[0].npv


def test_that_no_level_on_premises_is_asked_for_that_vendors_may_not_serve(
    catalogue: Catalogue,
) -> None:
    plan = free()
    rules = plan.rules.model_copy(update={"most_vendor_share": Share(value=0.6)})
    plan = plan.model_copy(update={"rules": rules})
    asked = Asked(plan, catalogue, hybrid_of(plan, None), TODAY, Settings(gap=5e-3, seconds=10))
    found = frontier(asked, "on_premises", 3)
    assert found.points[-1].level <= 0.6 + 1e-9
    assert found.unreached == ()
    assert found.stop is not None
    assert [rule.code for rule in found.stop.rules] == ["most_vendor_share"]
    (first, *_rest) = [sentence(one) for one in frontier_statements(found, plan, 3)]
    assert first.startswith("More than ")
    assert first.endswith(
        " on premises cannot be reached: giving one vendor at most 60 % of a year's tokens is in "
        "the way."
    )


def test_that_the_share_on_premises_ends_at_what_comes_after_the_servers(
    asked: Asked, frontiers: dict[str, Frontier]
) -> None:
    """Servers take three months to arrive and may then serve everything: no rule is in the way."""
    jobs = asked.problem.instance.jobs
    tokens = sum((job.requests * job.tokens for job in jobs), start=np.zeros(18))
    most = float(tokens[3:].sum() / tokens.sum())
    found = frontiers["on_premises"]
    assert found.end is not None
    assert found.end.level == pytest.approx(most, abs=2e-3)
    assert found.end.level - 1e-9 <= most <= found.end.beyond + 1e-9
    assert found.points[-1].level == found.end.level
    assert found.stop is not None
    assert (found.stop.structural, found.stop.rules, found.stop.first_month) == (True, (), 3)
    said = sentence(frontier_statements(found, asked.plan, 5)[0])
    assert said.endswith(
        "even without rules: servers on premises can be in service from 2027-04 on."
    )


def test_that_the_mean_score_ends_at_the_best_score(frontiers: dict[str, Frontier]) -> None:
    """The better of the two models scores 0.9 and may answer everything."""
    found = frontiers["quality"]
    assert found.end is not None
    assert found.end.level == pytest.approx(0.9, abs=1e-6)
    assert found.points[-1].reached == pytest.approx(0.9, abs=1e-6)
    assert found.stop is not None
    assert found.stop.structural


def test_that_purchases_end_at_the_servers_that_confidential_work_needs(
    catalogue: Catalogue,
) -> None:
    """Nobody else may serve the chat, whose servers cannot be fewer: the rule on data is named."""
    plan = mixed()
    asked = Asked(plan, catalogue, hybrid_of(plan, None), TODAY, Settings(gap=1e-2, seconds=10))
    found = frontier(asked, "capex", 4)
    assert found.end is not None
    assert found.end.level % 300 == pytest.approx(0, abs=1e-6)
    assert 0 < found.end.level <= level_of(asked.problem.instance, "capex", _choice(found))
    fewer = limits_at(asked.problem.instance, "capex", found.end.level - 1)
    assert asked.within_reach(fewer)[1] is False
    assert found.stop is not None
    assert [rule.path for rule in found.stop.rules] == ["workload.chat.sensitivity"]
    assert "keeping confidential data of Chat inside is in the way" in sentence(
        frontier_statements(found, plan, 4)[0]
    )


def _choice(found: Frontier) -> Choice:
    choice = found.points[0].answer.choice
    assert choice is not None
    return choice


def test_that_the_time_is_shared_and_what_it_is_too_short_for_is_said(asked: Asked) -> None:
    started = time.monotonic()
    found = frontier(asked, "capex", 6, seconds=2.0)
    assert time.monotonic() - started < 6.0
    assert found.points
    assert len(found.points) + found.alike + len(found.unreached) <= 6
    said = " ".join(sentence(one) for one in frontier_statements(found, asked.plan, 6))
    assert ("No decision was found in the time" in said) == bool(found.unreached)


def test_that_points_say_what_outages_lose(catalogue: Catalogue) -> None:
    """The only option is down for a hundredth of the time, and has nobody beside it."""
    document = free().model_dump()
    document["options"] = [one for one in document["options"] if one["id"] == "hosted"]
    document["options"][0]["availability"] = {"value": 0.99}
    plan = Plan.model_validate(document)
    alone = Asked(plan, catalogue, hybrid_of(plan, None), TODAY, Settings(gap=1e-2, seconds=10))
    found = frontier(alone, "quality", 2)
    lost = float(evaluate_requests(plan, catalogue)) * 0.01
    (said,) = [it for it in frontier_statements(found, plan, 2) if it.code == "points.outages"]
    assert said.facts["requests"] == pytest.approx(lost, rel=1e-6)
    assert "arrive during outages in which nobody takes over" in sentence(said)


def evaluate_requests(plan: Plan, catalogue: Catalogue) -> float:
    """Requests of a plan over the horizon, by the ledger."""
    evaluation = evaluate(plan, catalogue, TODAY)
    return float(evaluation.values.monthly(evaluation.line("demand.requests")).sum())


def test_that_a_point_becomes_a_decision_that_remembers_what_it_was_asked_for(
    asked: Asked, frontiers: dict[str, Frontier], catalogue: Catalogue
) -> None:
    point = frontiers["capex"].points[-1]
    done = finished(
        asked.problem, answer_of(point), catalogue, TODAY, question=question_of("capex", point)
    )
    hybrid = next(option for option in done.plan.options if option.id == done.hybrid)
    assert isinstance(hybrid, Hybrid)
    assert hybrid.decision is not None
    assert hybrid.decision.question == Question(axis="capex", level=0.0)
    assert hybrid.decision.bound is not None
    assert hybrid.decision.bound == pytest.approx(point.bound, rel=1e-3)
    assert 1 - hybrid.decision.bound / hybrid.decision.npv < 5e-3
    (found,) = [one for one in done.evaluation.findings if one.code.startswith("decision.")]
    assert found.code == "decision.for_capex"
    assert found_sentence(found) in cover_of(done.evaluation, "0", TODAY).notes
    assert found_sentence(found).startswith(
        "Optimised hybrid is the cheapest decision found with purchases of at most USD 0 a year"
    )


def test_that_a_decision_that_was_asked_for_nothing_says_nothing_of_it(
    asked: Asked, catalogue: Catalogue
) -> None:
    done = finished(asked.problem, asked.answer(), catalogue, TODAY)
    assert not [one for one in done.evaluation.findings if one.code.startswith("decision.")]


costs = st.floats(1.0, 100.0)


@given(st.lists(st.tuples(costs, costs), min_size=1, max_size=9))
def test_that_points_that_are_left_are_the_cheapest_of_all_stricter_ones(
    pairs: list[tuple[float, float]],
) -> None:
    """Held against the definition: what a level costs is the least of it and all stricter ones."""
    optima = sorted(max(pair) for pair in pairs)  # what is proven is never above the truth
    points = [
        Point(float(place), 0.0, best + spare, best - spare, nothing_to_choose(1))
        for place, (best, spare) in enumerate(zip(optima, [min(p) for p in pairs], strict=True))
    ]
    left = monotone(points)
    for point in points:
        stricter = [one.npv for one in points if one.level >= point.level]
        assert min(one.npv for one in left if one.level >= point.level) == min(stricter)
    assert all(one.npv < two.npv for one, two in pairwise(left))
    assert all(one.bound <= two.bound for one, two in pairwise(left))
    assert all(one.bound <= one.npv for one in left)
    for one in left:
        looser = [point.bound for point in points if point.level <= one.level]
        assert one.bound == min(max(looser), one.npv)
