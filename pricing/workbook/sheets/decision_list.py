"""What was decided: first, last and largest value of every decided input, and where it stands."""

from collections.abc import Mapping

from pricing.ledger import Input, Schedule
from pricing.workbook.cells import FIRST_MONTH, FIRST_ROW, cell
from pricing.workbook.cells import VALUE as INPUT_VALUE
from pricing.workbook.contents import Decided
from pricing.workbook.job import Job
from pricing.workbook.layout import DECISION, INPUTS
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import line_format, schedule_format
from pricing.workbook.references import References
from pricing.workbook.sheets.by_month import months_changed
from pricing.workbook.sheets.decision_rows import (
    ANSWERS,
    CHANGED,
    LARGEST,
    LAST,
    MEANING,
    NAME,
    UNIT,
    VALUE,
    DecisionRows,
)
from pricing.workbook.sheets.heights import fit_height
from pricing.workbook.sheets.inputs import EXPORTED
from pricing.workbook.styles import BODY, CALCULATED, HEADING, JUMP, LINK, QUIET, Style
from pricing.workbook.xlsx import Canvas

_HEADINGS = {
    NAME: "What was decided", VALUE: "First month", UNIT: "Unit", MEANING: "Where",
    LAST: "Last month", LARGEST: "Largest", CHANGED: "1 = changed", ANSWERS: "Who answers",
}  # fmt: skip
_NUMBERS = {VALUE, LAST, LARGEST, CHANGED}

_Shown = dict[int, tuple[str, float, Style]]
"""Formula, value and style by column."""


def write_list(
    canvas: Canvas, job: Job, rows: DecisionRows, decided: Decided, widths: Mapping[int, float]
) -> None:
    """Write a row for every input that was decided on, with who answers on a route.

    Args:
        canvas: The sheet.
        job: The workbook.
        rows: Where the decision stands.
        decided: The decision.
        widths: Of the columns, in characters.
    """
    for column, text in _HEADINGS.items():
        align = "right" if column in _NUMBERS else "left"
        indent = 1 if column in {UNIT, ANSWERS} else 0
        canvas.text(rows.list_heading, column, text, HEADING, align=align, indent=indent)
    for row, entry in enumerate(decided.chosen, start=rows.first):
        label, answers = decided.names[entry.key], decided.answers.get(entry.key, "")
        fit_height(canvas, row, ((widths[NAME], label), (widths[ANSWERS] - 2, answers)))
        canvas.text(row, NAME, label, BODY, text_wrap=True)
        if answers:
            canvas.text(row, ANSWERS, answers, BODY, indent=1, text_wrap=True)
        canvas.text(row, UNIT, entry.unit, QUIET, indent=1)
        _write_numbers(canvas, job, row, entry)


def differs(row: int) -> str:
    """Whether the input in a row of the inputs sheet is another one than at export."""
    return f"{INPUTS}!{cell(INPUT_VALUE, row)}<>{INPUTS}!{cell(EXPORTED, row)}"


def _write_numbers(canvas: Canvas, job: Job, row: int, entry: Input | Schedule) -> None:
    place = job.layout.place(entry)
    if isinstance(entry, Schedule):
        numbers = job.values.monthly(entry).tolist()
        shown = _of_months(job, entry, numbers)
        code = schedule_format(entry.unit, numbers).code
        changed = f"IF({months_changed(_kept_row(job, entry))}=0,0,1)"
        first = FIRST_MONTH
    else:
        value = job.values.number(entry)
        link = (References(job.layout, DECISION).now(entry), value, LINK)
        shown = dict.fromkeys((VALUE, LAST, LARGEST), link)
        code = line_format(entry.unit, [value]).code
        changed = f"IF({differs(place.row)},1,0)"
        first = INPUT_VALUE
    for column, (formula, value, style) in shown.items():
        canvas.formula(row, column, formula, value, style, code)
    canvas.formula(row, CHANGED, changed, 0.0, CALCULATED, '0;-0;"–"', align="right")
    canvas.link(row, MEANING, place.sheet, JUMP, text="go to", place=cell(first, place.row))


def _of_months(job: Job, entry: Schedule, numbers: list[float]) -> _Shown:
    place = job.layout.place(entry)
    sheet, last = quoted(place.sheet), job.layout.last_month
    all_months = References(job.layout, DECISION).all_months(entry)
    return {
        VALUE: (f"{sheet}!{cell(FIRST_MONTH, place.row)}", numbers[0], LINK),
        LAST: (f"{sheet}!{cell(last, place.row)}", numbers[-1], LINK),
        LARGEST: (f"MAX({all_months})", max(numbers), CALCULATED),
    }


def _kept_row(job: Job, entry: Schedule) -> int:
    """The row of an input by month on the sheet of what it was at export."""
    return next(row for row, each in job.layout.schedules(FIRST_ROW).entries if each is entry)
