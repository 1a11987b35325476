"""A figure with its origin: number, currency, and details of both that unfold."""

from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox, RowEditor, mark_invalid
from desktop.forms.row import REQUIRED, Row
from pricing.plan.figure import BUYER, Figure, Money


class FigureEditor(RowEditor):
    """Number field, currency where it is money, and the unfolding details."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        holder = QWidget(parent)
        super().__init__(holder, row)
        self.field = NumberField(row.limits, row.unit, holder)
        self.currency: ChoiceBox | None = None
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        if row.currencies:
            self.currency = ChoiceBox(holder)
            self.currency.addItems(row.currencies)
            self.currency.setAccessibleName(self.tr("Currency of {field}").format(field=row.label))
            self.currency.setFixedWidth(84)
            line.addWidget(self.currency)
            self.currency.activated.connect(self._currency_chosen)
        self.details = FigureDetails(row.limits, row.unit, holder)
        self.details.hide()
        self.details.changed.connect(self._detail_changed)
        self.details.refused.connect(self.refused)
        self.details.left.connect(self._end_gesture)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self.refused)
        self.field.gesture_ended.connect(self._end_gesture)
        self.show_row(row)

    def focus_widget(self) -> QWidget:
        return self.field

    def mark(self, sentence: str) -> None:
        self.field.mark(sentence)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        figure: Figure | None = row.value
        self.field.setPlaceholderText(row.placeholder)
        self.field.show_stored(None if figure is None else figure.value)
        self.details.show_figure(figure)
        if self.currency is not None:
            stated = figure.currency if isinstance(figure, Money) else None
            with QSignalBlocker(self.currency):
                self.currency.setCurrentText(stated or row.currencies[0])

    def _entered(self, value: float | None) -> None:
        self._want(value)

    def _currency_chosen(self, _index: int) -> None:
        figure = self._row.value
        if figure is None and self._row.default is not REQUIRED:
            figure = self._row.default
        if isinstance(figure, Money) and self.currency is not None:
            currency = self.currency.currentText()
            self._want(figure.model_dump() | {"currency": currency}, finished=True)

    def _detail_changed(self, changes: dict[str, Any]) -> None:
        figure: Figure | None = self._row.value
        if figure is not None:
            self._want(figure.model_dump() | changes)


class FigureDetails(QFrame):
    """Source, date, note and range of a figure."""

    changed = Signal(object)
    refused = Signal(str)
    left = Signal()

    def __init__(self, limits: Limits, unit: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self.source, self.url, self.as_of, self.note = (QLineEdit(self) for _ in range(4))
        self.low, self.high = (
            NumberField(
                Limits(
                    limits.low, limits.high, limits.low_excluded, limits.whole, limits.percent, True
                ),
                unit,
                self,
            )
            for _ in range(2)
        )
        self.as_of.setPlaceholderText(self.tr("day, as 2026-10-14"))
        self.url.setPlaceholderText("https://")
        self.low.setPlaceholderText(self.tr("not stated"))
        self.high.setPlaceholderText(self.tr("not stated"))
        form = QFormLayout(self)
        form.setContentsMargins(12, 8, 12, 8)
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for label, widget in (
            (self.tr("Source"), self.source),
            (self.tr("As of"), self.as_of),
            (self.tr("Address"), self.url),
            (self.tr("Low"), self.low),
            (self.tr("High"), self.high),
            (self.tr("Note"), self.note),
        ):
            form.addRow(label, widget)
            widget.setAccessibleName(label)
        self.source.textEdited.connect(
            lambda text: self.changed.emit(
                {"source": text.strip() or BUYER, "confidence": "entered"}
            )
        )
        self.url.textEdited.connect(lambda text: self.changed.emit({"url": text.strip()}))
        self.note.textEdited.connect(lambda text: self.changed.emit({"note": text}))
        self.as_of.textEdited.connect(self._day)
        self.low.entered.connect(lambda value: self.changed.emit({"low": value}))
        self.high.entered.connect(lambda value: self.changed.emit({"high": value}))
        for number in (self.low, self.high):
            number.refused.connect(self.refused)
        for widget in (self.source, self.url, self.as_of, self.note, self.low, self.high):
            widget.editingFinished.connect(self.left)

    def _day(self, text: str) -> None:
        try:
            day = date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError:
            mark_invalid(self.as_of, True)
            self.refused.emit(
                self.tr('"{text}" is not a day; write it as 2026-10-14.').format(text=text)
            )
            return
        mark_invalid(self.as_of, False)
        self.refused.emit("")
        self.changed.emit({"as_of": day})

    def show_figure(self, figure: Figure | None) -> None:
        """Show the origin of a figure; all fields are off while there is none."""
        self.setEnabled(figure is not None)
        texts = (
            (self.source, "" if figure is None or figure.source == BUYER else figure.source),
            (self.url, "" if figure is None else figure.url),
            (self.note, "" if figure is None else figure.note),
            (
                self.as_of,
                "" if figure is None or figure.as_of is None else figure.as_of.isoformat(),
            ),
        )
        for field, text in texts:
            if not field.hasFocus() and field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        self.source.setPlaceholderText(self.tr("entered by you; name a quote or a list"))
        self.low.show_stored(None if figure is None else figure.low)
        self.high.show_stored(None if figure is None else figure.high)
