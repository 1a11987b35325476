"""The curve and the strip: what is drawn, where, and what a pointer finds."""

import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from desktop.charts.draw import draw, spot_at
from desktop.charts.spec import Band, Curve, Dot, Ink, Limit, Piece, Strip

INK = Ink("#1a1e24", "#57606c", "#e4e7ec", "#ffffff", "#1d5bb8")
X = np.linspace(10.0, 100.0, 10)
Y = 1000 * np.sqrt(X)


def curve(**changes: object) -> Curve:
    values: dict[str, object] = {
        "title": "With 50 ms per token one server gives 6 k tokens/s",
        "summary": "A curve.",
        "x_title": "ms",
        "y_title": "tokens/s",
        "x": X,
        "y": Y,
        "labels": tuple(f"batch {n}" for n in range(10)),
        "colour": "#0072B2",
        "number": lambda value: f"{value:.0f}",
        "x_number": lambda value: f"{value:.0f}",
        "chosen": Dot(50.0, 6000.0, "planned: 80 % load"),
        "right": 90.0,
        "steps": ((0, "1"), (4, "16")),
        "band": Band("80 % interval", X * 1.2, Y * 0.8, X * 0.8, Y * 1.2),
        "limit": Limit(50.0, "target: 50 ms"),
        "dots": (
            Dot(30.0, 4000.0, "measured here"),
            Dot(math.nan, 2000.0, "no time per token"),
            Dot(200.0, 9000.0, "far away"),
            Dot(60.0, 7500.0, "our lab", strong=True),
        ),
        "legend": ("this accelerator", "its family", "your own"),
        "headings": ("batch", "ms"),
        "rows": (("1", 10.0),),
    }
    return Curve(**(values | changes))  # type: ignore[arg-type]


def strip(**changes: object) -> Strip:
    values: dict[str, object] = {
        "title": "Weights take most",
        "summary": "A strip.",
        "pieces": (
            Piece("Weights", "#77AADD", 60.0),
            Piece("Cache", "#44BB99", 38.0),
            Piece("Buffers", "#EEDD88", 1.0),
            Piece("Free", "", 1.0),
        ),
        "number": lambda value: f"{value:.0f} GiB",
        "heading": "Part",
        "unit": "GiB",
    }
    return Strip(**(values | changes))  # type: ignore[arg-type]


def drawn(spec: Curve | Strip, width: float = 10.0, dpi: int = 100) -> Figure:
    figure = Figure(figsize=(width, 3.36 if isinstance(spec, Curve) else 1.12), dpi=dpi)
    FigureCanvasAgg(figure)
    draw(figure, spec, INK)
    figure.canvas.draw()
    return figure


def texts(figure: Figure) -> list[str]:
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    return [*found, *(text.get_text() for text in figure.texts)]


def test_that_title_target_ring_and_batches_are_written() -> None:
    said = texts(drawn(curve()))
    for text in ("target: 50 ms", "planned: 80 % load", "1", "16", curve().title):
        assert text in said


def test_that_the_key_names_the_kinds_of_points_in_sight() -> None:
    key = [text.get_text() for text in drawn(curve()).legends[0].get_texts()]
    assert key == ["80 % interval", "this accelerator", "your own"]


def test_that_a_point_without_a_time_stands_at_the_right_edge() -> None:
    figure = drawn(curve())
    place = figure.axes[0].transData.transform((90.0, 2000.0))
    assert spot_at(figure, curve(), *place).text == "no time per token"


def test_that_points_beyond_the_axis_are_left_out_and_do_not_stretch_it() -> None:
    figure = drawn(curve())
    assert figure.axes[0].get_xlim() == (0.0, 90.0)
    assert figure.axes[0].get_ylim()[1] < 15000


def test_that_a_pointer_finds_points_before_the_curve_and_nothing_far_away() -> None:
    figure, spec = drawn(curve()), curve()
    to_pixels = figure.axes[0].transData.transform
    assert spot_at(figure, spec, *to_pixels((30.0, 4000.0))).text == "measured here"
    assert spot_at(figure, spec, *to_pixels((X[2], Y[2]))).text == "batch 2"
    assert spot_at(figure, spec, *to_pixels((80.0, 500.0))) is None
    assert spot_at(figure, spec, *to_pixels((30.0, 4000.0))).key == ""


@pytest.mark.parametrize("dpi", [100, 200])
def test_that_the_words_of_the_ring_cover_no_measured_point(dpi: int) -> None:
    below = tuple(Dot(50.0 + n, 4600.0 - 250 * n, "dot") for n in range(0, 14, 2))
    figure = drawn(curve(dots=below), dpi=dpi)
    axes = figure.axes[0]
    label = next(t for t in axes.texts if t.get_text() == "planned: 80 % load")
    assert isinstance(label, Annotation)
    box = label.get_bbox_patch().get_window_extent()
    for dot in below:
        x, y = axes.transData.transform((dot.x, dot.y))
        assert not (box.x0 < x < box.x1 and box.y0 < y < box.y1)
    assert box.x0 >= axes.bbox.x0
    assert box.x1 <= axes.bbox.x1


def test_that_a_curve_without_limit_band_and_points_is_drawn() -> None:
    figure = drawn(curve(limit=None, band=None, dots=()))
    assert not figure.legends
    assert spot_at(figure, curve(dots=()), 0, 0) is None


def test_that_a_strip_names_every_piece_with_its_value() -> None:
    said = texts(drawn(strip()))
    for text in ("Weights  60 GiB", "Cache  38 GiB", "Buffers  1 GiB", "Free  1 GiB"):
        assert text in said
    assert said.count("60 GiB") == 1
    assert "1 GiB" not in said, "there is no room inside so narrow a piece"


def test_that_the_pieces_fill_the_strip_in_their_order() -> None:
    bars = drawn(strip()).axes[0].patches
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    assert ends == [(0, 60), (60, 98), (98, 99), (99, 100)]


@pytest.mark.parametrize("width", [5.0, 7.0, 12.0])
def test_that_the_key_of_a_strip_stays_inside_the_figure(width: float) -> None:
    figure = drawn(strip(limit=Limit(72.0, "usable: 72 GiB")), width)
    renderer = figure.canvas.get_renderer()
    for text in figure.texts:
        box = text.get_window_extent(renderer)
        assert box.x1 <= figure.bbox.width
        assert box.y0 >= 0


def test_that_a_pointer_on_a_piece_says_its_share() -> None:
    figure, spec = drawn(strip()), strip()
    to_pixels = figure.axes[0].transData.transform
    assert spot_at(figure, spec, *to_pixels((80.0, 0.0))).text == "Cache: 38 GiB (38%)"
    assert spot_at(figure, spec, *to_pixels((80.0, 3.0))) is None
    assert spec.table().rows[0] == ("Weights", 60.0)
