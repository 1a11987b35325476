"""The inputs sheet: every number a person may change, with its origin."""

from pricing.ledger import Input, Schedule
from pricing.workbook.cells import (
    FIRST_MONTH,
    FIRST_ROW,
    HEADING_ROW,
    KEY,
    LABEL,
    SUBTITLE_ROW,
    TITLE_ROW,
    UNIT,
    VALUE,
    cell,
)
from pricing.workbook.job import Job
from pricing.workbook.marks import marks_of
from pricing.workbook.number_formats import DATE, input_format, serial_day
from pricing.workbook.sheets.by_month import months_changed
from pricing.workbook.sheets.heights import fit_height, wrap_label
from pricing.workbook.sheets.page import fit_to_page, pixels_of, set_up_page
from pricing.workbook.sheets.validation import validate_choice, validate_number
from pricing.workbook.styles import (
    BODY,
    DECIDED,
    HEADING,
    INPUT,
    JUMP,
    KEY_TEXT,
    NOTICE,
    QUIET,
    SECTION,
    STAMP,
    SUBTITLE,
    TITLE,
    WARNING,
)
from pricing.workbook.text import fitted, width
from pricing.workbook.xlsx import Canvas

(
    EXPORTED, CHANGED, LOW, HIGH, SOURCE_ID, SOURCE, AS_OF, CONFIDENCE, REGION, USED, REMARK,
    URL, NOTE,
) = range(4, 17)  # fmt: skip
LAST = NOTE
LAST_PRINTED = REMARK
"""Addresses and notes are for the screen; Sources prints the addresses."""

NO_UNIT = "number"
"""Shown for a pure number, so that no unit looks forgotten."""

_SUBTITLE = (
    "Change the blue numbers; everything else follows. Each has its source, date and number."
)
_BY_MONTH = f"{_SUBTITLE} Those by month stand on the sheets that the links lead to."

_HEADINGS = {
    KEY: "Key", LABEL: "Input", UNIT: "Unit", VALUE: "Value", EXPORTED: "At export",
    CHANGED: "Changed", LOW: "Low", HIGH: "High", SOURCE_ID: "No.", SOURCE: "Source",
    AS_OF: "Date", CONFIDENCE: "Confidence", REGION: "Region", USED: "Lines using it",
    REMARK: "To check", URL: "Where to look it up", NOTE: "Note",
}  # fmt: skip

_WIDTHS = {
    KEY: 18, CHANGED: 10, LOW: 13, HIGH: 13, SOURCE_ID: 7, AS_OF: 12, CONFIDENCE: 12, USED: 14,
}  # fmt: skip
_WIDEST = {LABEL: 64, UNIT: 24, SOURCE: 52, REGION: 20, REMARK: 56, URL: 90, NOTE: 120}
"""Sources shows in full what is too long for its column here."""
_NUMERIC = {VALUE, EXPORTED, LOW, HIGH, USED}
_AFTER_NUMBERS = {CHANGED, SOURCE_ID, REMARK}
"""Text columns right of a number keep a little distance."""


def write_inputs(canvas: Canvas, job: Job) -> None:
    """Write all inputs, grouped by section; below them those by month, with links to them."""
    rows = job.layout.inputs
    set_up_page(canvas, job.cover, pages_wide=None)
    canvas.text(TITLE_ROW, LABEL, "Inputs", TITLE)
    canvas.sheet.set_row(TITLE_ROW - 1, 24)
    months = job.layout.schedules(rows.last_row + 2)
    canvas.text(SUBTITLE_ROW, LABEL, _BY_MONTH if months.entries else _SUBTITLE, SUBTITLE)
    for column, text in _HEADINGS.items():
        align = "right" if column in _NUMERIC else "left"
        indent = 1 if column in _AFTER_NUMBERS else 0
        canvas.text(HEADING_ROW, column, text, HEADING, align=align, indent=indent)
    for heading in rows.headings:
        _write_heading(canvas, heading.row, heading.title)
    for row, entry in rows.entries:
        _write_input(canvas, job, row, entry)
    for heading in months.headings:
        _write_heading(canvas, heading.row, f"{heading.title}, month by month")
    kept = job.layout.schedules(FIRST_ROW)
    for (row, schedule), (kept_row, _) in zip(months.entries, kept.entries, strict=True):
        _write_schedule(canvas, job, row, schedule, kept_row)
    widths = _set_widths(canvas, job)
    canvas.sheet.freeze_panes(HEADING_ROW, VALUE + 1)
    last = months.last_row if months.entries else rows.last_row
    canvas.sheet.print_area(0, LABEL, last - 1, LAST_PRINTED)
    canvas.sheet.repeat_rows(0, HEADING_ROW - 1)
    canvas.sheet.repeat_columns(LABEL)
    canvas.sheet.set_v_pagebreaks([SOURCE_ID])
    origin = sum(widths[column] for column in (LABEL, *range(SOURCE_ID, LAST_PRINTED + 1)))
    numbers = sum(widths[column] for column in range(LABEL, SOURCE_ID))
    fit_to_page(canvas, pixels_of(max(numbers, origin), LAST_PRINTED))


def _write_heading(canvas: Canvas, row: int, title: str) -> None:
    canvas.text(row, LABEL, title, SECTION)
    canvas.blank(row, range(UNIT, LAST + 1), SECTION)


def _write_input(canvas: Canvas, job: Job, row: int, entry: Input) -> None:
    value = job.values.number(entry)
    shown = input_format(entry.unit, value)
    canvas.text(row, KEY, entry.key, KEY_TEXT)
    style = DECIDED if entry.provenance.is_decision else INPUT
    canvas.number(row, VALUE, value, style, shown.code)
    canvas.number(row, EXPORTED, value, STAMP, shown.code)
    same = f"{cell(VALUE, row)}={cell(EXPORTED, row)}"
    canvas.formula(row, CHANGED, f'IF({same},"","changed")', "", QUIET, indent=1)
    _write_origin(canvas, job, row, entry)
    if job.summary and job.summary.chosen and entry in job.summary.chosen:
        validate_choice(canvas, row, [option.name for option in job.summary.options])
    else:
        validate_number(canvas, row, entry.unit, [entry.value], VALUE, VALUE)


def _write_schedule(canvas: Canvas, job: Job, row: int, entry: Schedule, kept_row: int) -> None:
    """The origin of an input by month, and where its numbers stand."""
    place = job.layout.place(entry)
    first = cell(FIRST_MONTH, place.row)
    canvas.link(row, VALUE, place.sheet, JUMP, text="by month", place=first, align="right")
    changed = f'IF({months_changed(kept_row)}=0,"","changed")'
    canvas.formula(row, CHANGED, changed, "", QUIET, indent=1)
    _write_origin(canvas, job, row, entry)


def _write_origin(canvas: Canvas, job: Job, row: int, entry: Input | Schedule) -> None:
    """What an input is, who said so, and what uses it."""
    origin = entry.provenance
    wrapped = wrap_label(canvas, row, entry.label, _WIDEST[LABEL])
    canvas.text(row, LABEL, entry.label, BODY, **wrapped)
    canvas.text(row, UNIT, entry.unit or NO_UNIT, QUIET)
    for column, limit in ((LOW, origin.low), (HIGH, origin.high)):
        if limit is not None:
            canvas.number(row, column, limit, QUIET, input_format(entry.unit, limit).code)
    if origin.as_of is not None:
        canvas.number(row, AS_OF, serial_day(origin.as_of), QUIET, DATE.code, align="left")
    texts = {
        SOURCE_ID: job.sources.number(entry), SOURCE: origin.source, CONFIDENCE: origin.confidence,
        REGION: origin.region, NOTE: entry.note, URL: origin.url,
    }  # fmt: skip
    texts[SOURCE] = fitted(origin.source, _WIDEST[SOURCE] - 2)
    for column, text in texts.items():
        if text:
            canvas.text(row, column, text, QUIET, indent=1 if column in _AFTER_NUMBERS else 0)
    remark = _to_check(job, entry)
    if remark:
        said = entry.key in job.remarks or entry.provenance.confidence != "assumption"
        canvas.text(row, REMARK, remark, WARNING if said else NOTICE, indent=1)
        fit_height(canvas, row, [(_WIDEST[REMARK], remark), (_WIDEST[LABEL], entry.label)])
    canvas.number(row, USED, job.users.get(entry, 0), QUIET, "0")


def _to_check(job: Job, entry: Input | Schedule) -> str:
    """What findings say of an input, and what its origin says."""
    marks = marks_of(entry.provenance, job.cover.prepared)
    if not job.users.get(entry):
        marks.append("no formula uses it")
    marked = ", ".join(marks)
    return ". ".join(part for part in (marked, job.remarks.get(entry.key, "")) if part)


def _set_widths(canvas: Canvas, job: Job) -> dict[int, float]:
    """Set the widths of all columns; gives them in characters."""
    texts: dict[int, list[str]] = {column: [_HEADINGS[column]] for column in _WIDEST}
    numbers = [10.0]
    for entry in job.layout.ledger.entries:
        origin = entry.provenance
        for column, text in (
            (LABEL, entry.label), (UNIT, entry.unit), (SOURCE, origin.source),
            (REGION, origin.region), (NOTE, entry.note), (URL, origin.url),
            (REMARK, _to_check(job, entry)),
        ):  # fmt: skip
            texts[column].append(text)
        if isinstance(entry, Input):
            numbers.append(input_format(entry.unit, entry.value).width(entry.value))
    widths: dict[int, float] = dict(_WIDTHS)
    for column, most in _WIDEST.items():
        widths[column] = min(max(map(width, texts[column])) + 2, most)
    for column in (VALUE, EXPORTED):
        widths[column] = max(numbers) + 2
    for column, characters in widths.items():
        canvas.sheet.set_column(column, column, characters)
    return widths
