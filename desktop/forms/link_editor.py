"""A button that leads to where something is edited, with a sentence of what is there now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.forms.editors import RowEditor
from desktop.forms.row import Row


class LinkEditor(RowEditor):
    """Edits nothing itself; the row's placeholder is the text of the button."""

    pick = Signal(object)
    """Asks to be led there; carries the row."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        holder = QWidget(parent)
        super().__init__(holder, row)
        self.button = QPushButton(row.placeholder, holder)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(lambda: self.pick.emit(self._row))

    def focus_widget(self) -> QWidget:
        return self.button

    def mark(self, sentence: str) -> None:
        """A button cannot be wrong."""
