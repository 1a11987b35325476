"""Why an axis ends where it does: rules in the way of more, or what no rule can change."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pricing.optimise.engine.instance import Instance
from pricing.optimise.questions.asked import Asked, complete
from pricing.optimise.questions.conflicts import Tester, in_the_way, others, without
from pricing.optimise.questions.extreme import Extreme
from pricing.optimise.questions.levels import Axis, limits_at
from pricing.optimise.questions.rules import Rule, rules_of

SECONDS = 20.0
"""Time for the search for rules in the way."""
FURTHER = {"quality": 0.005, "on_premises": 0.01, "capex": 0.05}
"""How much stricter than its end an axis is asked for: points of a share, or part of the purchases.
Rules that give way to less are not worth telling."""
NATURAL = 1.0 - 5e-4
"""A share from which on nothing is missing."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What is beyond the end of an axis."""

    beyond: float
    """Nothing stricter is possible; in thousands on the axis of purchases."""
    reached: float
    """The strictest level that a decision was found for."""
    rules: tuple[Rule, ...] = ()
    """Cannot be kept together with more; empty where nothing is known, or no rule is in the way."""
    sure: bool = True
    """Whether each of the rules was found to be in the way."""
    structural: bool = False
    """Whether even without any rule nothing stricter is possible."""
    classes: tuple[str, ...] = ()
    """Names of the request classes that no server on premises may or can answer."""
    first_month: int = 0
    """Place of the first month in which servers on premises can be in service."""


def stop_of(asked: Asked, axis: Axis, end: Extreme, seconds: float = SECONDS) -> Stop | None:
    """What keeps an axis from going on; none where it has come to its natural end.

    The rules found are a smallest set that cannot be kept together with a level a little stricter
    than the end.
    """
    if end.level <= 0 if axis == "capex" else end.level >= NATURAL:
        return None
    stop = Stop(end.beyond, end.level)
    proven = end.beyond > 0 if axis == "capex" else end.beyond < NATURAL
    if not proven or not complete(asked.problem, asked.answer()):
        return stop
    level = _further(axis, end)
    ends = time.monotonic() + seconds

    def within(instance: Instance) -> Instance:
        return replace(
            instance, limits=replace(instance.limits, **limits_at(instance, axis, level))
        )

    def hurry() -> bool:
        return asked.cancel() or time.monotonic() >= ends

    tester = Tester(asked.catalogue, asked.hybrid, asked.today, hurry, within)
    rules = rules_of(asked.plan)
    free = tester.possible(without(asked.plan, rules))
    if free is None:
        return stop
    if free:
        kept, sure = in_the_way(
            rules, lambda some: tester.possible(without(asked.plan, others(asked.plan, some)))
        )
        return replace(stop, rules=tuple(kept), sure=sure)
    stop = replace(stop, structural=True)
    if axis != "on_premises":
        return stop
    return replace(
        stop, classes=tuple(_never_home(asked)), first_month=_first_month(asked.problem.instance)
    )


def _further(axis: Axis, end: Extreme) -> float:
    """A level that is surely out of reach, and visibly stricter than the end."""
    if axis == "capex":
        return max(min(end.beyond, end.level * (1 - FURTHER[axis])), 0.0)
    return min(max(end.beyond, end.level + FURTHER[axis]), 1.0)


def _never_home(asked: Asked) -> Iterator[str]:
    instance = asked.problem.instance
    home = {pool.key for pool in instance.pools if pool.on_premises}
    names = {one.id: one.name for one in asked.plan.workload}
    for place, job in enumerate(instance.jobs):
        mine = [recipe for recipe in instance.recipes if recipe.job == place]
        if not any(recipe.bought and set(recipe.bought) & home for recipe in mine):
            yield names[job.key]


def _first_month(instance: Instance) -> int:
    starts = [
        int(np.flatnonzero(np.isfinite(pool.unit))[0])
        for pool in instance.pools
        if pool.on_premises and np.isfinite(pool.unit).any()
    ]
    return min(starts, default=0)
