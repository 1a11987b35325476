"""The inputs by month as they were at export, so that a change of any month is counted."""

from pricing.ledger import Schedule
from pricing.workbook.cells import (
    FIRST_MONTH,
    FIRST_ROW,
    HEADING_ROW,
    KEY,
    LABEL,
    UNIT,
    VALUE,
    cell,
    span,
)
from pricing.workbook.job import Job
from pricing.workbook.layout import BY_MONTH, KEYS_BY_MONTH, Layout
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import schedule_format
from pricing.workbook.references import References
from pricing.workbook.sheets.heights import wrap_label
from pricing.workbook.sheets.page import paginate_by_year, set_up_page
from pricing.workbook.sheets.timeline import MOST_LABEL, set_widths, write_header
from pricing.workbook.styles import BLOCK, BODY, CALCULATED, HEADING, KEY_TEXT, QUIET, STAMP
from pricing.workbook.xlsx import Canvas

_CHANGED = "Months changed"


def months_changed(row: int) -> str:
    """The cell that counts the months in which the input of a row differs from the export."""
    return f"{quoted(BY_MONTH)}!{cell(VALUE, row)}"


def schedules_changed(layout: Layout) -> list[str]:
    """The formula that counts the inputs by month that differ in any month, if there are any."""
    rows = layout.schedules(FIRST_ROW)
    if not rows.entries:
        return []
    counts = f"{cell(VALUE, rows.first_row)}:{cell(VALUE, rows.last_row)}"
    return [f"SUMPRODUCT(--({quoted(BY_MONTH)}!{counts}>0))"]


def write_by_month(canvas: Canvas, job: Job) -> None:
    """Write the numbers of every input by month once more, as values that stay."""
    rows = job.layout.schedules(FIRST_ROW)
    set_up_page(canvas, job.cover, pages_wide=None)
    write_header(
        canvas, job, "At export by month",
        "Inputs by month as they were at export; change them on their own sheets, not here.",
    )  # fmt: skip
    canvas.text(HEADING_ROW, KEY, KEYS_BY_MONTH, HEADING)
    canvas.text(HEADING_ROW, LABEL, "Input", HEADING)
    canvas.text(HEADING_ROW, VALUE, _CHANGED, HEADING, align="right")
    for heading in rows.headings:
        canvas.text(heading.row, LABEL, heading.title, BLOCK)
        canvas.blank(heading.row, range(UNIT, job.layout.last_month + 1), BLOCK)
    widest = max(_write_schedule(canvas, job, row, entry) for row, entry in rows.entries)
    labels = [entry.label for _, entry in rows.entries] + [each.title for each in rows.headings]
    units = [entry.unit for _, entry in rows.entries]
    pixels = set_widths(canvas, job, labels, units, len(_CHANGED), widest)
    paginate_by_year(canvas, job.layout.ledger.months, rows.last_row, pixels)


def _write_schedule(canvas: Canvas, job: Job, row: int, entry: Schedule) -> float:
    """Write one input by month; returns the width of its widest number."""
    numbers = job.values.monthly(entry).tolist()
    shown = schedule_format(entry.unit, numbers)
    canvas.text(row, KEY, entry.key, KEY_TEXT)
    wrapped = wrap_label(canvas, row, entry.label, MOST_LABEL)
    canvas.text(row, LABEL, entry.label, BODY, **wrapped)
    canvas.text(row, UNIT, entry.unit, QUIET)
    live = References(job.layout, BY_MONTH).all_months(entry)
    kept = span(FIRST_MONTH, job.layout.last_month, row)
    formula = f"SUMPRODUCT(--({live}<>{kept}))"
    canvas.formula(row, VALUE, formula, 0.0, CALCULATED, '0;-0;"–"')
    for column, number in enumerate(numbers, start=FIRST_MONTH):
        canvas.number(row, column, number, STAMP, shown.code)
    return max(map(shown.width, numbers))
