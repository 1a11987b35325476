"""Readings: which figure of an evaluation stands against a published one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from pricing.analysis import break_even_volume, compare
from pricing.cases.question import (
    AnsweredByReading,
    Decided,
    RulePriceReading,
    VerdictReading,
    WhyNotReading,
)
from pricing.evaluation import Evaluation
from pricing.plan.model import Frozen

Answer = float | str
"""A number, or a word: "never" and "already" of a break-even, an option, a verdict."""

TableRow = Mapping[str, str | int | float | None]
"""One row of a published table; None where the table says nothing."""

Pair = Annotated[tuple[str, str], Field(strict=False)]
"""Ids of two options: the one that pays back, and the one it is compared with."""


class LineReading(Frozen):
    """A figure of the ledger by its key; columns of the table may stand in braces."""

    line: str
    month: int | None = None
    """Month of a figure that has one, 1 is the first."""
    months: Annotated[tuple[int, int] | None, Field(strict=False)] = None
    """First and last of the months to add up."""


class BreakEvenReading(Frozen):
    """Months until an option has cost no more than another."""

    break_even: Pair


class VolumeReading(Frozen):
    """Requests a month from which an option costs no more than another."""

    break_even_volume: Pair


class RatioReading(Frozen):
    """One reading over another."""

    ratio: Annotated[tuple[Reading, Reading], Field(strict=False)]


class DifferenceReading(Frozen):
    """One reading less another."""

    difference: Annotated[tuple[Reading, Reading], Field(strict=False)]


class SumReading(Frozen):
    """Readings added up."""

    sum: Annotated[tuple[Reading, ...], Field(strict=False, min_length=2)]


class ProductReading(Frozen):
    """Readings multiplied."""

    product: Annotated[tuple[Reading, ...], Field(strict=False, min_length=2)]


Reading = (
    LineReading
    | BreakEvenReading
    | VolumeReading
    | RatioReading
    | DifferenceReading
    | SumReading
    | ProductReading
    | AnsweredByReading
    | RulePriceReading
    | VerdictReading
    | WhyNotReading
)

for _model in (RatioReading, DifferenceReading, SumReading, ProductReading):
    _model.model_rebuild()


def read(
    reading: Reading, evaluation: Evaluation, entry: TableRow, decided: Decided | None = None
) -> Answer:
    """What the evaluation says; braces in the key of a line are filled from the table's row.

    Args:
        reading: What is asked.
        evaluation: The evaluated plan, with its decision where it was decided on.
        entry: Row of the table that the plan was made from.
        decided: The decision, where the optimiser was asked.

    Raises:
        LedgerError: for a key that the ledger does not have.
        KeyError: for an option that the plan does not have.
        ValueError: for a question about a decision where there is none.
    """
    return _Reader(evaluation, entry, decided).answer(reading)


class _Reader:
    def __init__(self, evaluation: Evaluation, entry: TableRow, decided: Decided | None) -> None:
        self._evaluation = evaluation
        self._entry = entry
        self._decided = decided

    def answer(self, reading: Reading) -> Answer:
        if isinstance(reading, BreakEvenReading):
            even = compare(self._evaluation, *reading.break_even).break_even
            return even.answer if even.time is None or even.answer == "already" else even.time
        if isinstance(reading, VolumeReading):
            volume = break_even_volume(self._evaluation, *reading.break_even_volume)
            requests = volume.requests_per_month
            return volume.answer if requests is None or volume.answer == "already" else requests
        if isinstance(
            reading, AnsweredByReading | RulePriceReading | VerdictReading | WhyNotReading
        ):
            if self._decided is None:
                raise ValueError("the scenario must be optimised for questions about its decision")
            return self._decided.answer(reading)
        return self._number(reading)

    def _number(self, reading: Reading) -> float:
        if isinstance(reading, LineReading):
            return self._line(reading)
        if isinstance(reading, RatioReading):
            above, below = (self._number(part) for part in reading.ratio)
            return above / below
        if isinstance(reading, DifferenceReading):
            first, second = (self._number(part) for part in reading.difference)
            return first - second
        if isinstance(reading, SumReading):
            return math.fsum(self._number(part) for part in reading.sum)
        if isinstance(reading, ProductReading):
            return math.prod(self._number(part) for part in reading.product)
        answer = self.answer(reading)
        if isinstance(answer, str):
            raise ValueError(f"the answer is {answer!r}, which cannot be calculated with")
        return answer

    def _line(self, reading: LineReading) -> float:
        figure = self._evaluation.ledger.find(reading.line.format_map(self._entry))
        if reading.months is None:
            return self._evaluation.values.at(figure, reading.month)
        first, last = reading.months
        return float(self._evaluation.values.monthly(figure)[first - 1 : last].sum())
