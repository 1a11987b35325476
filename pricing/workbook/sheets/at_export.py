"""Every line of the workbook beside what the application computed for it at export.

The checks that hold whatever the inputs are cannot see a number typed over a formula. This sheet
can: while no input is changed, no row may differ. After a change it shows which rows follow.
"""

from pricing.ledger import Line
from pricing.workbook.cells import HEADING_ROW, SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.job import Job
from pricing.workbook.layout import AT_EXPORT, Sheet
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.styles import BODY, CALCULATED, HEADING, QUIET, STAMP, SUBTITLE, TITLE
from pricing.workbook.text import width
from pricing.workbook.xlsx import Canvas

MARGIN, SHEET, ROW, LINE, UNIT, NOW, KEPT, MOVED = range(8)

_FIRST = HEADING_ROW + 1
_POINTS = 12.5
"""Height of a row: there are many, and all of one line."""

_COLUMNS = {
    SHEET: ("Sheet", 34), ROW: ("Row", 7), LINE: ("Line", 40), UNIT: ("Unit", 22),
    NOW: ("Now", 24), KEPT: ("At export", 24), MOVED: ("1 = differs", 12),
}  # fmt: skip
_NUMERIC = {ROW, NOW, KEPT, MOVED}


def moved_rows(job: Job) -> str:
    """The cells that are 1 for every row that differs from what it was at export."""
    last = _FIRST + len(job.layout.ledger.lines) - 1
    return f"{quoted(AT_EXPORT)}!{cell(MOVED, _FIRST)}:{cell(MOVED, last)}"


def write_at_export(canvas: Canvas, job: Job, tolerance: str, rounding: str) -> None:
    """Write one row for every line of the ledger.

    Args:
        canvas: The sheet.
        job: The workbook.
        tolerance: Cell with the share by which a row may differ.
        rounding: Cell with the difference below which a row is taken for the same.
    """
    set_up_page(canvas, job.cover)
    canvas.sheet.set_default_row(_POINTS)
    canvas.sheet.set_column(MARGIN, MARGIN, 2)
    canvas.text(TITLE_ROW, SHEET, "At export", TITLE)
    canvas.sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(
        SUBTITLE_ROW, SHEET,
        "Each line's constant, total or sum of months beside what the application computed. While "
        "no input is changed, none may differ.",
        SUBTITLE,
    )  # fmt: skip
    for column, (title, characters) in _COLUMNS.items():
        align = "right" if column in _NUMERIC else "left"
        canvas.text(HEADING_ROW, column, title, HEADING, align=align)
        canvas.sheet.set_column(column, column, characters)
    labels = [line.label for line in job.layout.ledger.lines]
    canvas.sheet.set_column(LINE, LINE, min(max(map(width, [*labels, "Line"])) + 2, 64))
    row = HEADING_ROW
    for sheet in job.layout.sheets:
        for place, line in sheet.lines:
            row += 1
            _write_row(canvas, job, row, (sheet, place, line), f"{tolerance}*{{}}", rounding)
    canvas.sheet.freeze_panes(HEADING_ROW, 0)
    canvas.sheet.print_area(0, SHEET, row - 1, MOVED)
    canvas.sheet.repeat_rows(0, HEADING_ROW - 1)


def _write_row(
    canvas: Canvas, job: Job, row: int, of: tuple[Sheet, int, Line], share: str, rounding: str
) -> None:
    sheet, place, line = of
    kept = _sum(job, line)
    shown = line_format("", [kept]).code
    canvas.text(row, SHEET, sheet.name, QUIET)
    canvas.number(row, ROW, place, QUIET, "0")
    canvas.text(row, LINE, line.label, BODY, indent=1)
    canvas.text(row, UNIT, line.unit, QUIET)
    cells = References(job.layout, canvas.name)
    level = line.timed and not line.flow
    formula = f"SUM({cells.all_months(line)})" if level else cells.total(line)
    canvas.formula(row, NOW, formula, kept, CALCULATED, shown)
    canvas.number(row, KEPT, kept, STAMP, shown)
    now, stamp = cell(NOW, row), cell(KEPT, row)
    allowed = f"MAX({share.format(f'ABS({stamp})')},{rounding})"
    formula = f"IFERROR(IF(ABS({now}-{stamp})<={allowed},0,1),1)"
    canvas.formula(row, MOVED, formula, 0.0, CALCULATED, '0;-0;"–"', align="right")


def _sum(job: Job, line: Line) -> float:
    """The months of a line added up, or its one number."""
    return float(job.values.monthly(line).sum()) if line.timed else job.values.number(line)
