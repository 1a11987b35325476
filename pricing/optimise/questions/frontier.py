"""Frontiers: the least cost at every level of quality, of purchases, or of work on premises."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pricing.optimise.optimise import made_simple
from pricing.optimise.questions.along import Clock, Search
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.extreme import Extreme
from pricing.optimise.questions.levels import Axis, level_of
from pricing.optimise.questions.points import Point, monotone
from pricing.optimise.questions.stops import SECONDS as STOP_SECONDS
from pricing.optimise.questions.stops import Stop, stop_of

POINTS = 8
REASONS = 0.15
"""Part of the time that is kept for what stands in the way at the end."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """Points from the loosest level, which costs least, to the strictest within reach.

    There are none where nothing can be decided, or where the quality of the answers is not known.
    """

    axis: Axis
    points: tuple[Point, ...]
    unreached: tuple[float, ...] = ()
    """Levels asked for without finding a decision in the time."""
    alike: int = 0
    """Levels asked for whose decision is also that of a stricter one, and is shown there only."""
    end: Extreme | None = None
    """Where the axis ends; none where that was not looked for."""
    stop: Stop | None = None
    """What cannot be reached beyond it, and why; none where nothing is beyond."""


def frontier(
    asked: Asked,
    axis: Axis,
    points: int = POINTS,
    on_point: Callable[[Point], None] | None = None,
    seconds: float = math.inf,
) -> Frontier:
    """The least cost at every level between the cheapest decision and the strictest within reach.

    The end of the axis comes second: its decision serves all looser levels too, so that each of
    them starts from one that it may keep. The others go from what the decision before them has
    anyway towards the end, so that none is asked for that is kept already. What is left of the
    number of points is spent where the cost rises most. Each decision is made as simple as the one
    that a plan is given, so that cost and level are those of that plan. Solving to a gap leaves
    dents in a curve that cannot have any: a level whose decision costs as much as that of a
    stricter one, or more, is left out.

    Args:
        asked: The plan; its settings hold for each point.
        axis: What the levels are of.
        points: Levels, both ends included; fewer where decisions in between are the same.
        on_point: Called with each point as it is found.
        seconds: Time for all of them together; what easy points leave of it, hard ones get.
    """
    clock = Clock(seconds * (1 - REASONS), points)
    loosest, instance = made_simple(asked.problem, asked.answer()), asked.problem.instance
    if loosest.choice is None or np.isnan(level_of(instance, axis, loosest.choice)):
        return Frontier(axis, ())
    search = Search(asked, axis, on_point, clock)
    search.add(level_of(instance, axis, loosest.choice), loosest)
    end = None if asked.cancel() else search.end(loosest.choice)
    if end is not None:
        spent = search.along(end, points - 1)
        search.between(end, points - 1 - spent)
    stop = None
    if end is not None and not asked.cancel():
        spare = clock.left + (0.0 if math.isinf(seconds) else seconds * REASONS)
        stop = stop_of(asked, axis, end, min(STOP_SECONDS, spare))
    kept = monotone(search.found)
    alike = len(search.found) - len(kept)
    return Frontier(axis, kept, tuple(search.unreached), alike, end, stop)
