"""The header that all sheets with months share: title, month numbers and dates."""

from collections.abc import Sequence

from pricing.workbook.cells import (
    FIRST_MONTH,
    HEADING_ROW,
    KEY,
    LABEL,
    MONTH_ROW,
    OPENING,
    SUBTITLE_ROW,
    TITLE_ROW,
    UNIT,
    VALUE,
)
from pricing.workbook.job import Job
from pricing.workbook.number_formats import MONTH
from pricing.workbook.references import References
from pricing.workbook.sheets.page import PADDING, PIXELS_PER_DIGIT
from pricing.workbook.styles import HEADING, QUIET, SUBTITLE, TITLE
from pricing.workbook.text import width
from pricing.workbook.xlsx import Canvas

KEY_WIDTH, OPENING_WIDTH, NOTE_WIDTH = 18, 1.5, 60
NARROWEST_MONTH = 9.5
MOST_LABEL, MOST_UNIT = 64, 24


def write_header(canvas: Canvas, job: Job, title: str, subtitle: str) -> None:
    """Rows 1 to 4; the month numbers and dates are links to the timeline's own lines."""
    ledger, layout = job.layout.ledger, job.layout
    cells = References(layout, canvas.name)
    canvas.text(TITLE_ROW, LABEL, title, TITLE)
    canvas.text(SUBTITLE_ROW, LABEL, subtitle, SUBTITLE)
    canvas.sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(MONTH_ROW, LABEL, "Month", QUIET)
    headings = {KEY: "Key", LABEL: "Line", UNIT: "Unit", VALUE: "Constant or total", OPENING: ""}
    for column, text in headings.items():
        canvas.text(
            HEADING_ROW, column, text, HEADING, align="right" if column == VALUE else "left"
        )
    numbers = job.values.monthly(ledger.month).tolist()
    canvas.formulas(
        MONTH_ROW, FIRST_MONTH, cells.now(ledger.month), numbers,
        canvas.book.format(QUIET, "0", align="right"),
    )  # fmt: skip
    canvas.formulas(
        HEADING_ROW, FIRST_MONTH, cells.now(ledger.date),
        job.values.monthly(ledger.date).tolist(),
        canvas.book.format(HEADING, MONTH.code, align="right"),
    )  # fmt: skip
    canvas.sheet.freeze_panes(HEADING_ROW, FIRST_MONTH)
    canvas.sheet.set_zoom(85)


def write_note_headings(canvas: Canvas, job: Job) -> None:
    """Headings of the two columns after the last month."""
    first = job.layout.last_month + 2
    for column, text in ((first, "How it is calculated"), (first + 1, "Note")):
        canvas.text(HEADING_ROW, column, text, HEADING)
        canvas.sheet.set_column(column, column, NOTE_WIDTH)
    canvas.sheet.set_column(first - 1, first - 1, OPENING_WIDTH)


def set_widths(
    canvas: Canvas,
    job: Job,
    labels: Sequence[str],
    units: Sequence[str],
    constant: float,
    month: float,
) -> list[float]:
    """Column widths from what stands in them.

    Args:
        canvas: The sheet.
        job: The workbook.
        labels: Texts of the label column.
        units: Texts of the unit column.
        constant: Characters of the widest number in the constant column.
        month: Characters of the widest number of a month.

    Returns:
        The width of every column in pixels, the last month's included.
    """
    label = min(max(map(width, labels), default=0) * 1.02 + 2, MOST_LABEL)
    unit = min(max([*map(width, units), 8]) + 1.5, MOST_UNIT)
    months = job.layout.ledger.months
    widths = [
        KEY_WIDTH,
        label,
        unit,
        max(constant + 1, 17),
        OPENING_WIDTH,
        *[max(month + 1, NARROWEST_MONTH)] * months,
    ]
    for column, characters in enumerate(widths[:FIRST_MONTH]):
        canvas.sheet.set_column(column, column, characters)
    canvas.sheet.set_column(FIRST_MONTH, FIRST_MONTH + months - 1, widths[-1])
    return [characters * PIXELS_PER_DIGIT + PADDING for characters in widths]
