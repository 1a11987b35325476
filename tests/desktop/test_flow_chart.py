"""The request flow: what its bands are worth, where its words stand, what a pointer finds."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.charts.draw import spot_at
from desktop.charts.flow_bands import ground
from desktop.charts.spec import Flow, FlowLink, FlowNode, Spot
from desktop.dialogs.chart_table import ChartTableModel
from desktop.pages.chart_view import FLOW_HEIGHT, ChartView, ink_of
from desktop.theme.apply import Theme
from desktop.theme.contrast import contrast
from desktop.theme.option_colours import OKABE_ITO
from desktop.theme.tokens import DARK, LIGHT, Tokens
from tests.desktop.flows import COLOURS, INK, drawn, flow, flows, typical

SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
FEW_PIXELS = 1.0
"""What a renderer's letters may reach beyond the box reckoned for them."""

Box = tuple[float, float, float, float]


def boxes(figure: Figure) -> dict[str, Box]:
    """Every text that is written, with the room the renderer gives it, in logical pixels."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    scale = figure.dpi / 100
    found: dict[str, Box] = {}
    for text in figure.axes[0].texts:
        if text.get_text():
            box = text.get_window_extent(renderer)
            place = (box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale)
            found[f"{len(found)} {text.get_text()}"] = place
    return found


def written(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def assert_legible(figure: Figure) -> None:
    """Every text is inside the figure and none lies on another."""
    found = boxes(figure)
    width, height = figure.bbox.width * 100 / figure.dpi, figure.bbox.height * 100 / figure.dpi
    for text, box in found.items():
        assert box[0] >= -FEW_PIXELS, text
        assert box[1] >= -FEW_PIXELS, text
        assert box[2] <= width + FEW_PIXELS, text
        assert box[3] <= height + FEW_PIXELS, text
    for (one, a), (other, b) in combinations(found.items(), 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        along = min(a[3], b[3]) - max(a[1], b[1])
        assert min(across, along) <= FEW_PIXELS, f"{one} lies on {other}"


def at(figure: Figure, spec: Flow, x: float, y: float) -> Spot | None:
    """What a pointer finds at logical pixels from the upper left corner."""
    scale = figure.dpi / 100
    return spot_at(figure, spec, x * scale, figure.bbox.height - y * scale)


@SLOW
@given(flows(), st.sampled_from([(9.0, 4.2), (6.4, 4.2), (13.0, 5.0)]))
def test_that_no_label_overlaps_another_or_leaves_the_figure(
    spec: Flow, size: tuple[float, float]
) -> None:
    assert_legible(drawn(spec, *size))


@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_that_labels_fit_on_screens_of_any_density(dpi: int) -> None:
    assert_legible(drawn(typical(), dpi=dpi))


def test_that_names_values_and_shares_are_written_beside_the_nodes() -> None:
    said = written(drawn(typical()))
    for text in ("Customer chat", "1,000, 67 %", "Owned H200", "950, 63 %", "Not served"):
        assert text in said
    for text in ("Request classes", "Options", "requests a month", "escalated"):
        assert text in said


def test_that_a_name_too_long_is_shortened_in_the_middle_and_whole_under_the_pointer() -> None:
    name = "Software engineering assistant for the whole group " * 2 + "in Frankfurt"
    spec = flow(
        (FlowNode("a", name, 0, 10.0), FlowNode("b", "Owned", 1, 10.0)),
        (FlowLink("ab", "a", "b", 10.0),),
    )
    figure = drawn(spec)
    shown = next(text for text in written(figure) if "…" in text)
    assert shown.startswith("Software")
    assert shown.endswith("Frankfurt")
    box = next(box for text, box in boxes(figure).items() if text.endswith(shown))
    spot = at(figure, spec, (box[0] + box[2]) / 2, 420 - (box[1] + box[3]) / 2)
    assert spot is not None
    assert spot.text.startswith(name)


def test_that_colours_are_those_of_the_options_and_red_only_what_is_not_served() -> None:
    patches = {patch.get_label(): patch for patch in drawn(typical()).axes[0].patches}
    assert to_hex(patches["owned"].get_facecolor()) == COLOURS[0].lower()
    assert to_hex(patches["docs-owned"].get_facecolor()) == COLOURS[0].lower()
    assert to_hex(patches["escalated"].get_facecolor()) == COLOURS[1].lower()
    assert to_hex(patches["chat-cache"].get_facecolor()) == INK.muted
    red = {key for key, patch in patches.items() if to_hex(patch.get_facecolor()) == INK.broken}
    assert red == {"none", "docs-none"}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_that_words_and_ground_are_those_of_the_scheme(tokens: Tokens) -> None:
    figure = drawn(typical(), ink=ink_of(tokens))
    colours = {to_hex(text.get_color()) for text in figure.axes[0].texts}
    assert colours == {tokens.text, tokens.muted}
    assert to_hex(figure.get_facecolor()) == tokens.surface


def test_that_overflow_is_dashed_and_in_sight_while_empty_and_an_empty_link_is_left_out() -> None:
    patches = {patch.get_label(): patch for patch in drawn(typical()).axes[0].patches}
    assert isinstance(patches["overflow"], PathPatch)
    assert patches["overflow"].get_linestyle() not in {"solid", "-"}
    assert "nothing" not in patches


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
@pytest.mark.parametrize("colour", OKABE_ITO)
def test_that_a_thin_flow_is_seen_in_every_scheme(tokens: Tokens, colour: str) -> None:
    """As well as its colour can: contrast 3 to the surface, or the colour as it is."""
    ink = ink_of(tokens)
    nodes = (FlowNode("a", "A", 0, 1000.0), FlowNode("b", "B", 1, 1000.0, colour))
    links = (FlowLink("thick", "a", "b", 999.0), FlowLink("thin", "a", "b", 1.0, dashed=True))
    figure = drawn(flow(nodes, links), ink=ink)
    thin = next(patch for patch in figure.axes[0].patches if patch.get_label() == "thin")
    seen = ground(colour, thin.get_alpha(), ink)
    assert contrast(seen, ink.surface) >= min(3.0, contrast(colour, ink.surface)) - 0.01
    assert thin.get_linewidth() >= 0.8


@pytest.mark.parametrize("dpi", [100, 200])
def test_that_a_pointer_on_any_band_or_node_finds_its_key(dpi: int) -> None:
    spec = typical()
    figure = drawn(spec, dpi=dpi)
    scale = dpi / 100
    for patch in figure.axes[0].patches:
        key = patch.get_label()
        if isinstance(patch, Rectangle):
            x, y = patch.get_center()
        elif isinstance(patch, PathPatch) and key in {link.key for link in spec.links}:
            corners = patch.get_path().vertices  # there and, where it is thick, back
            end = corners[np.argmax(corners[:, 0])]
            x, y = float(end[0]) - 14, float(end[1]) + 2
        else:
            continue
        spot = spot_at(figure, spec, x * scale, figure.bbox.height - y * scale)
        assert spot is not None
        assert spot.key == key
    assert at(figure, spec, 890, 410) is None


def test_that_a_pointer_on_a_band_says_from_where_to_where_how_much_and_the_note() -> None:
    spec = typical()
    figure = drawn(spec)
    patch = next(p for p in figure.axes[0].patches if p.get_label() == "escalated")
    x, y = patch.get_path().vertices[0]
    spot = at(figure, spec, float(x) + 20, float(y) + 6)
    assert spot is not None
    assert spot.text == ("Cascade → Closed API (escalated)\n300 requests a month (38 %)\nUSD 120")


@pytest.mark.parametrize(
    ("selected", "strong"),
    [("escalated", {"escalated"}), ("cascade", {"accepted", "escalated", "cache-cascade"})],
)
def test_that_what_is_selected_stands_out_from_all_other_bands(
    selected: str, strong: set[str]
) -> None:
    spec = typical(selected)
    patches = {patch.get_label(): patch for patch in drawn(spec).axes[0].patches}
    alphas = {
        link.key: patches[link.key].get_alpha()
        for link in spec.links
        if link.value > 0 and link.key in patches
    }
    assert {key for key, alpha in alphas.items() if alpha > 0.5} == strong
    assert all(alpha < 0.2 for key, alpha in alphas.items() if key not in strong)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", [*OKABE_ITO, ""])
@pytest.mark.parametrize("selected", ["", "ab", "ac"])
def test_that_words_on_a_band_stand_out_from_it(tokens: Tokens, colour: str, selected: str) -> None:
    spec = flow(
        (
            FlowNode("a", "Chat", 0, 30.0),
            FlowNode("b", "API", 1, 20.0, colour),
            FlowNode("c", "Owned", 1, 10.0),
        ),
        (
            FlowLink("ab", "a", "b", 20.0, label="escalated"),
            FlowLink("ac", "a", "c", 10.0),
        ),
        selected,
    )
    figure = drawn(spec, ink=ink_of(tokens))
    word = next(text for text in figure.axes[0].texts if text.get_text() == "escalated")
    word.set_visible(False)  # so that the pixel below it is the band's
    figure.canvas.draw()
    x, y = figure.axes[0].transData.transform(word.get_position())
    pixels = np.asarray(figure.canvas.buffer_rgba())
    red, green, blue = (int(part) for part in pixels[420 - round(y), round(x), :3])
    assert contrast(to_hex(word.get_color()), f"#{red:02x}{green:02x}{blue:02x}") >= 4.5


def test_that_the_table_has_a_row_for_every_link() -> None:
    model = ChartTableModel(typical().table())
    assert model.rowCount() == len(typical().links)
    assert model.as_text().splitlines()[5] == "Cascade\tClosed API (escalated)\t300.0\t38 %"


@pytest.mark.parametrize(
    ("nodes", "links"),
    [
        ((), ()),
        ((FlowNode("a", "Chat", 0, 5.0),), ()),
        ((FlowNode("a", "Chat", 0, 0.0), FlowNode("b", "API", 3, 0.0)), ()),
        (
            (FlowNode("a", "Chat", 0, 1e-9), FlowNode("b", "API", 3, 1e-9)),
            (FlowLink("ab", "a", "b", 1e-9),),
        ),
    ],
    ids=["nothing", "one node", "no requests", "hardly any"],
)
@pytest.mark.parametrize("size", [(9.0, 4.2), (2.0, 1.2)])
def test_that_a_flow_with_hardly_anything_in_it_is_drawn(
    nodes: tuple[FlowNode, ...], links: tuple[FlowLink, ...], size: tuple[float, float]
) -> None:
    spec = flow(nodes, links)
    figure = drawn(spec, *size)
    assert written(figure).count("Chat") == bool(nodes)
    at(figure, spec, 50, 50)


A, B = FlowNode("a", "Chat", 0, 5.0), FlowNode("b", "API", 1, 5.0)


@pytest.mark.parametrize(
    ("nodes", "links", "named"),
    [
        ((A, A), (), "'a' occurs twice"),
        ((A, B), (FlowLink("x", "b", "a", 1.0),), "'x' leads from 'b' to 'a'"),
        ((A, B), (FlowLink("x", "a", "c", 1.0),), "'x' leads from 'a' to 'c'"),
        ((A, B), (FlowLink("x", "c", "b", 1.0),), "'x' leads from 'c' to 'b'"),
        ((A, B), (FlowLink("x", "a", "b", -1.0),), "'x' is -1.0"),
        ((A, FlowNode("b", "API", 1, float("nan"))), (), "'b' is nan"),
    ],
)
def test_that_what_cannot_be_drawn_is_refused_by_name(
    nodes: tuple[FlowNode, ...], links: tuple[FlowLink, ...], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        flow(nodes, links)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_that_the_same_drawing_makes_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    import matplotlib as mpl

    from desktop.charts.style import settings as chart_settings

    path = tmp_path / f"flow.{kind}"
    with mpl.rc_context(chart_settings()):  # type: ignore[arg-type]
        drawn(typical()).savefig(path)
    assert path.stat().st_size > 5000
    if kind == "svg":
        assert "Customer chat" in path.read_text(encoding="utf-8")


def test_that_a_click_on_the_screen_reports_the_band(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp)
    theme.use("light")
    view = ChartView(theme)
    qtbot.addWidget(view)
    view.resize(900, FLOW_HEIGHT)
    view.show_chart(typical())
    view.show()
    qtbot.waitUntil(lambda: view.figure is not None and bool(view.figure.axes))
    qtbot.waitUntil(lambda: view.figure.bbox.width == pytest.approx(900, abs=2))
    qtbot.wait(50)
    patch = next(p for p in view.figure.axes[0].patches if p.get_label() == "docs-owned")
    x, y = patch.get_path().vertices[0]
    asked: list[tuple[str, object]] = []
    view.figure_clicked.connect(lambda key, month: asked.append((key, month)))
    view.clicked_at(QPointF(float(x) + 14, float(y) + 4))
    assert asked == [("docs-owned", None)]
    assert view.height() == FLOW_HEIGHT
