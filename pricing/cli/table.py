"""Tables of text in columns that stay aligned with Chinese and other wide characters."""

import unicodedata
from collections.abc import Sequence

GAP = 2
"""Blanks between two columns."""
WIDEST_LABEL = 30
"""Columns of the screen a name may take before it goes on in the next line."""
WIDEST_HEADING = 14
"""Columns of the screen the heading of a column of numbers may take."""


def width_of(text: str) -> int:
    """Columns of a terminal that a text takes (UAX #11: wide and fullwidth take two)."""
    if text.isascii():
        return len(text)
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text filled up with blanks to a width."""
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most a width, broken at blanks where there are any."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        while word:
            room = width - (width_of(line) + 1 if line else 0)
            head = word if width_of(word) <= room else ""
            if not head and not line:
                head = _head(word, width)
            if not head:
                lines.append(line)
                line = ""
                continue
            line = f"{line} {head}" if line else head
            word = word[len(head) :]  # noqa: PLW2901
            if word:
                lines.append(line)
                line = ""
    return [*lines, line] if line or not lines else lines


def _head(word: str, width: int) -> str:
    taken = 0
    for position, letter in enumerate(word):
        taken += _width(letter)
        if taken > width and position:
            return word[:position]
    return word


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    *,
    labels: int = 1,
    ruled: int = 0,
) -> list[str]:
    """Lines of a table.

    Args:
        headings: One per column.
        rows: A text per column.
        width: Columns of the screen; columns that do not fit follow in a further block.
        labels: Leading columns that are names: left aligned, and repeated in every block.
        ruled: Closing rows to set off by a line, such as a total.
    """
    widths = [_widest(column, rows, headings, labels) for column in range(len(headings))]
    lines: list[str] = []
    for block in _blocks(widths, width, labels):
        if lines:
            lines.append("")
        total = sum(widths[column] + GAP for column in block) - GAP
        rule = "─" * total
        lines += [*_row(headings, block, widths, labels, low=True), rule]
        for number, row in enumerate(rows):
            if ruled and number == len(rows) - ruled:
                lines.append(rule)
            lines += _row(row, block, widths, labels)
    return lines


def _widest(
    column: int, rows: Sequence[Sequence[str]], headings: Sequence[str], labels: int
) -> int:
    limit = WIDEST_LABEL if column < labels else WIDEST_HEADING
    parts = wrapped(headings[column], limit)
    for row in rows:
        parts += wrapped(row[column], limit) if column < labels else [row[column]]
    return max(width_of(part) for part in parts)


def _blocks(widths: Sequence[int], width: int, labels: int) -> list[list[int]]:
    """The columns of each block."""
    names = list(range(labels))
    taken = sum(widths[column] + GAP for column in names) - GAP
    blocks: list[list[int]] = [[*names]]
    used = taken
    for column in range(labels, len(widths)):
        if used + GAP + widths[column] > width and len(blocks[-1]) > labels:
            blocks.append([*names])
            used = taken
        blocks[-1].append(column)
        used += GAP + widths[column]
    return blocks


def _row(
    cells: Sequence[str],
    block: Sequence[int],
    widths: Sequence[int],
    labels: int,
    *,
    low: bool = False,
) -> list[str]:
    """Lines of one row; `low` sets cells of fewer lines on the last line."""
    parts = [wrapped(cells[column], widths[column]) for column in block]
    height = max(len(part) for part in parts)
    filled = [
        [""] * (height - len(part)) + part if low else part + [""] * (height - len(part))
        for part in parts
    ]
    lines = []
    for line in zip(*filled, strict=True):
        texts = (
            padded(text, widths[column], right=column >= labels)
            for column, text in zip(block, line, strict=True)
        )
        lines.append((" " * GAP).join(texts).rstrip())
    return lines
