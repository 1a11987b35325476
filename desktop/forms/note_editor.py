"""A text of several lines that is as high as it needs to be."""

from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.forms.editors import RowEditor
from desktop.forms.row import Row

MOST_LINES: Final = 6
FRAME: Final = 14


class NoteField(QPlainTextEdit):
    """Plain text that grows with its lines; Tab goes on to the next field.

    Signals:
        left: the person has left the field.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)
        self.setUndoRedoEnabled(False)

    def fit(self) -> None:
        """Take the height of the lines there are."""
        metrics = self.fontMetrics()
        wanted = round(self.document().size().height())
        lines = max(1, min(MOST_LINES, wanted))
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if wanted > MOST_LINES else policies.ScrollBarAlwaysOff
        )
        height = max(30, lines * metrics.lineSpacing() + FRAME)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person has left."""
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the plan, whose steps they are."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)


class NoteEditor(RowEditor):
    """Binds a note to its row; typing until the field is left is one step."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.field = NoteField(parent)
        super().__init__(self.field, row)
        self.field.textChanged.connect(lambda: self._want(self.field.toPlainText()))
        self.field.left.connect(self._end_gesture)
        self.show_row(row)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        self.field.setPlaceholderText(row.placeholder)
        if self.field.toPlainText() != row.value:
            with QSignalBlocker(self.field):
                self.field.setPlainText(row.value)
            self.field.fit()
