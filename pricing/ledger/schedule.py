"""Schedules: inputs that have a number for every month, such as a decision of what to buy when."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from pricing.ledger.errors import LedgerError
from pricing.ledger.expression import Given
from pricing.ledger.functions import FloatArray
from pricing.ledger.line import Line, Provenance


class Schedule(Line):
    """A line whose numbers are given month by month, with unit, source and date like an input.

    It is read like any line, so functions over time take it; its expression is a leaf.
    """

    __slots__ = ("path", "provenance", "values")

    def __init__(
        self,
        key: str,
        label: str,
        values: Sequence[float],
        unit: str,
        provenance: Provenance,
        *,
        section: str,
        block: str = "",
        note: str = "",
        path: str = "",
        flow: bool | None = None,
    ) -> None:
        super().__init__(
            key, label, unit, section=section, timed=True, block=block, note=note, flow=flow
        )
        self.values = tuple(float(value) for value in values)
        """One number for every month of the ledger."""
        self.provenance = provenance
        self.path = path
        """Where it was entered or decided (a dotted path of the caller's document), if anywhere."""
        self.expression: Given = Given(self.values, self.dimension)


def by_month(schedule: Schedule, value: ArrayLike, months: int) -> FloatArray:
    """Numbers for every month in place of a schedule's own: shape (months,) or (draws, months).

    Raises:
        LedgerError: for another shape, or a number that is not finite; names the schedule.
    """
    array = np.asarray(value, dtype=np.float64)
    if array.ndim not in {1, 2} or array.shape[-1] != months:
        raise LedgerError(
            f"{schedule.name()} was given {_counted(array)}; it needs {months}, one for every month"
        )
    finite = np.isfinite(array)
    if not finite.all():
        place = tuple(np.argwhere(~finite)[0])
        raise LedgerError(
            f"{schedule.name()} was given {array[place]} in month {place[-1] + 1}; "
            "it needs a finite number"
        )
    return array


def _counted(array: FloatArray) -> str:
    if array.ndim > 1:
        return f"numbers of shape {array.shape}"
    return "1 number" if array.size == 1 else f"{array.size} numbers"
