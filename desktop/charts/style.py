"""Fonts and output settings of every chart, on screen and in files."""

import threading
from functools import cache
from typing import Any

from desktop.theme.tokens import FONT_FAMILIES

_IMPORTING = threading.Lock()


@cache
def settings() -> dict[str, Any]:
    """Matplotlib settings: the window's fonts as far as they are installed, text kept as text."""
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    families = [name for name in FONT_FAMILIES if name in installed]
    return {
        "font.family": families or ["DejaVu Sans"],
        "font.size": 9,
        "pdf.fonttype": 42,
        "svg.fonttype": "none",
        "axes.unicode_minus": True,
        "text.parse_math": False,
    }


def prepare_charts() -> None:
    """Import what drawing needs, before the first chart is asked for; safe off the GUI thread.

    The settings are put in force for good: a chart may be written to a file in the background
    while another one is drawn on the screen.
    Who comes second waits: two threads that import packages with circular imports at a time may
    see half of them.
    """
    with _IMPORTING:
        import matplotlib as mpl
        import matplotlib.backends.backend_agg
        import matplotlib.figure

        mpl.rcParams.update(settings())  # type: ignore[arg-type]
