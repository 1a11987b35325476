"""Fonts and output settings of every chart, on screen and in files."""

import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from desktop.theme.tokens import FONT_FAMILIES

WRITE_CHINESE: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
)
"""Unlike the window, a chart looks for a missing character only in fonts that are named to it."""

_IMPORTING = threading.Lock()


def families_of(installed: Iterable[str]) -> list[str]:
    """The fonts of charts in the order in which they are tried, one of them with Chinese."""
    there = set(installed)
    families: list[str] = [name for name in FONT_FAMILIES if name in there] or ["DejaVu Sans"]
    chinese = [name for name in WRITE_CHINESE if name in there]
    if chinese and not there.intersection(WRITE_CHINESE, families):
        families.append(chinese[0])
    return families


def has_postscript_outlines(file: Path) -> bool:
    """Whether the first font of a file is OpenType with CFF outlines, by its first bytes."""
    with file.open("rb") as opened:
        tag = opened.read(16)
        if tag.startswith(b"ttcf"):  # a collection: the place of its first font comes at byte 12
            opened.seek(int.from_bytes(tag[12:16], "big"))
            tag = opened.read(4)
    return tag.startswith(b"OTTO")


@cache
def settings() -> dict[str, Any]:
    """Matplotlib settings: the window's fonts as far as they are installed, text kept as text."""
    from matplotlib import font_manager

    families = families_of(font_manager.get_font_names())
    files = [Path(font_manager.findfont(name)) for name in families]
    return {
        "font.family": families,
        "font.size": 9,
        # as TrueType, or glyph by glyph: what matplotlib would write of others is no valid PDF
        "pdf.fonttype": 3 if any(map(has_postscript_outlines, files)) else 42,
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
