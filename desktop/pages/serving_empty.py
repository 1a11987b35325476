"""What the serving page says while no option's work is predicted, and how to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.app.session import Session
from desktop.theme.tokens import GRID
from desktop.viewmodels.serving_switch import as_predicted
from pricing.catalogue import catalogue_for
from pricing.plan.edit import edited
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan

MOST_OF_A_NAME = 40


class NothingPredicted(QWidget):
    """A sentence, and a button for each option with servers that lets its work be predicted.

    Signals:
        problem: a sentence that says why that is not possible.
    """

    problem = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.finding = QLabel(self.tr("No option predicts what its servers do yet"))
        self.finding.setObjectName("finding")
        self.finding.setWordWrap(True)
        self.text = QLabel()
        self.text.setObjectName("extra")
        self.text.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(self.finding)
        self._column.addWidget(self.text)

    def show_plan(self, plan: Plan) -> None:
        """Offer the options of a plan that have servers."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        hosted = [option for option in plan.options if isinstance(option, SelfHosted)]
        self.text.setText(
            self.tr(
                "Their throughput is stated by hand. Predicted from the model and the accelerator, "
                "it follows the length of requests and the targets, with a range; one step of undo "
                "brings back what was stated."
            )
            if hosted
            else self.tr("Add rented GPUs, owned servers or an appliance under Options first.")
        )
        for option in hosted:
            name = option.name
            short = name if len(name) <= MOST_OF_A_NAME else f"{name[: MOST_OF_A_NAME - 1]}…"
            button = QPushButton(self.tr('Predict the servers of "{name}"').format(name=short))
            button.clicked.connect(lambda _on=False, name=option.id: self.predict(name))
            self._column.addWidget(button)
            self.buttons.append(button)

    def predict(self, option_id: str) -> None:
        """Let the work of an option be predicted, as one undo step."""

        def change(plan: Plan) -> Plan:
            option = next(o for o in plan.options if o.id == option_id)
            assert isinstance(option, SelfHosted)
            return edited(plan, f"options.{option_id}", as_predicted(option, catalogue_for(plan)))

        sentence = self._session.apply(self.tr("Predict what servers do"), change)
        if sentence:
            self.problem.emit(sentence)
