"""The widgets that edit one row each, and what they have in common."""

import itertools

from PySide6.QtCore import QObject, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.entry.number_field import NumberField
from desktop.forms.row import Row

_gestures = itertools.count(1)


class RowEditor(QObject):
    """Edits the value of one row.

    Signals:
        wanted: a new value and the number of the gesture it belongs to.
        refused: the sentence of an entry that does not fit; empty once it does.
    """

    wanted = Signal(object, int)
    refused = Signal(str)

    def __init__(self, widget: QWidget, row: Row) -> None:
        super().__init__(widget)
        self.widget = widget
        self._row = row
        self._gesture = next(_gestures)

    def focus_widget(self) -> QWidget:
        """The widget that takes the keyboard."""
        return self.widget

    def show_row(self, row: Row) -> None:
        """Show another value of the same row."""
        self._row = row

    def mark(self, sentence: str) -> None:
        """Mark the entry as wrong for a reason known only to the plan; empty clears."""
        mark_invalid(self.focus_widget(), bool(sentence))

    def _want(self, value: object, *, finished: bool = False) -> None:
        self.wanted.emit(value, self._gesture)
        if finished:
            self._end_gesture()

    def _end_gesture(self) -> None:
        self._gesture = next(_gestures)


def mark_invalid(widget: QWidget, invalid: bool) -> None:
    """Let the style draw a widget as wrong or right."""
    if bool(widget.property("invalid")) != invalid:
        widget.setProperty("invalid", invalid)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class NumberEditor(RowEditor):
    """A bare number."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.field = NumberField(row.limits, row.unit, parent)
        super().__init__(self.field, row)
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self.refused)
        self.field.gesture_ended.connect(self._end_gesture)
        self.show_row(row)

    def _entered(self, value: float | None) -> None:
        whole = self._row.limits.whole and value is not None
        self._want(int(value) if whole and value is not None else value)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        self.field.setPlaceholderText(row.placeholder)
        self.field.show_stored(row.value)

    def mark(self, sentence: str) -> None:
        self.field.mark(sentence)


class TextEditor(RowEditor):
    """A line of text."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.field = QLineEdit(parent)
        super().__init__(self.field, row)
        self.field.textEdited.connect(self._want)
        self.field.editingFinished.connect(self._end_gesture)
        self.show_row(row)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        self.field.setPlaceholderText(row.placeholder)
        if self.field.text() != row.value and not self.field.property("invalid"):
            self.field.setText(row.value)
            self.field.setCursorPosition(0)


class TickBox(QCheckBox):
    """A check box in the colours of the scheme."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded square, filled and ticked when on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        area = QRectF(1.5, (self.height() - 16) / 2, 16, 16)
        accent = palette.color(QPalette.ColorRole.Highlight)
        on, focus = self.isChecked(), self.hasFocus()
        line = accent if on or focus else palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(line, 1.5 if focus else 1))
        painter.setBrush(accent if on else palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(area, 4, 4)
        if on:
            tick = QPen(palette.color(QPalette.ColorRole.HighlightedText), 2)
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(tick)
            x, y = area.left(), area.top()
            painter.drawPolyline(
                [QPointF(x + 4, y + 8.5), QPointF(x + 7, y + 11.5), QPointF(x + 12, y + 5)]
            )
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = self.rect().adjusted(26, 0, 0, 0)
        end = Qt.TextElideMode.ElideRight
        painter.drawText(room, flags, self.fontMetrics().elidedText(self.text(), end, room.width()))
        painter.end()


class SwitchEditor(RowEditor):
    """Yes or no."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.box = TickBox(parent)
        super().__init__(self.box, row)
        self.box.clicked.connect(lambda on: self._want(bool(on), finished=True))
        self.show_row(row)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        self.box.setChecked(bool(row.value))


class ChoiceBox(QComboBox):
    """A drop-down that leaves the wheel to the page until it has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the wheel for the page, not for the value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then a chevron (the style sheet leaves no arrow)."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self.width() - 16.0, self.height() / 2 - 2
        painter.drawPolyline([QPointF(x, y), QPointF(x + 4, y + 4), QPointF(x + 8, y)])
        painter.end()


class ChoiceEditor(RowEditor):
    """One of several values."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.box = ChoiceBox(parent)
        self.box.addItems([choice.label for choice in row.choices])
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        super().__init__(self.box, row)
        self.box.activated.connect(self._chosen)
        self.show_row(row)

    def _chosen(self, index: int) -> None:
        if index != self._row.chosen or self.box.property("invalid"):
            self._want(self._row.choices[index].value, finished=True)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(row.chosen)


class ReferenceEditor(RowEditor):
    """The id of a catalogue entry, with a button that opens the catalogue."""

    pick = Signal(object)
    """Asks for the catalogue; carries the row."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        holder = QWidget(parent)
        super().__init__(holder, row)
        self.field = QLineEdit(holder)
        self.button = QPushButton(self.tr("Choose…"), holder)
        self.button.setAccessibleName(
            self.tr("Choose {field} from the catalogue").format(field=row.label)
        )
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.button)
        self.field.editingFinished.connect(self._typed)
        self.button.clicked.connect(lambda: self.pick.emit(self._row))
        self.show_row(row)

    def focus_widget(self) -> QWidget:
        return self.field

    def _typed(self) -> None:
        text = self.field.text().strip()
        if text != self._row.value:
            self._want(text, finished=True)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        none = self.tr("none: every figure is stated here")
        self.field.setPlaceholderText(row.placeholder or none)
        if not self.field.property("invalid") or self.field.text() == row.value:
            self.field.setText(row.value)
            self.field.setCursorPosition(0)
