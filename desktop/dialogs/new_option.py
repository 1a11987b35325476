"""A new option: its kind, its catalogue entry, and what one of its servers does."""

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.dialogs.catalogue import OffersTable
from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.quote_fields import QuoteFields
from desktop.dialogs.work_fields import WorkFields
from desktop.theme.tokens import Tokens
from desktop.viewmodels.request_prices import request_prices
from desktop.viewmodels.serving_setup import Outcome, outcome_of
from desktop.viewmodels.serving_words import in_one_line
from desktop.viewmodels.words import kind_title
from desktop.work.newest import NewestWins
from pricing import today as clock
from pricing.catalogue import catalogue_for
from pricing.plan.entries import fresh_id
from pricing.plan.option import (
    Appliance,
    ClosedApi,
    HostedOpen,
    Option,
    OwnedServers,
    RentedGpus,
    SelfHosted,
)
from pricing.plan.plan import Plan

LISTINGS = {
    "closed_api": "api_model",
    "hosted_open": "hosted_model",
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
        self.name = QLineEdit()
        self.offers = OffersTable(LISTINGS[kind], tokens, catalogue=catalogue_for(plan))
        self.costs = QLabel()
        self.costs.setObjectName("extra")
        self.costs.setWordWrap(True)
        self.costs.hide()
        self.work = WorkFields(plan)
        self.quote = QuoteFields(kind, plan.currency)
        self._outcomes: dict[SelfHosted, Outcome] = {}
        self._asked: SelfHosted | None = None
        self._work = NewestWins(self)
        self._work.finished.connect(self._found)
        self._place()
        self.name.textEdited.connect(self._name_given)
        self.offers.current_changed.connect(self._entry_chosen)
        self.work.changed.connect(self._check)
        self.quote.changed.connect(self._check)
        self.accepted.connect(lambda: self.made.emit(self.option()))
        self.finished.connect(lambda _result: self._work.wait())
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
            self.add_line(self.tr("One server's work is"), self.work)
        self.add_line(self.tr("Quoted price"), self.quote)
        self.column.addWidget(self.offers, 1)
        self.column.addWidget(self.costs)
        self.finish_layout()

    def _name_given(self, text: str) -> None:
        self._named = bool(text.strip())
        self._check()

    def _entry_chosen(self, _id: str) -> None:
        if not self._named:
            self.name.setText(self.offers.current_name[:120])
        self._tell_costs()
        self._check()

    def _tell_costs(self) -> None:
        """Say what the plan's requests cost at the list prices of the model chosen."""
        text = ""
        if not self._self_hosted:
            text = request_prices(
                catalogue_for(self._plan), self._plan, self.offers.current, clock.today()
            )
        self.costs.setText(text)
        self.costs.setVisible(bool(text))

    def _check(self) -> None:
        self.need(self._missing())

    def _missing(self) -> str:
        """The first thing that is missing or wrong; empty when nothing is."""
        wrong = self._price_missing()
        if not wrong and self._self_hosted:
            wrong = self.work.sentence
        self.work.tell("")
        if wrong:
            return wrong
        try:
            option = self.option()
        except ValidationError as error:
            return str(error.errors()[0]["msg"])
        return self._predicted(option) if isinstance(option, SelfHosted) else ""

    def _predicted(self, option: SelfHosted) -> str:
        """Tell what is predicted; returns why nothing can be, or nothing."""
        if option.serving is None:
            return ""
        asked = option.model_copy(update={"id": "new", "name": kind_title(self._kind)})
        if asked not in self._outcomes:
            if asked != self._asked:
                self._asked, catalogue = asked, catalogue_for(self._plan)
                self._work.submit(lambda: (asked, outcome_of(asked, self._plan, catalogue)))
            return self.tr("Predicting what one server does…")
        outcome = self._outcomes[asked]
        self.work.tell(in_one_line(outcome, option, self._plan))
        return outcome.problem

    def _found(self, answer: tuple[SelfHosted, Outcome]) -> None:
        asked, outcome = answer
        self._outcomes[asked] = outcome
        self._check()

    def _price_missing(self) -> str:
        if self.quote.sentence:
            return self.quote.sentence
        if not self.offers.current and not self.quote.stated:
            if self._self_hosted:
                return self.tr("Choose an entry, or enter the price quoted to you.")
            return self.tr("Choose a model, or enter the prices quoted to you.")
        return "" if self.name.text().strip() else self.tr("Give it a name.")

    def option(self) -> Option:
        """The option as filled in; raises ValidationError."""
        name, entry = self.name.text().strip(), self.offers.current
        identifier = fresh_id(self._plan, "options", name)
        if not self._self_hosted:
            billed = ClosedApi if self._kind == "closed_api" else HostedOpen
            prices = self.quote.token_prices()
            return billed(id=identifier, name=name, model=entry, prices=prices)
        price = self.quote.price()
        common = {"id": identifier, "name": name, **self.work.work()}
        if self._kind == "rented_gpus":
            return RentedGpus.model_validate({**common, "instance": entry, "price_per_hour": price})
        if self._kind == "owned_servers":
            return OwnedServers.model_validate({**common, "server": entry, "price": price})
        return Appliance.model_validate({**common, "appliance": entry, "price": price})
