"""Native charts of the summary, in the colours of the options."""

from typing import Any

from xlsxwriter.chart import Chart

from pricing.workbook.cells import FIRST_MONTH, HEADING_ROW, LABEL
from pricing.workbook.contents import Summary
from pricing.workbook.job import Job
from pricing.workbook.sheets.chart_data import CHART_DATA, chart_rows
from pricing.workbook.styles import CATEGORY_COLOURS, FONT, GREY, NAVY
from pricing.workbook.xlsx import Canvas

HEIGHT = 420
_NAME, _FIRST_OPTION = 1, 2


def insert_cumulative_chart(canvas: Canvas, job: Job, summary: Summary, row: int) -> None:
    """Cost so far of every option as a line per option."""
    chart = canvas.book.file.add_chart({"type": "line"})
    last = job.layout.last_month
    for option, data_row in zip(summary.options, chart_rows(summary).cumulative, strict=True):
        chart.add_series(
            {
                "name": [CHART_DATA, data_row - 1, LABEL],
                "categories": [CHART_DATA, HEADING_ROW - 1, FIRST_MONTH, HEADING_ROW - 1, last],
                "values": [CHART_DATA, data_row - 1, FIRST_MONTH, data_row - 1, last],
                "line": {"color": option.colour, "width": 2.25},
            }
        )
    largest = max(
        (abs(job.values.monthly(option.cumulative)).max() for option in summary.options), default=0
    )
    _dress(chart, "Cost so far", f"{job.cover.currency}", float(largest))
    chart.set_x_axis(
        {
            "date_axis": True, "num_format": "mmm yy", "num_font": _small(),
            "line": {"color": GREY},
            "major_unit": max(1, job.layout.ledger.months // 6), "major_unit_type": "months",
        }
    )  # fmt: skip
    chart.set_size({"width": 660, "height": HEIGHT})
    canvas.sheet.insert_chart(
        row - 1, _NAME, chart, {"description": "Cost so far of every option, month by month"}
    )


def insert_category_chart(
    canvas: Canvas,
    job: Job,
    summary: Summary,
    names_row: int,
    last_row: int,
    row: int,
    columns: int,
) -> None:
    """Cost over the horizon as a stack of categories per option."""
    chart = canvas.book.file.add_chart({"type": "column", "subtype": "stacked"})
    last = _FIRST_OPTION + len(summary.options) - 1
    for number, data_row in enumerate(range(names_row + 1, last_row + 1)):
        chart.add_series(
            {
                "name": [canvas.name, data_row - 1, _NAME],
                "categories": [canvas.name, names_row - 1, _FIRST_OPTION, names_row - 1, last],
                "values": [canvas.name, data_row - 1, _FIRST_OPTION, data_row - 1, last],
                "fill": {"color": CATEGORY_COLOURS[number % len(CATEGORY_COLOURS)]},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    largest = max((abs(job.values.number(option.tco)) for option in summary.options), default=0)
    _dress(chart, "Total cost by category", f"{job.cover.currency}", largest)
    chart.set_x_axis({"num_font": _small(), "line": {"color": GREY}, "label_position": "low"})
    chart.set_size({"width": 660, "height": HEIGHT})
    canvas.sheet.insert_chart(
        row - 1, _NAME, chart,
        {"x_offset": 690, "description": "Total cost of every option, stacked by category"},
    )  # fmt: skip
    assert columns > _FIRST_OPTION


def _dress(chart: Chart, title: str, unit: str, largest: float) -> None:
    chart.set_title(
        {"name": title, "name_font": {"name": FONT, "size": 12, "bold": True, "color": NAVY},
         "overlay": False}
    )  # fmt: skip
    chart.set_legend({"position": "bottom", "font": _small()})
    scaled, suffix = _scale(largest)
    chart.set_y_axis(
        {
            "name": f"{unit}{suffix}", "name_font": {**_small(), "bold": False},
            "num_format": scaled, "num_font": _small(), "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#E3E8ED", "width": 0.75}},
        }
    )  # fmt: skip
    chart.set_chartarea({"border": {"color": "#E3E8ED"}})
    chart.show_blanks_as("gap")


def _scale(largest: float) -> tuple[str, str]:
    if largest >= 5e6:
        return "#,##0.0,,", ", millions"
    if largest >= 5e4:
        return "#,##0,", ", thousands"
    return "#,##0", ""


def _small() -> dict[str, Any]:
    return {"name": FONT, "size": 9, "color": GREY}
