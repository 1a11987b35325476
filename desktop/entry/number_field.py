"""A field for one number: unit inside its right end, arrow keys step, errors marked in place."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QWidget

from desktop.entry.limits import Limits, Refused, read_value, show_value

UNIT_GAP = 8


class NumberField(QLineEdit):
    """Shows one stored value and reads another as it is typed.

    Signals:
        entered: a value (float or None) that fits was typed or stepped to.
        refused: the text does not fit; carries the sentence, empty once it fits again.
        gesture_ended: the person left the field or pressed Enter; the next edit is a new one.
    """

    entered = Signal(object)
    refused = Signal(str)
    gesture_ended = Signal()

    def __init__(self, limits: Limits, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = limits
        self._unit = "%" if limits.percent and not unit else unit
        self._value: float | None = None
        self._sentence = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setTextMargins(2, 0, self._unit_width(), 0)
        self.textEdited.connect(self._read)

    @property
    def sentence(self) -> str:
        """What is wrong with the text now; empty when nothing is."""
        return self._sentence

    @property
    def value(self) -> float | None:
        """The stored value of the last text that fitted."""
        return self._value

    @property
    def unit(self) -> str:
        """The unit drawn inside the right end."""
        return self._unit

    def show_stored(self, value: float | None) -> None:
        """Show a value from the plan; what is being typed and means the same stays as typed."""
        typing = self.hasFocus() and not self._sentence
        if typing and self._value == value and self.isModified():
            return
        if self._sentence and self._value == value:
            return
        self._value = value
        self._settle()

    def _settle(self) -> None:
        self.setText(show_value(self._value, self._limits))
        self.setCursorPosition(len(self.text()))
        self._mark("")

    def _read(self, text: str) -> None:
        try:
            value = read_value(text, self._limits)
        except Refused as error:
            self._mark(str(error))
            return
        self._mark("")
        if value != self._value:
            self._value = value
            self.entered.emit(value)

    def mark(self, sentence: str) -> None:
        """Mark the entry as wrong for a reason that only the whole plan knows; empty clears."""
        self._mark(sentence)

    def _mark(self, sentence: str) -> None:
        if sentence == self._sentence:
            return
        self._sentence = sentence
        self.setProperty("invalid", bool(sentence))
        self.style().unpolish(self)
        self.style().polish(self)
        self.refused.emit(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step the value, Page Up and Down ten times as far, Escape takes back."""
        steps = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 10,
            Qt.Key.Key_PageDown: -10,
        }.get(Qt.Key(event.key()))
        if steps is not None:
            self._step(steps)
        elif event.key() == Qt.Key.Key_Escape and self._sentence:
            self._settle()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._leave()

    def _step(self, steps: int) -> None:
        shown = (self._value or 0.0) * self._limits.scale
        size = 10.0 ** (math.floor(math.log10(abs(shown))) - 1) if shown else 1.0
        if self._limits.whole or (self._limits.percent and size < 1):
            size = max(1.0, size)
        target = float(f"{(round(shown / size) + steps) * size / self._limits.scale:.12g}")
        if self._limits.low is not None:
            target = max(target, self._limits.low)
            if self._limits.low_excluded and target <= self._limits.low:
                return
        if self._limits.high is not None:
            target = min(target, self._limits.high)
        if target != self._value:
            self._value = target
            self._settle()
            self.entered.emit(target)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the value tidily once the person has left; a wrong entry stays as typed."""
        super().focusOutEvent(event)
        self._leave()

    def _leave(self) -> None:
        if not self._sentence and self.isModified():
            self._settle()
        self.gesture_ended.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then its unit."""
        super().paintEvent(event)
        if not self._unit:
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        frame = self.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth)
        area = self.rect().adjusted(0, 0, -UNIT_GAP - frame, 0)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit
        )
        painter.end()

    def _unit_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._unit) + UNIT_GAP if self._unit else 0

    def changeEvent(self, event: object) -> None:
        """Keep room for the unit when the font changes."""
        super().changeEvent(event)  # type: ignore[arg-type]
        if hasattr(self, "_unit"):
            self.setTextMargins(2, 0, self._unit_width(), 0)
