"""The ledger: sections of inputs and lines over one timeline of months."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date

from numpy.typing import ArrayLike

from pricing.ledger.errors import CycleError, LedgerError, UnitError
from pricing.ledger.expression import Call, Expression, Literal
from pricing.ledger.line import Input, Line, Provenance
from pricing.ledger.schedule import Schedule
from pricing.ledger.section import Section
from pricing.ledger.units import spelled
from pricing.ledger.values import Values, evaluate

_EPOCH = date(1899, 12, 30).toordinal()

CONVENTION = Provenance(source="definition", confidence="high")
"""Provenance of numbers that are true by definition (12 months in a year)."""


class Ledger:
    """Sections over months; every figure is an input or a line with one expression.

    Args:
        months: Length of the timeline.
        start: First day of the first month.
    """

    def __init__(self, months: int, start: date) -> None:
        self.months = months
        self.sections: list[Section] = []
        self._figures: dict[str, Input | Line] = {}
        self._order: list[Line] | None = None
        self._announced: set[Line] = set()
        timing = self.section("timing", "Timing")
        self.start = timing.input(
            "First month",
            start.toordinal() - _EPOCH,
            "date",
            Provenance(source="plan"),
            key="start",
        )
        self.month = timing.line(
            "Month number", Call.of("month_number", (), timed=True), "month number", key="month"
        )
        self.date = timing.line(
            "First day of the month",
            Call.of("month_start", self.start.dimension, self.start, self.month),
            "date",
            key="date",
        )
        self.days = timing.line(
            "Calendar days",
            Call.of("days_in_month", (("day", 1),), self.date),
            "days",
            key="days",
            flow=True,
        )

    def section(
        self, key: str, title: str, note: str = "", part_of: Section | None = None
    ) -> Section:
        """Open a section, or a part of one.

        Raises:
            LedgerError: if the key is taken, or for a part of another ledger's section.
        """
        if part_of is not None and part_of not in self.sections:
            raise LedgerError(f"the section {part_of.key!r} is none of this ledger")
        if any(section.key == key for section in self.sections):
            raise LedgerError(f"the section {key!r} exists already")
        section = Section(self, key, title, note, part_of)
        self.sections.append(section)
        return section

    def register(self, figure: Input | Line) -> None:
        """Enter a figure under its key; sections call this."""
        if figure.key in self._figures:
            raise LedgerError(f"the key {figure.key!r} is used twice; keys must be unique")
        self._figures[figure.key] = figure
        self._order = None

    def announce(self, line: Line) -> None:
        """Note that a line will be defined later, so that lines may come before what they read."""
        self._announced.add(line)

    def define(self, line: Line, expression: Expression) -> None:
        """Give a line its expression.

        Raises:
            UnitError: if units differ.
            CycleError: if the line would depend on itself; names the path.
            LedgerError: for a number other than 0 and 1 in the formula, or a second definition.
        """
        if line.expression is not None:
            raise LedgerError(f"{line.name()} has an expression already; a line has one")
        zero = isinstance(expression, Literal) and expression.value == 0
        if expression.dimension != line.dimension and not zero:
            raise UnitError(
                f"{line.name()} is in {line.unit or 'pure numbers'}, "
                f"but its formula gives {spelled(expression.dimension)}"
            )
        if expression.timed and not line.timed:
            raise UnitError(f"{line.name()} has no months, but its formula has")
        if not expression.may_stand_in_line:
            _check_formula(line, expression)
        line.expression = expression
        # A line that nobody could name before it was defined cannot be part of a cycle.
        path = _path_back(line) if line in self._announced else []
        if path:
            line.expression = None
            raise CycleError("a line cannot depend on itself: " + " → ".join(path))
        self._order = None

    def find(self, key: str) -> Input | Line:
        """A figure by its key; raises LedgerError that names the closest keys."""
        try:
            return self._figures[key]
        except KeyError:
            close = difflib.get_close_matches(key, self._figures, n=3, cutoff=0.4)
            hint = f"; close to it: {', '.join(close)}" if close else ""
            raise LedgerError(f"there is no figure {key!r} in the ledger{hint}") from None

    def line(self, key: str) -> Line:
        """A line by its key; raises LedgerError if there is none."""
        figure = self.find(key)
        if not isinstance(figure, Line):
            raise LedgerError(f"{figure.name()} is an input, not a line")
        return figure

    @property
    def inputs(self) -> tuple[Input, ...]:
        """All inputs in the order of their sections."""
        return tuple(entry for section in self.sections for entry in section.inputs)

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """All inputs by month in the order of their sections; they are among the lines too."""
        return tuple(line for line in self.lines if isinstance(line, Schedule))

    @property
    def entries(self) -> tuple[Input | Schedule, ...]:
        """All that a person may change: the inputs, then the inputs by month."""
        return (*self.inputs, *self.schedules)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in the order of their sections."""
        return tuple(line for section in self.sections for line in section.lines)

    def evaluate(
        self,
        overrides: Mapping[str, ArrayLike] | None = None,
        only: tuple[Line, ...] | None = None,
    ) -> Values:
        """Compute the lines.

        Args:
            overrides: Values of inputs by key, in place of their own: one number, or an array of
                shape (draws,) for many cases at once; of a schedule an array of shape (months,)
                or (draws, months).
            only: Lines that are asked for; none means all.

        Raises:
            LedgerError: for an unknown input, values of another shape, or a line without an
                expression.
        """
        given = {self._input(key): value for key, value in (overrides or {}).items()}
        return evaluate(self.months, self.inputs, self.in_order(only), given)

    def _input(self, key: str) -> Input | Schedule:
        figure = self.find(key)
        if not isinstance(figure, Input | Schedule):
            raise LedgerError(f"{figure.name()} is a line; only inputs can be given another value")
        return figure

    def in_order(self, only: tuple[Line, ...] | None = None) -> list[Line]:
        """Lines such that each comes after what it depends on."""
        if only is not None:
            return _sorted_by_dependence(only)
        if self._order is None:
            defined = [line for line in self._figures.values() if isinstance(line, Line)]
            self._order = _sorted_by_dependence(tuple(defined)) if self._announced else defined
        return self._order


def referenced(expression: Expression) -> Iterator[Input | Line]:
    """The inputs and lines that an expression names, in the order of the formula."""
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Input | Line):
            yield node
        else:
            stack.extend(reversed(node.operands()))


def _sorted_by_dependence(lines: tuple[Line, ...]) -> list[Line]:
    order: list[Line] = []
    done: set[Line] = set()
    for first in lines:
        stack: list[tuple[Line, Iterator[Input | Line]]] = []
        if first not in done:
            stack.append((first, _dependencies(first)))
            done.add(first)
        while stack:
            line, pending = stack[-1]
            for figure in pending:
                if isinstance(figure, Line) and figure not in done:
                    done.add(figure)
                    stack.append((figure, _dependencies(figure)))
                    break
            else:
                order.append(line)
                stack.pop()
    return order


def _dependencies(line: Line) -> Iterator[Input | Line]:
    if line.expression is None:
        raise LedgerError(f"{line.name()} was announced but has no expression")
    return referenced(line.expression)


def _path_back(line: Line) -> list[str]:
    """The way from a line to itself, as names; empty if there is none."""
    came_from: dict[Line, Line] = {}
    stack = [line]
    while stack:
        current = stack.pop()
        if current.expression is None:
            continue
        for figure in referenced(current.expression):
            if not isinstance(figure, Line):
                continue
            if figure is line:
                path = [line.name()]
                while current is not line:
                    path.append(current.name())
                    current = came_from[current]
                return [line.name(), *reversed(path)]
            if figure not in came_from:
                came_from[figure] = current
                stack.append(figure)
    return []


def _check_formula(line: Line, expression: Expression) -> None:
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Call):
            if node.function.name == "contracts" and node is not expression:
                raise LedgerError(
                    f"{line.name()}: contracts must be the whole formula of a line of its own"
                )
            stack.extend(node.args)
        elif isinstance(node, Literal) and node.value not in {0.0, 1.0}:
            raise LedgerError(
                f"{line.name()} holds the number {node.value:g} in its formula; "
                "make it an input with a source"
            )
