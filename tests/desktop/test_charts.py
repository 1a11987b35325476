"""Charts: what is drawn, not which pixels."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from desktop.charts.draw import draw, spot_at
from desktop.charts.spec import Bars, Ink, Lines, LineSeries, Marker, Part
from desktop.charts.style import families_of

INK = Ink("#1a1e24", "#57606c", "#e4e7ec", "#ffffff", "#1d5bb8")
MONTHS = np.arange(1.0, 13.0)


def lines(**changes: object) -> Lines:
    values: dict[str, object] = {
        "title": "B has cost less than A from month 6 on",
        "summary": "Two lines.",
        "x_title": "month",
        "y_title": "USD",
        "months": tuple(f"2027-{m:02d}" for m in range(1, 13)),
        "series": (
            LineSeries("A", "#0072B2", "a.cumulative", MONTHS * 10),
            LineSeries("B", "#E69F00", "b.cumulative", 36 + MONTHS * 4),
        ),
        "number": lambda value: f"{value:.0f}",
        "marker": Marker(6, 60.0, "month 6, USD 60"),
        "month_heading": "Month",
    }
    return Lines(**(values | changes))  # type: ignore[arg-type]


def bars() -> Bars:
    return Bars(
        title="Rent is the largest part",
        summary="Two bars.",
        x_title="USD",
        bars=("A", "B"),
        bar_colours=("#0072B2", "#E69F00"),
        totals=(30.0, 25.0),
        parts=(
            Part("Rent", "#44BB99", (30.0, 0.0), ("a.rent", "")),
            Part("Purchase", "#EEDD88", (0.0, 30.0), ("", "b.purchase")),
            Part("Resale", "#AAAA00", (0.0, -5.0), ("", "b.resale")),
        ),
        number=lambda value: f"{value:.0f}",
        heading="Category",
    )


def drawn(spec: Lines | Bars, width: float = 9.0, dpi: int = 100) -> Figure:
    figure = Figure(figsize=(width, 3), dpi=dpi)
    FigureCanvasAgg(figure)
    draw(figure, spec, INK)
    figure.canvas.draw()
    return figure


def texts(figure: Figure) -> list[str]:
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    return [*found, *(text.get_text() for text in figure.texts)]


def test_that_lines_have_the_values_and_colours_of_the_options() -> None:
    axes = drawn(lines()).axes[0]
    named = {line.get_label(): line for line in axes.lines}
    np.testing.assert_array_equal(named["A"].get_ydata(), MONTHS * 10)
    assert to_hex(named["B"].get_color()).upper() == "#E69F00"
    assert "break-even" in named


def test_that_title_labels_and_break_even_are_written() -> None:
    said = texts(drawn(lines()))
    assert "B has cost less than A from month 6 on" in said
    assert "A\n120" in said
    assert "month 6, USD 60" in said


def test_that_the_zero_line_is_always_in_sight() -> None:
    low, high = drawn(lines()).axes[0].get_ylim()
    assert low <= 0 < high


def test_that_end_labels_do_not_overlap_even_where_lines_end_together() -> None:
    series = tuple(
        LineSeries(f"Option {n}", "#0072B2", f"{n}", MONTHS * (10 + n / 100)) for n in range(5)
    )
    figure = drawn(lines(series=series, marker=None))
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = sorted(
        (
            text.get_window_extent(renderer)
            for text in figure.axes[0].texts
            if isinstance(text, Annotation)
        ),
        key=lambda box: box.y0,
    )
    assert len(boxes) == 5
    for below, above in pairwise(boxes):
        assert above.y0 >= below.y1 - 4
    assert all(box.x1 <= figure.bbox.width for box in boxes)


def test_that_a_dollar_sign_in_a_name_is_text_and_not_a_formula() -> None:
    series = (LineSeries("Costs $5 and $6_x", "#0072B2", "a", MONTHS),)
    assert "Costs $5 and $6_x\n12" in texts(drawn(lines(series=series, marker=None)))


def test_that_receipts_lie_left_of_zero_and_totals_are_net() -> None:
    figure = drawn(bars())
    widths = [patch.get_width() for patch in figure.axes[0].patches]
    starts = [patch.get_x() for patch in figure.axes[0].patches]
    assert widths == [30, 0, 0, 30, 0, -5]
    assert starts[-1] == 0
    assert "25" in texts(figure)


@pytest.mark.parametrize("dpi", [100, 200])
def test_that_a_point_on_a_line_stands_for_its_ledger_line_and_month(dpi: int) -> None:
    spec = lines()
    figure = drawn(spec, dpi=dpi)
    x, y = figure.axes[0].transData.transform((9, 90))
    spot = spot_at(figure, spec, x, y)
    assert spot is not None
    assert (spot.key, spot.month) == ("a.cumulative", 9)
    assert "2027-09: 90" in spot.text
    assert spot_at(figure, spec, x, y + 200 * dpi / 100) is None


def test_that_a_point_on_a_segment_stands_for_its_category() -> None:
    spec = bars()
    figure = drawn(spec)
    x, y = figure.axes[0].transData.transform((15, 0))
    spot = spot_at(figure, spec, x, y)
    assert spot is not None
    assert spot.key == "a.rent"


def test_that_the_table_of_a_chart_has_its_numbers() -> None:
    table = lines().table()
    assert table.headings == ("Month", "A", "B")
    assert table.rows[5] == ("2027-06", 60.0, 60.0)
    assert bars().table().rows[2] == ("Resale", 0.0, -5.0)


def test_that_svg_keeps_text_as_text(tmp_path) -> None:  # noqa: ANN001
    import matplotlib as mpl

    from desktop.charts.style import settings

    path = tmp_path / "chart.svg"
    with mpl.rc_context(settings()):  # type: ignore[arg-type]
        drawn(lines()).savefig(path)
    assert "month 6, USD 60" in path.read_text(encoding="utf-8")


def test_that_charts_have_a_chinese_font_where_the_system_has_one() -> None:
    assert families_of(["Segoe UI", "SimHei", "Microsoft YaHei", "Arial"]) == [
        "Segoe UI",
        "Microsoft YaHei",
    ]
    assert families_of(["DejaVu Sans", "Noto Sans CJK SC", "SimHei"]) == [
        "Noto Sans CJK SC",
        "DejaVu Sans",
    ]
    assert families_of(["Arial"]) == ["DejaVu Sans"]
