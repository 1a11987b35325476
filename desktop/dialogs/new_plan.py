"""A new plan: the least it needs, every number of it given by the buyer or the catalogue."""

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.dialogs.catalogue import OffersTable
from desktop.dialogs.form_lines import LinesDialog
from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox
from desktop.forms.maker import CURRENCIES
from desktop.theme.tokens import GRID, Tokens
from pricing import today as clock
from pricing.catalogue import present_catalogue
from pricing.plan.option import ClosedApi
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from pricing.workload import request_class_from_template, templates


class NewPlanDialog(LinesDialog):
    """Asks for name, start, currency, the first request class and the first option.

    Signals:
        made: the plan.
    """

    made = Signal(object)

    def __init__(
        self, classes: tuple[RequestClass, ...], tokens: Tokens, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("New plan"))
        self.ok.setText(self.tr("Make the plan"))
        self.resize(940, 640)
        self._classes = classes
        self._value: float | None = None
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Customer service 2027"))
        self.start = QLineEdit(_next_month())
        self.currency = ChoiceBox()
        self.currency.addItems(CURRENCIES)
        self.template = ChoiceBox()
        self.template.setMinimumWidth(260)
        for template in templates():
            self.template.addItem(template.name, template.id)
        self.requests = NumberField(Limits(low=0, high=1e15), self.tr("per day"))
        self._catalogue = present_catalogue()
        self.offers = OffersTable("api_model", tokens, catalogue=self._catalogue)
        self._place()
        for changed in (self.name.textChanged, self.start.textChanged):
            changed.connect(lambda _: self._check())
        self.requests.entered.connect(self._entered)
        self.requests.refused.connect(lambda _: self._check())
        self.offers.current_changed.connect(lambda _: self._check())
        self.accepted.connect(self._done)
        self._check()
        self.name.setFocus()

    def _place(self) -> None:
        self.add_line(self.tr("Name"), self.name)
        when = QHBoxLayout()
        when.setSpacing(GRID)
        when.addWidget(self.start, 1)
        when.addWidget(QLabel(self.tr("in")))
        when.addWidget(self.currency, 1)
        self.start.setAccessibleName(self.tr("First month"))
        self.currency.setAccessibleName(self.tr("Currency"))
        self.lines.addRow(self.tr("First month"), when)
        if self._classes:
            names = ", ".join(item.name for item in self._classes)
            self.lines.addRow(
                self.tr("Workload"), QLabel(self.tr("from the log: {names}").format(names=names))
            )
        else:
            work = QHBoxLayout()
            work.setSpacing(GRID)
            work.addWidget(self.template, 2)
            work.addWidget(self.requests, 1)
            self.template.setAccessibleName(self.tr("Kind of work"))
            self.requests.setAccessibleName(self.tr("Requests per day"))
            self.lines.addRow(self.tr("Workload"), work)
        title = QLabel(self.tr("First option: a model behind an API (others are added afterwards)"))
        title.setObjectName("question")
        self.column.addWidget(title)
        self.column.addWidget(self.offers, 1)
        self.finish_layout()

    def _entered(self, value: float | None) -> None:
        self._value = value
        self._check()

    def _check(self) -> None:
        self.need(self._missing())

    def _missing(self) -> str:
        if not self.name.text().strip():
            return self.tr("Give the plan a name.")
        if not self._classes and self.requests.sentence:
            return self.requests.sentence
        if not self._classes and self._value is None:
            return self.tr("How many requests are there a day? Write 6000, 2.5k or 3M.")
        if not self.offers.current:
            return self.tr("Choose a model as the first option.")
        try:
            self.plan()
        except ValidationError as error:
            from pricing.plan.problems import problems_of

            return " ".join(p.message for p in problems_of(error, self._document())[:2])
        return ""

    def _document(self) -> dict[str, object]:
        return {
            "name": self.name.text().strip(),
            "start": self.start.text().strip(),
            "currency": self.currency.currentText(),
            "workload": self._classes or (self._class(),),
            "options": (
                ClosedApi(id="api", name=self.offers.current_name, model=self.offers.current),
            ),
            "catalogue": self._catalogue.reference,
        }

    def _class(self) -> RequestClass:
        return request_class_from_template(
            self.template.currentData(),
            self.template.currentData(),
            self.template.currentText(),
            self._value or 0.0,
            "day",
        )

    def plan(self) -> Plan:
        """The plan as filled in; raises ValidationError."""
        return Plan.model_validate(self._document())

    def _done(self) -> None:
        self.made.emit(self.plan())


def _next_month() -> str:
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month, 12)
    return f"{year}-{month + 1:02d}"
