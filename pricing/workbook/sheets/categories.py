"""Cost by category on the summary: categories in rows, options in columns."""

from pricing.workbook.cells import cell
from pricing.workbook.contents import OptionSummary, Summary
from pricing.workbook.job import Job
from pricing.workbook.number_formats import line_format
from pricing.workbook.sheets.figures import write_figure
from pricing.workbook.styles import BODY, HEADING, SECTION, TOTAL
from pricing.workbook.xlsx import Canvas

NAME, FIRST_COLUMN = 1, 2
"""Columns of the categories' names and of the first option."""


def write_categories(canvas: Canvas, job: Job, summary: Summary, row: int) -> int:
    """Cost by category, options in columns, below headings in `row`; returns the total's row."""
    canvas.text(row - 1, NAME, f"Cost by category, {job.cover.currency}", SECTION)
    canvas.blank(row - 1, range(FIRST_COLUMN, FIRST_COLUMN + len(summary.options)), SECTION)
    canvas.text(row, NAME, "Category", HEADING)
    canvas.sheet.set_row(row - 1, 42)
    for column, option in enumerate(summary.options, start=FIRST_COLUMN):
        canvas.text(row, column, option.name, HEADING, align="right", text_wrap=True)
    first = row + 1
    for name in _categories(summary):
        row += 1
        canvas.text(row, NAME, name, BODY)
        for column, option in enumerate(summary.options, start=FIRST_COLUMN):
            if name in option.categories:
                write_figure(canvas, job, row, column, option.categories[name])
    canvas.text(row + 1, NAME, "Total", TOTAL)
    for column, option in enumerate(summary.options, start=FIRST_COLUMN):
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
