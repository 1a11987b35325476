"""A section: the lines that belong together, one sheet of a workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from pricing.ledger.expression import Expression
from pricing.ledger.line import Input, Line, Provenance
from pricing.ledger.schedule import Schedule, by_month


@lru_cache(maxsize=4096)
def slug(label: str) -> str:
    """A key part of a label: its letters and digits in lower case, joined by underscores."""
    return re.sub(r"\W+", "_", label.lower()).strip("_")


class Register(Protocol):
    """What a section needs of the ledger it belongs to."""

    months: int

    def register(self, figure: Input | Line) -> None:
        """Enter a figure under its key."""

    def announce(self, line: Line) -> None:
        """Note that a line will be defined later."""

    def define(self, line: Line, expression: Expression) -> None:
        """Give a line its expression."""


class Section:
    """Inputs and lines under one title; keys start with the section's."""

    def __init__(
        self,
        ledger: Register,
        key: str,
        title: str,
        note: str = "",
        part_of: Section | None = None,
    ) -> None:
        self.ledger = ledger
        self.key = key
        self.title = title
        self.note = note
        self.part_of = part_of
        """The section whose detail this one is; a reader finds it right after that one."""
        self.inputs: list[Input] = []
        self.lines: list[Line] = []
        self._block = ""

    def block(self, title: str) -> None:
        """Start a group of lines under a heading."""
        self._block = title

    def input(
        self,
        label: str,
        value: float,
        unit: str,
        provenance: Provenance,
        *,
        key: str = "",
        note: str = "",
        path: str = "",
    ) -> Input:
        """Add a number that a person may change."""
        entry = Input(
            f"{self.key}.{key or slug(label)}",
            label,
            float(value),
            unit,
            provenance,
            section=self.key,
            note=note,
            path=path,
        )
        self.ledger.register(entry)
        self.inputs.append(entry)
        return entry

    def schedule(
        self,
        label: str,
        values: Sequence[float],
        unit: str,
        provenance: Provenance,
        *,
        key: str = "",
        note: str = "",
        path: str = "",
        flow: bool | None = None,
    ) -> Schedule:
        """Add an input with a number for every month; it stands among the lines of its block.

        Args:
            label: What the figure is, in the words of a reader.
            values: One number for every month of the ledger.
            unit: The unit in words.
            provenance: Who says so, and since when.
            key: Last part of its key; made from the label if empty.
            note: What a reader must know.
            path: Where it was entered or decided, in the caller's document.
            flow: Whether the months add up to a total; by default money does.

        Raises:
            LedgerError: for another count of numbers than of months, a number that is not finite,
                or a key that is taken.
        """
        entry = Schedule(
            f"{self.key}.{key or slug(label)}",
            label,
            values,
            unit,
            provenance,
            section=self.key,
            block=self._block,
            note=note,
            path=path,
            flow=flow,
        )
        by_month(entry, entry.values, self.ledger.months)
        self.ledger.register(entry)
        self.lines.append(entry)
        return entry

    def line(
        self,
        label: str,
        expression: Expression,
        unit: str,
        *,
        key: str = "",
        note: str = "",
        flow: bool | None = None,
        every_month: bool = False,
    ) -> Line:
        """Add a line.

        Args:
            label: What the figure is, in the words of a reader.
            expression: The formula, the same for every month.
            unit: The unit in words; must agree with the expression's.
            key: Last part of the line's key; made from the label if empty.
            note: Where the formula comes from, or what a reader must know.
            flow: Whether the months add up to a total; by default money does.
            every_month: Whether a formula without time holds anew in every month.

        Raises:
            UnitError: if the expression's unit is another one.
            LedgerError: for a number other than 0 and 1 in the expression, or a key that is taken.
        """
        line = self._new(
            label, unit, expression.timed or every_month, key=key, note=note, flow=flow
        )
        self.ledger.define(line, expression)
        return line

    def forward(
        self,
        label: str,
        unit: str,
        *,
        timed: bool = True,
        key: str = "",
        note: str = "",
        flow: bool | None = None,
    ) -> Line:
        """Announce a line whose expression follows with `Ledger.define`."""
        line = self._new(label, unit, timed, key=key, note=note, flow=flow)
        self.ledger.announce(line)
        return line

    def _new(
        self, label: str, unit: str, timed: bool, *, key: str, note: str, flow: bool | None
    ) -> Line:
        line = Line(
            f"{self.key}.{key or slug(label)}",
            label,
            unit,
            section=self.key,
            timed=timed,
            block=self._block,
            note=note,
            flow=flow,
        )
        self.ledger.register(line)
        self.lines.append(line)
        return line
