"""Prices quoted to the buyer, asked for with a new option; left empty, list prices hold."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.theme.tokens import GRID
from pricing import today as clock
from pricing.plan.figure import BUYER, Price
from pricing.plan.option import TokenPrices


class QuoteFields(QWidget):
    """One price of a machine, or input and output prices of tokens, and who quoted them.

    Signals:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(self, kind: str, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[NumberField, float | None] = {}
        units = {
            "rented_gpus": (self.tr("{currency} per server and hour"),),
            "owned_servers": (self.tr("{currency} each"),),
            "appliance": (self.tr("{currency} each"),),
        }.get(
            kind,
            (self.tr("{currency} per 1M input"), self.tr("{currency} per 1M output")),
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        self.fields = tuple(
            NumberField(Limits(low=0, high=1e15, optional=True), unit.format(currency=currency))
            for unit in units
        )
        for field in self.fields:
            self._values[field] = None
            field.setPlaceholderText(self.tr("list price"))
            field.setAccessibleName(self.tr("Quoted, {unit}").format(unit=field.unit))
            field.entered.connect(lambda value, field=field: self._entered(field, value))
            field.refused.connect(lambda _sentence: self.changed.emit())
            line.addWidget(field, 2)
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("who quoted it, and when"))
        self.source.setAccessibleName(self.tr("Source of the quote"))
        line.addWidget(self.source, 3)

    def _entered(self, field: NumberField, value: float | None) -> None:
        self._values[field] = value
        self.changed.emit()

    @property
    def sentence(self) -> str:
        """What is wrong with the entries; empty when nothing is."""
        wrong = next((field.sentence for field in self.fields if field.sentence), "")
        stated = [value is not None for value in self._values.values()]
        if not wrong and any(stated) and not all(stated):
            return self.tr("A quote needs both prices, of input and of output tokens.")
        return wrong

    @property
    def stated(self) -> bool:
        """Whether a whole quote was entered."""
        return all(value is not None for value in self._values.values())

    def _price(self, field: NumberField) -> Price:
        source = self.source.text().strip() or BUYER
        return Price(value=self._values[field] or 0.0, source=source, as_of=clock.today())

    def price(self) -> Price | None:
        """The price of one machine; none where none was quoted."""
        return self._price(self.fields[0]) if self.stated else None

    def token_prices(self) -> TokenPrices | None:
        """The prices of tokens; none where none were quoted."""
        if not self.stated:
            return None
        return TokenPrices(input=self._price(self.fields[0]), output=self._price(self.fields[1]))
