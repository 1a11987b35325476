"""The decision on one page: the options side by side, live, with charts."""

from dataclasses import dataclass

from pricing.ledger import Line
from pricing.workbook.cells import SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.contents import OptionSummary, Summary
from pricing.workbook.job import Job
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.sheets.chart_data import chart_rows, first_months
from pricing.workbook.sheets.charts import insert_category_chart, insert_cumulative_chart
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
from pricing.workbook.xlsx import Canvas

MARGIN, NAME, TCO, DIFFERENCE, SHARE, NPV, FIRST_FIGURE = range(7)

_HEADLINE_ROW, _TABLE_ROW = 4, 6
_NUMBER_WIDTH = 15


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of the table of options."""

    first: int
    last: int


def write_summary(canvas: Canvas, job: Job, summary: Summary) -> None:
    """Write the table of options, the table of categories and the charts."""
    sheet = canvas.sheet
    set_up_page(canvas, job.cover)
    sheet.fit_to_pages(1, 1)
    titles = list(dict.fromkeys(title for option in summary.options for title in option.figures))
    columns = max(FIRST_FIGURE + len(titles) + 1, NAME + 1 + len(summary.options))
    sheet.set_column(MARGIN, MARGIN, 2)
    names = [option.name for option in summary.options]
    names += [name for option in summary.options for name in option.categories]
    sheet.set_column(NAME, NAME, min(max(26, *map(width, names)) + 3, 46))
    sheet.set_column(TCO, columns - 1, _NUMBER_WIDTH)
    canvas.text(TITLE_ROW, NAME, job.cover.plan, TITLE)
    sheet.set_row(TITLE_ROW - 1, 24)
    currency, months = job.cover.currency, job.layout.ledger.months
    canvas.text(
        SUBTITLE_ROW, NAME, f"Cost of {months} months in {currency}; receipts in brackets", SUBTITLE
    )
    table = _Table(_TABLE_ROW + 1, _TABLE_ROW + len(summary.options))
    _headline(canvas, job, summary, table)
    _headings(canvas, summary, titles)
    for number, option in enumerate(summary.options):
        _write_option(canvas, job, summary, number, option, titles)
    categories = table.last + 2
    last = _write_categories(canvas, job, summary, categories)
    names_row = categories + 1
    insert_cumulative_chart(canvas, job, summary, last + 2)
    insert_category_chart(canvas, job, summary, names_row, last - 1, last + 2, columns)
    sheet.print_area(0, NAME, last + 27, columns - 1)


def _headline(canvas: Canvas, job: Job, summary: Summary, table: _Table) -> None:
    """A sentence that names the cheapest option, whatever the inputs become."""
    names = f"{cell(NAME, table.first)}:{cell(NAME, table.last)}"
    totals = f"{cell(TCO, table.first)}:{cell(TCO, table.last)}"
    cheapest = min(summary.options, key=lambda option: job.values.number(option.tco))
    formula = f'INDEX({names},MATCH(MIN({totals}),{totals},0))&" costs least over the horizon"'
    sentence = f"{cheapest.name} costs least over the horizon"
    canvas.formula(_HEADLINE_ROW, NAME, formula, sentence, BODY.but(bold=True, font_size=13))


def _headings(canvas: Canvas, summary: Summary, titles: list[str]) -> None:
    baseline = summary.options[summary.baseline].name
    texts = [
        "Option", "Total cost (TCO)", f"Against {baseline}", "In %", "Net present value", *titles,
        "Pays off in month",
    ]  # fmt: skip
    for column, text in enumerate(texts, start=NAME):
        align = "left" if column == NAME else "right"
        canvas.text(_TABLE_ROW, column, text, HEADING, align=align, text_wrap=True)
    canvas.sheet.set_row(_TABLE_ROW - 1, 40)


def _write_option(
    canvas: Canvas,
    job: Job,
    summary: Summary,
    number: int,
    option: OptionSummary,
    titles: list[str],
) -> None:
    row = _TABLE_ROW + 1 + number
    base_row = _TABLE_ROW + 1 + summary.baseline
    base = job.values.number(summary.options[summary.baseline].tco)
    tco = job.values.number(option.tco)
    canvas.text(row, NAME, option.name, BODY, left=5, left_color=option.colour, indent=1, bold=True)
    _figure(canvas, job, row, TCO, option.tco)
    tco_cell, base_cell = cell(TCO, row), cell(TCO, base_row)
    money = line_format(option.tco.unit, [tco]).code
    canvas.formula(row, DIFFERENCE, f"{tco_cell}-{base_cell}", tco - base, CALCULATED, money)
    share = tco / base - 1 if base else 0.0
    canvas.formula(
        row, SHARE, f"IF({base_cell}=0,0,{tco_cell}/{base_cell}-1)", share, CALCULATED,
        '0.0%_);(0.0%);"–"_)',
    )  # fmt: skip
    _figure(canvas, job, row, NPV, option.npv)
    for column, title in enumerate(titles, start=FIRST_FIGURE):
        if title in option.figures:
            _figure(canvas, job, row, column, option.figures[title])
    _pays_off(canvas, job, summary, number, row, FIRST_FIGURE + len(titles))


def _figure(canvas: Canvas, job: Job, row: int, column: int, line: Line) -> None:
    """A link to a line's one number, or to its total."""
    cells = References(job.layout, canvas.name)
    value = float(job.values.monthly(line).sum()) if line.timed else job.values.number(line)
    formula = cells.total(line)
    canvas.formula(row, column, formula, value, LINK, line_format(line.unit, [value]).code)


def _pays_off(
    canvas: Canvas, job: Job, summary: Summary, number: int, row: int, column: int
) -> None:
    if number == summary.baseline:
        canvas.text(row, column, "baseline", BODY, align="right")
        return
    month = chart_rows(summary).break_even(number)
    value = first_months(job, summary)[number]
    canvas.formula(
        row, column, f'IF({month}=0,"never",{month})', value or "never", LINK, "0", align="right"
    )


def _write_categories(canvas: Canvas, job: Job, summary: Summary, row: int) -> int:
    """Cost by category, options in columns; returns the row of the totals."""
    canvas.text(row, NAME, f"Cost by category, {job.cover.currency}", SECTION)
    canvas.blank(row, range(TCO, TCO + len(summary.options)), SECTION)
    row += 1
    canvas.text(row, NAME, "Category", HEADING)
    canvas.sheet.set_row(row - 1, 40)
    for column, option in enumerate(summary.options, start=TCO):
        canvas.text(row, column, option.name, HEADING, align="right", text_wrap=True)
    first = row + 1
    names = dict.fromkeys(name for option in summary.options for name in option.categories)
    for name in names:
        row += 1
        canvas.text(row, NAME, name, BODY)
        for column, option in enumerate(summary.options, start=TCO):
            if name in option.categories:
                _figure(canvas, job, row, column, option.categories[name])
    canvas.text(row + 1, NAME, "Total", TOTAL)
    for column, option in enumerate(summary.options, start=TCO):
        total = sum(float(job.values.monthly(line).sum()) for line in option.categories.values())
        formula = f"SUM({cell(column, first)}:{cell(column, row)})"
        shown = line_format(option.tco.unit, [total]).code
        canvas.formula(row + 1, column, formula, total, TOTAL, shown)
    return row + 1
