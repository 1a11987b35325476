"""Labelled lines beside a form that say what follows from it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.theme.tokens import GRID


class PreviewPanel(QScrollArea):
    """Lines of a label and a text; scrolls where they are many."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(title)
        self._title = title
        self._body = QWidget()
        self._body.setObjectName("pageBody")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._column.setSpacing(2)
        self.setWidget(self._body)
        self.lines: tuple[tuple[str, str], ...] = ()
        self.show_lines(())

    def show_lines(self, lines: tuple[tuple[str, str], ...], empty: str = "") -> None:
        """Show other lines, or a sentence where there are none yet."""
        self.lines = lines
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        heading = QLabel(self._title)
        heading.setObjectName("question")
        self._column.addWidget(heading)
        for label, text in lines:
            self._add(label, "hint")
            self._add(text, "")
        if not lines:
            self._add(empty, "hint")
        self._column.addStretch(1)

    def _add(self, text: str, kind: str) -> None:
        label = QLabel(text)
        label.setObjectName(kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if not kind:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setContentsMargins(0, 0, 0, GRID // 2)
        self._column.addWidget(label)
