"""One row of a form: dot, label, editor, reset, and the quiet line that may turn into an error."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from desktop.forms.classes_editor import ClassesEditor
from desktop.forms.editors import (
    ChoiceEditor,
    NumberEditor,
    ReferenceEditor,
    RowEditor,
    SwitchEditor,
    TextEditor,
)
from desktop.forms.figure_editor import FigureEditor
from desktop.forms.hours_editor import HoursEditor
from desktop.forms.link_editor import LinkEditor
from desktop.forms.note_editor import NoteEditor
from desktop.forms.prices_editor import PricesEditor
from desktop.forms.quiet_line import QuietLine
from desktop.forms.row import Row
from desktop.forms.steps_editor import StepsEditor
from desktop.forms.weights_editor import WeightsEditor

LABEL_WIDTH = 176
EDITOR_WIDTH = 336
BUTTONS_WIDTH = 68
QUIET_WIDTH = 620
"""Room for a source beside the editor's own, in logical pixels."""
TALL = frozenset({"hours", "note", "classes", "steps"})
_EDITORS: Mapping[str, Callable[[Row, QWidget], RowEditor]] = {
    "figure": FigureEditor,
    "number": NumberEditor,
    "choice": ChoiceEditor,
    "text": TextEditor,
    "switch": SwitchEditor,
    "reference": ReferenceEditor,
    "hours": HoursEditor,
    "weights": WeightsEditor,
    "note": NoteEditor,
    "classes": ClassesEditor,
    "steps": StepsEditor,
    "prices": PricesEditor,
    "link": LinkEditor,
}


class FieldRow(QWidget):
    """Shows a row and says what the person wants it to be.

    Signals:
        wanted: this row, the new value, the number of the gesture.
        refused: this row and the sentence of an entry that does not fit (empty: it fits now).
        pick: the row of a catalogue reference or link whose button was pressed.
    """

    wanted = Signal(object, object, int)
    refused = Signal(object, str)
    pick = Signal(object)

    def __init__(self, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._sentence = ""
        self.dot = QLabel("●", self)
        self.dot.setObjectName("changedDot")
        self.dot.setFixedWidth(12)
        self.label = QLabel(row.label, self)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setWordWrap(True)
        self.editor: RowEditor = _EDITORS[row.editor](row, self)
        self.reset = QToolButton(self)
        self.reset.setText("↺")
        self.reset.setObjectName("reset")
        self.reset.setAccessibleName(self.tr("Reset {field}").format(field=row.label))
        self.reset.setToolTip(self.tr("Back to the default"))
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setObjectName("reset")
        self.more.setCheckable(True)
        self.more.setAccessibleName(self.tr("Source of {field}").format(field=row.label))
        self.more.setToolTip(self.tr("Source, date and range"))
        for button in (self.reset, self.more):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.setFixedWidth(24)
        self.quiet = QuietLine(self)
        self.hint = QLabel(self)
        self.hint.setObjectName("hint")
        self.hint.setIndent(2)
        self.hint.setWordWrap(True)
        self.error = QLabel(self)
        self.error.setObjectName("fieldError")
        self.error.setWordWrap(True)
        self._place()
        self._connect()
        self.show_row(row)

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.dot, 0, 0)
        grid.addWidget(self.label, 0, 1)
        grid.addWidget(self.editor.widget, 0, 2)
        grid.addWidget(self.more, 0, 3)
        grid.addWidget(self.reset, 0, 4)
        for line, widget in enumerate((self.quiet, self.hint, self.error), 1):
            grid.addWidget(widget, line, 2, 1, 4)
        if isinstance(self.editor, FigureEditor):
            grid.addWidget(self.editor.details, 4, 1, 1, 2)
        grid.setColumnStretch(5, 1)
        self._grid = grid
        if self.row.editor in TALL:
            top = Qt.AlignmentFlag.AlignTop
            for widget in (self.label, self.dot, self.reset):
                grid.setAlignment(widget, top)
                widget.setMinimumHeight(30)
        self.setMaximumWidth(12 + LABEL_WIDTH + QUIET_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The editor is as wide as there is room, up to its width; sources go on to the right."""
        super().resizeEvent(event)
        room = self.width() - 12 - LABEL_WIDTH - BUTTONS_WIDTH
        wanted = max(120, min(EDITOR_WIDTH, room))
        if self._grid.columnMinimumWidth(2) != wanted:
            self._grid.setColumnMinimumWidth(2, wanted)
            self.editor.widget.setMaximumWidth(wanted)

    def _connect(self) -> None:
        self.label.setBuddy(self.editor.focus_widget())
        self.editor.focus_widget().setAccessibleName(self.row.label)
        self.editor.wanted.connect(
            lambda value, gesture: self.wanted.emit(self.row, value, gesture)
        )
        self.editor.refused.connect(self._entry_refused)
        self.reset.clicked.connect(self._reset)
        if isinstance(self.editor, FigureEditor):
            details = self.editor.details
            self.quiet.clicked.connect(self.more.click)
            self.more.toggled.connect(details.setVisible)
        if isinstance(self.editor, ReferenceEditor | LinkEditor):
            self.editor.pick.connect(self.pick)

    def _reset(self) -> None:
        self.say("")
        self.editor.mark("")
        self.wanted.emit(self.row, self.row.default, 0)

    def _entry_refused(self, sentence: str) -> None:
        self._say(sentence)
        self.refused.emit(self.row, sentence)

    def say(self, sentence: str) -> None:
        """Mark the row as wrong for a reason only the whole plan knows; empty clears it."""
        self.editor.mark(sentence)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._sentence = sentence
        told = sentence or self.row.problem
        self.error.setText(told)
        self.error.setVisible(bool(told))
        self.editor.focus_widget().setAccessibleDescription(told or self.row.help)

    @property
    def sentence(self) -> str:
        """What is wrong with the entry; empty when nothing is."""
        return self._sentence

    def show_row(self, row: Row) -> None:
        """Show another state of the same field."""
        self.row = row
        changed = not row.is_default
        self.dot.setText("●" if changed else "")
        self.dot.setToolTip(self.tr("Differs from the default") if changed else "")
        self.reset.setVisible(changed)
        for widget in (self.label, self.editor.focus_widget()):
            widget.setToolTip(row.help)
        has_figure = isinstance(self.editor, FigureEditor) and bool(row.hint) and bool(row.value)
        self.quiet.say(row.hint if has_figure else "")
        self.quiet.setVisible(has_figure)
        self.more.setVisible(isinstance(self.editor, FigureEditor) and row.value is not None)
        self.hint.setText("" if has_figure else row.hint)
        self.hint.setVisible(bool(self.hint.text()))
        for line in (self.quiet, self.hint):
            if bool(line.property("stale")) != row.stale:
                line.setProperty("stale", row.stale)
                line.style().unpolish(line)
                line.style().polish(line)
        self.editor.show_row(row)
        self._say(self._sentence)

    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops to enter a value."""
        return self._stops(self.editor.widget)

    def side_stops(self) -> tuple[QWidget, ...]:
        """Where it stops beside that: source, date and range, reset."""
        details = (self.editor.details,) if isinstance(self.editor, FigureEditor) else ()
        return self._stops(self.more, *details, self.reset, self.quiet)

    def _stops(self, *parts: QWidget) -> tuple[QWidget, ...]:
        return tuple(
            widget
            for part in parts
            for widget in (part, *part.findChildren(QWidget))
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and widget.window() is self.window()  # not the list of a box that is folded
        )

    def focus(self) -> None:
        """Give the keyboard to the editor."""
        self.editor.focus_widget().setFocus(Qt.FocusReason.OtherFocusReason)
