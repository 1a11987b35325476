"""Which option and which request class the serving page shows."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from desktop.viewmodels.serving_setup import classes_of, predicted
from pricing.plan.plan import Plan


class ServingPicker(QWidget):
    """Two drop-downs; what was chosen stays while it exists.

    Signals:
        changed: another option or class was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self.option, self.request_class = ChoiceBox(), ChoiceBox()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        for text, box in (
            (self.tr("Servers of"), self.option),
            (self.tr("answering"), self.request_class),
        ):
            label = QLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text)
            box.setMinimumWidth(160)
            box.setMaximumWidth(360)
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            line.addWidget(label)
            line.addWidget(box, 3)
        line.addStretch(1)
        self.option.activated.connect(self._option_picked)
        self.request_class.activated.connect(lambda _index: self.changed.emit())

    @property
    def chosen(self) -> tuple[str, str]:
        """Ids of the option and of the class; empty where there is none."""
        box, other = self.option.currentData(), self.request_class.currentData()
        return str(box or ""), str(other or "")

    def show_plan(self, plan: Plan) -> None:
        """List the options whose work is predicted, and the classes of the chosen one."""
        self._plan = plan
        self._fill(self.option, [(o.id, o.name) for o in predicted(plan)])
        self._fill_classes()

    def choose(self, option_id: str) -> None:
        """Show an option."""
        self.option.setCurrentIndex(max(0, self.option.findData(option_id)))
        self._fill_classes()

    def _option_picked(self, _index: int) -> None:
        self._fill_classes()
        self.changed.emit()

    def _fill_classes(self) -> None:
        plan = self._plan
        option = next((o for o in plan.options if o.id == self.chosen[0]), None) if plan else None
        classes = classes_of(option, plan) if plan is not None and option is not None else ()
        self._fill(self.request_class, [(c.id, c.name) for c in classes])

    @staticmethod
    def _fill(box: ChoiceBox, entries: list[tuple[str, str]]) -> None:
        before = box.currentData()
        with QSignalBlocker(box):
            box.clear()
            for identifier, name in entries:
                box.addItem(name, identifier)
            box.setCurrentIndex(max(0, box.findData(before)) if entries else -1)
