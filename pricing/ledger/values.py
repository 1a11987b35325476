"""Evaluation: every line as an array, for one base case or many draws at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from pricing.ledger.errors import LedgerError
from pricing.ledger.expression import Call, Expression, Given, Literal
from pricing.ledger.functions import FloatArray
from pricing.ledger.line import Input, Line
from pricing.ledger.schedule import Schedule, by_month


class Values:
    """The value of every figure of a ledger."""

    def __init__(self, months: int, arrays: dict[Expression, FloatArray]) -> None:
        self.months = months
        self._arrays = arrays

    def array(self, figure: Input | Line) -> FloatArray:
        """As computed: last axis months or 1, first axis draws where draws were given."""
        try:
            return self._arrays[figure]
        except KeyError:
            raise LedgerError(
                f"{figure.name()} was not evaluated: it was added later or not asked for"
            ) from None

    def monthly(self, figure: Input | Line) -> FloatArray:
        """Shape (months,), or (draws, months)."""
        array = self.array(figure)
        return np.broadcast_to(array, (*array.shape[:-1], self.months))

    def number(self, figure: Input | Line) -> float:
        """The one number of a figure without time, base case only."""
        array = self.array(figure)
        if array.size != 1:
            raise LedgerError(f"{figure.name()} has {array.size} values; ask for a month")
        return float(array.reshape(-1)[0])

    def at(self, figure: Input | Line, month: int | None) -> float:
        """The value in a month (1 is the first), or the one number where there is no time."""
        array = self.array(figure)
        if not figure.timed:
            return self.number(figure)
        if month is None or not 1 <= month <= self.months:
            raise LedgerError(f"{figure.name()} needs a month from 1 to {self.months}, not {month}")
        return float(array[..., month - 1] if array.shape[-1] > 1 else array[..., 0])

    def compute(self, expression: Expression) -> FloatArray:
        """The value of any expression over figures that were evaluated."""
        return _compute(expression, self._arrays, np.arange(1.0, self.months + 1))


def evaluate(
    months: int,
    inputs: Iterable[Input],
    lines: Iterable[Line],
    overrides: Mapping[Input | Schedule, ArrayLike],
) -> Values:
    """Compute lines, each of which must come after what it depends on; see `Ledger.evaluate`."""
    arrays: dict[Expression, FloatArray] = {entry: np.array([entry.value]) for entry in inputs}
    for entry, value in overrides.items():
        if isinstance(entry, Schedule):
            arrays[entry.expression] = by_month(entry, value, months)
        else:
            arrays[entry] = _column(entry, value)
    numbers = np.arange(1.0, months + 1)
    with np.errstate(all="ignore"):
        for line in lines:
            assert line.expression is not None
            array = _compute(line.expression, arrays, numbers)
            arrays[line] = _with_months(line, array, months)
    _check_finite(arrays)
    return Values(months, arrays)


def _compute(
    node: Expression, arrays: dict[Expression, FloatArray], months: FloatArray
) -> FloatArray:
    if type(node) is not Call:
        known = arrays.get(node)
        if known is None and isinstance(node, Literal):
            known = arrays[node] = np.array([node.value])
        elif known is None and isinstance(node, Given):
            known = arrays[node] = np.array(node.values)
        return arrays[node] if known is None else known
    args, compute = node.args, node.function.compute
    if len(args) == 2:  # nearly all of them; unrolled because this is the innermost loop
        left, right = args
        return compute(_compute(left, arrays, months), _compute(right, arrays, months))
    if not args:
        return months
    parts = [_compute(arg, arrays, months) for arg in args]
    if node.function.name == "round":
        return compute(*parts, node.parameter)
    return compute(*parts)


def _check_finite(arrays: dict[Expression, FloatArray]) -> None:
    flat = [array for array in arrays.values() if array.ndim == 1]
    if len(flat) == len(arrays) and np.isfinite(np.concatenate(flat)).all():
        return
    for figure, array in arrays.items():
        if not np.isfinite(array).all():
            raise LedgerError(f"{figure.name()} cannot be computed: {_first_fault(array)}")


def _with_months(line: Line, array: FloatArray, months: int) -> FloatArray:
    if line.timed and array.shape[-1] != months:
        return np.broadcast_to(array, (*array.shape[:-1], months))
    return array


def _column(entry: Input, value: ArrayLike) -> FloatArray:
    array = np.asarray(value, dtype=np.float64)
    if array.ndim > 1:
        raise LedgerError(
            f"{entry.key} was given an array of shape {array.shape}; (draws,) is right"
        )
    return array.reshape(-1, 1) if array.ndim else array.reshape(1)


def _first_fault(array: FloatArray) -> str:
    place = np.argwhere(~np.isfinite(array))[0]
    month = int(place[-1]) + 1
    kind = "a division by zero or a root of a negative number"
    return f"{kind} in month {month}" if array.shape[-1] > 1 else kind
