"""The sources sheet: who said what and when, and which inputs rest on it."""

from collections.abc import Sequence

from pricing.ledger import Input, Schedule
from pricing.workbook.cells import HEADING_ROW, SUBTITLE_ROW, TITLE_ROW
from pricing.workbook.job import Job
from pricing.workbook.marks import marks_of
from pricing.workbook.number_formats import DATE, serial_day
from pricing.workbook.sheets.heights import fit_height
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.styles import HEADING, SECTION, SUBTITLE, TITLE, WARNING, WRAPPED
from pricing.workbook.xlsx import Canvas

NUMBER, SOURCE, AS_OF, CONFIDENCE, REGION, COUNT, USED_BY, TO_CHECK, URL = range(1, 10)

MOST_NAMED = 8
"""Inputs named beside a source; the Inputs sheet shows all."""

_COLUMNS = {
    NUMBER: ("No.", 6), SOURCE: ("Source", 48), AS_OF: ("Date", 11),
    CONFIDENCE: ("Confidence", 12), REGION: ("Region", 12), COUNT: ("Inputs", 8),
    USED_BY: ("Inputs that rest on it", 56), TO_CHECK: ("To check", 24),
    URL: ("Where to look it up", 48),
}  # fmt: skip


def write_sources(canvas: Canvas, job: Job) -> None:
    """Write every source once."""
    set_up_page(canvas, job.cover)
    canvas.sheet.set_column(0, 0, 2)
    canvas.text(TITLE_ROW, NUMBER, "Sources", TITLE)
    canvas.sheet.set_row(TITLE_ROW - 1, 24)
    about = f"The numbers are those of the Inputs sheet. {job.cover.catalogue}".rstrip()
    canvas.text(SUBTITLE_ROW, NUMBER, about, SUBTITLE)
    for column, (title, characters) in _COLUMNS.items():
        align = "center" if column == COUNT else "left"
        canvas.text(HEADING_ROW, column, title, HEADING, align=align)
        canvas.sheet.set_column(column, column, characters)
    row = HEADING_ROW
    for row, (number, source, entries) in enumerate(job.sources.items(), start=HEADING_ROW + 1):
        texts = {
            NUMBER: number, SOURCE: source.text or "not stated", CONFIDENCE: source.confidence,
            REGION: source.region, USED_BY: _named(entries), URL: source.url,
        }  # fmt: skip
        for column, text in texts.items():
            canvas.text(row, column, text, WRAPPED)
        marks = ", ".join(marks_of(entries[0].provenance, job.cover.prepared))
        if marks:
            canvas.text(row, TO_CHECK, marks, WARNING, valign="top")
        canvas.number(row, COUNT, len(entries), WRAPPED, "0", align="center")
        if source.as_of is not None:
            canvas.number(row, AS_OF, serial_day(source.as_of), WRAPPED, DATE.code, align="left")
        fit_height(canvas, row, [(_COLUMNS[column][1], text) for column, text in texts.items()])
    row = _write_bases(canvas, job, row)
    canvas.sheet.freeze_panes(HEADING_ROW, 0)
    canvas.sheet.print_area(0, NUMBER, row - 1, URL)
    canvas.sheet.repeat_rows(0, HEADING_ROW - 1)


def _write_bases(canvas: Canvas, job: Job, last: int) -> int:
    """Write the measurements that predicted inputs rest on; gives the last row."""
    if not job.bases:
        return last
    heading = last + 2
    canvas.text(heading, SOURCE, "Measurements that predicted inputs rest on", SECTION)
    canvas.blank(heading, range(AS_OF, URL + 1), SECTION)
    for row, basis in enumerate(job.bases, start=heading + 1):
        canvas.text(row, SOURCE, basis.what, WRAPPED)
        canvas.number(row, COUNT, basis.count, WRAPPED, "0", align="center")
        canvas.text(row, USED_BY, basis.used_by, WRAPPED)
        if basis.as_of is not None:
            canvas.number(row, AS_OF, serial_day(basis.as_of), WRAPPED, DATE.code, align="left")
        told = ((SOURCE, basis.what), (USED_BY, basis.used_by))
        fit_height(canvas, row, [(_COLUMNS[column][1], text) for column, text in told])
    return heading + len(job.bases)


def _named(entries: Sequence[Input | Schedule]) -> str:
    names = list(dict.fromkeys(entry.label for entry in entries))
    more = len(names) - MOST_NAMED
    text = ", ".join(names[:MOST_NAMED])
    return f"{text} and {more} more" if more > 0 else text
