"""The decision on one page: the options side by side, live, with charts."""

from dataclasses import dataclass

from pricing.ledger import Line
from pricing.workbook.cells import SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.contents import OptionSummary, Summary
from pricing.workbook.job import Job
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.sheets.chart_data import ChartRows, break_even_month
from pricing.workbook.sheets.charts import (
    GAP,
    Frame,
    insert_category_chart,
    insert_cumulative_chart,
)
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.styles import (
    BODY,
    CALCULATED,
    HEADING,
    LINK,
    SECTION,
    SUBTITLE,
    TITLE,
    TOTAL,
)
from pricing.workbook.text import width
from pricing.workbook.xlsx import PIXELS_PER_ROW, Canvas

MARGIN, NAME, TCO, DIFFERENCE, SHARE, NPV, FIRST_FIGURE = range(7)

_HEADLINE_ROW, _TABLE_ROW = 4, 6
_NUMBER_WIDTH = 15.5
_FEWEST_COLUMNS = 10
"""Columns of numbers that make room for two charts side by side."""
_CHART_ROWS = 18


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns the tables take."""

    figures: tuple[str, ...]
    """Titles of the options' key figures, from FIRST_FIGURE on."""
    last: int
    """The last column of the sheet."""

    @property
    def pays_off(self) -> int:
        return FIRST_FIGURE + len(self.figures)


def write_summary(canvas: Canvas, job: Job, summary: Summary) -> None:
    """Write the table of options, the table of categories and the charts."""
    sheet = canvas.sheet
    set_up_page(canvas, job.cover)
    sheet.fit_to_pages(1, 1)
    titles = tuple(dict.fromkeys(title for option in summary.options for title in option.figures))
    last = max(FIRST_FIGURE + len(titles), TCO + max(len(summary.options), _FEWEST_COLUMNS) - 1)
    columns = _Columns(titles, last)
    pixels = _set_widths(canvas, summary, columns)
    currency, months = job.cover.currency, job.layout.ledger.months
    canvas.text(TITLE_ROW, NAME, job.cover.plan, TITLE)
    sheet.set_row(TITLE_ROW - 1, 24)
    subtitle = f"Cost of {months} months in {currency}; receipts in brackets"
    canvas.text(SUBTITLE_ROW, NAME, subtitle, SUBTITLE)
    _headline(canvas, job, summary)
    _headings(canvas, summary, columns)
    for number in range(len(summary.options)):
        _write_option(canvas, job, summary, number, columns)
    names_row = _TABLE_ROW + len(summary.options) + 3
    total_row = _write_categories(canvas, job, summary, names_row)
    frame = Frame(total_row + 2, (pixels - GAP) // 2, _CHART_ROWS * PIXELS_PER_ROW)
    insert_cumulative_chart(canvas, job, summary, frame)
    insert_category_chart(canvas, job, summary, range(names_row, total_row), frame)
    sheet.print_area(0, NAME, total_row + 1 + _CHART_ROWS, columns.last)


def _set_widths(canvas: Canvas, summary: Summary, columns: _Columns) -> int:
    """Set the column widths; returns the width of the page in pixels."""
    names = [option.name for option in summary.options]
    names += [name for option in summary.options for name in option.categories]
    name = min(max(26, *map(width, names)) + 3, 46)
    canvas.sheet.set_column(MARGIN, MARGIN, 2)
    canvas.sheet.set_column(NAME, NAME, name)
    canvas.sheet.set_column(TCO, columns.last, _NUMBER_WIDTH)
    return round(name * 7 + 5 + (columns.last - TCO + 1) * (_NUMBER_WIDTH * 7 + 5))


def _headline(canvas: Canvas, job: Job, summary: Summary) -> None:
    """A sentence that names the cheapest option, whatever the inputs become."""
    first, last = _TABLE_ROW + 1, _TABLE_ROW + len(summary.options)
    names = f"{cell(NAME, first)}:{cell(NAME, last)}"
    totals = f"{cell(TCO, first)}:{cell(TCO, last)}"
    cheapest = min(summary.options, key=lambda option: job.values.number(option.tco))
    formula = f'INDEX({names},MATCH(MIN({totals}),{totals},0))&" costs least over the horizon"'
    sentence = f"{cheapest.name} costs least over the horizon"
    canvas.formula(_HEADLINE_ROW, NAME, formula, sentence, BODY.but(bold=True, font_size=13))


def _headings(canvas: Canvas, summary: Summary, columns: _Columns) -> None:
    baseline = summary.options[summary.baseline].name
    texts = [
        "Option", "Total cost (TCO)", f"Against {baseline}", "In %", "Net present value",
        *columns.figures, "Pays off in month",
    ]  # fmt: skip
    for column, text in enumerate(texts, start=NAME):
        align = "left" if column == NAME else "right"
        canvas.text(_TABLE_ROW, column, text, HEADING, align=align, text_wrap=True)
    canvas.sheet.set_row(_TABLE_ROW - 1, 42)


def _write_option(
    canvas: Canvas, job: Job, summary: Summary, number: int, columns: _Columns
) -> None:
    option = summary.options[number]
    row, base_row = _TABLE_ROW + 1 + number, _TABLE_ROW + 1 + summary.baseline
    base = job.values.number(summary.options[summary.baseline].tco)
    tco = job.values.number(option.tco)
    canvas.text(row, NAME, option.name, BODY, left=5, left_color=option.colour, indent=1, bold=True)
    _figure(canvas, job, row, TCO, option.tco)
    tco_cell, base_cell = cell(TCO, row), cell(TCO, base_row)
    money = line_format(option.tco.unit, [tco]).code
    canvas.formula(row, DIFFERENCE, f"{tco_cell}-{base_cell}", tco - base, CALCULATED, money)
    canvas.formula(
        row, SHARE, f"IF({base_cell}=0,0,{tco_cell}/{base_cell}-1)",
        tco / base - 1 if base else 0.0, CALCULATED, '0.0%_);(0.0%);"–"_)',
    )  # fmt: skip
    _figure(canvas, job, row, NPV, option.npv)
    for column, title in enumerate(columns.figures, start=FIRST_FIGURE):
        if title in option.figures:
            _figure(canvas, job, row, column, option.figures[title])
    _pays_off(canvas, job, summary, number, columns.pays_off)


def _figure(canvas: Canvas, job: Job, row: int, column: int, line: Line) -> None:
    """A link to a line's one number, or to its total."""
    value = float(job.values.monthly(line).sum()) if line.timed else job.values.number(line)
    formula = References(job.layout, canvas.name).total(line)
    canvas.formula(row, column, formula, value, LINK, line_format(line.unit, [value]).code)


def _pays_off(canvas: Canvas, job: Job, summary: Summary, number: int, column: int) -> None:
    """The month from which an option has cost no more than the baseline, in words where needed."""
    row = _TABLE_ROW + 1 + number
    if number == summary.baseline:
        canvas.text(row, column, "baseline", BODY, align="right")
        return
    month = ChartRows.of(summary).break_even(number)
    value = break_even_month(job, summary, number)
    formula = f'IF({month}=0,"never",IF({month}=1,"from the start",{month}))'
    shown = {0.0: "never", 1.0: "from the start"}.get(value, value)
    canvas.formula(row, column, formula, shown, LINK, "0", align="right")


def _write_categories(canvas: Canvas, job: Job, summary: Summary, row: int) -> int:
    """Cost by category, options in columns, below headings in `row`; returns the total's row."""
    canvas.text(row - 1, NAME, f"Cost by category, {job.cover.currency}", SECTION)
    canvas.blank(row - 1, range(TCO, TCO + len(summary.options)), SECTION)
    canvas.text(row, NAME, "Category", HEADING)
    canvas.sheet.set_row(row - 1, 42)
    for column, option in enumerate(summary.options, start=TCO):
        canvas.text(row, column, option.name, HEADING, align="right", text_wrap=True)
    first = row + 1
    for name in _categories(summary):
        row += 1
        canvas.text(row, NAME, name, BODY)
        for column, option in enumerate(summary.options, start=TCO):
            if name in option.categories:
                _figure(canvas, job, row, column, option.categories[name])
    canvas.text(row + 1, NAME, "Total", TOTAL)
    for column, option in enumerate(summary.options, start=TCO):
        _total(canvas, job, option, (first, row), column)
    return row + 1


def _categories(summary: Summary) -> list[str]:
    """Names of all categories that any option has, in the order asked for."""
    present = dict.fromkeys(name for option in summary.options for name in option.categories)
    ordered = [name for name in summary.categories if name in present]
    return ordered + [name for name in present if name not in summary.categories]


def _total(
    canvas: Canvas, job: Job, option: OptionSummary, rows: tuple[int, int], column: int
) -> None:
    first, last = rows
    total = sum(float(job.values.monthly(line).sum()) for line in option.categories.values())
    shown = line_format(option.tco.unit, [total]).code
    formula = f"SUM({cell(column, first)}:{cell(column, last)})"
    canvas.formula(last + 1, column, formula, total, TOTAL, shown)
