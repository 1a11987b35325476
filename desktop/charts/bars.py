"""Horizontal stacked bars: one per option, one segment per category, named where there is room."""

from typing import TYPE_CHECKING

import numpy as np

from desktop.charts.frame import MARGIN_PX, axis_numbers, overhang, quiet, title
from desktop.charts.spec import Bars, Ink, Spot
from desktop.theme.contrast import readable_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THICKNESS = 0.6


def draw_bars(figure: "Figure", spec: Bars, ink: Ink) -> None:
    """Draw the bars from top to bottom, totals at their ends, a key of categories above."""
    axes = figure.add_subplot()
    quiet(axes, ink, "x")
    title(figure, spec.title, ink)
    rows = np.arange(len(spec.bars))
    for part, starts in zip(spec.parts, _starts(spec), strict=True):
        axes.barh(
            rows, part.values, THICKNESS, left=starts, color=part.colour, label=part.name,
            edgecolor=ink.surface, linewidth=0.8,
        )  # fmt: skip
    axes.set_yticks(rows, spec.bars)
    axes.tick_params(axis="y", labelcolor=ink.text, labelsize=9)
    axes.axvline(0, color=ink.muted, lw=0.8)
    axes.set_xlabel(spec.x_title, color=ink.muted, fontsize=8.5)
    axis_numbers(axes.xaxis, spec.number)
    _limits(axes, spec)
    _totals(axes, spec, ink)
    _fit(figure, axes, spec, ink)
    _segment_labels(axes, spec)


def _limits(axes: "Axes", spec: Bars) -> None:
    """Room for the totals; few bars stay as slim as many."""
    low = min((_end(spec, row, -1) for row in range(len(spec.bars))), default=0.0)
    high = max((_end(spec, row, 1) for row in range(len(spec.bars))), default=0.0)
    span = (high - low) or 1.0
    axes.set_xlim(low - 0.02 * span if low < 0 else 0.0, high + 0.12 * span)
    axes.set_ylim(max(len(spec.bars), 3) - 0.5, -0.5)


def _end(spec: Bars, row: int, sign: int) -> float:
    """Where the costs (sign 1) or the receipts (sign -1) of a bar end."""
    return sign * sum(max(0.0, sign * part.values[row]) for part in spec.parts)


def _starts(spec: Bars) -> list[tuple[float, ...]]:
    """Left end of every segment: costs pile up to the right, receipts to the left of zero."""
    costs = np.zeros(len(spec.bars))
    receipts = np.zeros(len(spec.bars))
    starts = []
    for part in spec.parts:
        values = np.asarray(part.values)
        starts.append(tuple(np.where(values >= 0, costs, receipts)))
        costs = costs + np.maximum(values, 0)
        receipts = receipts + np.minimum(values, 0)
    return starts


def _totals(axes: "Axes", spec: Bars, ink: Ink) -> None:
    for row, total in enumerate(spec.totals):
        end = _end(spec, row, 1)
        axes.annotate(
            spec.number(total), (end, row), xytext=(6, 0), textcoords="offset points",
            va="center", color=ink.text, fontsize=9, fontweight="bold",
        )  # fmt: skip


def _fit(figure: "Figure", axes: "Axes", spec: Bars, ink: Ink) -> None:
    scale = figure.dpi / 100
    margin = MARGIN_PX * scale
    out_left, out_below = overhang(axes)
    width, height = figure.bbox.width, figure.bbox.height
    left = min(0.4, (out_left + margin) / width)
    columns = max(1, int(width * 0.9 / (140 * scale)))
    lines = -(-len(spec.parts) // columns)
    below = (out_below + margin + (20 * lines + 6) * scale) / height
    figure.subplots_adjust(
        left=left,
        right=1 - margin / width,
        bottom=min(0.5, below),
        top=1 - 44 * scale / height,
    )
    figure.legend(
        loc="lower left",
        bbox_to_anchor=(margin / width, 4 * scale / height),
        ncols=min(columns, len(spec.parts)) or 1,
        frameon=False,
        fontsize=8.5,
        labelcolor=ink.text,
        handlelength=1,
        handleheight=1,
        columnspacing=1.6,
        borderpad=0.2,
    )


def _segment_labels(axes: "Axes", spec: Bars) -> None:
    """Write an amount into each segment that is wide enough for it."""
    scale = axes.figure.dpi / 100
    for part, starts in zip(spec.parts, _starts(spec), strict=True):
        for row, value in enumerate(part.values):
            ends = axes.transData.transform([(starts[row], row), (starts[row] + value, row)])
            text = spec.number(value)
            if abs(ends[1][0] - ends[0][0]) > (8 * len(text) + 8) * scale:
                axes.text(
                    starts[row] + value / 2, row, text, ha="center", va="center",
                    fontsize=8, color=readable_on(part.colour),
                )  # fmt: skip


def bar_spot(figure: "Figure", spec: Bars, x: float, y: float) -> Spot | None:
    """The segment at a point."""
    axes = figure.axes[0]
    value, place = axes.transData.inverted().transform((x, y))
    row = round(place)
    if not 0 <= row < len(spec.bars) or abs(place - row) > THICKNESS / 2:
        return None
    for part, starts in zip(spec.parts, _starts(spec), strict=True):
        ends = sorted((starts[row], starts[row] + part.values[row]))
        if ends[0] <= value <= ends[1] and part.keys[row]:
            text = f"{spec.bars[row]}\n{part.name}: {spec.number(part.values[row])}"
            return Spot(part.keys[row], None, text)
    return None
