"""Where requests go: nodes in columns, bands between them as wide as their volume."""

from itertools import pairwise
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from desktop.charts.boxes import Box, overlap
from desktop.charts.flow_labels import Lettering, Words, side_width
from desktop.charts.flow_layout import lay_out
from desktop.charts.flow_shapes import NODE_PX, Band, FlowLayout, Placed, Room, columns_of
from desktop.charts.flow_sizes import INSIDE_PX
from desktop.charts.frame import title
from desktop.charts.measure import Measure, elided, measure_of
from desktop.charts.spec import Flow, FlowNode, Ink, Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

EDGE_PX, TOP_PX, BOTTOM_PX = 6, 58, 26
HEADING_PX, CAPTION_PX = 44, 10
NEAR_PX = 4
"""How near, in logical pixels, a pointer must be to a band or node."""
THIN = 3.0
"""Thinner bands are drawn as lines."""
ALPHA, STRONG, FAINT = 0.5, 0.85, 0.14
DASHED = 0.35
"""How much of the usual colour fills a dashed band."""

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
        _band(axes, spec, band, ink)
    for placed in layout.nodes:
        _node(axes, spec, placed, ink)
    _pills(axes, spec, layout, words, ink)
    headings = lettering.headings(HEADING_PX, EDGE_PX, width - EDGE_PX)
    for each in (*headings, *words):
        colour = ink.muted if each.role in {"value", "heading"} else ink.text
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


def _colour(spec: Flow, band: Band, ink: Ink) -> str:
    source, target = spec.node(band.link.source), spec.node(band.link.target)
    if band.link.colour:
        return band.link.colour
    return ink.broken if target.broken else target.colour or source.colour or ink.muted


def _node_colour(node: FlowNode, ink: Ink) -> str:
    return ink.broken if node.broken else node.colour or ink.muted


def _strength(spec: Flow, band: Band) -> float:
    """How opaque a band is: what is selected stands out from all others."""
    if not spec.selected:
        return ALPHA
    link = band.link
    return STRONG if spec.selected in {link.key, link.source, link.target} else FAINT


def _band(axes: "Axes", spec: Flow, band: Band, ink: Ink) -> None:
    from matplotlib.patches import PathPatch

    colour, alpha = _colour(spec, band, ink), _strength(spec, band)
    chosen = spec.selected == band.link.key
    if band.thickness < THIN:
        axes.add_patch(
            PathPatch(
                _line(band, band.thickness / 2), fc="none", ec=colour, zorder=2,
                alpha=alpha * (0.6 if band.link.value == 0 else 1.0) if not chosen else 1.0,
                lw=band.thickness * 0.72 * (1.6 if chosen else 1.0),
                ls=(0, (4, 3)) if band.link.dashed else "-", capstyle="butt",
                label=band.link.key,
            )
        )  # fmt: skip
        return
    axes.add_patch(
        PathPatch(
            _ribbon(band), fc=colour, ec="none", zorder=2, label=band.link.key,
            alpha=alpha * (DASHED if band.link.dashed else 1.0),
        )
    )  # fmt: skip
    if band.link.dashed or chosen:
        for side in (0.0, band.thickness):
            axes.add_patch(
                PathPatch(
                    _line(band, side), fc="none", ec=ink.text if chosen else colour, zorder=3,
                    lw=1.0, ls=(0, (4, 3)) if band.link.dashed else "-",
                    alpha=1.0 if chosen else max(alpha, 0.3),
                )
            )  # fmt: skip


def _edge(band: Band, down: float, backwards: bool) -> tuple[list[tuple[float, float]], list[int]]:
    """Corners and codes along a band, so far below its upper edge."""
    from matplotlib.path import Path

    knots = [(x, y + down) for x, y in band.knots]
    knots = knots[::-1] if backwards else knots
    points, codes = [knots[0]], [int(Path.LINETO if backwards else Path.MOVETO)]
    for (x0, y0), (x1, y1) in pairwise(knots):
        middle = (x0 + x1) / 2
        points += [(middle, y0), (middle, y1), (x1, y1)]
        codes += [int(Path.CURVE4)] * 3
    return points, codes


def _line(band: Band, down: float) -> "Path":
    from matplotlib.path import Path

    return Path(*_edge(band, down, False))


def _ribbon(band: Band) -> "Path":
    from matplotlib.path import Path

    top, bottom = _edge(band, 0.0, False), _edge(band, band.thickness, True)
    return Path([*top[0], *bottom[0], top[0][0]], [*top[1], *bottom[1], int(Path.CLOSEPOLY)])


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
                    boxstyle="round,pad=2,rounding_size=3", fc=ink.surface, ec="none", alpha=0.75,
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
