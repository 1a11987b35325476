"""Compares the stored results of a workbook with the engine, cell by cell."""

import math

import numpy as np

from pricing.ledger import Call, Expression, Given, Input, Line, Literal, Schedule, Values
from pricing.ledger.ledger import referenced
from pricing.workbook.read import CellValue, Contents

NEAR = 1e-9


def differences(values: Values, lines: tuple[Line, ...], contents: Contents) -> list[str]:
    """A sentence for every cell that is not within 1e-9 of the engine.

    The tolerance is relative to the value, or to the largest operand of the line in that row:
    a difference of large numbers cannot be closer than its operands are.
    """
    found = []
    for line in lines:
        expected = values.monthly(line) if line.timed else values.array(line).reshape(-1)
        cells = _cells(contents, line)
        scale = _scale(values, line)
        found += [
            f"{line.key} month {month}: workbook {cell!r}, engine {value!r}"
            for month, (cell, value) in enumerate(
                zip(cells, expected.tolist(), strict=True), start=1
            )
            if not _near(cell, value, scale)
        ]
        if line.flow and not _near(contents.constants.get(line.key), float(expected.sum()), scale):
            found.append(f"{line.key} total: {contents.constants.get(line.key)!r}")
    return found


def _cells(contents: Contents, line: Line) -> tuple[CellValue, ...]:
    if isinstance(line, Schedule):
        return contents.schedules.get(line.key, ())
    if line.timed:
        return contents.months.get(line.key, ())
    return (contents.constants.get(line.key),)


def _near(cell: CellValue, value: float, scale: float) -> bool:
    if not isinstance(cell, float) or not math.isfinite(cell):
        return False
    return abs(cell - value) <= NEAR * max(abs(value), scale)


def _scale(values: Values, line: Line) -> float:
    """The largest quantity inside a line's formula, where the formula can cancel."""
    assert line.expression is not None
    if not _can_cancel(line.expression):
        return 0.0
    sizes = [np.abs(values.array(figure)).max() for figure in referenced(line.expression)]
    return float(max(sizes, default=0))


def _can_cancel(node: Expression) -> bool:
    if isinstance(node, Given | Input | Line | Literal):
        return False
    assert isinstance(node, Call)
    differing = {"add", "subtract", "total", "change", "increase", "contracts", "cumulative"}
    return node.function.name in differing or any(map(_can_cancel, node.args))
