"""The decision on one page: the options side by side, live, with charts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pricing.admissible import ENOUGH, Standing
from pricing.workbook.cells import SUBTITLE_ROW, TITLE_ROW, cell
from pricing.workbook.checks import Shown
from pricing.workbook.contents import UNSERVED, OptionSummary, Summary
from pricing.workbook.job import Job
from pricing.workbook.layout import CHECKS, SUMMARY
from pricing.workbook.number_formats import line_format
from pricing.workbook.references import References
from pricing.workbook.sheets.categories import write_categories
from pricing.workbook.sheets.chart_data import ChartRows, break_even_month
from pricing.workbook.sheets.charts import (
    GAP,
    Frame,
    insert_category_chart,
    insert_cumulative_chart,
)
from pricing.workbook.sheets.figures import write_figure
from pricing.workbook.sheets.page import set_up_page
from pricing.workbook.sheets.ruled_out import (
    NOTE,
    any_ruled_out,
    is_ruled_out,
    ruled_out_width,
    write_ruled_out,
)
from pricing.workbook.sheets.ruled_out import TITLE as RULED_OUT
from pricing.workbook.styles import (
    BAD,
    BODY,
    CALCULATED,
    HEADING,
    LINK,
    QUIET,
    SUBTITLE,
    TITLE,
)
from pricing.workbook.text import width
from pricing.workbook.xlsx import PIXELS_PER_ROW, Canvas

MARGIN, NAME, TCO, DIFFERENCE, SHARE, NPV, FIRST_FIGURE = range(7)

_HEADLINE_ROW, _SERVED_ROW, _TABLE_ROW = 4, 5, 7
_FIRST_OPTION = _TABLE_ROW + 2
"""The row between the headings and the options holds the units."""
_NUMBER_WIDTH = 15.5
_FEWEST_COLUMNS = 10
"""Columns of numbers that make room for two charts side by side."""
_MOST_COLUMNS = 12
"""Columns of numbers on one printed page; further ones go on the next."""
_CHART_ROWS, _OPTIONS_PER_LEGEND_ROW = 18, 3

_NOTES = (
    "Net present value: each month's cost discounted to the start of the plan, at the yearly rate "
    "on Inputs. Peak cash: the largest cost so far.",
    "Has cost no more from month: from the end of that month to the end of the plan, its cost so "
    "far is at most that of {baseline}; never: at the end it has cost more.",
    "Any two options are compared on the sheet Comparison: enter their numbers (No.) on Inputs.",
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns the tables take."""

    figures: tuple[str, ...]
    """Titles of the options' key figures, from FIRST_FIGURE on."""
    ruled_out: bool
    """Whether a column says what is in the way of options."""
    last: int
    """The last column of the sheet."""

    @property
    def pays_off(self) -> int:
        return FIRST_FIGURE + len(self.figures)

    @property
    def barred(self) -> int:
        return self.pays_off + 1


def write_summary(canvas: Canvas, job: Job, summary: Summary) -> list[Shown]:
    """Write the table of options, the table of categories and the charts.

    Returns:
        Which cells repeat which lines, for the checks.
    """
    sheet = canvas.sheet
    set_up_page(canvas, job.cover)
    titles = tuple(dict.fromkeys(title for option in summary.options for title in option.figures))
    barred = any_ruled_out(summary)
    width_of_table = FIRST_FIGURE + len(titles) + (1 if barred else 0)
    last = max(width_of_table, TCO + max(len(summary.options), _FEWEST_COLUMNS) - 1)
    columns = _Columns(titles, barred, last)
    pixels = _set_widths(canvas, summary, columns)
    _fit(canvas, columns)
    currency, months = job.cover.currency, job.layout.ledger.months
    canvas.text(TITLE_ROW, NAME, job.cover.plan, TITLE)
    sheet.set_row(TITLE_ROW - 1, 24)
    subtitle = f"Cost of {months} months in {currency}; receipts in brackets"
    canvas.text(SUBTITLE_ROW, NAME, subtitle, SUBTITLE)
    _headline(canvas, job, summary, columns)
    _served(canvas, job, summary, columns)
    _headings(canvas, job, summary, columns)
    repeated = [
        _write_option(canvas, job, summary, number, columns)
        for number in range(len(summary.options))
    ]
    notes_row = _FIRST_OPTION + len(summary.options)
    notes = (*_NOTES, NOTE) if columns.ruled_out else _NOTES
    _notes(canvas, summary, notes_row, notes)
    names_row = notes_row + len(notes) + 3
    total_row = write_categories(canvas, job, summary, names_row)
    chart_rows = _CHART_ROWS + len(summary.options) // _OPTIONS_PER_LEGEND_ROW
    frame = Frame(total_row + 2, (pixels - GAP) // 2, chart_rows * PIXELS_PER_ROW)
    insert_cumulative_chart(canvas, job, summary, frame)
    insert_category_chart(canvas, job, summary, range(names_row, total_row), frame)
    sheet.print_area(0, MARGIN, total_row + 1 + chart_rows, columns.last)
    return [_shown(job, summary, number, cells, total_row) for number, cells in enumerate(repeated)]


def option_names(summary: Summary) -> str:
    """The cells with the names of the options."""
    last = _FIRST_OPTION + len(summary.options) - 1
    return f"{SUMMARY}!{cell(NAME, _FIRST_OPTION)}:{cell(NAME, last)}"


def _set_widths(canvas: Canvas, summary: Summary, columns: _Columns) -> int:
    """Set the column widths; returns the width of the (first) page in pixels."""
    names = [option.name for option in summary.options]
    names += [name for option in summary.options for name in option.categories]
    name = min(max(26, *map(width, names)) + 3, 46)
    canvas.sheet.set_column(MARGIN, MARGIN, 4)
    canvas.sheet.set_column(NAME, NAME, name)
    canvas.sheet.set_column(TCO, columns.last, _NUMBER_WIDTH)
    if columns.ruled_out:
        barred = max(_NUMBER_WIDTH, ruled_out_width(summary))
        canvas.sheet.set_column(columns.barred, columns.barred, barred)
    shown = min(columns.last - TCO + 1, _MOST_COLUMNS)
    return round(name * 7 + 5 + shown * (_NUMBER_WIDTH * 7 + 5))


def _fit(canvas: Canvas, columns: _Columns) -> None:
    """One page, or as many side by side as keep the numbers legible."""
    pages = math.ceil((columns.last - TCO + 1) / _MOST_COLUMNS)
    canvas.sheet.fit_to_pages(pages, 1 if pages == 1 else 0)
    if pages > 1:
        canvas.sheet.repeat_columns(MARGIN, NAME)


def _headline(canvas: Canvas, job: Job, summary: Summary, columns: _Columns) -> None:
    """A sentence that names the cheapest option, whatever the inputs become.

    Of those that serve every request within the rules; without any, of those that serve every
    request; without these, of all: as `cheapest_first` of `pricing.admissible`.
    """
    first, last = _FIRST_OPTION, _FIRST_OPTION + len(summary.options) - 1
    names, totals = (f"{cell(column, first)}:{cell(column, last)}" for column in (NAME, TCO))
    standings = [_standing(job, summary, option) for option in summary.options]
    costs = [job.values.number(option.tco) for option in summary.options]
    place = min(range(len(costs)), key=lambda number: (standings[number], costs[number]))
    formula = f'INDEX({names},MATCH(MIN({totals}),{totals},0))&"{_SAID}"'
    before, said = "", HEADLINES[columns.ruled_out]
    ranks = _ranks(summary, columns)
    if ranks:
        beyond = f"(SUMPRODUCT(ABS({totals}))+SUMPRODUCT(ABS({totals}))+1)"
        ranked = f"({totals}+{ranks}*{beyond})"
        least = f"SUMPRODUCT(MIN({ranked}))"
        place_of = f"ROW({names})-ROW({cell(NAME, first)})+1"
        at = f"SUMPRODUCT(MIN({place_of}+({ranked}>{least})*ROWS({names})))"
        best = f"SUMPRODUCT(MIN({ranks}))"
        count = f"SUMPRODUCT(--({ranks}>0))"
        whom = f'INDEX({names},{at})&"{_SAID}"'
        *better, worst = said.items()
        text = f'"{worst[1]}"'
        for rank, other in reversed(better):
            text = f'IF({best}={rank},"{other}",{text})'
        formula = f"IF({count}=0,{formula},{text}&{whom})"
        if any(standings):
            before = said[standings[place]]
    sentence = f"{before}{summary.options[place].name}{_SAID}"
    canvas.formula(_HEADLINE_ROW, NAME, formula, sentence, BODY.but(bold=True, font_size=13))


_DIGITS = round(-math.log10(ENOUGH))
"""Decimals of requests that count: less is not called unserved."""
_SAID = " costs least over the horizon"
HEADLINES = {
    True: {
        Standing.WITHIN_RULES: "Of the options that serve every request within the rules, ",
        Standing.SERVES_ALL: "No option serves every request within the rules; of those that serve "
        "every request, ",
        Standing.FALLS_SHORT: "No option serves every request; ",
    },
    False: {
        Standing.WITHIN_RULES: "Of the options that serve every request, ",
        Standing.FALLS_SHORT: "No option serves every request; ",
    },
}
"""What comes before the name, with rules that can rule options out and without."""


def _ranks(summary: Summary, columns: _Columns) -> str:
    """The standing of every option as a formula; empty where all of them always stand alike."""
    short = _short_cells(summary, columns) if UNSERVED in columns.figures else ""
    barred = f'({_barred_cells(summary, columns)}<>"")' if columns.ruled_out else ""
    wanting = f"(({'+'.join(filter(None, (short, barred)))})>0)"
    return f"({'+'.join(filter(None, (short, wanting)))})" if short or barred else ""


def _standing(job: Job, summary: Summary, option: OptionSummary) -> Standing:
    """How an option stands at export."""
    if _leaves_unserved(job, option):
        return Standing.FALLS_SHORT
    barred = is_ruled_out(job, summary, option)
    return Standing.SERVES_ALL if barred else Standing.WITHIN_RULES


def _barred_cells(summary: Summary, columns: _Columns) -> str:
    """The cells that say what is in the way of each option; empty where nothing is."""
    last = _FIRST_OPTION + len(summary.options) - 1
    return f"{cell(columns.barred, _FIRST_OPTION)}:{cell(columns.barred, last)}"


def _leaves_unserved(job: Job, option: OptionSummary) -> bool:
    """Whether an option leaves requests unserved."""
    line = option.figures.get(UNSERVED)
    return line is not None and round(float(job.values.monthly(line).sum()), _DIGITS) > 0


def _short_cells(summary: Summary, columns: _Columns) -> str:
    """1 for each option that leaves requests unserved, 0 where it serves everything."""
    column = FIRST_FIGURE + columns.figures.index(UNSERVED)
    last = _FIRST_OPTION + len(summary.options) - 1
    return f"(ROUND({cell(column, _FIRST_OPTION)}:{cell(column, last)},{_DIGITS})>0)"


def _served(canvas: Canvas, job: Job, summary: Summary, columns: _Columns) -> None:
    """Whether the options can be compared: whether all of them serve all requests."""
    if UNSERVED not in columns.figures:
        return
    yes = "Every option serves all requests."
    of = f" of {len(summary.options)}"
    one = f"1{of} leaves requests unserved, so its cost is for less work."
    no = f"{of} leave requests unserved, so their cost is for less work."
    short = sum(_leaves_unserved(job, option) for option in summary.options)
    count = f"SUMPRODUCT(--{_short_cells(summary, columns)})"
    formula = f'IF({count}=0,"{yes}",IF({count}=1,"{one}",{count}&"{no}"))'
    said = {0: yes, 1: one}.get(short, f"{short}{no}")
    if columns.ruled_out:
        barred = f'SUMPRODUCT(--({_barred_cells(summary, columns)}<>""))'
        not_all = f"{of} may not serve all of them: see {RULED_OUT}."
        formula += f'&IF({barred}=0,""," "&{barred}&"{not_all}")'
        number = sum(is_ruled_out(job, summary, option) for option in summary.options)
        said += f" {number}{not_all}" if number else ""
    canvas.formula(_SERVED_ROW, NAME, formula, said, BODY)
    canvas.sheet.conditional_format(
        _SERVED_ROW - 1, NAME, _SERVED_ROW - 1, NAME,
        {
            "type": "text", "criteria": "containing", "value": "unserved",
            "format": canvas.book.file.add_format({"font_color": BAD, "bold": True}),
        },
    )  # fmt: skip


def _headings(canvas: Canvas, job: Job, summary: Summary, columns: _Columns) -> None:
    """Titles and, below them, units."""
    baseline = summary.options[summary.baseline].name
    money = job.cover.currency
    units = {
        title: line.unit for option in summary.options for title, line in option.figures.items()
    }
    headings = [
        ("Option", ""), ("Total cost (TCO)", money), (f"Against {baseline}", money),
        (f"Against {baseline}", "%"), ("Net present value of the cost", money),
        *((title, units[title]) for title in columns.figures),
        (f"Has cost no more than {baseline} from month", "month number"),
        *([(RULED_OUT, "")] if columns.ruled_out else []),
    ]  # fmt: skip
    canvas.text(_TABLE_ROW, MARGIN, "No.", HEADING)
    canvas.text(_TABLE_ROW + 1, MARGIN, "", QUIET)
    for column, (text, unit) in enumerate(headings, start=NAME):
        align = "left" if column == NAME else "right"
        canvas.text(_TABLE_ROW, column, text, HEADING, align=align, text_wrap=True)
        canvas.text(_TABLE_ROW + 1, column, unit, QUIET, align=align)
    lines = max(_lines_of(text) for text, _ in headings[1:])
    canvas.sheet.set_row(_TABLE_ROW - 1, max(42, 14 * min(lines, 6)))


def _lines_of(heading: str) -> int:
    """Lines that a heading takes above a column of numbers."""
    return math.ceil(width(heading) / (_NUMBER_WIDTH - 3))


def _write_option(
    canvas: Canvas, job: Job, summary: Summary, number: int, columns: _Columns
) -> tuple[tuple[str, str], ...]:
    """Write the row of an option; returns the cells that repeat lines, and those lines' cells."""
    option = summary.options[number]
    row, base_row = _FIRST_OPTION + number, _FIRST_OPTION + summary.baseline
    base = job.values.number(summary.options[summary.baseline].tco)
    tco = job.values.number(option.tco)
    canvas.number(row, MARGIN, number + 1, QUIET, "0", align="center")
    canvas.text(row, NAME, option.name, BODY, left=5, left_color=option.colour, indent=1, bold=True)
    tco_cell, base_cell = cell(TCO, row), cell(TCO, base_row)
    money = line_format(option.tco.unit, [tco]).code
    canvas.formula(row, DIFFERENCE, f"{tco_cell}-{base_cell}", tco - base, CALCULATED, money)
    canvas.formula(
        row, SHARE, f"IF({base_cell}=0,0,{tco_cell}/{base_cell}-1)",
        tco / base - 1 if base else 0.0, CALCULATED, '0.0%_);(0.0%);"–"_)',
    )  # fmt: skip
    figures = {TCO: option.tco, NPV: option.npv}
    figures |= {
        column: option.figures[title]
        for column, title in enumerate(columns.figures, start=FIRST_FIGURE)
        if title in option.figures
    }
    for column, line in figures.items():
        write_figure(canvas, job, row, column, line)
    _pays_off(canvas, job, summary, number, columns.pays_off)
    if columns.ruled_out:
        write_ruled_out(canvas, job, summary, option, (row, columns.barred))
    lines = References(job.layout, CHECKS)
    return tuple(
        (f"{SUMMARY}!{cell(column, row)}", lines.total(line)) for column, line in figures.items()
    )


def _notes(canvas: Canvas, summary: Summary, row: int, notes: Sequence[str]) -> None:
    """What the columns mean."""
    baseline = summary.options[summary.baseline].name
    for text in notes:
        canvas.text(row, NAME, text.format(baseline=baseline), QUIET)
        row += 1


def _shown(
    job: Job, summary: Summary, number: int, figures: tuple[tuple[str, str], ...], total_row: int
) -> Shown:
    option, lines = summary.options[number], References(job.layout, CHECKS)
    return Shown(
        option.name,
        figures,
        (ChartRows.of(summary).series(job, number), lines.all_months(option.cumulative)),
        (
            f"{SUMMARY}!{cell(TCO + number, total_row)}",
            f"{SUMMARY}!{cell(TCO, _FIRST_OPTION + number)}",
        ),
        job.values.number(option.tco),
        option.tco.unit,
    )


def _pays_off(canvas: Canvas, job: Job, summary: Summary, number: int, column: int) -> None:
    """The month from which an option has cost no more than the baseline, in words where needed."""
    row = _FIRST_OPTION + number
    if number == summary.baseline:
        canvas.text(row, column, "baseline", BODY, align="right")
        return
    month = ChartRows.of(summary).break_even(number)
    value = break_even_month(job, summary, number)
    formula = f'IF({month}=0,"never",IF({month}=1,"from the start",{month}))'
    shown = {0.0: "never", 1.0: "from the start"}.get(value, value)
    canvas.formula(row, column, formula, shown, LINK, "0", align="right")
