"""Draws any spec on a figure."""

from typing import TYPE_CHECKING

from desktop.charts.bars import bar_spot, draw_bars
from desktop.charts.curve import curve_spot, draw_curve
from desktop.charts.flow import draw_flow, flow_spot
from desktop.charts.frontier import draw_frontier, frontier_spot
from desktop.charts.lines import draw_lines, line_spot
from desktop.charts.spec import Bars, Curve, Flow, Frontier, Ink, Lines, Spec, Spot, Strip
from desktop.charts.strip import draw_strip, strip_spot
from desktop.charts.style import settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(figure: "Figure", spec: Spec, ink: Ink) -> None:
    """Draw a spec on an empty or used figure."""
    import matplotlib as mpl

    with mpl.rc_context(settings()):  # type: ignore[arg-type]
        figure.clear()
        figure.set_facecolor(ink.surface)
        match spec:
            case Lines():
                draw_lines(figure, spec, ink)
            case Bars():
                draw_bars(figure, spec, ink)
            case Curve():
                draw_curve(figure, spec, ink)
            case Strip():
                draw_strip(figure, spec, ink)
            case Flow():
                draw_flow(figure, spec, ink)
            case Frontier():
                draw_frontier(figure, spec, ink)


def spot_at(  # noqa: PLR0911, one answer for each kind of chart
    figure: "Figure", spec: Spec, x: float, y: float
) -> Spot | None:
    """What lies near a point of a drawn figure, in pixels from its lower left corner."""
    if not figure.axes:
        return None
    match spec:
        case Lines():
            return line_spot(figure, spec, x, y)
        case Bars():
            return bar_spot(figure, spec, x, y)
        case Curve():
            return curve_spot(figure, spec, x, y)
        case Strip():
            return strip_spot(figure, spec, x, y)
        case Flow():
            return flow_spot(figure, spec, x, y)
        case Frontier():
            return frontier_spot(figure, spec, x, y)
