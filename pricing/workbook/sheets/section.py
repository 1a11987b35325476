"""One section of the ledger as a sheet: every line a row, every month a column."""

from pricing.ledger import Call, Input, Line, Schedule, in_words
from pricing.workbook.cells import FIRST_MONTH, KEY, LABEL, UNIT, VALUE, span
from pricing.workbook.formula import formula_of
from pricing.workbook.job import Job
from pricing.workbook.layout import Sheet
from pricing.workbook.number_formats import NumberFormat, line_format, schedule_format
from pricing.workbook.sheets.heights import wrap_label
from pricing.workbook.sheets.page import paginate_by_year, set_up_page
from pricing.workbook.sheets.timeline import (
    MOST_LABEL,
    set_widths,
    write_header,
    write_note_headings,
)
from pricing.workbook.sheets.validation import validate_number
from pricing.workbook.styles import (
    BLOCK,
    BODY,
    CALCULATED,
    DECIDED,
    INPUT,
    KEY_TEXT,
    LINK,
    QUIET,
    TOTAL,
    Style,
)
from pricing.workbook.text import one_line
from pricing.workbook.xlsx import Canvas


def write_section(canvas: Canvas, job: Job, sheet: Sheet) -> None:
    """Write header, headings and lines of a section."""
    set_up_page(canvas, job.cover, pages_wide=None)
    write_header(canvas, job, sheet.section.title, sheet.section.note or job.cover.plan)
    write_note_headings(canvas, job)
    for heading in sheet.headings:
        canvas.text(heading.row, LABEL, heading.title, BLOCK)
        canvas.blank(heading.row, range(UNIT, job.layout.last_month + 1), BLOCK)
    widest_constant = widest_month = 0.0
    for row, line in sheet.lines:
        constant, month = _write_line(canvas, job, row, line)
        widest_constant, widest_month = max(widest_constant, constant), max(widest_month, month)
    labels = [line.label for _, line in sheet.lines] + [h.title for h in sheet.headings]
    units = [line.unit for _, line in sheet.lines]
    pixels = set_widths(canvas, job, labels, units, widest_constant, widest_month)
    paginate_by_year(canvas, job.layout.ledger.months, sheet.last_row, pixels)


def _write_line(canvas: Canvas, job: Job, row: int, line: Line) -> tuple[float, float]:
    """Write one line; returns the width of its constant or total and of its widest month."""
    style = _style(job, line)
    label = BODY.but(**({"bold": True} if style is TOTAL else {}))
    canvas.text(row, KEY, line.key, KEY_TEXT)
    wrapped = wrap_label(canvas, row, line.label, MOST_LABEL)
    canvas.text(row, LABEL, line.label, label, **wrapped)
    canvas.text(row, UNIT, line.unit, QUIET)
    notes = job.layout.last_month + 2
    canvas.text(row, notes, _how(job, line), QUIET)
    if line.note:
        canvas.text(row, notes + 1, line.note, QUIET)
    if isinstance(line, Schedule):
        return _write_schedule(canvas, job, row, line)
    numbers = job.values.monthly(line).tolist()
    shown = line_format(line.unit, numbers)
    cell_format = canvas.book.format(style, shown.code)
    formula = formula_of(line, job.layout)
    if not line.timed:
        value = job.values.number(line)
        canvas.formulas(row, VALUE, formula, [value], cell_format)
        return shown.width(value), 0
    canvas.formulas(row, FIRST_MONTH, formula, numbers, cell_format)
    month = max(map(shown.width, numbers))
    return _write_total(canvas, job, row, line, numbers, style, shown), month


def _write_schedule(canvas: Canvas, job: Job, row: int, entry: Schedule) -> tuple[float, float]:
    """Write the numbers of an input by month; returns the same widths as of any line."""
    numbers = job.values.monthly(entry).tolist()
    shown = schedule_format(entry.unit, numbers)
    style = DECIDED if entry.provenance.is_decision else INPUT
    for column, number in enumerate(numbers, start=FIRST_MONTH):
        canvas.number(row, column, number, style, shown.code)
    last = job.layout.last_month
    validate_number(canvas, row, entry.unit, numbers, FIRST_MONTH, last)
    month = max(map(shown.width, numbers))
    return _write_total(canvas, job, row, entry, numbers, CALCULATED, shown), month


def _how(job: Job, line: Line) -> str:
    """The formula in words; for an input by month, who gave it, when, and how sure it is."""
    assert line.expression is not None
    words = in_words(line.expression)
    if not isinstance(line, Schedule):
        return words
    origin, number = line.provenance, job.sources.number(line)
    day = origin.as_of.isoformat() if origin.as_of else ""
    source = one_line(origin.source) or "not stated"
    if origin.is_decision:
        chosen = f"{source} on {day}" if day else source
        return f"{words}; decision, source {number}: {chosen}"
    sure = f"confidence {origin.confidence}" if origin.confidence else ""
    return "; ".join(filter(None, [words, f"source {number}: {source}", day, sure]))


def _write_total(
    canvas: Canvas,
    job: Job,
    row: int,
    line: Line,
    numbers: list[float],
    style: Style,
    shown: NumberFormat,
) -> float:
    """The sum of a flow's months; nothing where months do not add up."""
    if not line.flow:
        return 0
    total = sum(numbers)
    formula = f"SUM({span(FIRST_MONTH, job.layout.last_month, row)})"
    canvas.formula(row, VALUE, formula, total, TOTAL if style is TOTAL else CALCULATED, shown.code)
    return shown.width(total)


def _style(job: Job, line: Line) -> Style:
    if job.links_elsewhere(line):
        return LINK
    return TOTAL if _adds_up_the_rows_above(job, line) else CALCULATED


def _adds_up_the_rows_above(job: Job, line: Line) -> bool:
    expression = line.expression
    if not isinstance(expression, Call) or expression.function.name != "total":
        return False
    own = job.layout.place(line)
    places = [job.layout.place(part) for part in expression.args if isinstance(part, Input | Line)]
    above = range(own.row - len(expression.args), own.row)
    return [(place.sheet, place.row) for place in places] == [(own.sheet, row) for row in above]
