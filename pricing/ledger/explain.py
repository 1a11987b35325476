"""Explanations: where a number comes from, as a tree of formulas, values and sources."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from pricing.ledger.expression import Call, Expression, Literal, Named, in_words
from pricing.ledger.line import Input, Line
from pricing.ledger.schedule import Schedule
from pricing.ledger.values import Values


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure: its value, its formula in words, and what it was made from."""

    key: str
    label: str
    unit: str
    month: int | None
    """Month the value belongs to; none for a figure without time, or for a total of months."""
    value: float
    formula: str = ""
    """In words; empty for an input, except for what a total of an input by month is."""
    summed: bool = False
    """Whether the value is the sum of all months."""
    numbers: str = ""
    """The formula with numbers in place of names, where every operand is of the same month."""
    source: str = ""
    url: str = ""
    as_of: date | None = None
    confidence: str = ""
    region: str = ""
    note: str = ""
    path: str = ""
    """Where the input was entered."""
    is_input: bool = False
    operands: tuple[Explanation, ...] = field(default=())
    """What it was made from, each once; empty below the asked depth."""


def explain(
    values: Values, figure: Input | Line, month: int | None = None, depth: int = 40
) -> Explanation:
    """The tree of a figure in a month; a repeated figure is not unfolded twice.

    A line with months whose months add up may be asked without a month: the answer is the total.

    Raises:
        LedgerError: for a month outside the timeline.
    """
    if month is not None:
        values.at(figure, month)
    return _Explainer(values).tree(figure, month, depth)


_ALL_MONTHS = frozenset(
    {"sum_over_months", "largest_over_months", "smallest_over_months", "first_month"}
)
_ADDED_UP = 0
"""In place of a month: the sum of all months, of a line whose months are no flow."""


class _Explainer:
    def __init__(self, values: Values) -> None:
        self._values = values
        self._seen: set[tuple[str, int | None]] = set()

    def tree(self, figure: Input | Line, month: int | None, depth: int) -> Explanation:
        month = month if figure.timed else None
        if isinstance(figure, Input):
            return _of_input(figure, self._values.number(figure))
        if isinstance(figure, Schedule):
            return self._of_schedule(figure, month)
        made_as = _linked(figure)
        if figure.timed and (month is None or month == _ADDED_UP):
            return self._total(figure, made_as, depth, summed=figure.flow or month == _ADDED_UP)
        operands: tuple[Explanation, ...] = ()
        expression = made_as.expression
        assert expression is not None
        if depth > 0 and (figure.key, month) not in self._seen:
            self._seen.add((figure.key, month))
            pairs = dict.fromkeys(self._operands(expression, month))
            operands = tuple(self.tree(part, when, depth - 1) for part, when in pairs)
        return Explanation(
            key=figure.key,
            label=figure.label,
            unit=figure.unit,
            month=month,
            value=self._values.at(figure, month),
            formula=in_words(expression),
            numbers=self._numbers(expression, month),
            note=figure.note or made_as.note,
            operands=operands,
        )

    def _of_schedule(self, entry: Schedule, month: int | None) -> Explanation:
        """A month's number; without a month all months added up, or else the last one's."""
        if month is not None and month != _ADDED_UP:
            return _of_input(entry, self._values.at(entry, month), month)
        months = self._values.monthly(entry)
        if entry.flow or month == _ADDED_UP:
            told = _of_input(entry, float(months.sum()))
            return replace(told, formula="sum over all months", summed=True)
        told = _of_input(entry, float(months[..., -1]))
        return replace(told, formula="value of the last month")

    def _total(self, line: Line, made_as: Line, depth: int, *, summed: bool) -> Explanation:
        """All months of a line: totals of the parts where it adds parts up, else its last month."""
        months = self._values.monthly(line)
        parts = _added_up(made_as) if line.flow else []
        operands: tuple[Explanation, ...] = ()
        if depth > 0 and (line.key, None) not in self._seen:
            self._seen.add((line.key, None))
            when = None if parts else self._values.months
            operands = tuple(self.tree(part, when, depth - 1) for part in parts or [line])
        assert made_as.expression is not None
        formula = in_words(made_as.expression)
        return Explanation(
            key=line.key,
            label=line.label,
            unit=line.unit,
            month=None,
            value=float(months.sum() if summed else months[..., -1]),
            formula=f"sum over all months of {formula}" if summed else "value of the last month",
            summed=summed,
            note=line.note or made_as.note,
            operands=operands,
        )

    def _operands(
        self, node: Expression, month: int | None
    ) -> list[tuple[Input | Line, int | None]]:
        if isinstance(node, Input | Line):
            return [(node, month if node.timed else None)]
        if not isinstance(node, Call):
            return []
        first = node.args[0] if node.args else None
        if node.function.over_time and isinstance(first, Line):
            rest = [pair for arg in node.args[1:] for pair in self._operands(arg, month)]
            return [*self._looked_at(node, first, month), *rest]
        if node.function.name == "where":
            return self._branch(node, month)
        if node.function.name in {"maximum", "minimum"}:
            return self._deciding(node, month)
        return [pair for arg in node.args for pair in self._operands(arg, month)]

    def _branch(self, node: Call, month: int | None) -> list[tuple[Input | Line, int | None]]:
        """The condition and only the branch that was taken, where that can be told."""
        condition, yes, no = node.args
        if isinstance(condition, Input | Line):
            taken = yes if self._values.at(condition, month) != 0 else no
            return [*self._operands(condition, month), *self._operands(taken, month)]
        return [pair for arg in node.args for pair in self._operands(arg, month)]

    def _deciding(self, node: Call, month: int | None) -> list[tuple[Input | Line, int | None]]:
        """Only the operand that is the largest (or smallest), where all are plain figures."""
        figures = [arg for arg in node.args if isinstance(arg, Input | Line)]
        if len(figures) < len(node.args):
            return [pair for arg in node.args for pair in self._operands(arg, month)]
        pick = max if node.function.name == "maximum" else min
        return self._operands(pick(figures, key=lambda arg: self._values.at(arg, month)), month)

    def _looked_at(
        self, node: Call, line: Line, month: int | None
    ) -> list[tuple[Input | Line, int | None]]:
        """The months of a line that a function over time reads, as far as they are one or two."""
        name = node.function.name
        if name in _ALL_MONTHS:
            return [(line, self._deciding_month(name, line))]
        assert month is not None
        shifts = {"previous": (1,), "change": (0, 1), "increase": (0, 1)}
        if name in {"lag", "ahead"}:
            length = math.floor(self._values.compute(node.args[1])[..., 0])
            months = [month - length if name == "lag" else month + length]
        else:
            months = [month - shift for shift in shifts.get(name, (0,))]
        return [(line, when) for when in months if 1 <= when <= self._values.months]

    def _deciding_month(self, name: str, line: Line) -> int | None:
        """The month that a function over all months picks; none for a total of months."""
        if name == "sum_over_months":
            return None if line.flow else _ADDED_UP
        months = self._values.monthly(line)
        pick = np.argmin if name == "smallest_over_months" else np.argmax
        return int(pick(months)) + 1

    def _numbers(self, node: Expression, month: int | None) -> str:
        def number(figure: Named) -> str:
            assert isinstance(figure, Input | Line)
            if figure.timed and month is None:
                return figure.label
            return short(self._values.at(figure, month))

        return in_words(node, number) if not _reads_other_months(node) else ""


def short(value: float) -> str:
    """A number for a formula: up to six significant digits, thousands separated."""
    if value == 0 or not np.isfinite(value):
        return f"{value:g}"
    if abs(value) >= 1e15 or abs(value) < 1e-6:
        return f"{value:.6g}"
    digits = max(0, 6 - len(str(int(abs(value)))) if abs(value) >= 1 else 9)
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _linked(line: Line) -> Line:
    """The line whose formula makes a line that only repeats another."""
    while isinstance(line.expression, Line) and not isinstance(line.expression, Schedule):
        line = line.expression
    return line


def _added_up(line: Line) -> list[Line]:
    """The lines whose totals make up the total of a line; none if it does more than add them."""
    parts: list[Line] = []
    stack = [line.expression]
    while stack and line.flow:
        node = stack.pop()
        if isinstance(node, Line) and node.flow:
            parts.append(node)
        elif isinstance(node, Call) and node.function.name in {"add", "subtract", "total"}:
            stack.extend(reversed(node.args))
        elif not (isinstance(node, Literal) and node.value == 0):
            return []
    return list(dict.fromkeys(parts))


def _of_input(entry: Input | Schedule, value: float, month: int | None = None) -> Explanation:
    origin = entry.provenance
    return Explanation(
        key=entry.key,
        label=entry.label,
        unit=entry.unit,
        month=month,
        value=value,
        source=origin.source,
        url=origin.url,
        as_of=origin.as_of,
        confidence=origin.confidence,
        region=origin.region,
        note=entry.note,
        path=entry.path,
        is_input=True,
    )


def _reads_other_months(node: Expression) -> bool:
    if isinstance(node, Call):
        return node.function.over_time or any(_reads_other_months(arg) for arg in node.args)
    return False
