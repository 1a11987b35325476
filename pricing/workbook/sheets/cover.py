"""The cover: what this workbook is, how to read it, and whether its checks hold."""

from collections import Counter
from collections.abc import Mapping

from pricing.workbook.cells import FIRST_MONTH, cell
from pricing.workbook.job import Job
from pricing.workbook.layout import (
    AT_EXPORT,
    BY_MONTH,
    CHECKS,
    DECISION,
    INPUTS,
    RULES,
    SOURCES,
    SUMMARY,
)
from pricing.workbook.marks import marks_of
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import MONTH
from pricing.workbook.sheets.decision_rows import rows_of
from pricing.workbook.sheets.decision_verdict import verdict_now
from pricing.workbook.sheets.heights import fit_height
from pricing.workbook.sheets.legend import NAME, TEXT, write_legend
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.sheets.rule_rows import BROKEN, TOTAL_ROW, rule_kept
from pricing.workbook.sheets.verdicts import colour_verdict
from pricing.workbook.styles import (
    BODY,
    JUMP,
    LINK,
    QUIET,
    SECTION,
    SUBTITLE,
    TITLE,
    WRAPPED,
)
from pricing.workbook.text import one_line
from pricing.workbook.xlsx import Canvas

MARGIN = 0
_NAME_WIDTH, _TEXT_WIDTH = 34, 84


def write_cover(canvas: Canvas, job: Job, master: str, contents: list[tuple[str, str]]) -> None:
    """Write the cover.

    Args:
        canvas: The sheet.
        job: The workbook.
        master: Formula that gives 1 while all checks hold.
        contents: Name of every other sheet, and what it holds.
    """
    cover, sheet = job.cover, canvas.sheet
    set_up_page(canvas, cover)
    sheet.set_portrait()
    sheet.set_column(MARGIN, MARGIN, 2)
    sheet.set_column(NAME, NAME, _NAME_WIDTH)
    sheet.set_column(TEXT, TEXT, _TEXT_WIDTH)
    canvas.text(2, NAME, cover.title, TITLE.but(font_size=22))
    sheet.set_row(1, 32)
    canvas.text(3, NAME, cover.plan, SUBTITLE.but(font_size=12))
    row = _facts(canvas, job, 5)
    row = _check(canvas, row + 1, master)
    if job.summary is not None and job.summary.rules:
        row = _rules(canvas, job, row)
    row = _decisions(canvas, job, row)
    row = _notes(canvas, row + 1, cover.notes)
    row = write_legend(canvas, job, row + 1)
    row = _contents(canvas, row + 1, contents)
    sheet.print_area(0, MARGIN, row - 1, TEXT)


def _facts(canvas: Canvas, job: Job, row: int) -> int:
    cover = job.cover
    months = job.layout.ledger.months
    written = {
        "Purpose": cover.purpose,
        "Currency": cover.currency,
        "Sign": "Costs are positive; receipts and savings are negative and stand in brackets.",
        "Months": f"{months} columns; the same column is the same month on all sheets.",
    }
    row = _timeline(canvas, job, _write_facts(canvas, written, row))
    explained = {
        "What a month is": cover.month_basis,
        **cover.conventions,
        "Age of the figures": " ".join(filter(None, (_ages(job), cover.catalogue))),
        "To check": _doubts(job),
        "Prepared": f"{cover.prepared.isoformat()} by {cover.version}",
    }
    return _write_facts(canvas, explained, row)


def _write_facts(canvas: Canvas, facts: Mapping[str, str], row: int) -> int:
    for name, text in facts.items():
        canvas.text(row, NAME, name, QUIET.but(valign="top"))
        canvas.text(row, TEXT, text, WRAPPED)
        fit_height(canvas, row, [(_TEXT_WIDTH, text)])
        row += 1
    return row


def _timeline(canvas: Canvas, job: Job, row: int) -> int:
    """First and last month, live."""
    dates = job.layout.ledger.date
    sheet, line = quoted(job.layout.place(dates).sheet), job.layout.place(dates).row
    days = job.values.monthly(dates).tolist()
    ends = (("First month", FIRST_MONTH, days[0]), ("Last month", job.layout.last_month, days[-1]))
    for name, column, day in ends:
        canvas.text(row, NAME, name, QUIET)
        formula = f"{sheet}!{cell(column, line)}"
        canvas.formula(row, TEXT, formula, day, LINK, MONTH.code, align="left")
        row += 1
    return row


def _ages(job: Job) -> str:
    """Dates of the oldest and of the newest figure."""
    dates = [e.provenance.as_of for e in job.layout.ledger.entries if e.provenance.as_of]
    if not dates:
        return "No input states its date."
    if len(dates) == 1:
        return f"The one input that states a date is of {dates[0]}."
    if min(dates) == max(dates):
        return f"The {len(dates)} inputs that state a date are of {min(dates)}."
    return f"The {len(dates)} inputs that state a date are from {min(dates)} to {max(dates)}."


def _doubts(job: Job) -> str:
    """How many inputs are marked, and why."""
    inputs = job.layout.ledger.entries
    marks = Counter(m for e in inputs for m in marks_of(e.provenance, job.cover.prepared))
    if not marks:
        return "No input is marked."
    marked = sum(bool(marks_of(e.provenance, job.cover.prepared)) for e in inputs)
    counts = ", ".join(f"{mark} ({count})" for mark, count in marks.most_common())
    are = "is" if marked == 1 else "are"
    return f"{marked} of {len(inputs)} inputs {are} marked on Inputs and Sources: {counts}."


def _check(canvas: Canvas, row: int, master: str) -> int:
    canvas.text(row, NAME, "All checks", BODY.but(bold=True))
    canvas.formula(
        row, TEXT, f'IF({master}=1,"OK","CHECK: see the sheet Checks")', "OK", BODY.but(bold=True)
    )
    colour_verdict(canvas, row, TEXT)
    return row + 1


def _rules(canvas: Canvas, job: Job, row: int) -> int:
    """How many rules of the plan are broken, live."""
    assert job.summary is not None
    broken = sum(not rule_kept(job, rule) for rule in job.summary.rules)
    count = f"{quoted(RULES)}!{cell(BROKEN, TOTAL_ROW)}"
    formula = f'IF({count}=0,"OK","BROKEN: "&{count}&" of them, see the sheet Rules")'
    shown = "OK" if not broken else f"BROKEN: {broken} of them, see the sheet Rules"
    canvas.text(row, NAME, "Rules of the plan", BODY.but(bold=True))
    canvas.formula(row, TEXT, formula, shown, BODY.but(bold=True))
    colour_verdict(canvas, row, TEXT)
    return row + 1


def _decisions(canvas: Canvas, job: Job, row: int) -> int:
    """What the decision sheet says of every decision, live."""
    summary = job.summary
    if summary is None:
        return row
    for rows, decided in zip(rows_of(summary), summary.decisions, strict=True):
        name, said = f"Decision: {one_line(decided.option)}", verdict_now(job, decided)
        canvas.text(row, NAME, name, BODY.but(bold=True, valign="top"), text_wrap=True)
        canvas.formula(row, TEXT, rows.named("verdict"), said, BODY.but(bold=True, valign="top"))
        colour_verdict(canvas, row, TEXT)
        fit_height(canvas, row, [(_NAME_WIDTH, name)])
        row += 1
    return row


def _contents(canvas: Canvas, row: int, contents: list[tuple[str, str]]) -> int:
    canvas.text(row, NAME, "Contents", SECTION)
    canvas.blank(row, [TEXT], SECTION)
    for name, what in contents:
        row += 1
        canvas.link(row, NAME, name, JUMP)
        canvas.text(row, TEXT, what, BODY)
    return row + 1


def _notes(canvas: Canvas, row: int, notes: tuple[str, ...]) -> int:
    if not notes:
        return row
    canvas.text(row, NAME, "Assumptions and limits", SECTION)
    canvas.blank(row, [TEXT], SECTION)
    for number, note in enumerate(notes, start=1):
        row += 1
        canvas.text(row, NAME, str(number), QUIET.but(valign="top"), align="right", indent=1)
        canvas.text(row, TEXT, note, WRAPPED)
        fit_height(canvas, row, [(_TEXT_WIDTH, note)])
    return row + 1


CONTENTS = {
    DECISION: "Who decided what, how good that is, and whether it still holds",
    SUMMARY: "The options side by side, with charts",
    INPUTS: "Every number that may be changed, with source and date",
    CHECKS: "Live checks of this workbook",
    AT_EXPORT: "Every line now and as the application computed it",
    BY_MONTH: "Inputs by month as they were at export",
    RULES: "What every decision must keep, and whether it is kept",
    SOURCES: "Who said what, when, and which inputs rest on it",
}
"""What the sheets that are not sections hold."""
