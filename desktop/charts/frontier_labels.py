"""Words beside the points of a frontier: no two on each other, none on a point, all inside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from desktop.charts.boxes import Box, overlap
from desktop.charts.measure import elided, measure_of
from desktop.charts.spec import FloatArray, Ink

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABEL_PT = 8.5
HEIGHT_PX = 16.0
POINT_PX = 7.0
"""Half the side of the square around a point that stays free."""
NEAR_PX, FAR_PX = 11.0, (26.0, 48.0, 80.0, 120.0)
"""Between a point and its words; far words have a line to their point."""
BESIDE = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Places for words, best first: to the right or left, and up or down (y upwards)."""
ALONG = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""The same for points of a line: what stands aside of one may seem to belong to the next."""
FALLING = ((1, 1), (0, 1), (1, 0), (0, -1), (1, -1), (-1, -1), (-1, 0), (-1, 1))
"""The same for points from which a step goes to the right: above it nothing is drawn."""
RISING = ((-1, 1), (0, 1), (1, -1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1))
"""The same for points at which a step from the left ends."""
APART_PX = 5.0
"""Between words on the same height."""
EDGE_PX = 4.0
"""Between words and the right edge of the figure."""
CROSSED = 1.0
"""Points of a line, some pixels apart, that words without need may hide."""
WIDEST = 0.36
"""The part of the width that one label may take."""


@dataclass(frozen=True, slots=True)
class Named:
    """A point with words, in pixels."""

    text: str
    x: float
    y: float
    needed: bool
    """Whether its words may stand far away rather than be left out."""
    places: tuple[tuple[int, int], ...]
    """Where its words may stand, best first."""


def letter(
    axes: "Axes", named: list[Named], points: FloatArray, line: FloatArray, ink: Ink
) -> None:
    """Write words where there is room, the most important first.

    Args:
        axes: with its final limits and margins.
        named: the words, most important first.
        points: what words may not hide, in pixels, shape (points, 2).
        line: what they should not hide, in pixels, shape (points, 2).
        ink: colours.
    """
    scale = axes.figure.dpi / 100
    measure = measure_of(axes.figure)  # type: ignore[arg-type]
    inside = axes.bbox
    right = axes.figure.bbox.width - EDGE_PX * scale
    frame = (inside.x0, inside.y0, right, inside.y1)
    taken: list[Box] = [
        (x - POINT_PX * scale, y - POINT_PX * scale, x + POINT_PX * scale, y + POINT_PX * scale)
        for x, y in points
    ]
    for each in named:
        text = elided(each.text, WIDEST * inside.width / scale, LABEL_PT, measure)
        if not text:
            continue
        size = measure(text, LABEL_PT) * scale, HEIGHT_PX * scale
        box, far = _best(each, size, frame, taken, line, scale)
        if box is None:
            continue
        apart = APART_PX * scale
        taken.append((box[0] - apart, box[1], box[2] + apart, box[3]))
        axes.annotate(
            text,
            (each.x, each.y),
            xycoords="figure pixels",
            xytext=((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
            textcoords="figure pixels",
            ha="center",
            va="center_baseline",
            color=ink.text,
            fontsize=LABEL_PT,
            zorder=8,
            bbox={"boxstyle": "square,pad=0.1", "fc": ink.surface, "ec": "none", "alpha": 0.75},
            arrowprops={"arrowstyle": "-", "color": ink.muted, "lw": 0.8, "shrinkB": 5}
            if far
            else None,
        )


def _best(
    each: Named,
    size: tuple[float, float],
    frame: Box,
    taken: list[Box],
    line: FloatArray,
    scale: float,
) -> tuple[Box | None, bool]:
    """The place that hides least of the line; the nearest of those, and whether it is far."""
    found: tuple[float, Box, bool] | None = None
    for step, away in enumerate((NEAR_PX, *FAR_PX) if each.needed else (NEAR_PX,)):
        for preference, (right, up) in enumerate(each.places):
            box = _box(each, size, (right, up), away * scale)
            if not _within(box, frame) or any(overlap(box, other) for other in taken):
                continue
            hidden = float(
                np.count_nonzero(
                    (box[0] < line[:, 0]) & (line[:, 0] < box[2])
                    & (box[1] < line[:, 1]) & (line[:, 1] < box[3])
                )
            )  # fmt: skip
            if hidden > CROSSED and not each.needed:
                continue
            cost = min(hidden, 3.0) * 10 + step * 12 + preference / 10
            if found is None or cost < found[0]:
                found = cost, box, step > 0
    return (None, False) if found is None else found[1:]


def _box(each: Named, size: tuple[float, float], side: tuple[int, int], away: float) -> Box:
    width, height = size
    right, up = side
    reach = away * (0.75 if right and up else 1.0)
    x = each.x + right * (reach + width / 2)
    y = each.y + up * (reach + height / 2)
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _within(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
