"""The least cost at every level: never dents, never below its bound, and what was asked for."""

from datetime import date

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import finished, hybrid_of
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.frontier import Axis, Frontier, Point, frontier
from pricing.plan.figure import Price, Share
from pricing.plan.plan import Plan
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
    assert first.npv <= asked.answer().objective * 1000
    assert first.npv == pytest.approx(asked.answer().objective * 1000, rel=2e-3)


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
    assert found.unreached is None
