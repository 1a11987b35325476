"""The sources sheet: who said what and when, and which inputs rest on it."""

from pricing.workbook.cells import HEADING_ROW, SUBTITLE_ROW, TITLE_ROW
from pricing.workbook.job import Job
from pricing.workbook.number_formats import DATE
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.styles import HEADING, SUBTITLE, TITLE, WRAPPED
from pricing.workbook.xlsx import Canvas

NUMBER, SOURCE, AS_OF, CONFIDENCE, REGION, USED_BY, URL = range(1, 8)

_COLUMNS = {
    NUMBER: ("No.", 6), SOURCE: ("Source", 55), AS_OF: ("Date", 12),
    CONFIDENCE: ("Confidence", 13), REGION: ("Region", 14), USED_BY: ("Inputs that rest on it", 55),
    URL: ("Where to look it up", 60),
}  # fmt: skip

_EPOCH = 693_594


def write_sources(canvas: Canvas, job: Job) -> None:
    """Write every source once."""
    set_up_page(canvas, job.cover)
    canvas.sheet.set_column(0, 0, 2)
    canvas.text(TITLE_ROW, NUMBER, "Sources", TITLE)
    canvas.sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(SUBTITLE_ROW, NUMBER, "The numbers are those of the Inputs sheet.", SUBTITLE)
    for column, (title, characters) in _COLUMNS.items():
        canvas.text(HEADING_ROW, column, title, HEADING)
        canvas.sheet.set_column(column, column, characters)
    row = HEADING_ROW
    for row, (number, source, entries) in enumerate(job.sources.items(), start=HEADING_ROW + 1):
        used_by = ", ".join(entry.label for entry in entries)
        texts = {
            NUMBER: number, SOURCE: source.text or "not stated", CONFIDENCE: source.confidence,
            REGION: source.region, USED_BY: used_by, URL: source.url,
        }  # fmt: skip
        for column, text in texts.items():
            canvas.text(row, column, text, WRAPPED)
        if source.as_of is not None:
            serial = source.as_of.toordinal() - _EPOCH
            canvas.number(row, AS_OF, serial, WRAPPED, DATE.code, align="left")
    canvas.sheet.freeze_panes(HEADING_ROW, 0)
    canvas.sheet.print_area(0, NUMBER, row - 1, URL)
    canvas.sheet.repeat_rows(0, HEADING_ROW - 1)
