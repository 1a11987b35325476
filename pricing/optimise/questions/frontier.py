"""Frontiers: the least cost at every level of quality, of purchases, or of work on premises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from pricing.optimise.engine.answer import Answer
from pricing.optimise.engine.instance import Choice, Instance, Numbers
from pricing.optimise.questions.asked import (
    Asked,
    capex,
    capex_by_year,
    mean_quality,
    share_at_home,
)

Axis = Literal["quality", "capex", "on_premises"]
POINTS = 8
THOUSAND = 1000.0
STEP = 1e-6
"""By how much less than a level is asked for, so that rounding cannot make it too much."""


@dataclass(frozen=True, slots=True)
class Point:
    """The cheapest decision at one level."""

    level: float
    """What was asked for: least quality, most purchases a year, least share on premises."""
    reached: float
    """What the decision has: quality, purchases over the horizon, share on premises."""
    npv: float
    """Net present value of its cost, in the plan's currency."""
    bound: float
    """No decision at that level costs less."""
    answer: Answer


@dataclass(frozen=True, slots=True)
class Frontier:
    """Points from the loosest level, which costs least, to the strictest.

    There are none where nothing can be decided, or where the quality of the answers is not known.
    """

    axis: Axis
    points: tuple[Point, ...]
    unreached: float | None
    """The strictest level for which no decision was found; none if all were reached."""


def frontier(
    asked: Asked,
    axis: Axis,
    points: int = POINTS,
    on_point: Callable[[Point], None] | None = None,
) -> Frontier:
    """The least cost at every level between the cheapest decision and the strictest level.

    Solving to a gap leaves dents in a curve that cannot have any: a decision at a strict level
    serves all looser ones too, so the cheapest of all stricter ones is taken where it is better.

    Args:
        asked: The plan; its settings hold for each point.
        axis: What the levels are of.
        points: Levels, both ends included.
        on_point: Called with each point as it is found.
    """
    found: list[Point] = []
    unreached: float | None = None
    loosest = asked.answer()
    instance = asked.problem.instance
    if loosest.choice is None or np.isnan(_reached(instance, axis, loosest.choice)):
        return Frontier(axis, (), None)
    for level in _levels(asked, axis, loosest.choice, points):
        if asked.cancel():
            break
        answer = loosest if not found else asked.within(**limits_at(instance, axis, level))
        if answer.choice is None or (found and not asked.serves_as_much(answer)):
            unreached = level
            continue
        point = _point(asked, axis, level, answer)
        found.append(point)
        if on_point is not None:
            on_point(point)
    return Frontier(axis, tuple(_monotone(found)), unreached)


def _levels(asked: Asked, axis: Axis, cheapest: Choice, points: int) -> Iterator[float]:
    """From the level of the cheapest decision to the strictest one that can be thought of."""
    instance = asked.problem.instance
    first, last = _reached(instance, axis, cheapest), _strictest(asked, axis)
    if axis == "capex":
        yearly = float(capex_by_year(instance, cheapest).max(initial=0.0))
        first, last = yearly, 0.0
    if (first <= STEP) if axis == "capex" else (last <= first + STEP):
        last, points = first, 1
    yield from np.linspace(first, last, points).tolist()


def limits_at(instance: Instance, axis: Axis, level: float) -> dict[str, Any]:
    """Fields of `Limits` that hold a decision to a level, stated rules kept."""
    if axis != "capex":
        return {axis: max(level - STEP, 0.0)}
    years = int(instance.years[-1]) + 1
    cap = np.full(years, level)
    stated = instance.limits.capex
    return {"capex": cap if stated is None else np.minimum(cap, stated)}


def _reached(instance: Instance, axis: Axis, choice: Choice) -> float:
    measures = {"quality": mean_quality, "capex": capex, "on_premises": share_at_home}
    return measures[axis](instance, choice)


def _strictest(asked: Asked, axis: Axis) -> float:
    """The highest level that recipes and rules about vendors allow, whatever it costs."""
    instance, lost = asked.problem.instance, asked.answer().unavoidable
    home = {pool.key for pool in instance.pools if pool.on_premises}
    if axis == "on_premises":
        return _most_at_home(instance, lost, home)
    best = total = 0.0
    for place, job in enumerate(instance.jobs):
        mine = [recipe for recipe in instance.recipes if recipe.job == place]
        served = job.requests - lost[place]
        requests = float(served.sum())
        scores = [recipe.quality for recipe in mine if not np.isnan(recipe.quality)]
        best += requests * max(scores, default=0.0)
        total += requests
    return best / total if total > 0 else 0.0


def _most_at_home(instance: Instance, lost: Numbers, home: set[str]) -> float:
    """The largest share of tokens that servers on premises may serve.

    Only once they can be there, and never more of a year than its vendors may have.
    """
    inside, total = np.zeros(instance.months), np.zeros(instance.months)
    for place, job in enumerate(instance.jobs):
        tokens = (job.requests - lost[place]) * job.tokens
        recipes = [recipe for recipe in instance.recipes if recipe.job == place]
        total += tokens
        if any(recipe.bought and set(recipe.bought) <= home for recipe in recipes):
            inside += tokens
    inside *= _months_at_home(instance, home)
    vendors = len({pool.vendor for pool in instance.pools if pool.key in home})
    limits, best = instance.limits, 0.0
    share = 1.0 if limits.vendor_share is None else min(1.0, limits.vendor_share * vendors)
    for year in range(int(instance.years[-1]) + 1):
        mine = instance.years == year
        best += min(float(inside[mine].sum()), share * float(total[mine].sum()))
    if limits.vendors is not None and limits.vendors > vendors:
        others = limits.vendor_least * (limits.vendors - vendors)
        best = min(best, (1 - others) * float(total.sum()))
    return best / float(total.sum()) if total.sum() > 0 else 0.0


def _months_at_home(instance: Instance, home: set[str]) -> Numbers:
    """Flag of the months in which servers on premises can be in service."""
    there = np.zeros(instance.months)
    for pool in instance.pools:
        starts = np.flatnonzero(np.isfinite(pool.unit))
        if pool.key in home and len(starts):
            there[starts[0] :] = 1.0
    return there


def _point(asked: Asked, axis: Axis, level: float, answer: Answer) -> Point:
    assert answer.choice is not None
    return Point(
        level=level,
        reached=_reached(asked.problem.instance, axis, answer.choice),
        npv=answer.objective * THOUSAND,
        bound=answer.bound * THOUSAND,
        answer=answer,
    )


def _monotone(points: list[Point]) -> list[Point]:
    """Points from loose to strict, none dearer than a stricter one, bounds never falling."""
    best: list[Point] = []
    for point in reversed(points):
        stricter = best[-1] if best else None
        if stricter is not None and stricter.npv < point.npv:
            bound = min(point.bound, stricter.npv)
            best.append(replace(stricter, level=point.level, bound=bound))
        else:
            best.append(point)
    best.reverse()
    raised, bound = [], -np.inf
    for point in best:
        bound = max(bound, point.bound)
        raised.append(replace(point, bound=min(bound, point.npv)))
    return raised
