"""Lines over months, named at their ends, with a labelled break-even."""

from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.charts.frame import MARGIN_PX, axis_numbers, overhang, quiet, title
from desktop.charts.spec import Ink, Lines, LineSeries, Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABEL_GAP_PX = 16
NEAR_PX = 24
"""How near, in pixels, a click must be to a line."""


def draw_lines(figure: "Figure", spec: Lines, ink: Ink) -> None:
    """Draw lines with direct labels; the right margin is as wide as the longest label."""
    axes = figure.add_subplot()
    quiet(axes, ink, "y")
    title(figure, spec.title, ink)
    months = np.arange(1, len(spec.months) + 1)
    for line in spec.series:
        if spec.steps:
            axes.step(months, line.values, where="mid", color=line.colour, lw=2, label=line.name)
        else:
            axes.plot(months, line.values, color=line.colour, lw=2, label=line.name)
        axes.plot(months[-1], line.values[-1], "o", color=line.colour, ms=5)
    axes.set_xlim(0.5, len(months) + 0.2)
    low, high = axes.get_ylim()
    axes.set_ylim(min(0.0, low), max(high, 0.0) or 1.0)
    axes.axhline(0, color=ink.muted, lw=0.8)
    axes.set_xticks([m for m in months if m == 1 or m % 6 == 0])
    axes.set_xlabel(spec.x_title, color=ink.muted, fontsize=8.5)
    axes.set_ylabel(spec.y_title, color=ink.muted, fontsize=8.5)
    axis_numbers(axes.yaxis, spec.number)
    labels = _end_labels(axes, spec, ink)
    _fit(figure, axes, labels)
    _spread(axes, spec.series, labels)
    if spec.marker is not None:
        _mark(axes, spec, ink)


def _end_labels(axes: "Axes", spec: Lines, ink: Ink) -> list[Any]:
    return [
        axes.annotate(
            f"{line.name}\n{spec.number(float(line.values[-1]))}",
            (len(spec.months), float(line.values[-1])),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            color=ink.text,
            fontsize=8.5,
            annotation_clip=False,
            linespacing=1.15,
        )
        for line in spec.series
    ]


def _fit(figure: "Figure", axes: "Axes", labels: list[Any]) -> None:
    """Make room left and below for the ticks, right for the labels."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    width, height = figure.bbox.width, figure.bbox.height
    scale = figure.dpi / 100
    margin = MARGIN_PX * scale
    widest = max((text.get_window_extent(renderer).width for text in labels), default=0.0)
    out_left, out_below = overhang(axes)
    right = widest + 22 * scale
    figure.subplots_adjust(
        left=min(0.4, (out_left + margin) / width),
        right=max(0.5, 1 - right / width),
        bottom=min(0.4, (out_below + margin) / height),
        top=max(0.6, 1 - 44 * scale / height),
    )


def _spread(axes: "Axes", series: tuple[LineSeries, ...], labels: list[Any]) -> None:
    """Move end labels apart where they would lie on each other."""
    if not labels:
        return
    figure = axes.figure
    gap = 2 * LABEL_GAP_PX * figure.dpi / 100
    places = [axes.transData.transform((0, float(line.values[-1])))[1] for line in series]
    order = sorted(range(len(places)), key=lambda index: places[index])
    wanted = [places[index] for index in order]
    spread = list(wanted)
    for i in range(1, len(spread)):
        spread[i] = max(spread[i], spread[i - 1] + gap)
    middle = (sum(spread) - sum(wanted)) / len(spread)
    spread = [place - middle for place in spread]
    floor = axes.bbox.y0
    shift = max(0.0, floor - spread[0])
    for index, place in zip(order, spread, strict=True):
        offset = (place + shift - places[index]) * 72 / figure.dpi
        labels[index].set_position((9, offset))


def _mark(axes: "Axes", spec: Lines, ink: Ink) -> None:
    marker = spec.marker
    assert marker is not None
    axes.plot(
        marker.month, marker.value, "o", ms=8, mfc=ink.surface, mec=ink.text, mew=1.6, zorder=5,
        label="break-even",
    )  # fmt: skip
    low, high = axes.get_ylim()
    above = marker.value < (low + high) / 2
    left = marker.month > len(spec.months) / 2
    axes.annotate(
        marker.text,
        (marker.month, marker.value),
        xytext=(-14 if left else 14, 26 if above else -26),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        color=ink.text,
        fontsize=9,
        bbox={"boxstyle": "round,pad=0.3", "fc": ink.surface, "ec": ink.grid},
        arrowprops={"arrowstyle": "-", "color": ink.muted, "lw": 0.8},
        zorder=6,
    )


def line_spot(figure: "Figure", spec: Lines, x: float, y: float) -> Spot | None:
    """The nearest point of a line, if it is near."""
    axes = figure.axes[0]
    column, _ = axes.transData.inverted().transform((x, y))
    month = int(np.clip(round(column), 1, len(spec.months)))
    if not -2 <= column <= len(spec.months) + 1:
        return None
    best: tuple[float, LineSeries] | None = None
    for line in spec.series:
        place = axes.transData.transform((month, float(line.values[month - 1])))[1]
        distance = abs(place - y)
        if best is None or distance < best[0]:
            best = distance, line
    if best is None or best[0] > NEAR_PX * figure.dpi / 100:
        return None
    line = best[1]
    text = f"{line.name}\n{spec.months[month - 1]}: {spec.number(float(line.values[month - 1]))}"
    return Spot(line.key, month, text)
