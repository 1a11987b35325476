"""What the colours of cells mean, on the cover."""

from pricing.workbook.job import Job
from pricing.workbook.styles import (
    BODY,
    CALCULATED,
    DECIDED,
    INPUT,
    LINK,
    QUIET,
    SECTION,
    STAMP,
    TOTAL,
    Style,
)
from pricing.workbook.xlsx import Canvas

NAME, TEXT = 1, 2
"""Columns of the cover."""

_SAMPLE = "1,234"
_INPUT = "Input: a number you may change (blue on yellow, unlocked). {where}"
_DECIDED = (
    "Decision: an input that somebody chose, a share or a number of servers (blue on lavender, "
    "unlocked)."
)
_OTHERS: tuple[tuple[Style, str], ...] = (
    (CALCULATED, "Calculation: a formula over inputs and other lines."),
    (LINK, "Link: repeats a figure of another sheet."),
    (TOTAL, "Total: the sum of lines above it."),
    (STAMP, "Value at export: kept to show what has been changed since."),
)
_ALL_THERE = "All are on Inputs."
_ALL_LISTED = "All are on Inputs or listed there."


def write_legend(canvas: Canvas, job: Job, row: int) -> int:
    """Write the colours and their meanings from a row on; gives the row after them."""
    ledger = job.layout.ledger
    where = _ALL_LISTED if ledger.schedules else _ALL_THERE
    canvas.text(row, NAME, "Colours", SECTION)
    canvas.blank(row, [TEXT], SECTION)
    meanings = [(INPUT, _INPUT.format(where=where))]
    if any(entry.provenance.is_decision for entry in ledger.entries):
        meanings.append((DECIDED, _DECIDED))
    for style, meaning in [*meanings, *_OTHERS]:
        row += 1
        canvas.text(row, NAME, _SAMPLE, style, align="center")
        canvas.text(row, TEXT, meaning, BODY)
    row += 1
    canvas.text(row, NAME, "In words", QUIET, align="center")
    canvas.text(row, TEXT, "Right of the last month, each line says how it is calculated.", BODY)
    return row + 1
