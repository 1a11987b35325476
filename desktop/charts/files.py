"""A chart as a picture in a file, drawn as on the screen."""

from io import BytesIO
from pathlib import Path
from typing import Final

from desktop.charts.draw import draw
from desktop.charts.spec import Ink, Spec
from desktop.charts.style import prepare_charts
from pricing import today as clock
from pricing.plan.atomic import write_atomically
from pricing.version import NAME_AND_VERSION

FORMATS: Final = ("pdf", "svg", "png")
"""What can be written; a file's ending tells which."""
SCREEN_DPI: Final = 100
"""Logical pixels of an inch, as in the window."""
PNG_DPI: Final = 2 * SCREEN_DPI


class UnknownFormatError(ValueError):
    """The ending of a file's name is none of those that can be written."""


def format_of(path: Path) -> str:
    """The format that the ending of a name asks for; raises UnknownFormatError."""
    wanted = path.suffix.lower().lstrip(".")
    if wanted not in FORMATS:
        raise UnknownFormatError(path.suffix)
    return wanted


def write_chart(spec: Spec, ink: Ink, path: Path, size: tuple[int, int]) -> None:
    """Write a chart whole or not at all; text stays text in PDF and SVG.

    Args:
        spec: The chart.
        ink: Its colours.
        path: Ends in one of `FORMATS`.
        size: Width and height in logical pixels, as on the screen.

    Raises:
        UnknownFormatError: for another ending.
        OSError: the place cannot be written; what stood there before stays.
    """
    wanted = format_of(path)
    prepare_charts()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    written = BytesIO()
    inches = (size[0] / SCREEN_DPI, size[1] / SCREEN_DPI)
    dpi = PNG_DPI if wanted == "png" else SCREEN_DPI
    figure = Figure(figsize=inches, dpi=dpi)
    FigureCanvasAgg(figure)
    draw(figure, spec, ink)
    figure.savefig(written, format=wanted, dpi=dpi, metadata=_told(spec, wanted))
    write_atomically(path, written.getvalue())


def _told(spec: Spec, wanted: str) -> dict[str, object]:
    """What a file says of itself: title, program with version, and day."""
    if wanted == "png":
        return {"Title": spec.title, "Description": spec.summary, "Software": NAME_AND_VERSION}
    if wanted == "svg":
        return {
            "Title": spec.title,
            "Description": spec.summary,
            "Creator": NAME_AND_VERSION,
            "Date": clock.today().isoformat(),
        }
    return {"Title": spec.title, "Subject": spec.summary, "Creator": NAME_AND_VERSION}
