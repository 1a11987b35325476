"""What all charts have in common: quiet axes, a light grid, room for what stands outside."""

from typing import TYPE_CHECKING

import numpy as np

from desktop.charts.spec import FloatArray, Ink, NumberText

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

MARGIN_PX = 12
"""Between the drawing and the edge of the figure, in logical pixels at 100 dots per inch."""
TOP_PX, RIGHT_PX, KEY_PX = 44, 24, 24
"""Room for the title, for the end of the last tick and for a key below."""


def quiet(axes: "Axes", ink: Ink, grid: str) -> None:
    """No box, light grid along one axis, muted tick labels."""
    axes.set_facecolor(ink.surface)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.grid(axis=grid, color=ink.grid, linewidth=0.8)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.tick_params(colors=ink.muted, length=0, labelsize=8.5)


def title(figure: "Figure", text: str, ink: Ink) -> None:
    """What the chart shows, at the figure's left edge."""
    scale = figure.dpi / 100
    x, y = 4 * scale / figure.bbox.width, 1 - 10 * scale / figure.bbox.height
    figure.text(x, y, text, color=ink.text, fontsize=10, fontweight="bold", va="top")


def overhang(axes: "Axes") -> tuple[float, float]:
    """How far ticks and titles reach out of the axes to the left and below, in pixels."""
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    box, inside = axes.get_tightbbox(renderer), axes.get_window_extent(renderer)
    return (0.0, 0.0) if box is None else (inside.x0 - box.x0, inside.y0 - box.y0)


def axis_numbers(axis: "Axis", number: NumberText) -> None:
    """Write the ticks of an axis as the screen writes numbers."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5))
    axis.set_major_formatter(FuncFormatter(lambda value, _place: number(value)))


def fit(figure: "Figure", axes: "Axes", key: bool) -> None:
    """Give axes with numbers on both sides all room but for ticks, titles and perhaps a key."""
    scale = figure.dpi / 100
    width, height = figure.bbox.width, figure.bbox.height
    margin = MARGIN_PX * scale
    out_left, out_below = overhang(axes)
    figure.subplots_adjust(
        left=min(0.4, (out_left + margin) / width),
        right=1 - RIGHT_PX * scale / width,
        bottom=min(0.5, (out_below + margin + (KEY_PX * scale if key else 0.0)) / height),
        top=1 - TOP_PX * scale / height,
    )


def nearest(axes: "Axes", places: FloatArray, x: float, y: float) -> tuple[int, float]:
    """Which of some places, shape (places, 2) in data, is nearest, and how many pixels away."""
    away = np.hypot(*(axes.transData.transform(places) - (x, y)).T)
    away = np.where(np.isfinite(away), away, np.inf)
    index = int(np.argmin(away))
    return index, float(away[index])
