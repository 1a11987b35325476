"""One horizontal bar of named pieces: what something is made of, at a glance."""

from typing import TYPE_CHECKING

from desktop.charts.frame import title
from desktop.charts.spec import Ink, Piece, Spot, Strip
from desktop.theme.contrast import readable_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOP_PX, BAR_PX, SIDE_PX = 38, 30, 6
KEY_PX, LINE_PX, KEY_GAP_PX = 16, 19, 20
SWATCH_PX = 10


def draw_strip(figure: "Figure", spec: Strip, ink: Ink) -> None:
    """Draw the bar as wide as the figure, values inside where there is room, a key below."""
    scale = figure.dpi / 100
    width, height = figure.bbox.width, figure.bbox.height
    title(figure, spec.title, ink)
    axes = figure.add_axes(
        (
            SIDE_PX * scale / width,
            1 - (TOP_PX + BAR_PX) * scale / height,
            1 - 2 * SIDE_PX * scale / width,
            BAR_PX * scale / height,
        )
    )
    axes.set_axis_off()
    axes.set_xlim(0, spec.total or 1.0)
    axes.set_ylim(-0.5, 0.5)
    start = 0.0
    for piece in spec.pieces:
        axes.barh(
            0, piece.value, 1.0, left=start, color=piece.colour or ink.grid,
            edgecolor=ink.surface, linewidth=1.0, label=piece.name,
        )  # fmt: skip
        _inside(axes, spec, piece, start, ink)
        start += piece.value
    if spec.limit is not None:
        axes.axvline(spec.limit.x, color=ink.text, lw=1.6, ls=(0, (3, 2)), clip_on=False)
    _key(figure, spec, ink)


def _inside(axes: "Axes", spec: Strip, piece: Piece, start: float, ink: Ink) -> None:
    ends = axes.transData.transform([(start, 0), (start + piece.value, 0)])
    text = spec.number(piece.value)
    if ends[1][0] - ends[0][0] > (7 * len(text) + 10) * axes.figure.dpi / 100:
        axes.text(
            start + piece.value / 2, 0, text, ha="center", va="center", fontsize=8.5,
            color=readable_on(piece.colour) if piece.colour else ink.text,
        )  # fmt: skip


def _key(figure: "Figure", spec: Strip, ink: Ink) -> None:
    """Names with their values from left to right, on as many lines as they need."""
    from matplotlib.patches import Rectangle

    scale = figure.dpi / 100
    width, height = figure.bbox.width, figure.bbox.height
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    x, y = SIDE_PX * scale, height - (TOP_PX + BAR_PX + KEY_PX) * scale
    swatch = SWATCH_PX * scale
    entries = [(piece.colour or ink.grid, piece.name, spec.number(piece.value))
               for piece in spec.pieces]  # fmt: skip
    if spec.limit is not None:
        entries.append(("", spec.limit.text, ""))
    for colour, name, value in entries:
        label = figure.text(
            0, 0, f"{name}  {value}".rstrip() if colour else f"┆ {name}",
            color=ink.text, fontsize=8.5, va="center",
        )  # fmt: skip
        room = label.get_window_extent(renderer).width + (swatch + 5 * scale if colour else 0)
        if x + room > width - SIDE_PX * scale and x > SIDE_PX * scale:
            x, y = SIDE_PX * scale, y - LINE_PX * scale
        left = x
        if colour:
            figure.add_artist(
                Rectangle(
                    (x / width, (y - swatch / 2) / height),
                    swatch / width,
                    swatch / height,
                    transform=figure.transFigure,
                    facecolor=colour,
                    edgecolor="none",
                )
            )
            left += swatch + 5 * scale
        label.set_position((left / width, y / height))
        x += room + KEY_GAP_PX * scale


def strip_spot(figure: "Figure", spec: Strip, x: float, y: float) -> Spot | None:
    """The piece at a point."""
    axes = figure.axes[0]
    value, place = axes.transData.inverted().transform((x, y))
    if abs(place) > 0.5 or value < 0:
        return None
    start = 0.0
    for piece in spec.pieces:
        start += piece.value
        if value <= start:
            share = piece.value / spec.total if spec.total else 0.0
            return Spot("", None, f"{piece.name}: {spec.number(piece.value)} ({share:.0%})")
    return None
