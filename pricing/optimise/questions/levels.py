"""Levels that a decision is asked for on one axis: what they are, and the limits that hold it."""

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from pricing.optimise.engine.instance import Choice, Instance
from pricing.optimise.questions.asked import capex_by_year, mean_quality, share_at_home

Axis = Literal["quality", "capex", "on_premises"]
"""Least mean score of all answers, most purchases of a plan year, least share of tokens at home."""
STEP = 1e-6
"""By how much less than a level is asked for, so that rounding cannot make it too much."""


def level_of(instance: Instance, axis: Axis, choice: Choice) -> float:
    """The strictest level that a decision keeps; purchases of its largest year, in thousands."""
    if axis == "capex":
        return float(capex_by_year(instance, choice).max(initial=0.0))
    measure = mean_quality if axis == "quality" else share_at_home
    return measure(instance, choice)


def limits_at(instance: Instance, axis: Axis, level: float) -> dict[str, Any]:
    """Fields of `Limits` that hold a decision to a level, stated rules kept.

    Where quality is asked for, answers whose score nobody knows are not taken.
    """
    limits = instance.limits
    if axis == "capex":
        cap = np.full(years_of(instance), level)
        return {"capex": cap if limits.capex is None else np.minimum(cap, limits.capex)}
    stated: float | None = getattr(limits, axis)
    least = max(level - STEP, 0.0 if stated is None else stated)
    if axis == "quality":
        return {axis: least, "closed": limits.closed | unscored_recipes(instance)}
    return {axis: least}


def scored_only(instance: Instance, axis: Axis) -> Instance:
    """On the axis of quality, the problem without answers whose score nobody knows."""
    if axis != "quality":
        return instance
    closed = instance.limits.closed | unscored_recipes(instance)
    return replace(instance, limits=replace(instance.limits, closed=closed))


def unscored_recipes(instance: Instance) -> frozenset[str]:
    """Keys of the recipes whose score nobody knows."""
    return frozenset(one.key for one in instance.recipes if np.isnan(one.quality))


def years_of(instance: Instance) -> int:
    """Plan years, the last one perhaps cut short."""
    return int(instance.years[-1]) + 1
