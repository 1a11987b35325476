"""A new request class from a template: what it is called and how much of it there is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.dialogs.form_lines import LinesDialog
from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox
from desktop.viewmodels.template import template_text
from pricing.workload import Template


class NewClassDialog(LinesDialog):
    """Asks for name and volume.

    Signals:
        wanted: name, requests, "day" or "month".
    """

    wanted = Signal(str, float, str)

    def __init__(self, template: Template, taken: set[str], parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Add a request class"))
        self.ok.setText(self.tr("Add"))
        about = QLabel(template.description)
        about.setWordWrap(True)
        self.column.insertWidget(0, about)
        made_of = QLabel(template_text(template))
        made_of.setObjectName("hint")
        made_of.setWordWrap(True)
        self.column.insertWidget(1, made_of)
        self.name = QLineEdit(_free_name(template.name, taken))
        self.requests = NumberField(Limits(low=0, high=1e15))
        self.per = ChoiceBox()
        self.per.addItem(self.tr("per day"), "day")
        self.per.addItem(self.tr("per month"), "month")
        self.add_line(self.tr("Name"), self.name)
        self.add_line(self.tr("Requests"), self.requests)
        self.add_line(self.tr("Counted"), self.per)
        self.finish_layout()
        self.setMinimumWidth(440)
        self._value: float | None = None
        self.requests.entered.connect(self._entered)
        self.requests.refused.connect(lambda _: self._check())
        self.name.textChanged.connect(lambda _: self._check())
        self.accepted.connect(self._done)
        self._check()
        self.requests.setFocus()

    def _entered(self, value: float | None) -> None:
        self._value = value
        self._check()

    def _check(self) -> None:
        if self.requests.sentence:
            self.need(self.requests.sentence)
        elif not self.name.text().strip():
            self.need(self.tr("Give it a name."))
        elif self._value is None:
            self.need(self.tr("How many requests are there? Write 6000, 2.5k or 3M."))
        else:
            self.need("")

    def _done(self) -> None:
        self.wanted.emit(self.name.text().strip(), self._value or 0.0, self.per.currentData())


def _free_name(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name} {number}", number + 1
    return candidate
