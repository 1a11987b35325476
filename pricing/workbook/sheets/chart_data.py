"""Series of all options in one place: what the charts show and when one option pays off."""

from dataclasses import dataclass

import numpy as np

from pricing.ledger import FloatArray
from pricing.workbook.cells import (
    FIRST_MONTH,
    FIRST_ROW,
    LABEL,
    MONTH_ROW,
    UNIT,
    VALUE,
    cell,
    letters,
    span,
)
from pricing.workbook.checks import Kept
from pricing.workbook.contents import Summary
from pricing.workbook.job import Job
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import PLAIN_INTEGER, line_format
from pricing.workbook.references import NOW, References
from pricing.workbook.sheets.page import paginate_by_year, set_up_page
from pricing.workbook.sheets.timeline import set_widths, write_header
from pricing.workbook.styles import BLOCK, BODY, CALCULATED, LINK, QUIET, Style
from pricing.workbook.text import one_line
from pricing.workbook.xlsx import Canvas

CHART_DATA = "Chart data"


@dataclass(frozen=True, slots=True)
class ChartRows:
    """Rows of the chart data sheet, one per option and block."""

    cumulative: tuple[int, ...]
    difference: tuple[int, ...]
    dearer: tuple[int, ...]

    @classmethod
    def of(cls, summary: Summary) -> "ChartRows":
        """Each block has a heading above it and an empty row below it."""
        count = len(summary.options)
        starts = [FIRST_ROW + 1 + block * (count + 2) for block in range(3)]
        return cls(*(tuple(range(start, start + count)) for start in starts))

    def series(self, job: Job, option: int) -> str:
        """The cells that the chart draws of an option."""
        cells = span(FIRST_MONTH, job.layout.last_month, self.cumulative[option])
        return f"{quoted(CHART_DATA)}!{cells}"

    def break_even(self, option: int) -> str:
        """The cell with the month from which an option has cost no more than the baseline."""
        return f"{quoted(CHART_DATA)}!{cell(VALUE, self.dearer[option])}"


def chart_rows_kept(job: Job, summary: Summary) -> list[Kept]:
    """Rows that no line has: differences to the baseline, and the months that cost more."""
    rows, found = ChartRows.of(summary), []
    months = np.arange(1.0, job.layout.ledger.months + 1)
    for number, option in enumerate(summary.options):
        difference = _difference(job, summary, number)
        dearer = float((months * (difference > 0)).sum()) + break_even_month(job, summary, number)
        for row, unit, value in (
            (rows.difference[number], option.cumulative.unit, float(difference.sum())),
            (rows.dearer[number], "month number", dearer),
        ):
            cells = f"{quoted(CHART_DATA)}!{span(VALUE, job.layout.last_month, row)}"
            found.append(Kept(CHART_DATA, row, option.name, unit, f"SUM({cells})", value))
    return found


def break_even_month(job: Job, summary: Summary, option: int) -> float:
    """Month from which an option has cost no more than the baseline for good; 0 is never."""
    dearer = np.flatnonzero(_difference(job, summary, option) > 0)
    last = int(dearer[-1]) + 1 if dearer.size else 0
    return float(last + 1) if last < job.layout.ledger.months else 0.0


def write_chart_data(canvas: Canvas, job: Job, summary: Summary) -> None:
    """Write cumulative cost, difference to the baseline and break-even of all options."""
    rows = ChartRows.of(summary)
    set_up_page(canvas, job.cover, pages_wide=None)
    write_header(canvas, job, "Chart data", "Series of all options, as the charts show them")
    baseline = one_line(summary.options[summary.baseline].name)
    titles = (
        "Cost so far",
        f"Cost so far less that of {baseline}",
        f"Month number while it has cost more than {baseline}; constant: month it pays off",
    )
    for title, block in zip(titles, (rows.cumulative, rows.difference, rows.dearer), strict=True):
        canvas.text(block[0] - 1, LABEL, title, BLOCK)
        canvas.blank(block[0] - 1, range(UNIT, job.layout.last_month + 1), BLOCK)
    widest = max(_write_option(canvas, job, summary, n) for n in range(len(summary.options)))
    labels = [titles[1], *(option.name for option in summary.options)]
    units = ["month number", *(option.cumulative.unit for option in summary.options)]
    pixels = set_widths(canvas, job, labels, units, 10, widest)
    paginate_by_year(canvas, job.layout.ledger.months, rows.dearer[-1], pixels)


def _write_option(canvas: Canvas, job: Job, summary: Summary, number: int) -> float:
    """The three rows of an option; returns the width of the widest number."""
    rows, option = ChartRows.of(summary), summary.options[number]
    unit, name = option.cumulative.unit, option.name
    so_far = job.values.monthly(option.cumulative)
    link = References(job.layout, canvas.name).now(option.cumulative)
    widest = _series(canvas, rows.cumulative[number], (name, unit), link, so_far, LINK)
    difference = _difference(job, summary, number)
    formula = f"{NOW}{rows.cumulative[number]}-{NOW}{rows.cumulative[summary.baseline]}"
    widest = max(
        widest, _series(canvas, rows.difference[number], (name, unit), formula, difference)
    )
    row = rows.dearer[number]
    months = np.arange(1.0, difference.size + 1)
    formula = f"IF({NOW}{rows.difference[number]}>0,{NOW}${MONTH_ROW},0)"
    _series(canvas, row, (name, "month number"), formula, months * (difference > 0))
    last = f"MAX({span(FIRST_MONTH, job.layout.last_month, row)})"
    end = f"${letters(job.layout.last_month)}${MONTH_ROW}"
    canvas.formula(
        row, VALUE, f"IF({last}<{end},{last}+1,0)", break_even_month(job, summary, number),
        CALCULATED, PLAIN_INTEGER.code,
    )  # fmt: skip
    return widest


def _series(
    canvas: Canvas, row: int, named: tuple[str, str], formula: str, values: FloatArray,
    style: Style = CALCULATED,
) -> float:  # fmt: skip
    """One row of months; returns the width of its widest number."""
    name, unit = named
    numbers = values.tolist()
    shown = line_format(unit, numbers)
    canvas.text(row, LABEL, name, BODY)
    canvas.text(row, UNIT, unit, QUIET)
    canvas.formulas(row, FIRST_MONTH, formula, numbers, canvas.book.format(style, shown.code))
    return max(map(shown.width, numbers))


def _difference(job: Job, summary: Summary, option: int) -> FloatArray:
    base = job.values.monthly(summary.options[summary.baseline].cumulative)
    return job.values.monthly(summary.options[option].cumulative) - base
