"""What one server does, asked for with a new option: what it runs, or a stated throughput."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.forms.editors import ChoiceBox
from desktop.forms.serving_rows import PRECISIONS
from desktop.theme.tokens import GRID
from desktop.viewmodels.catalogue import listed
from pricing import today as clock
from pricing.catalogue import catalogue_for
from pricing.plan.capacity import Capacity
from pricing.plan.figure import BUYER, PositiveAmount
from pricing.plan.plan import Plan
from pricing.plan.serving import Serving

PREDICTED, STATED = range(2)
MOST_SHOWN = 20


class PredictedFields(QWidget):
    """The model, its precision, and the accelerators where the server's entry names none.

    Signals:
        changed: something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count: float | None = None
        catalogue = catalogue_for(plan)
        self.model = self._box(self.tr("Model it runs"))
        self.model.addItem(self.tr("choose the model"), "")
        for line in listed(catalogue, "open_model", "", plan.models):
            self.model.addItem(line.name, line.id)
        self.precision = self._box(self.tr("Precision of its weights"))
        for code, name in PRECISIONS:
            self.precision.addItem(name, code)
        self.accelerator = self._box(self.tr("Accelerator"))
        self.accelerator.addItem(self.tr("the server's accelerators"), "")
        for line in listed(catalogue, "accelerator", "", plan.accelerators):
            self.accelerator.addItem(line.name, line.id)
        self.count = NumberField(
            Limits(low=1, high=1024, whole=True, optional=True), self.tr("in one")
        )
        self.count.setPlaceholderText(self.tr("as many as the server's"))
        self.count.setAccessibleName(self.tr("Accelerators in one server"))
        self.count.entered.connect(self._entered)
        self.count.refused.connect(lambda _sentence: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for left, right in ((self.model, self.precision), (self.accelerator, self.count)):
            line_ = QHBoxLayout()
            line_.setSpacing(GRID)
            line_.addWidget(left, 3)
            line_.addWidget(right, 2)
            column.addLayout(line_)

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(name)
        box.setMaxVisibleItems(MOST_SHOWN)
        box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return box

    def _entered(self, value: float | None) -> None:
        self._count = value
        self.changed.emit()

    @property
    def sentence(self) -> str:
        """What is missing or wrong; empty when nothing is."""
        if not self.model.currentData():
            return self.tr("Choose the model that the servers run, or state what one does.")
        return self.count.sentence

    def serving(self) -> Serving:
        """What was chosen."""
        return Serving(
            model=self.model.currentData(),
            precision=self.precision.currentData(),
            accelerator=self.accelerator.currentData(),
            accelerators=None if self._count is None else int(self._count),
        )


class StatedFields(QWidget):
    """A throughput and who says so.

    Signals:
        changed: something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self.capacity = NumberField(Limits(low=0, high=1e15, low_excluded=True))
        self.capacity.setAccessibleName(self.tr("What one server does"))
        self.per = ChoiceBox()
        self.per.addItem(self.tr("output tokens per second"), "tokens")
        self.per.addItem(self.tr("requests per hour"), "requests")
        self.per.setAccessibleName(self.tr("Measured in"))
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("source: a measurement, a published benchmark"))
        self.source.setAccessibleName(self.tr("Source of that"))
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.capacity, 3)
        line.addWidget(self.per, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.source)
        self.capacity.entered.connect(self._entered)
        self.capacity.refused.connect(lambda _sentence: self.changed.emit())

    def _entered(self, value: float | None) -> None:
        self._value = value
        self.changed.emit()

    @property
    def sentence(self) -> str:
        """What is missing or wrong; empty when nothing is."""
        if self._value is None and not self.capacity.sentence:
            return self.tr(
                "What does one server do? Write output tokens per second or requests per hour."
            )
        return self.capacity.sentence

    def figure(self) -> Capacity:
        """What was stated."""
        figure = PositiveAmount(
            value=self._value or 0.0,
            source=self.source.text().strip() or BUYER,
            as_of=clock.today(),
        )
        if self.per.currentData() == "tokens":
            return Capacity(output_tokens_per_second=figure)
        return Capacity(requests_per_hour=figure)


class WorkFields(QWidget):
    """Either of the two ways, predicted first.

    Signals:
        changed: something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = ChoiceBox()
        self.way.addItems(
            [self.tr("predicted from what runs on it"), self.tr("stated: measured or quoted")]
        )
        self.way.setAccessibleName(self.tr("Where the work of one server comes from"))
        self.predicted = PredictedFields(plan)
        self.stated = StatedFields()
        self.told = QLabel()
        self.told.setObjectName("hint")
        self.told.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.predicted)
        self._stack.addWidget(self.stated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.way)
        column.addWidget(self._stack)
        column.addWidget(self.told)
        self.way.currentIndexChanged.connect(self._way_chosen)
        self.predicted.changed.connect(self.changed)
        self.stated.changed.connect(self.changed)

    def _way_chosen(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.tell("")
        self.changed.emit()

    @property
    def is_predicted(self) -> bool:
        """Whether the work is to be predicted."""
        return self.way.currentIndex() == PREDICTED

    @property
    def sentence(self) -> str:
        """What is missing or wrong; empty when nothing is."""
        return self.predicted.sentence if self.is_predicted else self.stated.sentence

    def tell(self, text: str) -> None:
        """Say what the choice amounts to."""
        self.told.setText(text)

    def work(self) -> dict[str, Capacity | Serving]:
        """The fields of an option that say what one server does."""
        if self.is_predicted:
            return {"serving": self.predicted.serving()}
        return {"capacity": self.stated.figure()}
