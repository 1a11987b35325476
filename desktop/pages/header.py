"""The strip above the pages: what is open, and the few actions that are always at hand."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.pages.elided import ElidedLabel
from desktop.theme.tokens import GRID


class Header(QFrame):
    """Name of the document, undo, redo, export."""

    def __init__(
        self, undo: QAction, redo: QAction, export: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.name = ElidedLabel()
        self.name.setObjectName("documentName")
        self.note = ElidedLabel()
        self.note.setObjectName("documentNote")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.name)
        text.addWidget(self.note)
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        line.setSpacing(GRID)
        line.addLayout(text, 1)
        for action in (undo, redo):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text().replace("&", ""))
            line.addWidget(button)
        self.export = QPushButton(export.text().replace("&", ""))
        self.export.setObjectName("primary")
        self.export.setToolTip(export.toolTip())
        self.export.clicked.connect(export.trigger)
        export.changed.connect(lambda: self.export.setEnabled(export.isEnabled()))
        line.addWidget(self.export)

    def show_document(self, name: str, note: str) -> None:
        """Show the plan's name and where it is kept."""
        self.name.say(name)
        self.note.say(note)
