"""Draws the PNG sizes that desktops ask for from our own SVG."""

import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICONS = {
    "reckoner": ("apps", "reckoner"),
    "reckoner-plan": ("mimetypes", "application-x-reckoner-plan"),
}
"""Drawing, and the folder and name it has in the icon theme."""


def draw_icons(drawings: Path, theme: Path) -> None:
    """Fill an icon theme (`hicolor`) with every size and the drawing itself."""
    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    for drawing, (kind, name) in ICONS.items():
        source = drawings / f"{drawing}.svg"
        renderer = QSvgRenderer(str(source))
        if not renderer.isValid():
            raise ValueError(f"{source} cannot be drawn")
        for size in SIZES:
            target = theme / f"{size}x{size}" / kind / f"{name}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            if not _drawn(renderer, size).save(str(target)):
                raise OSError(f"{target} cannot be written")
        scalable = theme / "scalable" / kind / f"{name}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, scalable)
    del application


def _drawn(renderer: QSvgRenderer, size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image
