"""Native charts of the summary, in the colours of the options."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart

from pricing.workbook.cells import FIRST_MONTH, HEADING_ROW, LABEL
from pricing.workbook.contents import Summary
from pricing.workbook.job import Job
from pricing.workbook.sheets.chart_data import CHART_DATA, ChartRows
from pricing.workbook.styles import CATEGORY_COLOURS, FONT, GREY, NAVY
from pricing.workbook.xlsx import Canvas

GAP = 14
"""Pixels between two charts."""

_NAME, _FIRST_OPTION = 1, 2
_PALE = "#E3E8ED"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the charts stand and how large each is."""

    row: int
    width: int
    height: int


def insert_cumulative_chart(canvas: Canvas, job: Job, summary: Summary, frame: Frame) -> None:
    """Cost so far of every option as a line per option."""
    chart = canvas.book.file.add_chart({"type": "line"})
    last = job.layout.last_month
    for option, row in zip(summary.options, ChartRows.of(summary).cumulative, strict=True):
        chart.add_series(
            {
                "name": [CHART_DATA, row - 1, LABEL],
                "categories": [CHART_DATA, HEADING_ROW - 1, FIRST_MONTH, HEADING_ROW - 1, last],
                "values": [CHART_DATA, row - 1, FIRST_MONTH, row - 1, last],
                "line": {"color": option.colour, "width": 2.25},
            }
        )
    largest = max(abs(job.values.monthly(option.cumulative)).max() for option in summary.options)
    _dress(chart, f"Cost so far, {job.cover.currency}", float(largest))
    chart.set_x_axis(
        {
            "date_axis": True, "num_format": "mmm yy", "num_font": _small(),
            "line": {"color": GREY}, "major_unit": max(1, job.layout.ledger.months // 6),
            "major_unit_type": "months",
        }
    )  # fmt: skip
    _insert(canvas, chart, frame, 0, "Cost so far of every option, month by month")


def insert_category_chart(
    canvas: Canvas, job: Job, summary: Summary, rows: range, frame: Frame
) -> None:
    """Cost over the horizon as a stack of categories per option; `rows` start with the names."""
    chart = canvas.book.file.add_chart({"type": "column", "subtype": "stacked"})
    last = _FIRST_OPTION + len(summary.options) - 1
    names = rows[0] - 1
    for number, row in enumerate(rows[1:]):
        chart.add_series(
            {
                "name": [canvas.name, row - 1, _NAME],
                "categories": [canvas.name, names, _FIRST_OPTION, names, last],
                "values": [canvas.name, row - 1, _FIRST_OPTION, row - 1, last],
                "fill": {"color": CATEGORY_COLOURS[number % len(CATEGORY_COLOURS)]},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    largest = max(abs(job.values.number(option.tco)) for option in summary.options)
    _dress(chart, f"Total cost by category, {job.cover.currency}", largest)
    level = {**_small(), "rotation": 0}
    chart.set_x_axis({"num_font": level, "line": {"color": GREY}, "label_position": "low"})
    what = "Total cost of every option, stacked by category"
    _insert(canvas, chart, frame, frame.width + GAP, what)


def _insert(canvas: Canvas, chart: Chart, frame: Frame, offset: int, description: str) -> None:
    chart.set_size({"width": frame.width, "height": frame.height})
    place = {"x_offset": offset, "description": description, "object_position": 2}
    canvas.sheet.insert_chart(frame.row - 1, _NAME, chart, place)


def _dress(chart: Chart, title: str, largest: float) -> None:
    number_format, scale = _scale(largest)
    font = {"name": FONT, "size": 12, "bold": True, "color": NAVY}
    chart.set_title({"name": title + scale, "name_font": font, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _small()})
    chart.set_y_axis(
        {
            "num_format": number_format, "num_font": _small(), "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": _PALE, "width": 0.75}},
        }
    )  # fmt: skip
    chart.set_chartarea({"border": {"color": _PALE}})
    chart.show_blanks_as("gap")


def _scale(largest: float) -> tuple[str, str]:
    """Number format of an axis, and the words that say its scale."""
    if largest >= 5e6:
        return "#,##0.0,,", " millions"
    if largest >= 5e4:
        return "#,##0,", " thousands"
    return "#,##0", ""


def _small() -> dict[str, Any]:
    return {"name": FONT, "size": 9, "color": GREY}
