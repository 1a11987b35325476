"""The rules sheet: what every decision must keep, live."""

from pricing.workbook.cells import FIRST_MONTH, SUBTITLE_ROW, TITLE_ROW, VALUE, cell
from pricing.workbook.contents import Rule
from pricing.workbook.job import Job
from pricing.workbook.layout import RULES
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.sheets.heights import wrap_label
from pricing.workbook.sheets.inputs import NO_UNIT
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.sheets.rule_rows import (
    BROKEN,
    DIGITS,
    FIRST_BROKEN,
    FIRST_RULE,
    HELD,
    LIMIT,
    MARGIN,
    RESULT,
    RULE,
    SUBJECT,
    TOTAL_ROW,
    UNIT,
    VERDICT,
    WHERE,
    broken_months,
    rule_kept,
)
from pricing.workbook.sheets.rule_rows import held as held_in
from pricing.workbook.sheets.verdicts import colour_verdict
from pricing.workbook.styles import BODY, CALCULATED, HEADING, JUMP, LINK, QUIET, SUBTITLE, TITLE
from pricing.workbook.text import width
from pricing.workbook.xlsx import Canvas

_HEADINGS = {
    SUBJECT: "Of", RULE: "What must hold", HELD: "Reached", LIMIT: "Limit", UNIT: "Unit",
    BROKEN: "Months broken", FIRST_BROKEN: "First month",
    RESULT: "1 = kept", VERDICT: "Verdict", WHERE: "Where",
}  # fmt: skip
_NUMBERS = {HELD, LIMIT, BROKEN, FIRST_BROKEN, RESULT}
_WIDEST_RULE = 76
_WIDTHS = {
    MARGIN: 2,
    HELD: 16,
    LIMIT: 16,
    UNIT: 11,
    BROKEN: 16,
    FIRST_BROKEN: 14,
    RESULT: 10,
    VERDICT: 14,
    WHERE: 12,
}


def write_rules(canvas: Canvas, job: Job) -> None:
    """Write a row for every rule, and how many are broken."""
    assert job.summary is not None
    rules, sheet = job.summary.rules, canvas.sheet
    set_up_page(canvas, job.cover)
    for column, characters in _WIDTHS.items():
        sheet.set_column(column, column, characters)
    sheet.set_column(SUBJECT, SUBJECT, min(max([20, *(width(r.subject) for r in rules)]) + 2, 40))
    sheet.set_column(RULE, RULE, min(max([40, *(width(r.rule) for r in rules)]) + 2, _WIDEST_RULE))
    canvas.text(TITLE_ROW, SUBJECT, "Rules", TITLE)
    sheet.set_row(TITLE_ROW - 1, 24)
    canvas.text(
        SUBTITLE_ROW, SUBJECT,
        "What the plan asks of every decision; the verdicts follow changed inputs. Reached is what "
        "comes nearest to the limit, or goes beyond it, of all months.", SUBTITLE,
    )  # fmt: skip
    last = FIRST_RULE + len(rules) - 1
    results = f"{cell(RESULT, FIRST_RULE)}:{cell(RESULT, last)}"
    broken = sum(not rule_kept(job, rule) for rule in rules)
    canvas.text(TOTAL_ROW, SUBJECT, "Rules broken", BODY.but(bold=True))
    canvas.text(TOTAL_ROW, RULE, "of all rows below", QUIET)
    canvas.formula(
        TOTAL_ROW, BROKEN, f"ROWS({results})-SUM({results})", broken, CALCULATED.but(bold=True), "0"
    )
    verdict = f'IF({cell(BROKEN, TOTAL_ROW)}=0,"OK","BROKEN")'
    _write_verdict(canvas, TOTAL_ROW, verdict, kept=not broken)
    for column, text in _HEADINGS.items():
        align = "right" if column in _NUMBERS else "left"
        indent = 1 if column in {VERDICT, UNIT} else 0
        canvas.text(FIRST_RULE - 1, column, text, HEADING, align=align, indent=indent)
    for row, rule in enumerate(rules, start=FIRST_RULE):
        _write_rule(canvas, job, row, rule)
    sheet.freeze_panes(FIRST_RULE - 1, 0)
    sheet.print_area(0, SUBJECT, last - 1, WHERE)
    sheet.repeat_rows(FIRST_RULE - 2)


def _write_rule(canvas: Canvas, job: Job, row: int, rule: Rule) -> None:
    cells, months = References(job.layout, RULES), broken_months(job, rule)
    canvas.text(row, SUBJECT, rule.subject, BODY)
    canvas.text(row, RULE, rule.rule, BODY, **wrap_label(canvas, row, rule.rule, _WIDEST_RULE))
    place = job.layout.place(rule.kept)
    column = FIRST_MONTH if rule.kept.timed else VALUE
    canvas.link(row, WHERE, place.sheet, JUMP, text="go to", place=cell(column, place.row))
    _write_limit(canvas, job, row, rule)
    if rule.aside:
        assert rule.held is not None
        rest, row_of_months = _rest(cells, rule), cells.all_months(rule.held)
        first = f"COLUMN({row_of_months})-MIN(COLUMN({row_of_months}))+1"
        canvas.formula(
            row, BROKEN, f"SUMPRODUCT(--({rest}>0))", len(months), CALCULATED, '0;-0;"–"'
        )
        canvas.formula(
            row, FIRST_BROKEN,
            f"IF({cell(BROKEN, row)}=0,0,SUMPRODUCT(MIN({first}+({rest}<=0)*COLUMNS("
            f"{row_of_months}))))",
            months[0] if months else 0, CALCULATED, '0;-0;"–"',
        )  # fmt: skip
        kept = f"IF({cell(BROKEN, row)}=0,1,0)"
    elif rule.kept.timed:
        flags = cells.all_months(rule.kept)
        canvas.formula(row, BROKEN, f"COUNTIF({flags},0)", len(months), CALCULATED, '0;-0;"–"')
        canvas.formula(
            row, FIRST_BROKEN, f"IFERROR(MATCH(0,{flags},0),0)", months[0] if months else 0,
            CALCULATED, '0;-0;"–"',
        )  # fmt: skip
        kept = f"IF({cell(BROKEN, row)}=0,1,0)"
    else:
        kept = cells.now(rule.kept)
    canvas.formula(row, RESULT, kept, float(not months), CALCULATED, "0")
    verdict = f'IF({cell(RESULT, row)}=1,"OK","BROKEN")'
    _write_verdict(canvas, row, verdict, kept=not months)


def _write_limit(canvas: Canvas, job: Job, row: int, rule: Rule) -> None:
    """What is reached, of all months the one nearest to the limit or beyond, and the limit."""
    held, limit, cells = rule.held, rule.limit, References(job.layout, RULES)
    if held is None:
        return
    months = held_in(job, rule)
    value = min(months) if rule.least else max(months)
    formula = cells.now(held)
    if rule.aside:
        formula = f"SUMPRODUCT(MAX({_rest(cells, rule)}))"
    elif held.timed:
        formula = f"{'MIN' if rule.least else 'MAX'}({cells.all_months(held)})"
    most = 0.0 if limit is None else float(job.values.monthly(limit).max())
    shown = line_format(held.unit, [value, most]).code
    canvas.formula(row, HELD, formula, value, CALCULATED if held.timed else LINK, shown)
    canvas.text(row, UNIT, held.unit or NO_UNIT, QUIET, indent=1)
    if limit is not None and not limit.timed:
        canvas.formula(row, LIMIT, cells.now(limit), most, LINK, shown)
    elif limit is None:
        canvas.number(row, LIMIT, 0.0, QUIET, shown)


def _rest(cells: References, rule: Rule) -> str:
    """What is held in each month without what is not held against the rule, as an array."""
    assert rule.held is not None
    lines = "-".join(cells.all_months(line) for line in (rule.held, *rule.aside))
    return f"ROUND({lines},{DIGITS})"


def _write_verdict(canvas: Canvas, row: int, formula: str, *, kept: bool) -> None:
    canvas.formula(row, VERDICT, formula, "OK" if kept else "BROKEN", BODY, indent=1)
    colour_verdict(canvas, row, VERDICT)
