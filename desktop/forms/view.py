"""A form: groups of rows, bound to the plan by one function that makes an edit or says why not."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.forms.edit import Edit
from desktop.forms.field_row import FieldRow
from desktop.forms.row import Group, Row

Apply = Callable[[Edit], str]
"""Makes an edit; returns the sentence that says why it cannot be made, or nothing."""

SETTLE_MS = 20
"""How long new rows take to find their places."""


class FormView(QWidget):
    """Shows groups of rows and sends what is typed to `apply`.

    Signals:
        entry_refused: path of a field and its sentence; an empty sentence clears it.
        pick: a reference row whose catalogue button was pressed.
    """

    entry_refused = Signal(str, str)
    pick = Signal(object)

    def __init__(self, apply: Apply, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._apply = apply
        self._rows: dict[str, FieldRow] = {}
        self._headings: list[QLabel] = []
        self._shape: tuple[Any, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_form(self, groups: tuple[Group, ...]) -> None:
        """Show these groups; widgets of rows that stay are kept, and with them the keyboard."""
        shape = tuple(group.shape() for group in groups)
        if shape != self._shape:
            self._build(groups)
            self._shape = shape
        for group in groups:
            for row in group.rows:
                self._rows[row.path].show_row(row)

    def _build(self, groups: tuple[Group, ...]) -> None:
        while self._column.count():
            self._column.takeAt(0)
        for heading in self._headings:
            heading.hide()
            heading.deleteLater()
        self._headings = []
        kept, self._rows = self._rows, {}
        for number, group in enumerate(groups):
            if number:
                self._column.addSpacing(18)
            heading = QLabel(group.question, self)
            heading.setObjectName("question")
            self._headings.append(heading)
            self._column.addWidget(heading)
            for row in group.rows:
                old = kept.get(row.path)
                if old is not None and old.row.shape() == row.shape():
                    widget = kept.pop(row.path)
                else:
                    widget = self._new_row(row)
                self._rows[row.path] = widget
                self._column.addWidget(widget)
        self._order_stops()
        for path, widget in kept.items():
            self.entry_refused.emit(path, "")
            widget.hide()
            widget.deleteLater()
        if self.isVisible():  # otherwise a frame would show the new rows squeezed together
            self.setUpdatesEnabled(False)
            QTimer.singleShot(SETTLE_MS, self, lambda: self.setUpdatesEnabled(True))

    def _order_stops(self) -> None:
        """Let the Tab key go from field to field and then to their buttons, in their place."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # only what takes keys has a place to order by
        rows = self._rows.values()
        fields = [stop for row in rows for stop in row.stops()]
        buttons = [stop for row in rows for stop in row.side_stops()]
        last: QWidget = self
        for stop in (*fields, *buttons):
            QWidget.setTabOrder(last, stop)
            last = stop
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _new_row(self, row: Row) -> FieldRow:
        widget = FieldRow(row, self)
        widget.wanted.connect(self._wanted)
        widget.refused.connect(lambda row, sentence: self.entry_refused.emit(row.path, sentence))
        widget.pick.connect(self.pick)
        return widget

    def _wanted(self, row: Row, value: object, gesture: int) -> None:
        sentence = self._apply(Edit(row.target or row.path, value, row.label, gesture))
        widget = self._rows.get(row.path)
        if widget is not None and widget.sentence != sentence:
            widget.say(sentence)
            self.entry_refused.emit(row.path, sentence)

    def row(self, path: str) -> FieldRow:
        """The row at a path; raises KeyError when the form does not show it."""
        return self._rows[path]

    def paths(self) -> tuple[str, ...]:
        """Paths of the rows shown, from top to bottom."""
        return tuple(self._rows)

    def nearest(self, path: str) -> FieldRow | None:
        """The row at a path or, failing that, the first below it, or the one it lies below."""
        below = (row for at, row in self._rows.items() if at.startswith(path + "."))
        found = self._rows.get(path) or next(below, None)
        parts = path.split(".")
        while found is None and len(parts) > 1:
            parts.pop()
            found = self._rows.get(".".join(parts))
        return found
