"""Which option's figures are shown, and which one they are held against."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.forms.editors import ChoiceBox
from desktop.theme.tokens import GRID
from pricing.evaluation import Evaluation


class PairBar(QWidget):
    """Two different options of an evaluation; each follows the plan until it is chosen.

    Signals:
        changed: another pair was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen_option = self._chosen_reference = False
        self._last = ("", "")
        self.option, self.reference = ChoiceBox(), ChoiceBox()
        self.option.setAccessibleName(self.tr("Option whose figures are shown"))
        self.reference.setAccessibleName(self.tr("Option it is held against"))
        for box in (self.option, self.reference):
            box.setMinimumWidth(160)
            box.setMaximumWidth(360)
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.against = QLabel(self.tr("against"))
        self.swap = QToolButton()
        self.swap.setText("⇄")
        self.swap.setToolTip(self.tr("Swap the two"))
        self.swap.setAccessibleName(self.swap.toolTip())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        label = QLabel(self.tr("Figures of"))
        label.setBuddy(self.option)
        self.against.setBuddy(self.reference)
        line.addWidget(label)
        line.addWidget(self.option, 3)
        line.addWidget(self.against)
        line.addWidget(self.reference, 3)
        line.addWidget(self.swap)
        line.addStretch(1)
        self.option.activated.connect(self._option_picked)
        self.reference.activated.connect(self._reference_picked)
        self.swap.clicked.connect(self._swap)

    @property
    def pair(self) -> tuple[str, str]:
        """Ids of the option and of its reference; the second is empty where there is one only."""
        return str(self.option.currentData() or ""), str(self.reference.currentData() or "")

    def show_options(self, evaluation: Evaluation, option: str) -> None:
        """List the options; what was chosen stays while it exists, else `option` and baseline.

        Args:
            evaluation: What is shown.
            option: Id of the option to begin with.
        """
        ids = [bill.id for bill in evaluation.bills]
        first, second = self.pair
        base = evaluation.baseline.id
        if first not in ids or not self._chosen_option:
            first, self._chosen_option = option, False
        if second not in ids or not self._chosen_reference:
            second, self._chosen_reference = base, False
        if second == first:
            others = [name for name in (base, option, *ids) if name != first]
            second = others[0] if others else ""
        for box, current in ((self.option, first), (self.reference, second)):
            with QSignalBlocker(box):
                box.clear()
                for bill in evaluation.bills:
                    box.addItem(bill.name, bill.id)
                box.setCurrentIndex(box.findData(current))
        for widget in (self.against, self.reference, self.swap):
            widget.setVisible(len(ids) > 1)
        self._last = self.pair

    def forget(self) -> None:
        """Begin anew, for another document."""
        self._chosen_option = self._chosen_reference = False
        self._last = ("", "")
        for box in (self.option, self.reference):
            with QSignalBlocker(box):
                box.clear()

    def choose(self, option: str, reference: str = "") -> None:
        """Choose a pair by ids; raises KeyError for an unknown one."""
        for box, name in ((self.option, option), (self.reference, reference)):
            if name:
                index = box.findData(name)
                if index < 0:
                    raise KeyError(name)
                box.setCurrentIndex(index)
                box.activated.emit(index)

    def _option_picked(self, _index: int) -> None:
        self._chosen_option = True
        self._pick(self.reference, self._last[0])

    def _reference_picked(self, _index: int) -> None:
        self._chosen_reference = True
        self._pick(self.option, self._last[1])

    def _pick(self, other: ChoiceBox, before: str) -> None:
        """Keep the two apart: the one not touched takes what the other one was."""
        first, second = self.pair
        if first == second and self.reference.count() > 1:
            other.setCurrentIndex(other.findData(before))
            self._chosen_option = self._chosen_reference = True
        if self.pair != self._last:
            self._last = self.pair
            self.changed.emit()

    def _swap(self) -> None:
        first, second = self.pair
        self.option.setCurrentIndex(self.option.findData(second))
        self.reference.setCurrentIndex(self.reference.findData(first))
        self._chosen_option = self._chosen_reference = True
        self._last = self.pair
        self.changed.emit()
