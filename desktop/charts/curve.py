"""A curve over a number, with its uncertainty, measured points, a limit and the point chosen."""

from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.charts.frame import MARGIN_PX, axis_numbers, fit, nearest, quiet, title
from desktop.charts.spec import Curve, Dot, FloatArray, Ink, Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEAR_PX = 14
"""How near, in pixels, a pointer must be to a point."""
HEADROOM = 1.12
PLACES = (
    (22, -40), (22, 40), (-22, -40), (-22, 40), (60, -40), (-60, -40), (22, -72), (22, 72),
)  # fmt: skip
"""Where the words of the point chosen may stand, in points from it; the first is the usual one."""


def draw_curve(figure: "Figure", spec: Curve, ink: Ink) -> None:
    """Draw from back to front: band, limit, curve, measured points, the point chosen."""
    axes = figure.add_subplot()
    quiet(axes, ink, "y")
    title(figure, spec.title, ink)
    if spec.band is not None:
        band = spec.band
        axes.fill(
            np.concatenate([band.high_x, band.low_x[::-1]]),
            np.concatenate([band.high_y, band.low_y[::-1]]),
            color=spec.colour, alpha=0.16, lw=0, label=band.name,
        )  # fmt: skip
    axes.plot(spec.x, spec.y, color=spec.colour, lw=2, label="curve")
    axes.set_xlim(0, spec.right)
    axes.set_ylim(0, _top(spec))
    _steps(axes, spec, ink)
    _dots(axes, spec, ink)
    axes.set_xlabel(spec.x_title, color=ink.muted, fontsize=8.5)
    axes.set_ylabel(spec.y_title, color=ink.muted, fontsize=8.5)
    axis_numbers(axes.yaxis, spec.number)
    axis_numbers(axes.xaxis, spec.x_number)
    _fit(figure, axes, spec, ink)
    if spec.limit is not None:
        _limit(axes, spec, ink)
    _chosen(axes, spec, ink)


def _top(spec: Curve) -> float:
    """The highest of what is in sight."""
    seen = spec.y[spec.x <= spec.right]
    heights = [float(seen.max()) if len(seen) else float(spec.y.max()), spec.chosen.y]
    heights += [dot.y for dot in spec.dots if not dot.x > spec.right]
    if spec.band is not None:
        inside = spec.band.high_y[spec.band.high_x <= spec.right]
        heights += [float(inside.max())] if len(inside) else []
    return max(heights) * HEADROOM or 1.0


def _steps(axes: "Axes", spec: Curve, ink: Ink) -> None:
    for place, text in spec.steps:
        x, y = float(spec.x[place]), float(spec.y[place])
        if x > spec.right:
            continue
        axes.plot(x, y, "o", ms=3.5, color=spec.colour)
        axes.annotate(
            text, (x, y), xytext=(-6, 5), textcoords="offset points", color=ink.muted,
            fontsize=7.5, ha="right", va="center",
        )  # fmt: skip


def _place(dot: Dot, spec: Curve) -> tuple[float, float]:
    return (spec.right if np.isnan(dot.x) else dot.x), dot.y


def _dots(axes: "Axes", spec: Curve, ink: Ink) -> None:
    for dot in spec.dots:
        x, y = _place(dot, spec)
        if x > spec.right:
            continue
        axes.plot(
            x, y, linestyle="none", zorder=5 if dot.strong else 4, clip_on=False,
            **_look(dot, ink),
        )  # fmt: skip


def _look(dot: Dot, ink: Ink) -> dict[str, Any]:
    """How a dot is drawn: own ones as diamonds, those without a place as triangles."""
    edge = np.isnan(dot.x)
    colour = ink.accent if dot.strong else ink.text
    return {
        "marker": "D" if dot.strong else "<" if edge else "o",
        "ms": 6.5 if dot.strong else 4 if edge else 5,
        "mfc": colour if dot.filled else ink.surface,
        "mec": colour,
        "mew": 1.1,
        "alpha": 1.0 if dot.strong else 0.75,
    }


def _fit(figure: "Figure", axes: "Axes", spec: Curve, ink: Ink) -> None:
    handles, names = _legend(spec, ink)
    fit(figure, axes, bool(names))
    if names:
        scale = figure.dpi / 100
        figure.legend(
            handles, names, loc="lower left", ncols=len(names), frameon=False, fontsize=8.5,
            bbox_to_anchor=(MARGIN_PX * scale / figure.bbox.width, 2 * scale / figure.bbox.height),
            labelcolor=ink.text, columnspacing=1.6, borderpad=0.2, handletextpad=0.6,
            handlelength=1.4,
        )  # fmt: skip


def _legend(spec: Curve, ink: Ink) -> tuple[list[Any], list[str]]:
    """What the band and the kinds of dots mean, for those that are there."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    names: list[str] = []
    if spec.band is not None and spec.band.name:
        handles.append(Patch(facecolor=spec.colour, alpha=0.25))
        names.append(spec.band.name)
    seen: set[tuple[bool, bool]] = set()
    for dot in spec.dots:
        kind = (dot.strong, dot.filled and not dot.strong)
        name = spec.legend[2] if dot.strong else spec.legend[0 if dot.filled else 1]
        if kind in seen or not name or _place(dot, spec)[0] > spec.right:
            continue
        seen.add(kind)
        shown = Dot(0.0, 0.0, "", dot.strong, dot.filled)
        handles.append(Line2D([], [], linestyle="none", **_look(shown, ink)))
        names.append(name)
    return handles, names


def _limit(axes: "Axes", spec: Curve, ink: Ink) -> None:
    limit = spec.limit
    assert limit is not None
    axes.axvline(limit.x, color=ink.muted, lw=1.2, ls=(0, (4, 3)), label="limit")
    left = limit.x > 0.6 * spec.right
    axes.annotate(
        limit.text, (limit.x, 1), xycoords=("data", "axes fraction"),
        xytext=(-6 if left else 6, -8), textcoords="offset points",
        ha="right" if left else "left", va="center", color=ink.muted, fontsize=8.5,
        bbox={"boxstyle": "square,pad=0.15", "fc": ink.surface, "ec": "none", "alpha": 0.85},
        zorder=6,
    )  # fmt: skip


def _chosen(axes: "Axes", spec: Curve, ink: Ink) -> None:
    """The ring, its words where they cover least."""
    dot = spec.chosen
    axes.plot(
        dot.x, dot.y, "o", ms=9, mfc=ink.surface, mec=ink.text, mew=1.8, zorder=7, label="chosen"
    )
    label = axes.annotate(
        dot.text,
        (dot.x, dot.y),
        xytext=PLACES[0],
        textcoords="offset points",
        va="center",
        color=ink.text,
        fontsize=9,
        linespacing=1.3,
        multialignment="left",
        bbox={"boxstyle": "round,pad=0.4", "fc": ink.surface, "ec": ink.grid},
        arrowprops={"arrowstyle": "-", "color": ink.muted, "lw": 0.8},
        zorder=8,
    )
    covered = []
    for place in PLACES:
        _move(label, place)
        covered.append(_covered(axes, spec, label))
    _move(label, PLACES[int(np.argmin(covered))])


def _move(label: Any, place: tuple[int, int]) -> None:  # noqa: ANN401
    label.set_position(place)
    label.set_horizontalalignment("left" if place[0] > 0 else "right")


def _covered(axes: "Axes", spec: Curve, label: Any) -> float:  # noqa: ANN401
    """How much a label hides: measured points count most, the curve least; outside is worst."""
    from matplotlib.text import Text

    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    label.update_positions(renderer)
    box = Text.get_window_extent(label, renderer).padded(8 * axes.figure.dpi / 100)
    inside = axes.get_window_extent(renderer)
    if box.x0 < inside.x0 or box.x1 > inside.x1 or box.y0 < inside.y0 or box.y1 > inside.y1:
        return 1e6
    dots = np.array([_place(dot, spec) for dot in spec.dots] or np.empty((0, 2)))
    line = np.linspace(0, spec.right, 200)
    curve = np.column_stack([line, np.interp(line, spec.x, spec.y)])
    return 10 * _within(axes, box, dots) + 0.1 * _within(axes, box, curve)


def _within(axes: "Axes", box: Any, places: FloatArray) -> int:  # noqa: ANN401
    if not len(places):
        return 0
    x, y = axes.transData.transform(places).T
    return int(((box.x0 <= x) & (x <= box.x1) & (box.y0 <= y) & (y <= box.y1)).sum())


def curve_spot(figure: "Figure", spec: Curve, x: float, y: float) -> Spot | None:
    """The measured point at a place, or the point of the curve next to it."""
    axes = figure.axes[0]
    near = NEAR_PX * figure.dpi / 100
    places = np.array([_place(dot, spec) for dot in spec.dots] or [(np.inf, np.inf)])
    index, distance = nearest(axes, places, x, y)
    if distance <= near and spec.dots:
        return Spot("", None, spec.dots[index].text)
    index, distance = nearest(axes, np.column_stack([spec.x, spec.y]), x, y)
    return Spot("", None, spec.labels[index]) if distance <= 2 * near else None
