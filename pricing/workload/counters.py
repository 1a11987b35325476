"""What is kept of a log while it streams by: sums per class and requests per minute and hour."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

DAY = 86_400
_CLASS_STEP = 1 << 20
"""Larger than any day number, so that class and day fit in one key."""


class Sums:
    """Running sums per class; whole numbers below 2^53 stay exact, whatever their order."""

    def __init__(self) -> None:
        self.rows = np.zeros(0)
        self.requests = np.zeros(0)
        self.input_tokens = np.zeros(0)
        self.output_tokens = np.zeros(0)
        self.cached_tokens = np.zeros(0)
        self.input_squares = np.zeros(0)
        self.output_squares = np.zeros(0)

    def add(
        self,
        classes: IntArray,
        requests: FloatArray,
        input_tokens: FloatArray,
        output_tokens: FloatArray,
        cached_tokens: FloatArray,
    ) -> None:
        """Adds rows; all arrays have one entry per row."""
        if len(classes) == 0:
            return
        size = max(len(self.rows), int(classes.max()) + 1)
        for name, weights in (
            ("rows", None),
            ("requests", requests),
            ("input_tokens", input_tokens),
            ("output_tokens", output_tokens),
            ("cached_tokens", cached_tokens),
            ("input_squares", input_tokens * input_tokens),
            ("output_squares", output_tokens * output_tokens),
        ):
            total = np.bincount(classes, weights=weights, minlength=size).astype(np.float64)
            before: FloatArray = getattr(self, name)
            total[: len(before)] += before
            setattr(self, name, total)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Requests of one class by day and part of the day, days ascending."""

    days: IntArray
    """Days since 1970, shape (n,)."""
    counts: FloatArray
    """Requests, shape (n, parts of a day)."""


class DayGrid:
    """Requests by class, day and part of the day; bounded where a limit is given."""

    def __init__(self, parts: int, most_days: int | None = None) -> None:
        self._parts = parts
        self._slots: dict[int, int] = {}
        self._limit = most_days
        # zeros() of a whole limit costs nothing until a page is written
        self._counts = np.zeros((most_days or 64, parts))
        self.full = False
        """True once a day did not fit; what is here is then incomplete."""

    def add(self, classes: IntArray, days: IntArray, parts: IntArray, requests: FloatArray) -> None:
        """Adds rows; all arrays have one entry per row."""
        if self.full or len(days) == 0:
            return
        keys, inverse = np.unique(classes * _CLASS_STEP + days, return_inverse=True)
        slots = np.array([self._slot(key) for key in keys.tolist()], dtype=np.int64)
        if self.full:
            self._counts = np.zeros((0, self._parts))
            self._slots.clear()
            return
        flat = self._counts.reshape(-1)
        np.add.at(flat, slots[inverse] * self._parts + parts, requests)

    def _slot(self, key: int) -> int:
        slot = self._slots.setdefault(key, len(self._slots))
        if slot >= len(self._counts):
            if self._limit is not None:
                self.full = True
                return 0
            grown = np.zeros((2 * len(self._counts), self._parts))
            grown[: len(self._counts)] = self._counts
            self._counts = grown
        return slot

    def of(self, classes: set[int]) -> DayCounts:
        """The counts of some classes added up."""
        keys = sorted(
            (key % _CLASS_STEP, slot)
            for key, slot in self._slots.items()
            if key // _CLASS_STEP in classes
        )
        days = np.array(sorted({day for day, _ in keys}), dtype=np.int64)
        counts = np.zeros((len(days), self._parts))
        position = {day: row for row, day in enumerate(days.tolist())}
        for day, slot in keys:
            counts[position[day]] += self._counts[slot]
        return DayCounts(days, counts)
