"""Numbers that hold from a month on: one line for each step, lines can be added and removed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import RowEditor
from desktop.forms.row import Row

LAST_MONTH = 84
MONTHS = Limits(low=1, high=LAST_MONTH, whole=True)
A_YEAR = 12
MONTH_WIDTH = 76


class StepLine(QWidget):
    """One step: the month it begins in and what holds from then on."""

    def __init__(self, editor: "StepsEditor", row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = NumberField(MONTHS, "", self)
        self.value = NumberField(row.limits, row.unit, self)
        self.remove = QToolButton(self)
        self.remove.setText("×")
        self.remove.setObjectName("reset")
        self.remove.setFixedWidth(24)
        self.remove.setToolTip(editor.tr("Remove this step"))
        self.remove.setAccessibleName(self.remove.toolTip())
        self.month.setFixedWidth(MONTH_WIDTH)
        self.month.setAccessibleName(editor.tr("From month"))
        self.value.setAccessibleName(row.label)
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(QLabel(editor.tr("from month"), self))
        line.addWidget(self.month)
        line.addWidget(self.value, 1)
        line.addWidget(self.remove)


class StepsEditor(RowEditor):
    """A line for each step; the row's `listing` names the field that holds the number."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        holder = QWidget(parent)
        super().__init__(holder, row)
        self._lines: list[StepLine] = []
        self.add = QPushButton(self.tr("Add a step"), holder)
        self.add.setToolTip(self.tr("Let another number hold from a later month on"))
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._add)
        self.show_row(row)

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """A line of fields for each step."""
        return tuple(self._lines)

    def focus_widget(self) -> QWidget:
        return self._lines[0].value if self._lines else self.add

    def mark(self, sentence: str) -> None:
        for line in self._lines:
            line.value.mark(sentence)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        while len(self._lines) > len(row.value):
            gone = self._lines.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._lines) < len(row.value):
            self._lines.append(self._make_line(row))
        for line, step in zip(self._lines, row.value, strict=True):
            line.month.show_stored(step.from_month)
            line.value.show_stored(getattr(step, row.listing))
            line.remove.setVisible(len(row.value) > 1)
        self.add.setEnabled(not row.value or row.value[-1].from_month < LAST_MONTH)

    def _make_line(self, row: Row) -> StepLine:
        line = StepLine(self, row, self.widget)
        line.month.entered.connect(lambda value: self._change(line, "from_month", int(value)))
        line.value.entered.connect(lambda value: self._change(line, row.listing, value))
        line.remove.clicked.connect(lambda: self._remove(line))
        for field in (line.month, line.value):
            field.refused.connect(self.refused)
            field.gesture_ended.connect(self._end_gesture)
        self._column.insertWidget(len(self._lines), line)
        return line

    def _steps(self) -> list[dict[str, Any]]:
        return [
            {"from_month": step.from_month, self._row.listing: getattr(step, self._row.listing)}
            for step in self._row.value
        ]

    def _change(self, line: StepLine, name: str, value: float) -> None:
        steps = self._steps()
        number = int(value) if self._row.limits.whole or name == "from_month" else value
        steps[self._lines.index(line)][name] = number
        self._want(steps)

    def _add(self) -> None:
        steps = self._steps()
        last = steps[-1] if steps else {"from_month": 1 - A_YEAR, self._row.listing: 0}
        month = last["from_month"] + A_YEAR
        if month > LAST_MONTH:
            month = last["from_month"] + 1
        self._want([*steps, {**last, "from_month": month}], finished=True)

    def _remove(self, line: StepLine) -> None:
        steps = self._steps()
        del steps[self._lines.index(line)]
        self._want(steps, finished=True)
