"""Where requests go: nodes in columns, bands between them as wide as their volume."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from desktop.charts.boxes import Box, overlap
from desktop.charts.flow_bands import THIN, band_colour, draw_band, ground, opacity
from desktop.charts.flow_labels import Lettering, Words, side_width
from desktop.charts.flow_layout import lay_out
from desktop.charts.flow_shapes import NODE_PX, Band, FlowLayout, Placed, Room, columns_of
from desktop.charts.flow_sizes import INSIDE_PX
from desktop.charts.frame import title
from desktop.charts.measure import Measure, elided, measure_of
from desktop.charts.spec import Flow, FlowNode, Ink, Spot
from desktop.theme.contrast import contrast, readable_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

EDGE_PX, TOP_PX, BOTTOM_PX = 6, 58, 26
HEADING_PX, CAPTION_PX = 44, 10
NEAR_PX = 4
"""How near, in logical pixels, a pointer must be to a band or node."""
PILL = 0.88
"""How opaque the ground of words on bands is: what is selected may run below it."""
LEGIBLE = 4.5
"""The least contrast of words with the band they stand on (WCAG 2.2, 1.4.3)."""
_LAYOUTS: "WeakKeyDictionary[Figure, tuple[FlowLayout, tuple[Words, ...]]]" = WeakKeyDictionary()
"""What was drawn on a figure, for the pointer."""


def draw_flow(figure: "Figure", spec: Flow, ink: Ink) -> None:
    """Draw bands, nodes on them, words on top."""
    scale = figure.dpi / 100
    width, height = figure.bbox.width / scale, figure.bbox.height / scale
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    title(figure, spec.title, ink)
    measure = measure_of(figure)
    room = _room(spec, width, height, measure)
    layout = lay_out(spec, room)
    lettering = Lettering(spec, layout, room, measure)
    words = lettering.node_words(EDGE_PX, width - EDGE_PX)
    words += tuple(lettering.band_words(words))
    for band in layout.bands:
        draw_band(axes, spec, band, ink)
    for placed in layout.nodes:
        _node(axes, spec, placed, ink)
    _pills(axes, spec, layout, words, ink)
    grounds = {
        band.link.key: ground(band_colour(spec, band, ink), opacity(spec, band), ink)
        for band in layout.bands
    }
    headings = lettering.headings(HEADING_PX, EDGE_PX, width - EDGE_PX)
    for each in (*headings, *words):
        colour = ink.muted if each.role in {"value", "heading"} else ink.text
        if each.role == "word" and contrast(colour, grounds[each.key]) < LEGIBLE:
            colour = readable_on(grounds[each.key])
        axes.text(
            each.x, each.y, each.text, ha=each.align, va="center_baseline", color=colour,
            fontsize=each.size, zorder=6, label=each.key,
        )  # fmt: skip
    axes.text(
        EDGE_PX, height - CAPTION_PX, elided(spec.unit, width - 2 * EDGE_PX, 7.5, measure),
        color=ink.muted, fontsize=7.5, va="center",
    )  # fmt: skip
    _LAYOUTS[figure] = layout, words


def _room(spec: Flow, width: float, height: float, measure: Measure) -> Room:
    """What is left for nodes between the labels of the outer columns."""
    top, bottom = float(TOP_PX), max(TOP_PX + 1.0, height - BOTTOM_PX)
    used = sorted({node.column for node in spec.nodes}) or [0]
    right = side_width(spec, used[-1], width, bottom - top, measure) if spec.nodes else 0.0
    left = side_width(spec, used[0], width, bottom - top, measure) if len(used) > 1 else 0.0
    return Room(EDGE_PX + left, max(EDGE_PX + left + NODE_PX, width - EDGE_PX - right), top, bottom)


def _node_colour(node: FlowNode, ink: Ink) -> str:
    return ink.broken if node.broken else node.colour or ink.muted


def _node(axes: "Axes", spec: Flow, placed: Placed, ink: Ink) -> None:
    from matplotlib.patches import Rectangle

    chosen = spec.selected == placed.node.key
    axes.add_patch(
        Rectangle(
            (placed.x, placed.y), NODE_PX, placed.height, fc=_node_colour(placed.node, ink),
            ec=ink.text if chosen else "none", lw=1.6 if chosen else 0, zorder=4,
            label=placed.node.key,
        )
    )  # fmt: skip


def _pills(
    axes: "Axes", spec: Flow, layout: FlowLayout, words: tuple[Words, ...], ink: Ink
) -> None:
    """A quiet ground below words that stand on bands."""
    from matplotlib.patches import FancyBboxPatch

    last = columns_of(spec) - 1
    for placed in layout.nodes:
        own = [each.box() for each in words if each.key == placed.node.key and each.text]
        if not 0 < placed.place < last or not own:
            continue
        for left, top, right, bottom in _joined(own) if placed.height >= INSIDE_PX else own:
            axes.add_patch(
                FancyBboxPatch(
                    (left, top + 2), right - left, bottom - top - 4, zorder=5,
                    boxstyle="round,pad=2,rounding_size=3", fc=ink.surface, ec="none", alpha=PILL,
                )
            )  # fmt: skip


def _joined(boxes: list[Box]) -> list[Box]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return [(min(lefts), min(tops), max(rights), max(bottoms))]


def flow_spot(figure: "Figure", spec: Flow, x: float, y: float) -> Spot | None:
    """The node, label or band at a point; the nearest, of equally near ones the thinnest."""
    if figure not in _LAYOUTS:
        return None
    layout, words = _LAYOUTS[figure]
    scale = figure.dpi / 100
    right, down = x / scale, (figure.bbox.height - y) / scale
    at = (right, down, right, down)
    for placed in layout.nodes:
        node = (placed.x, placed.y, placed.x + NODE_PX, placed.y + placed.height)
        around = (node[0] - NEAR_PX, node[1] - NEAR_PX, node[2] + NEAR_PX, node[3] + NEAR_PX)
        named = any(overlap(at, each.box()) for each in words if each.key == placed.node.key)
        if named or overlap(at, around):
            return Spot(placed.node.key, None, _node_text(spec, placed.node))
    near = [(_away(band, right, down), band.thickness, band) for band in layout.bands]
    near = [each for each in near if each[0] <= NEAR_PX]
    if not near:
        return None
    band = min(near, key=lambda each: each[:2])[2]
    return Spot(band.link.key, None, _band_text(spec, band))


def _away(band: Band, x: float, y: float) -> float:
    """How far a point is from a band; a thin one has a little room of its own to be hit."""
    return max(0.0, band.distance(x, y) - (NEAR_PX / 2 if band.thickness < THIN else 0.0))


def _node_text(spec: Flow, node: FlowNode) -> str:
    value = f"{spec.number(node.value)} {spec.unit} ({spec.percent(spec.share_of_total(node))})"
    return "\n".join(line for line in (node.label, value, node.note) if line)


def _band_text(spec: Flow, band: Band) -> str:
    link = band.link
    source = spec.node(link.source)
    way = f"{source.label} → {spec.node(link.target).label}"
    way += f" ({link.label})" if link.label else ""
    share = spec.percent(spec.share_of_source(link))
    value = f"{spec.number(link.value)} {spec.unit} ({share})"
    return "\n".join(line for line in (way, value, link.note) if line)
