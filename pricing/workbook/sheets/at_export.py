"""Every line of the workbook beside what the application computed for it at export.

The checks that hold whatever the inputs are cannot see a number typed over a formula. This sheet
can: while no input is changed, no row may differ. After a change it shows which rows follow.
"""

from pricing.ledger import Line
from pricing.workbook.cells import HEADING_ROW, SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.checks import Kept
from pricing.workbook.job import Job
from pricing.workbook.layout import AT_EXPORT
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.styles import BODY, CALCULATED, HEADING, QUIET, STAMP, SUBTITLE, TITLE
from pricing.workbook.text import drawn
from pricing.workbook.xlsx import Canvas

MARGIN, SHEET, ROW, LINE, UNIT, NOW, KEPT, MOVED = range(8)

_FIRST = HEADING_ROW + 1
_POINTS = 12.5
"""Height of a row: there are many, and all of one line."""

_COLUMNS = {
    SHEET: ("Sheet", 34), ROW: ("Row", 7), LINE: ("Line", 40), UNIT: ("Unit", 22),
    NOW: ("Now", 24), KEPT: ("At export", 24), MOVED: ("1 = differs", 12),
}  # fmt: skip
_WIDEST_LABEL = 100
_NUMERIC = {ROW, NOW, KEPT, MOVED}


def moved_rows(count: int) -> str:
    """The cells that are 1 for every row that differs from what it was at export."""
    return f"{quoted(AT_EXPORT)}!{cell(MOVED, _FIRST)}:{cell(MOVED, HEADING_ROW + count)}"


def kept_lines(job: Job) -> list[Kept]:
    """Every line of the ledger, on its sheet."""
    cells = References(job.layout, AT_EXPORT)
    return [
        Kept(sheet.name, row, line.label, line.unit, _now(cells, line), _sum(job, line))
        for sheet in job.layout.sheets
        for row, line in sheet.lines
    ]


def write_at_export(
    canvas: Canvas, job: Job, rows: list[Kept], tolerance: str, rounding: str
) -> None:
    """Write the rows that were kept.

    Args:
        canvas: The sheet.
        job: The workbook.
        rows: What stood where at export.
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
        indent = 1 if column == LINE else 0
        canvas.text(HEADING_ROW, column, title, HEADING, align=align, indent=indent)
        canvas.sheet.set_column(column, column, characters)
    widest = max(drawn(each.label) for each in rows)
    canvas.sheet.set_column(LINE, LINE, min(max(widest, 8) + 3, _WIDEST_LABEL))
    row = HEADING_ROW
    for row, each in enumerate(rows, start=_FIRST):
        _write_row(canvas, row, each, tolerance, rounding)
    canvas.sheet.freeze_panes(HEADING_ROW, 0)
    canvas.sheet.print_area(0, SHEET, row - 1, MOVED)
    canvas.sheet.repeat_rows(0, HEADING_ROW - 1)


def _write_row(canvas: Canvas, row: int, each: Kept, tolerance: str, rounding: str) -> None:
    shown = line_format("", [each.value]).code
    canvas.text(row, SHEET, each.sheet, QUIET)
    canvas.number(row, ROW, each.row, QUIET, "0")
    canvas.text(row, LINE, each.label, BODY, indent=1)
    canvas.text(row, UNIT, each.unit, QUIET)
    canvas.formula(row, NOW, each.formula, each.value, CALCULATED, shown)
    canvas.number(row, KEPT, each.value, STAMP, shown)
    now, stamp = cell(NOW, row), cell(KEPT, row)
    allowed = f"MAX({tolerance}*ABS({stamp}),{rounding})"
    formula = f"IFERROR(IF(ABS({now}-{stamp})<={allowed},0,1),1)"
    canvas.formula(row, MOVED, formula, 0.0, CALCULATED, '0;-0;"–"', align="right")


def _now(cells: References, line: Line) -> str:
    level = line.timed and not line.flow
    return f"SUM({cells.all_months(line)})" if level else cells.total(line)


def _sum(job: Job, line: Line) -> float:
    """The months of a line added up, or its one number."""
    return float(job.values.monthly(line).sum()) if line.timed else job.values.number(line)
