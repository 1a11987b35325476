"""The window's line icons, drawn on a grid of 24 and tinted with the text colour."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKES: Final = {
    "workload": "M4 19h16 M6 15v-4 M10 15V6 M14 15V9 M18 15v-2",
    "options": "M4 7h10 M18 7h2 M4 17h2 M10 17h10 M16 5v4 M8 15v4 M4 12h6 M14 12h6 M12 10v4",
    "routing": "M4 12h4 M8 12c4 0 4-6 8-6h4 M8 12c4 0 4 6 8 6h4 M17 3l3 3-3 3 M17 15l3 3-3 3",
    "serving": "M4 5h16v5H4z M4 14h16v5H4z M7 7.5h2 M7 16.5h2 M14 7.5h3 M14 16.5h3",
    "assumptions": "M5 5h14v15H5z M9 3v4 M15 3v4 M5 10h14 M9 14h2 M13 14h2",
    "results": "M4 4v16h16 M8 15l4-5 3 3 5-7",
    "undo": "M8 5L4 9l4 4 M4 9h10a5 5 0 0 1 0 10h-4",
    "redo": "M16 5l4 4-4 4 M20 9H10a5 5 0 0 0 0 10h4",
    "export": "M12 4v11 M8 8l4-4 4 4 M5 14v5h14v-5",
    "open": "M4 19V6h5l2 2h9v11z",
    "save": "M5 4h11l3 3v13H5z M8 4v5h7V4 M8 20v-6h8v6",
    "add": "M12 5v14 M5 12h14",
    "copy": "M8 8h11v12H8z M5 16V4h11",
    "remove": "M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13",
    "up": "M12 19V5 M6 11l6-6 6 6",
    "down": "M12 5v14 M6 13l6 6 6-6",
    "search": "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14 M16 16l4 4",
    "new": "M6 3h8l4 4v14H6z M14 3v4h4 M12 11v6 M9 14h6",
    "log": "M5 4h14v16H5z M8 8h8 M8 12h8 M8 16h5",
    "app": "M5 20V4h14v16z M8 8h8 M8 12h2 M14 12h2 M8 16h2 M14 16h2",
}
"""Paths of our own, by name."""

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" fill="none" '
    'stroke="{colour}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


@cache
def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """The icon of that name in a colour, sharp at 1x, 2x and 3x."""
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled or colour)):
        for scale in (1, 2, 3):
            pixels = QPixmap(20 * scale, 20 * scale)
            pixels.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixels)
            svg = _SVG.format(path=STROKES[name], colour=tint)
            QSvgRenderer(QByteArray(svg.encode())).render(
                painter, QRectF(0, 0, 20 * scale, 20 * scale)
            )
            painter.end()
            pixels.setDevicePixelRatio(scale)
            made.addPixmap(pixels, mode)
    return made
