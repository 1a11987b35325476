"""What all charts have in common: quiet axes, a light grid, room for what stands outside."""

from typing import TYPE_CHECKING

from desktop.charts.spec import Ink, NumberText

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

MARGIN_PX = 12
"""Between the drawing and the edge of the figure, in logical pixels at 100 dots per inch."""


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
