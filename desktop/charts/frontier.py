"""What each step of a requirement costs at best, with what is proven and plans to compare."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.charts.frame import MARGIN_PX, axis_numbers, fit, nearest, quiet, title
from desktop.charts.frontier_labels import (
    ALONG,
    BESIDE,
    FALLING,
    POINT_PX,
    RISING,
    Named,
    letter,
)
from desktop.charts.spec import FloatArray, Frontier, FrontierMark, FrontierPoint, Ink, Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEAR_PX = 12
"""How near, in logical pixels, a pointer must be to a point."""
ASIDE, ABOVE = 0.07, 0.13
"""Room beside the points, and above and below them for words, as parts of their extent."""
FROM_ZERO = 0.35
"""Costs that reach down to this part of the highest are shown from zero."""

Everything = list[FrontierPoint | FrontierMark]


def draw_frontier(figure: "Figure", spec: Frontier, ink: Ink) -> None:
    """Draw from back to front: proven bound, line, points, marks, words."""
    axes = figure.add_subplot()
    quiet(axes, ink, "both")
    title(figure, spec.title, ink)
    colour = spec.colour or ink.accent
    _limits(axes, spec)
    rising = _rising(spec)
    line = _stairs(spec, [point.y for point in spec.points], rising)
    proven = _stairs(spec, [point.bound_y for point in spec.points], not rising)
    bound = _bound(axes, spec, line, proven, colour)
    axes.plot(line[:, 0], line[:, 1], color=colour, lw=2, zorder=3, label="frontier")
    _points(axes, spec, ink, colour)
    axes.set_xlabel(spec.x_title, color=ink.muted, fontsize=8.5)
    axes.set_ylabel(spec.y_title, color=ink.muted, fontsize=8.5)
    axis_numbers(axes.yaxis, spec.number)
    axis_numbers(axes.xaxis, spec.x_number)
    fit(figure, axes, bound is not None and bool(spec.bound_name))
    if bound is not None and spec.bound_name:
        scale = figure.dpi / 100
        figure.legend(
            [bound], [spec.bound_name], loc="lower left", frameon=False, fontsize=8.5,
            bbox_to_anchor=(MARGIN_PX * scale / figure.bbox.width, 2 * scale / figure.bbox.height),
            labelcolor=ink.text, borderpad=0.2, handletextpad=0.6, handlelength=1.4,
        )  # fmt: skip
    _words(axes, spec, [line, proven[np.isfinite(proven[:, 1])]], ink)


def _rising(spec: Frontier) -> bool:
    """Whether more of the requirement costs more: a floor; else it is a budget."""
    return not spec.points or spec.points[-1].y >= spec.points[0].y


def _stairs(spec: Frontier, heights: list[float], early: bool) -> FloatArray:
    """The line through some heights at the points, shape (corners, 2).

    A plan that meets a floor meets every lower one, and one within a budget is within every
    larger one: between two points the plan of the stricter one is the best found (early: the
    next point's height holds from the last point on), and the bound of the laxer one is proven.
    """
    x = [point.x for point in spec.points]
    if not spec.steps or len(x) < 2:
        return np.column_stack([x, heights]).reshape(-1, 2).astype(np.float64)
    corners = [(x[0], heights[0])]
    for index in range(1, len(x)):
        turn = (x[index - 1], heights[index]) if early else (x[index], heights[index - 1])
        corners += [turn, (x[index], heights[index])]
    return np.array(corners, dtype=np.float64)


def _limits(axes: "Axes", spec: Frontier) -> None:
    """All points, marks and bounds are in sight."""
    everything: Everything = [*spec.points, *spec.marks]
    x = [each.x for each in everything]
    y = [each.y for each in everything]
    y += [point.bound_y for point in spec.points if np.isfinite(point.bound_y)]
    axes.set_xlim(*_range(x, ASIDE))
    low, high = _range(y, ABOVE)
    if y and 0 <= min(y) <= FROM_ZERO * max(y):
        low = 0.0
    axes.set_ylim(low, high)


def _range(values: list[float], room: float) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    return low - room * span, high + room * span


def _bound(axes: "Axes", spec: Frontier, best: FloatArray, proven: FloatArray, colour: str) -> Any:  # noqa: ANN401
    """The band down to what is proven, with its lower edge; none where nothing is."""
    if not np.isfinite(proven[:, 1]).any():
        return None
    drawn = None
    step = 2 if spec.steps else 1
    for start in range(0, len(proven) - step, step):
        piece = slice(start, start + step + 1)
        if np.isfinite(proven[piece, 1]).all():
            corners = np.concatenate([best[piece], proven[piece][::-1]])
            drawn = axes.fill(
                corners[:, 0], corners[:, 1], color=colour, alpha=0.16, lw=0, zorder=1, label="gap"
            )[0]
    edge = axes.plot(
        proven[:, 0], proven[:, 1], color=colour, lw=1, alpha=0.7, zorder=2, label="bound",
        ls="none" if drawn is None else (0, (4, 2)), marker="_" if drawn is None else "",
    )[0]  # fmt: skip
    return drawn or edge


def _points(axes: "Axes", spec: Frontier, ink: Ink, colour: str) -> None:
    for index, point in enumerate(spec.points):
        chosen = index == spec.selected
        axes.plot(
            point.x, point.y, "o", ms=10 if chosen else 6.5, mfc=colour, zorder=6 if chosen else 4,
            mec=ink.text if chosen else ink.surface, mew=2 if chosen else 1, clip_on=False,
            label="selected" if chosen else "point",
        )  # fmt: skip
    for mark in spec.marks:
        axes.plot(
            mark.x, mark.y, "D", ms=7.5, mfc=mark.colour, mec=ink.surface, mew=1.2, zorder=5,
            clip_on=False, label="mark",
        )  # fmt: skip


def _words(axes: "Axes", spec: Frontier, lines: list[FloatArray], ink: Ink) -> None:
    """Selected point first, then marks, both ends, and all others as far as there is room."""
    everything: Everything = [*spec.points, *spec.marks]
    if not everything:
        return
    places = axes.transData.transform([(each.x, each.y) for each in everything])
    last = len(spec.points) - 1

    def importance(index: int) -> tuple[int, int]:
        if index > last:
            return 1, index
        return (0 if index == spec.selected else 2 if index in {0, last} else 3), index

    along = ALONG if not spec.steps else RISING if _rising(spec) else FALLING
    texts = _texts(everything, places, last, axes.figure.dpi / 100)
    named = [
        Named(
            texts[index], float(places[index, 0]), float(places[index, 1]),
            needed=importance(index)[0] < 3,
            places=BESIDE if index > last else along,
        )
        for index in sorted(range(len(everything)), key=importance)
        if texts[index]
    ]  # fmt: skip
    drawn = [_dense(axes.transData.transform(line)) for line in lines if len(line)]
    letter(axes, named, places, np.concatenate([*drawn, np.empty((0, 2))]), ink)


def _texts(everything: Everything, places: FloatArray, last: int, scale: float) -> list[str]:
    """Words of each; a mark that stands on a point is named with it, in one label."""
    texts = [each.label for each in everything]
    for mark in range(last + 1, len(everything)):
        apart = np.hypot(*(places[: last + 1] - places[mark]).T)
        if last >= 0 and apart.min() <= POINT_PX * scale:
            point = int(apart.argmin())
            texts[mark] = ", ".join(text for text in (texts[mark], texts[point]) if text)
            texts[point] = ""
    return texts


def _dense(corners: FloatArray) -> FloatArray:
    """Points along a line, some pixels apart."""
    parts = [corners[:1]]
    for one, other in pairwise(corners):
        count = int(np.hypot(*(other - one)) / 3) + 2
        parts.append(np.linspace(one, other, count))
    return np.concatenate(parts)


def frontier_spot(figure: "Figure", spec: Frontier, x: float, y: float) -> Spot | None:
    """The point or mark at a place; a point's key is its position, counted from 0."""
    everything: Everything = [*spec.points, *spec.marks]
    if not everything:
        return None
    places = np.array([(each.x, each.y) for each in everything], dtype=np.float64)
    index, distance = nearest(figure.axes[0], places, x, y)
    if distance > NEAR_PX * figure.dpi / 100:
        return None
    found = everything[index]
    lines = [
        found.label,
        f"{spec.x_title}: {spec.x_number(found.x)}",
        f"{spec.y_title}: {spec.number(found.y)}",
    ]
    if isinstance(found, FrontierMark):
        return Spot(found.key, None, _said([*lines, found.note]))
    name = spec.bound_said or spec.bound_name
    if name and np.isfinite(found.bound_y):
        lines.append(f"{name}: {spec.number(found.bound_y)}")
    return Spot(str(index), None, _said([*lines, found.note]))


def _said(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)
