"""The checks sheet: live checks with one verdict each, and one over all."""

from pricing.workbook.cells import SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.cells import VALUE as INPUT_VALUE
from pricing.workbook.checks import NOTHING, Check, Side, Stamp
from pricing.workbook.job import Job
from pricing.workbook.layout import CHECKS, INPUTS
from pricing.workbook.number_formats import line_format
from pricing.workbook.sheets.by_month import schedules_changed
from pricing.workbook.sheets.heights import wrap_label
from pricing.workbook.sheets.inputs import EXPORTED
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.sheets.verdicts import colour_verdict
from pricing.workbook.styles import (
    BODY,
    CALCULATED,
    HEADING,
    INPUT,
    QUIET,
    SECTION,
    STAMP,
    SUBTITLE,
    TITLE,
)
from pricing.workbook.text import width
from pricing.workbook.xlsx import Canvas

MARGIN, SUBJECT, RULE, UNIT, LEFT, RIGHT, DIFFERENCE, RESULT, VERDICT = range(9)

TOLERANCE = 1e-8
"""Relative difference that a check lets pass; an input of the sheet."""

ROUNDING = 1e-7
"""Difference of a row's sum, in its unit, that is rounding; an input of the sheet."""

_TOLERANCE_ROW, _ROUNDING_ROW, _CHANGED_ROW, _MASTER_ROW, _HEADINGS_ROW = 4, 5, 6, 7, 9
_FIRST = _HEADINGS_ROW + 1

MASTER = f"{CHECKS}!{cell(RESULT, _MASTER_ROW)}"
"""The cell that is 1 while all checks hold."""

TOLERANCE_CELL = f"{CHECKS}!{cell(LEFT, _TOLERANCE_ROW)}"
ROUNDING_CELL = f"{CHECKS}!{cell(LEFT, _ROUNDING_ROW)}"

CHANGED_CELL = f"{CHECKS}!{cell(LEFT, _CHANGED_ROW)}"
"""The cell that counts the inputs changed since export."""

_WIDEST_RULE = 64
_WIDTHS = {MARGIN: 2, UNIT: 16, LEFT: 20, RIGHT: 20, DIFFERENCE: 16, RESULT: 9, VERDICT: 32}


def write_checks(
    canvas: Canvas, job: Job, checks: list[Check], stamps: list[Stamp], moved: str
) -> None:
    """Write the checks, the master check, and the comparison with the values at export.

    Args:
        canvas: The sheet.
        job: The workbook.
        checks: What must hold whatever the inputs are.
        stamps: Key figures with their values at export.
        moved: Cells that are 1 for every row that differs from what it was at export.
    """
    sheet = canvas.sheet
    set_up_page(canvas, job.cover)
    for column, characters in _WIDTHS.items():
        sheet.set_column(column, column, characters)
    texts = [c.subject for c in checks], [*(c.rule for c in checks), *(s.label for s in stamps)]
    sheet.set_column(SUBJECT, SUBJECT, min(max([28, *map(width, texts[0])]) + 2, 48))
    sheet.set_column(RULE, RULE, min(max([40, *map(width, texts[1])]) + 2, _WIDEST_RULE))
    canvas.text(TITLE_ROW, SUBJECT, "Checks", TITLE)
    sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(
        SUBTITLE_ROW, SUBJECT,
        "Each check compares two figures by formula; it holds whatever the inputs are.", SUBTITLE,
    )  # fmt: skip
    last = _FIRST + len(checks)
    _write_master(canvas, job, last)
    headings = {
        SUBJECT: "Of", RULE: "What must hold", UNIT: "Unit", LEFT: "One side", RIGHT: "Other side",
        DIFFERENCE: "Difference", RESULT: "1 = holds", VERDICT: "Verdict",
    }  # fmt: skip
    for column, text in headings.items():
        align = "right" if LEFT <= column <= RESULT else "left"
        indent = 1 if column == VERDICT else 0
        canvas.text(_HEADINGS_ROW, column, text, HEADING, align=align, indent=indent)
    for row, check in enumerate([*checks, _as_exported(moved)], start=_FIRST):
        _write_check(canvas, row, check)
    end = _write_stamps(canvas, last + 3, stamps)
    sheet.freeze_panes(_HEADINGS_ROW, 0)
    sheet.print_area(0, SUBJECT, end - 1, VERDICT)
    sheet.repeat_rows(_HEADINGS_ROW - 1)


def _as_exported(moved: str) -> Check:
    """While the inputs are those of the export, every row must be what it was then."""
    rule = "while no input is changed, every row is what the application computed (At export)"
    formula = f"IF({cell(LEFT, _CHANGED_ROW)}=0,SUM({moved}),0)"
    return Check("All lines", rule, "rows", Side(formula, 0.0), NOTHING)


def _write_master(canvas: Canvas, job: Job, last: int) -> None:
    canvas.text(_TOLERANCE_ROW, SUBJECT, "Tolerance", BODY)
    canvas.text(_TOLERANCE_ROW, RULE, "share of the larger side, or of 1", QUIET)
    canvas.number(_TOLERANCE_ROW, LEFT, TOLERANCE, INPUT, "0.0E+00")
    canvas.text(_ROUNDING_ROW, SUBJECT, "Rounding", BODY)
    canvas.text(_ROUNDING_ROW, RULE, "differences below it count as none (At export)", QUIET)
    canvas.number(_ROUNDING_ROW, LEFT, ROUNDING, INPUT, "0.0E+00")
    canvas.text(_CHANGED_ROW, SUBJECT, "Inputs changed since export", BODY)
    canvas.formula(_CHANGED_ROW, LEFT, _changed(job), 0.0, CALCULATED, "0")
    canvas.text(_MASTER_ROW, SUBJECT, "All checks", BODY.but(bold=True))
    canvas.text(_MASTER_ROW, RULE, "the smallest of the results below", QUIET)
    results = f"{cell(RESULT, _FIRST)}:{cell(RESULT, last)}"
    canvas.formula(_MASTER_ROW, RESULT, f"MIN({results})", 1.0, CALCULATED.but(bold=True), "0")
    _write_verdict(canvas, _MASTER_ROW, 1)


def _changed(job: Job) -> str:
    """How many inputs differ from what they were at export; one by month counts once."""
    rows = job.layout.inputs
    live, kept = (
        f"{INPUTS}!{cell(column, rows.first_row)}:{cell(column, rows.last_row)}"
        for column in (INPUT_VALUE, EXPORTED)
    )
    return "+".join([f"SUMPRODUCT(--({live}<>{kept}))", *schedules_changed(job.layout)])


def _write_check(canvas: Canvas, row: int, check: Check) -> None:
    canvas.text(row, SUBJECT, check.subject, BODY)
    canvas.text(row, RULE, check.rule, BODY, **wrap_label(canvas, row, check.rule, _WIDEST_RULE))
    canvas.text(row, UNIT, check.unit, QUIET)
    shown = line_format("", [check.left.value, check.right.value]).code
    canvas.formula(row, LEFT, check.left.formula, check.left.value, CALCULATED, shown)
    canvas.formula(row, RIGHT, check.right.formula, check.right.value, CALCULATED, shown)
    left, right = cell(LEFT, row), cell(RIGHT, row)
    difference = check.left.value - check.right.value
    canvas.formula(
        row, DIFFERENCE, f"{left}-{right}", difference, CALCULATED, '0.0E+00;-0.0E+00;"–"'
    )
    allowed = f"{cell(LEFT, _TOLERANCE_ROW)}*MAX(1,ABS({left}),ABS({right}))"
    holds = abs(difference) <= TOLERANCE * max(1, abs(check.left.value), abs(check.right.value))
    result = f"IFERROR(IF(ABS({left}-{right})<={allowed},1,0),0)"
    canvas.formula(row, RESULT, result, float(holds), CALCULATED, "0")
    _write_verdict(canvas, row, float(holds))


def _write_verdict(canvas: Canvas, row: int, result: float) -> None:
    formula = f'IF({cell(RESULT, row)}=1,"OK","CHECK")'
    canvas.formula(row, VERDICT, formula, "OK" if result else "CHECK", BODY, indent=1)
    colour_verdict(canvas, row, VERDICT)


def _write_stamps(canvas: Canvas, row: int, stamps: list[Stamp]) -> int:
    """Key figures now and at export; returns the last row."""
    canvas.text(row, SUBJECT, "Against the application", SECTION)
    canvas.blank(row, range(RULE, VERDICT + 1), SECTION)
    row += 1
    for column, text in ((LEFT, "Now"), (RIGHT, "At export")):
        canvas.text(row, column, text, HEADING, align="right")
    for column, text in ((RULE, "Key figure"), (UNIT, "Unit")):
        canvas.text(row, column, text, HEADING)
    changed = cell(LEFT, _CHANGED_ROW)
    for stamp in stamps:
        row += 1
        shown = line_format(stamp.unit, [stamp.value]).code
        canvas.text(
            row, RULE, stamp.label, BODY, **wrap_label(canvas, row, stamp.label, _WIDEST_RULE)
        )
        canvas.text(row, UNIT, stamp.unit, QUIET)
        canvas.formula(row, LEFT, stamp.formula, stamp.value, CALCULATED, shown)
        canvas.number(row, RIGHT, stamp.value, STAMP, shown)
        left, right = cell(LEFT, row), cell(RIGHT, row)
        same = f"ABS({left}-{right})<={cell(LEFT, _TOLERANCE_ROW)}*MAX(1,ABS({right}))"
        moved = f'IF({changed}=0,"CHECK","inputs changed since export")'
        verdict = f'IFERROR(IF({same},"as exported",{moved}),"CHECK")'
        canvas.formula(row, VERDICT, verdict, "as exported", QUIET, indent=1)
        colour_verdict(canvas, row, VERDICT)
    return row
