"""A new option: its kind, its catalogue entry, and what one of its servers does."""

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.dialogs.catalogue import OffersTable
from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.quote_fields import QuoteFields
from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID, Tokens
from desktop.viewmodels.words import kind_title
from pricing import today as clock
from pricing.plan.capacity import Capacity
from pricing.plan.entries import fresh_id
from pricing.plan.figure import BUYER, PositiveAmount
from pricing.plan.option import (
    Appliance,
    ClosedApi,
    HostedOpen,
    Option,
    OwnedServers,
    RentedGpus,
)
from pricing.plan.plan import Plan

LISTINGS = {
    "closed_api": "api_model",
    "hosted_open": "api_model",
    "rented_gpus": "rental",
    "owned_servers": "server",
    "appliance": "appliance",
}


class NewOptionDialog(LinesDialog):
    """Asks for a catalogue entry and, for servers, what one of them does.

    Signals:
        made: the option.
    """

    made = Signal(object)

    def __init__(
        self, kind: str, plan: Plan, tokens: Tokens, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Add an option"))
        self.ok.setText(self.tr("Add"))
        self.resize(1040, 640)
        self._kind, self._plan = kind, plan
        self._named = False
        self._value: float | None = None
        self.name = QLineEdit()
        self.offers = OffersTable(LISTINGS[kind], tokens)
        self.capacity = NumberField(Limits(low=0, high=1e15, low_excluded=True))
        self.per = ChoiceBox()
        self.per.addItem(self.tr("output tokens per second"), "tokens")
        self.per.addItem(self.tr("requests per hour"), "requests")
        self.source = QLineEdit()
        self.quote = QuoteFields(kind, plan.currency)
        self._place()
        self.name.textEdited.connect(self._name_given)
        self.offers.current_changed.connect(self._entry_chosen)
        self.capacity.entered.connect(self._entered)
        self.capacity.refused.connect(lambda _: self._check())
        self.quote.changed.connect(self._check)
        self.accepted.connect(lambda: self.made.emit(self.option()))
        self._check()
        self.offers.search.setFocus()

    @property
    def _self_hosted(self) -> bool:
        return self._kind in {"rented_gpus", "owned_servers", "appliance"}

    def _place(self) -> None:
        title = QLabel(kind_title(self._kind))
        title.setObjectName("pageTitle")
        self.column.insertWidget(0, title)
        self.add_line(self.tr("Name"), self.name)
        if self._self_hosted:
            line = QHBoxLayout()
            line.setSpacing(GRID)
            line.addWidget(self.capacity, 1)
            line.addWidget(self.per, 1)
            self.capacity.setAccessibleName(self.tr("What one server does"))
            self.per.setAccessibleName(self.tr("Measured in"))
            self.lines.addRow(self.tr("One server does"), line)
            self.source.setPlaceholderText(self.tr("a measurement, a published benchmark"))
            self.add_line(self.tr("Source of that"), self.source)
        self.add_line(self.tr("Quoted price"), self.quote)
        self.column.addWidget(self.offers, 1)
        self.finish_layout()

    def _name_given(self, text: str) -> None:
        self._named = bool(text.strip())
        self._check()

    def _entry_chosen(self, _id: str) -> None:
        if not self._named:
            self.name.setText(self.offers.current_name[:120])
        self._check()

    def _entered(self, value: float | None) -> None:
        self._value = value
        self._check()

    def _check(self) -> None:
        self.need(self._missing())

    def _missing(self) -> str:
        """The first thing that is missing or wrong; empty when nothing is."""
        wrong = self._price_missing()
        if not wrong and self._self_hosted:
            wrong = self._capacity_missing()
        if wrong:
            return wrong
        try:
            self.option()
        except ValidationError as error:
            return str(error.errors()[0]["msg"])
        return ""

    def _price_missing(self) -> str:
        if self.quote.sentence:
            return self.quote.sentence
        if not self.offers.current and not self.quote.stated:
            if self._self_hosted:
                return self.tr("Choose an entry, or enter the price quoted to you.")
            return self.tr("Choose a model, or enter the prices quoted to you.")
        return "" if self.name.text().strip() else self.tr("Give it a name.")

    def _capacity_missing(self) -> str:
        if self._value is None and not self.capacity.sentence:
            return self.tr(
                "What does one server do? Write output tokens per second or requests per hour."
            )
        return self.capacity.sentence

    def option(self) -> Option:
        """The option as filled in; raises ValidationError."""
        name, entry = self.name.text().strip(), self.offers.current
        identifier = fresh_id(self._plan, "options", name)
        if not self._self_hosted:
            billed = ClosedApi if self._kind == "closed_api" else HostedOpen
            prices = self.quote.token_prices()
            return billed(id=identifier, name=name, model=entry, prices=prices)
        capacity, price = self._capacity(), self.quote.price()
        if self._kind == "rented_gpus":
            return RentedGpus(
                id=identifier, name=name, capacity=capacity, instance=entry, price_per_hour=price
            )
        if self._kind == "owned_servers":
            return OwnedServers(
                id=identifier, name=name, capacity=capacity, server=entry, price=price
            )
        return Appliance(id=identifier, name=name, capacity=capacity, appliance=entry, price=price)

    def _capacity(self) -> Capacity:
        figure = PositiveAmount(
            value=self._value or 0.0,
            source=self.source.text().strip() or BUYER,
            as_of=clock.today(),
        )
        if self.per.currentData() == "tokens":
            return Capacity(output_tokens_per_second=figure)
        return Capacity(requests_per_hour=figure)
