"""How the bands of a flow look."""

from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.charts.flow_shapes import Band
from desktop.charts.spec import Flow, Ink
from desktop.theme.contrast import contrast

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

THIN = 3.0
"""Thinner bands are drawn as lines."""
ALPHA, STRONG, FAINT = 0.5, 0.75, 0.14
SEEN = 3.0
"""The contrast with the surface that a line has where its colour can (WCAG 2.2, 1.4.11)."""
THINNEST = 1.2
"""Least width of a line, in logical pixels."""
DASHED = 0.35
"""How much of the usual colour fills a dashed band."""


def band_colour(spec: Flow, band: Band, ink: Ink) -> str:
    """Its own, else that of the option it ends at, else of the one it starts at."""
    source, target = spec.node(band.link.source), spec.node(band.link.target)
    if band.link.colour:
        return band.link.colour
    return ink.broken if target.broken else target.colour or source.colour or ink.muted


def _strength(spec: Flow, band: Band) -> float:
    """How opaque a band is: what is selected stands out from all others."""
    if not spec.selected:
        return ALPHA
    link = band.link
    return STRONG if spec.selected in {link.key, link.source, link.target} else FAINT


def opacity(spec: Flow, band: Band) -> float:
    """How opaque the inside of a band is."""
    return _strength(spec, band) * (DASHED if band.link.dashed else 1.0)


def line_opacity(colour: str, strength: float, ink: Ink) -> float:
    """How opaque a thin line is: more than a band of its strength, so that it is seen as well."""
    if strength <= FAINT:
        return strength
    steps = [strength + (1.0 - strength) * part / 10 for part in range(11)]
    return next((o for o in steps if contrast(ground(colour, o, ink), ink.surface) >= SEEN), 1.0)


def ground(colour: str, opacity: float, ink: Ink) -> str:
    """What a band of some opacity looks like on the surface."""
    pairs = [(int(colour[i : i + 2], 16), int(ink.surface[i : i + 2], 16)) for i in (1, 3, 5)]
    mixed = (round(opacity * over + (1 - opacity) * under) for over, under in pairs)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def draw_band(axes: "Axes", spec: Flow, band: Band, ink: Ink) -> None:
    """Draw a band, thin ones as lines; edges of what is dashed or selected."""
    from matplotlib.patches import PathPatch

    colour, alpha = band_colour(spec, band, ink), _strength(spec, band)
    chosen = spec.selected == band.link.key
    if band.thickness < THIN:
        width = max(band.thickness, THINNEST)
        axes.add_patch(
            PathPatch(
                _line(band, band.thickness / 2), fc="none", ec=colour, zorder=2,
                alpha=1.0 if chosen else line_opacity(colour, alpha, ink),
                lw=width * 0.72 * (1.6 if chosen else 1.0),
                ls=(0, (4, 3)) if band.link.dashed else "-", capstyle="butt",
                label=band.link.key,
            )
        )  # fmt: skip
        return
    axes.add_patch(
        PathPatch(
            _ribbon(band), fc=colour, ec="none", zorder=2, label=band.link.key,
            alpha=opacity(spec, band),
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
