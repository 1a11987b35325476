"""Heights of rows with wrapped text; not every program finds them by itself."""

import math
from collections.abc import Iterable

from pricing.workbook.styles import Property
from pricing.workbook.text import drawn, width
from pricing.workbook.xlsx import Canvas

POINTS_PER_LINE = 13.0
POINTS_PER_WIDE_LINE = 15.5
"""A line with East Asian characters; their fonts stand taller."""
_EDGE = 3.5

_CELL_MARGIN = 1.0
_BROKEN_WORD = 4.0
"""Room that a line leaves because the next word does not fit, on average."""


def fit_height(canvas: Canvas, row: int, texts: Iterable[tuple[float, str]]) -> None:
    """Make a row as high as its longest text needs.

    Args:
        canvas: The sheet.
        row: 1 is the first.
        texts: Width of the column in characters, and the text.
    """
    tallest = max((_lines(text, room) * _points(text) for room, text in texts), default=0.0)
    canvas.sheet.set_row(row - 1, min(max(tallest, POINTS_PER_LINE) + _EDGE, 400))


def _points(text: str) -> float:
    return POINTS_PER_LINE if width(text) == len(text) or "\n" in text else POINTS_PER_WIDE_LINE


def _lines(text: str, room: float) -> int:
    """Lines that a text takes in a column; words do not fill a line to its end."""
    usable = max(room - _CELL_MARGIN, _BROKEN_WORD + 1)
    return sum(_lines_of(drawn(part), usable) for part in text.split("\n"))


def _lines_of(needed: float, usable: float) -> int:
    return 1 if needed <= usable else math.ceil(needed / (usable - _BROKEN_WORD))


def wrap_label(canvas: Canvas, row: int, label: str, room: float) -> dict[str, Property]:
    """What a label needs where it is wider than its column, and room for it; nothing elsewhere.

    Args:
        canvas: The sheet.
        row: 1 is the first.
        label: The text.
        room: Width of the column in characters.
    """
    lines = _lines(label, room)
    if lines == 1:
        return {}
    canvas.sheet.set_row(row - 1, lines * _points(label) + _EDGE)
    return {"text_wrap": True}
