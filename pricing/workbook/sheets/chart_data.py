"""Series of all options in one place: what the charts show and when one option pays off."""

from dataclasses import dataclass

import numpy as np

from pricing.ledger import Line
from pricing.workbook.cells import FIRST_MONTH, FIRST_ROW, LABEL, UNIT, VALUE, cell, span
from pricing.workbook.contents import OptionSummary, Summary
from pricing.workbook.job import Job
from pricing.workbook.names import quoted
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import NOW, References
from pricing.workbook.sheets.page import paginate_by_year, set_up_page
from pricing.workbook.sheets.timeline import set_widths, write_header
from pricing.workbook.styles import BLOCK, BODY, CALCULATED, LINK, QUIET
from pricing.workbook.text import one_line
from pricing.workbook.xlsx import Canvas

CHART_DATA = "Chart data"


@dataclass(frozen=True, slots=True)
class ChartRows:
    """Rows of the chart data sheet, one per option and block."""

    cumulative: tuple[int, ...]
    difference: tuple[int, ...]
    reached: tuple[int, ...]

    def break_even(self, option: int) -> str:
        """The cell with the first month in which an option has cost no more than the baseline."""
        return f"{quoted(CHART_DATA)}!{cell(VALUE, self.reached[option])}"


def chart_rows(summary: Summary) -> ChartRows:
    """Where the rows are; each block has a heading and a blank row after it."""
    count = len(summary.options)
    starts = [FIRST_ROW + 1 + block * (count + 2) for block in range(3)]
    blocks = [tuple(range(start, start + count)) for start in starts]
    return ChartRows(*blocks)


def first_months(job: Job, summary: Summary) -> list[float]:
    """First month in which each option has cost no more than the baseline; 0 is never."""
    base = job.values.monthly(summary.options[summary.baseline].cumulative)
    months = []
    for option in summary.options:
        reached = job.values.monthly(option.cumulative) - base <= 0
        months.append(float(np.argmax(reached) + 1) if reached.any() else 0.0)
    return months


def write_chart_data(canvas: Canvas, job: Job, summary: Summary) -> None:
    """Write cumulative cost, difference to the baseline and break-even of all options."""
    rows = chart_rows(summary)
    set_up_page(canvas, job.cover, pages_wide=None)
    write_header(canvas, job, "Chart data", "Series of all options, as the charts show them")
    baseline = summary.options[summary.baseline]
    base_row = rows.cumulative[summary.baseline]
    base = job.values.monthly(baseline.cumulative)
    titles = (
        "Cost so far",
        f"Cost so far less that of {one_line(baseline.name)}",
        f"No dearer than {one_line(baseline.name)} so far (constant: first month, 0 is never)",
    )
    for title, block in zip(titles, (rows.cumulative, rows.difference, rows.reached), strict=True):
        canvas.text(block[0] - 1, LABEL, title, BLOCK)
        canvas.blank(block[0] - 1, range(UNIT, job.layout.last_month + 1), BLOCK)
    widest = 0.0
    for number, option in enumerate(summary.options):
        so_far = job.values.monthly(option.cumulative)
        widest = max(widest, _link(canvas, job, rows.cumulative[number], option))
        _series(
            canvas, rows.difference[number], option.name, option.cumulative.unit,
            f"{NOW}{rows.cumulative[number]}-{NOW}{base_row}", (so_far - base).tolist(),
        )  # fmt: skip
        reached = (so_far - base <= 0).astype(float).tolist()
        formula = f"IF({NOW}{rows.difference[number]}<=0,1,0)"
        row = rows.reached[number]
        _series(canvas, row, option.name, "flag", formula, reached)
        flags = span(FIRST_MONTH, job.layout.last_month, row)
        canvas.formula(
            row, VALUE, f"IF(COUNTIF({flags},1)=0,0,MATCH(1,{flags},0))",
            first_months(job, summary)[number], CALCULATED, "0",
        )  # fmt: skip
    labels = [*titles[:2], *(option.name for option in summary.options)]
    units = [option.cumulative.unit for option in summary.options]
    pixels = set_widths(canvas, job, labels, units, 10, widest)
    paginate_by_year(canvas, job.layout.ledger.months, rows.reached[-1], pixels)


def _link(canvas: Canvas, job: Job, row: int, option: OptionSummary) -> float:
    line: Line = option.cumulative
    numbers = job.values.monthly(line).tolist()
    shown = line_format(line.unit, numbers)
    canvas.text(row, LABEL, option.name, BODY)
    canvas.text(row, UNIT, line.unit, QUIET)
    formula = References(job.layout, canvas.name).now(line)
    canvas.formulas(row, FIRST_MONTH, formula, numbers, canvas.book.format(LINK, shown.code))
    return max(map(shown.width, numbers))


def _series(
    canvas: Canvas, row: int, name: str, unit: str, formula: str, numbers: list[float]
) -> None:
    canvas.text(row, LABEL, name, BODY)
    canvas.text(row, UNIT, unit, QUIET)
    shown = line_format(unit, numbers)
    canvas.formulas(row, FIRST_MONTH, formula, numbers, canvas.book.format(CALCULATED, shown.code))
