"""Levels along an axis, asked one after the other within the time that all of them share."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pricing.optimise.engine.answer import Answer
from pricing.optimise.engine.instance import Choice
from pricing.optimise.optimise import made_simple
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.extreme import Extreme, extreme
from pricing.optimise.questions.levels import STEP, Axis, level_of, limits_at
from pricing.optimise.questions.points import Point, point_of

NEAR: dict[Axis, float] = {"quality": 2e-3, "on_premises": 5e-3, "capex": 2e-2}
"""Levels that are not told apart: points of a score or share, or part of the purchases."""
VISIBLE = 2e-3
"""Part of the cost by which two decisions must differ for levels between them to be asked for."""


class Clock:
    """Time that several searches share: each may take its part of what is left."""

    def __init__(self, seconds: float, searches: int) -> None:
        self._ends, self._searches = time.monotonic() + seconds, searches

    @property
    def left(self) -> float:
        """Seconds that are left; inf where nobody has set an end."""
        return max(self._ends - time.monotonic(), 0.0)

    def part(self, most: float) -> float:
        """Seconds for the next search; so many where nobody has set an end."""
        left, count = self.left, max(self._searches, 1)
        self._searches -= 1
        return most if math.isinf(left) else left / count


class Search:
    """Points of one axis, from loose to strict."""

    def __init__(
        self, asked: Asked, axis: Axis, on_point: Callable[[Point], None] | None, clock: Clock
    ) -> None:
        self._asked, self._axis, self._on_point, self._clock = asked, axis, on_point, clock
        self._instance, self._most = asked.problem.instance, asked.settings.seconds
        self._sign = -1.0 if axis == "capex" else 1.0
        self.found: list[Point] = []
        self.unreached: list[float] = []

    def add(self, level: float, answer: Answer) -> None:
        """Keep a decision in its place; what is proven of looser levels holds for it too."""
        point = point_of(self._instance, self._axis, level, answer)
        looser = [one.bound for one in self.found if self._stricter(level, one.level) > 0]
        point = replace(point, bound=max(point.bound, *looser, -math.inf))
        self.found.append(point)
        self.found.sort(key=lambda one: self._sign * one.level)
        if self._on_point is not None:
            self._on_point(point)

    def end(self, cheapest: Choice) -> Extreme:
        """Where the axis ends."""
        with self._timed():
            return extreme(self._asked, self._axis, cheapest)

    def along(self, end: Extreme, count: int) -> int:
        """Decide at the end, then on the way to it, by steps of the same size.

        Returns:
            How many levels were asked for.
        """
        here, asked = self._kept(self.found[-1]), 0
        room = self._stricter(end.level, here)
        steps = min(count, int(room / max(self._step(here), STEP)) + 1)
        for left in (1, *range(steps, 1, -1)):
            room = self._stricter(end.level, here)
            if self._asked.cancel() or room <= STEP * max(1.0, abs(here)):
                break
            level = end.level if left == 1 else here + (end.level - here) / left
            kept, asked = self._ask(level, end), asked + 1
            here = here if left == 1 else kept
        return asked

    def between(self, end: Extreme, count: int) -> None:
        """Ask in the middle of the highest steps of cost, where another decision may lie."""
        fruitless: set[float] = set()
        for _ in range(count):
            gaps = [
                (strict.npv - loose.npv, (self._kept(loose) + strict.level) / 2, strict)
                for loose, strict in pairwise(self.found)
                if self._stricter(strict.level, self._kept(loose)) > 2 * self._step(strict.level)
                and strict.npv - loose.npv > VISIBLE * abs(loose.npv)
                and strict.npv not in fruitless
            ]
            if not gaps or self._asked.cancel():
                return
            _, level, strict = max(gaps, key=lambda gap: gap[0])
            self._ask(level, end)
            if not any(point.npv < strict.npv and point.level == level for point in self.found):
                fruitless.add(strict.npv)

    def _ask(self, level: float, end: Extreme) -> float:
        """Decide at a level; the level that the decision keeps, or the one asked for."""
        limits = limits_at(self._instance, self._axis, level)
        with self._timed():
            answer = self._asked.within(start=self._start(level, end), **limits)
        # without a bound it is the decision that was started from, whatever that costs
        known = np.isfinite(answer.bound) and answer.status != "cancelled"
        if not known or not self._asked.serves_as_much(answer):
            self.unreached.append(level)
            return level
        answer = made_simple(self._asked.problem, answer)
        assert answer.choice is not None
        self.add(level, answer)
        return level_of(self._instance, self._axis, answer.choice)

    def _start(self, level: float, end: Extreme) -> Choice:
        """The cheapest decision known that keeps a level."""
        keep = [one for one in self.found if self._stricter(level, self._kept(one)) <= STEP]
        best = min(keep, key=lambda one: one.npv, default=None)
        return end.choice if best is None or best.answer.choice is None else best.answer.choice

    @contextmanager
    def _timed(self) -> Iterator[None]:
        before = self._asked.settings
        self._asked.settings = replace(before, seconds=self._clock.part(self._most))
        try:
            yield
        finally:
            self._asked.settings = before

    def _stricter(self, one: float, other: float) -> float:
        """By how much one level is stricter than another."""
        return self._sign * (one - other)

    def _kept(self, point: Point) -> float:
        assert point.answer.choice is not None
        return level_of(self._instance, self._axis, point.answer.choice)

    def _step(self, level: float) -> float:
        return NEAR[self._axis] * (abs(level) if self._axis == "capex" else 1.0)
