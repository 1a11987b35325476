"""A page that scrolls as a whole and keeps its text lines short enough to read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.theme.tokens import GRID


class ScrollPage(QScrollArea):
    """A scrolling column; `body` is where to add to."""

    def __init__(self, name: str, parent: QWidget | None = None, widest: int = 0) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        holder = QWidget()
        holder.setObjectName("pageBody")
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        self.body.setSpacing(2 * GRID)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        if widest:
            holder.setMaximumWidth(widest)
        self.setWidget(holder)


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """The title of a page."""
    label = QLabel(text, parent)
    label.setObjectName("pageTitle")
    return label


def page_text(name: str, text: str = "") -> QLabel:
    """A text that wraps, in the style of that name; names without spaces never widen the page."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)
    return label
