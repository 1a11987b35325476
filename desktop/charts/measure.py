"""How wide words are in a figure, and how to shorten them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Measure = Callable[[str, float], float]
"""Width in logical pixels of a text at a font size in points."""


def measure_of(figure: "Figure") -> Measure:
    """Measure words with the fonts that will draw them."""
    from matplotlib.font_manager import FontProperties

    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    scale = figure.dpi / 100
    known: dict[tuple[str, float], float] = {}

    def width(text: str, size: float) -> float:
        if (text, size) not in known:
            font = FontProperties(size=size)
            extent = renderer.get_text_width_height_descent(text, font, False)
            known[text, size] = float(extent[0]) / scale
        return known[text, size]

    return width


def elided(text: str, room: float, size: float, measure: Measure) -> str:
    """The text, or both its ends where it is too wide: names differ at their ends."""
    if measure(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        kept = (low + high + 1) // 2
        if measure(_ends(text, kept), size) <= room:
            low = kept
        else:
            high = kept - 1
    return _ends(text, low) if low > 1 else ""


def _ends(text: str, kept: int) -> str:
    head = (kept + 1) // 2
    tail = kept - head
    return f"{text[:head].rstrip()}…{text[len(text) - tail :].lstrip() if tail else ''}"
