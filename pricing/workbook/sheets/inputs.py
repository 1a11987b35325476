"""The inputs sheet: every number a person may change, with its origin."""

from pricing.ledger import Input
from pricing.workbook.cells import (
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
from pricing.workbook.sheets.heights import fit_height
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.styles import (
    BODY,
    HEADING,
    INPUT,
    KEY_TEXT,
    NOTICE,
    QUIET,
    SECTION,
    STAMP,
    SUBTITLE,
    TITLE,
    WARNING,
)
from pricing.workbook.text import fitted, safe, shortened, width
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

_LARGEST, _LAST_DAY = 1e15, 2_958_465.0

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
    """Write all inputs, grouped by section."""
    rows = job.layout.inputs
    set_up_page(canvas, job.cover)
    canvas.text(TITLE_ROW, LABEL, "Inputs", TITLE)
    canvas.sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(
        SUBTITLE_ROW,
        LABEL,
        "Change the blue numbers; everything else follows. Each has its source, date and number.",
        SUBTITLE,
    )
    for column, text in _HEADINGS.items():
        align = "right" if column in _NUMERIC else "left"
        indent = 1 if column in _AFTER_NUMBERS else 0
        canvas.text(HEADING_ROW, column, text, HEADING, align=align, indent=indent)
    for heading in rows.headings:
        canvas.text(heading.row, LABEL, heading.title, SECTION)
        canvas.blank(heading.row, range(UNIT, LAST + 1), SECTION)
    for row, entry in rows.entries:
        _write_input(canvas, job, row, entry)
    _set_widths(canvas, job)
    canvas.sheet.freeze_panes(HEADING_ROW, VALUE + 1)
    canvas.sheet.print_area(0, LABEL, rows.last_row - 1, LAST_PRINTED)
    canvas.sheet.repeat_rows(0, HEADING_ROW - 1)


def _write_input(canvas: Canvas, job: Job, row: int, entry: Input) -> None:
    origin = entry.provenance
    value = job.values.number(entry)
    shown = input_format(entry.unit, value)
    canvas.text(row, KEY, entry.key, KEY_TEXT)
    canvas.text(row, LABEL, entry.label, BODY)
    canvas.text(row, UNIT, entry.unit or NO_UNIT, QUIET)
    canvas.number(row, VALUE, value, INPUT, shown.code)
    canvas.number(row, EXPORTED, value, STAMP, shown.code)
    same = f"{cell(VALUE, row)}={cell(EXPORTED, row)}"
    canvas.formula(row, CHANGED, f'IF({same},"","changed")', "", QUIET, indent=1)
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
        fit_height(canvas, row, [(_WIDEST[REMARK], remark)])
    canvas.number(row, USED, job.users.get(entry, 0), QUIET, "0")
    if job.summary and job.summary.chosen and entry in job.summary.chosen:
        _validate_choice(canvas, row, [option.name for option in job.summary.options])
    else:
        _validate(canvas, row, entry)


def _to_check(job: Job, entry: Input) -> str:
    """What findings say of an input, and what its origin says."""
    marks = marks_of(entry.provenance, job.cover.prepared)
    if not job.users.get(entry):
        marks.append("no formula uses it")
    marked = ", ".join(marks)
    return ". ".join(part for part in (marked, job.remarks.get(entry.key, "")) if part)


def _validate(canvas: Canvas, row: int, entry: Input) -> None:
    """Refuse text in place of a number, and ask back where a number is rarely meant."""
    lowest, highest, kind, message = -_LARGEST, _LARGEST, "stop", "Enter a number."
    if entry.unit == "date":
        lowest, highest, message = 0.0, _LAST_DAY, "Enter a date."
    elif entry.unit == "share" and 0 <= entry.value <= 1:
        lowest, highest, kind = 0.0, 1.0, "warning"
        message = "Most shares lie between 0 % and 100 %. Is this one meant?"
    elif entry.value >= 0:
        lowest, kind, message = 0.0, "warning", "Most figures are 0 or more. Is this one meant?"
    canvas.sheet.data_validation(
        row - 1, VALUE, row - 1, VALUE,
        {
            "validate": "decimal", "criteria": "between", "minimum": lowest, "maximum": highest,
            "error_type": kind, "error_title": "This input", "error_message": message,
        },
    )  # fmt: skip


def _validate_choice(canvas: Canvas, row: int, options: list[str]) -> None:
    """Take only numbers of options, and list the options beside the cell."""
    listed = "\n".join(f"{number} {name}" for number, name in enumerate(options, start=1))
    canvas.sheet.data_validation(
        row - 1, VALUE, row - 1, VALUE,
        {
            "validate": "integer", "criteria": "between", "minimum": 1, "maximum": len(options),
            "error_type": "stop", "error_title": "This input",
            "error_message": f"Enter the number of an option, 1 to {len(options)}.",
            "input_title": "Options", "input_message": shortened(safe(listed), 255),
        },
    )  # fmt: skip


def _set_widths(canvas: Canvas, job: Job) -> None:
    texts: dict[int, list[str]] = {column: [_HEADINGS[column]] for column in _WIDEST}
    numbers = [10.0]
    for _, entry in job.layout.inputs.entries:
        origin = entry.provenance
        for column, text in (
            (LABEL, entry.label), (UNIT, entry.unit), (SOURCE, origin.source),
            (REGION, origin.region), (NOTE, entry.note), (URL, origin.url),
            (REMARK, _to_check(job, entry)),
        ):  # fmt: skip
            texts[column].append(text)
        numbers.append(input_format(entry.unit, entry.value).width(entry.value))
    for column, characters in _WIDTHS.items():
        canvas.sheet.set_column(column, column, characters)
    for column, most in _WIDEST.items():
        canvas.sheet.set_column(column, column, min(max(map(width, texts[column])) + 2, most))
    for column in (VALUE, EXPORTED):
        canvas.sheet.set_column(column, column, max(numbers) + 2)
