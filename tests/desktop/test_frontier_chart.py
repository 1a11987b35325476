"""The frontier: its line, what is proven, words that hide nothing, what a pointer finds."""

from itertools import combinations, pairwise
from math import nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.charts.draw import spot_at
from desktop.charts.spec import Frontier, FrontierMark, FrontierPoint
from desktop.dialogs.chart_table import ChartTableModel
from desktop.pages.chart_view import FRONTIER_HEIGHT, ChartView, ink_of
from desktop.theme.apply import Theme
from desktop.theme.tokens import DARK, LIGHT, Tokens
from tests.desktop.flows import COLOURS, INK, NAMES, drawn

SLOW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
POINTS = (
    FrontierPoint(70.0, 100.0, 99.0, "small model"),
    FrontierPoint(80.0, 120.0, 115.0, "cascade"),
    FrontierPoint(90.0, 170.0, nan, "router"),
    FrontierPoint(95.0, 260.0, 240.0, "large model", "4 servers"),
)
MARKS = (
    FrontierMark(85.0, 220.0, "Current plan", "#57606c"),
    FrontierMark(95.0, 300.0, "All on Closed API", COLOURS[1], key="api"),
)


def frontier(**changes: object) -> Frontier:
    values: dict[str, object] = {
        "title": "The last five points of quality cost as much as the first twenty",
        "summary": "Four points.",
        "x_title": "Quality floor, %",
        "y_title": "Cost over 36 months, k USD",
        "points": POINTS,
        "marks": MARKS,
        "number": lambda value: f"{value:.0f} k",
        "x_number": lambda value: f"{value:.0f} %",
        "bound_name": "Proven",
        "headings": ("Plan", "Quality", "Cost", "Proven"),
    }
    return Frontier(**(values | changes))  # type: ignore[arg-type]


def line(figure: Figure, label: str) -> np.ndarray:
    found = next(each for each in figure.axes[0].lines if each.get_label() == label)
    return np.column_stack([found.get_xdata(), found.get_ydata()])


def words(figure: Figure) -> dict[str, tuple[float, float, float, float]]:
    """Texts beside points and the room the renderer gives them, in pixels."""
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found = {}
    for text in figure.axes[0].texts:
        text.update_positions(renderer)
        box = Text.get_window_extent(text, renderer)
        found[f"{len(found)} {text.get_text()}"] = (box.x0, box.y0, box.x1, box.y1)
    return found


def assert_legible(figure: Figure, spec: Frontier) -> None:
    axes, found = figure.axes[0], words(figure)
    for text, box in found.items():
        assert box[0] >= axes.bbox.x0 - 1, text
        assert box[1] >= axes.bbox.y0 - 1, text
        assert box[2] <= figure.bbox.width, text
        assert box[3] <= axes.bbox.y1 + 1, text
    for (one, a), (other, b) in combinations(found.items(), 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        along = min(a[3], b[3]) - max(a[1], b[1])
        assert min(across, along) <= 1, f"{one} lies on {other}"
    everything = [*spec.points, *spec.marks]
    for x, y in axes.transData.transform([(each.x, each.y) for each in everything]):
        for text, box in found.items():
            assert not (box[0] < x < box[2] and box[1] < y < box[3]), text


@st.composite
def frontiers(pick: st.DrawFn) -> Frontier:
    """1 to 25 points that rise or fall, some proven, with up to five marks."""
    count = pick(st.integers(1, 25))
    steps = st.lists(st.floats(0.0, 50.0), min_size=count, max_size=count)
    x = np.cumsum(np.array(pick(steps)) + 0.1)
    y = 1000.0 + np.cumsum(pick(steps)) * pick(st.sampled_from((1.0, -0.1)))
    gaps = pick(st.lists(st.sampled_from((0.0, 0.02, 0.3, nan)), min_size=count, max_size=count))
    names = st.sampled_from((*NAMES, "", "4 servers", "10 %"))
    points = tuple(
        FrontierPoint(float(a), float(b), float(b * (1 - gap)), pick(names))
        for a, b, gap in zip(x, y, gaps, strict=True)
    )
    marks = tuple(
        FrontierMark(
            pick(st.sampled_from([float(a) for a in x])), pick(st.floats(800, 2500)),
            pick(names), COLOURS[0],
        )
        for _ in range(pick(st.integers(0, 5)))
    )  # fmt: skip
    return frontier(
        points=points, marks=marks, steps=pick(st.booleans()),
        selected=pick(st.one_of(st.none(), st.integers(0, count - 1))),
    )  # fmt: skip


@SLOW
@given(frontiers(), st.sampled_from([(9.0, 3.68), (5.0, 3.0)]))
def test_that_words_hide_neither_each_other_nor_a_point(
    spec: Frontier, size: tuple[float, float]
) -> None:
    assert_legible(drawn(spec, *size), spec)


@pytest.mark.parametrize("falling", [False, True])
def test_that_words_of_a_step_stand_above_the_step_they_belong_to(falling: bool) -> None:
    costs = [5.4, 5.7, 5.9, 6.2, 6.6, 7.0]
    x = [float(place) for place in range(6)]
    points = tuple(
        FrontierPoint(at, cost, cost - 0.2, f"USD {cost} m (+10 %)")
        for at, cost in zip(x, costs[::-1] if falling else costs, strict=True)
    )
    figure = drawn(frontier(points=points, marks=(), steps=True))
    to_pixels = figure.axes[0].transData.transform
    found = {text[2:]: box for text, box in words(figure).items()}
    assert set(found) == {point.label for point in points}
    ends = (points[0], points[-1])
    for point in points:
        left, low, right, _high = found[point.label]
        at, height = to_pixels((point.x, point.y))
        assert low > height or point in ends
        assert (left >= at if falling else right <= at) or point in ends


@pytest.mark.parametrize("mark", [True, False])
def test_that_no_words_cross_the_line_and_a_mark_on_a_point_shares_its_words(mark: bool) -> None:
    """As the sample's frontier: the plan now is its first point."""
    costs = [5.41, 5.65, 5.91, 6.11, 6.36, 6.65, 7.29, 8.29]
    x = [78.0, 79.4, 80.8, 82.2, 83.6, 85.0, 86.4, 87.8]
    points = tuple(
        FrontierPoint(at, cost, below, f"USD {cost} m (+10 %)")
        for at, cost, below in zip(x, costs, [5.4, *costs[:-1]], strict=True)
    )
    marks = (FrontierMark(78.0, 5.412, "Now", COLOURS[0]),) if mark else ()
    figure = drawn(frontier(points=points, marks=marks, steps=True), width=10.5, height=3.6)
    found = words(figure)
    said = {text[2:] for text in found}
    assert ("Now, USD 5.41 m (+10 %)" if mark else "USD 5.41 m (+10 %)") in said
    assert "Now" not in said
    corners = figure.axes[0].transData.transform(line(figure, "frontier"))
    for (x0, y0), (x1, y1) in pairwise(corners):
        for at in np.linspace(0, 1, 200):
            across, up = x0 + at * (x1 - x0), y0 + at * (y1 - y0)
            for text, (left, low, right, high) in found.items():
                assert not (left + 2 < across < right - 2 and low + 2 < up < high - 2), text


@pytest.mark.parametrize("dpi", [100, 200])
def test_that_selected_point_and_marks_are_always_named(dpi: int) -> None:
    crowd = tuple(
        FrontierPoint(70 + n, 100.0 + n, nan, f"a plan with a long name {n}") for n in range(25)
    )
    spec = frontier(points=crowd, selected=12)
    figure = drawn(spec, dpi=dpi)
    said = " ".join(words(figure))
    for text in ("a plan with a long name 12", "Current plan", "All on Closed API"):
        assert text in said
    assert_legible(figure, spec)


def test_that_the_line_leads_straight_from_point_to_point() -> None:
    expected = [(point.x, point.y) for point in POINTS]
    np.testing.assert_array_equal(line(drawn(frontier()), "frontier"), expected)


def test_that_a_step_costs_what_the_next_stricter_floor_costs() -> None:
    figure = drawn(frontier(steps=True))
    assert line(figure, "frontier").tolist() == [
        [70, 100], [70, 120], [80, 120], [80, 170], [90, 170], [90, 260], [95, 260],
    ]  # fmt: skip
    np.testing.assert_array_equal(line(figure, "bound")[:3], [[70, 99], [80, 99], [80, 115]])


def test_that_a_step_costs_what_the_next_smaller_budget_costs() -> None:
    falling = (FrontierPoint(0, 9.0, 8.0, ""), FrontierPoint(5, 6.0, 5.0, ""))
    figure = drawn(frontier(points=falling, marks=(), steps=True))
    assert line(figure, "frontier").tolist() == [[0, 9], [5, 9], [5, 6]]
    assert line(figure, "bound").tolist() == [[0, 8], [0, 5], [5, 5]]


@SLOW
@given(frontiers())
def test_that_what_is_proven_is_never_drawn_above_what_was_found(spec: Frontier) -> None:
    figure = drawn(spec)
    if not any(each.get_label() == "bound" for each in figure.axes[0].lines):
        assert all(np.isnan(point.bound_y) for point in spec.points)
        return
    found, bound = line(figure, "frontier"), line(figure, "bound")
    assert found.shape == bound.shape
    assert not (bound[:, 1] > found[:, 1] + 1e-9).any()


def test_that_no_band_is_drawn_where_nothing_is_proven() -> None:
    assert len(drawn(frontier()).axes[0].patches) == 1
    unproven = tuple(FrontierPoint(p.x, p.y, nan, p.label) for p in POINTS)
    figure = drawn(frontier(points=unproven))
    assert not figure.axes[0].patches
    assert not figure.legends


def test_that_everything_is_in_sight_and_a_gap_is_not_exaggerated() -> None:
    axes = drawn(frontier()).axes[0]
    assert axes.get_xlim()[0] < 70
    assert axes.get_xlim()[1] > 95
    assert axes.get_ylim()[0] == 0, "the cheapest costs a third of the dearest: shown from zero"
    assert axes.get_ylim()[1] > 300
    close = (FrontierPoint(1, 100.0, 99.0, ""), FrontierPoint(2, 101.0, 100.0, ""))
    assert drawn(frontier(points=close, marks=())).axes[0].get_ylim()[0] > 90


@pytest.mark.parametrize("dpi", [100, 200])
def test_that_a_pointer_on_a_point_finds_its_position_and_says_its_numbers(dpi: int) -> None:
    spec = frontier()
    figure = drawn(spec, dpi=dpi)
    to_pixels = figure.axes[0].transData.transform
    for index, point in enumerate(POINTS):
        spot = spot_at(figure, spec, *to_pixels((point.x, point.y)))
        assert spot is not None
        assert spot.key == str(index)
    assert spot.text == (
        "large model\nQuality floor, %: 95 %\nCost over 36 months, k USD: 260 k\n"
        "Proven: 240 k\n4 servers"
    )
    mark = spot_at(figure, spec, *to_pixels((95.0, 300.0)))
    assert mark is not None
    assert mark.key == "api"
    assert spot_at(figure, spec, *to_pixels((72.0, 250.0))) is None


def test_that_the_selected_point_is_larger_and_ringed() -> None:
    axes = drawn(frontier(selected=1)).axes[0]
    ring = next(each for each in axes.lines if each.get_label() == "selected")
    other = next(each for each in axes.lines if each.get_label() == "point")
    assert ring.get_xdata()[0] == 80
    assert ring.get_markersize() > other.get_markersize()
    assert to_hex(ring.get_markeredgecolor()) == INK.text


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_that_colours_are_those_of_the_scheme_and_the_options(tokens: Tokens) -> None:
    axes = drawn(frontier(), ink=ink_of(tokens)).axes[0]
    named = {each.get_label(): each for each in axes.lines}
    assert to_hex(named["frontier"].get_color()) == tokens.accent
    marks = [to_hex(e.get_markerfacecolor()) for e in axes.lines if e.get_label() == "mark"]
    assert marks == ["#57606c", COLOURS[1].lower()]
    assert {to_hex(text.get_color()) for text in axes.texts} == {tokens.text}


def test_that_the_table_has_points_and_marks_and_no_number_where_nothing_is_proven() -> None:
    model = ChartTableModel(frontier().table())
    rows = [row.split("\t") for row in model.as_text().splitlines()]
    assert rows[0] == ["Plan", "Quality", "Cost", "Proven"]
    assert rows[2] == ["cascade", "80 %", "120.0", "115.0"]
    assert rows[3] == ["router", "90 %", "170.0", ""]
    assert rows[5] == ["Current plan", "85 %", "220.0", ""]


@pytest.mark.parametrize(
    ("points", "marks"), [((), ()), (POINTS[:1], ()), ((), MARKS), (POINTS[2:3], MARKS)]
)
@pytest.mark.parametrize("steps", [False, True])
def test_that_few_points_are_drawn(
    points: tuple[FrontierPoint, ...], marks: tuple[FrontierMark, ...], steps: bool
) -> None:
    spec = frontier(points=points, marks=marks, steps=steps)
    figure = drawn(spec)
    assert_legible(figure, spec) if points or marks else None
    low, high = figure.axes[0].get_xlim()
    assert low < high
    spot_at(figure, spec, 200, 200)


def test_that_svg_keeps_words_as_words(tmp_path: Path) -> None:
    import matplotlib as mpl

    from desktop.charts.style import settings as chart_settings

    path = tmp_path / "frontier.svg"
    with mpl.rc_context(chart_settings()):  # type: ignore[arg-type]
        drawn(frontier()).savefig(path)
    assert "Current plan" in path.read_text(encoding="utf-8")


def test_that_a_click_on_the_screen_reports_the_position(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp)
    theme.use("light")
    view = ChartView(theme)
    qtbot.addWidget(view)
    view.resize(900, FRONTIER_HEIGHT)
    view.show_chart(frontier())
    view.show()
    qtbot.waitUntil(lambda: view.figure is not None and bool(view.figure.axes))
    qtbot.wait(100)
    x, y = view.figure.axes[0].transData.transform((90.0, 170.0))
    asked: list[tuple[str, object]] = []
    view.figure_clicked.connect(lambda key, month: asked.append((key, month)))
    view.clicked_at(QPointF(x, view.figure.bbox.height - y))
    assert asked == [("2", None)]
    assert view.height() == FRONTIER_HEIGHT
