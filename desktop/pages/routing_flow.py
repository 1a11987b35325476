"""The flow of requests or of their cost, over the whole plan or in a month."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.chart_table import ChartTableDialog
from desktop.forms.editors import ChoiceBox
from desktop.pages.chart_view import ChartView
from desktop.pages.elided import ElidedLabel
from desktop.pages.routing_list import Shown
from desktop.pages.switch import switch_row
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.routing_flow import Measure, RoutingFlow, routing_flow


class FlowPanel(QFrame):
    """The chart with its switches; a click on a band explains it.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
    """

    figure_clicked = Signal(str, object)

    def __init__(self, theme: Theme, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._colours = colours
        self._shown: Shown | None = None
        self._flow: RoutingFlow | None = None
        self.dialog: QDialog | None = None
        self.volume = QPushButton(self.tr("Requests"))
        self.cost = QPushButton(self.tr("Cost"))
        self.month = ChoiceBox()
        self.month.setAccessibleName(self.tr("Time that the chart shows"))
        self.month.setMinimumWidth(160)
        self.as_table = QPushButton(self.tr("Show as table"))
        self.chart = ChartView(theme)
        self.waiting = QLabel(self.tr("The flow is drawn once the plan is evaluated."))
        self.waiting.setObjectName("extra")
        self.unit = ElidedLabel()
        self.unit.setObjectName("hint")
        self._kinds, row = switch_row(self, (self.volume, self.cost))
        row.addSpacing(GRID)
        row.addWidget(self.month)
        row.addSpacing(GRID)
        row.addWidget(self.unit, 1)
        row.addWidget(self.as_table)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.waiting)
        column.addWidget(self.chart)
        self._kinds.buttonClicked.connect(lambda _button: self._draw())
        self.month.activated.connect(lambda _index: self._draw())
        self.as_table.clicked.connect(self.show_as_table)
        self.chart.figure_clicked.connect(self._clicked)

    @property
    def measure(self) -> Measure:
        """What bands stand for."""
        return "cost" if self.cost.isChecked() else "volume"

    def show_hybrid(self, shown: Shown) -> None:
        """Show the flow of a hybrid as last evaluated."""
        self._shown = shown
        there = shown.costs is not None and bool(shown.costs.lines.classes)
        self.waiting.setVisible(not there)
        self.waiting.setText(
            self.tr("The flow is drawn once the plan is evaluated.")
            if shown.hybrid.routes
            else self.tr("There are no routes yet; add some on the Routes tab.")
        )
        for widget in (
            self.chart, self.as_table, self.month, self.volume, self.cost, self.unit,
        ):  # fmt: skip
            widget.setVisible(there)
        if shown.costs is not None:
            self._list_months(shown.costs.evaluation.month_labels)
            self._draw()

    def _list_months(self, labels: tuple[str, ...]) -> None:
        before = self.month.currentData()
        if self.month.count() == len(labels) + 1 and self.month.itemText(1).endswith(
            f"({labels[0]})"
        ):
            return
        with QSignalBlocker(self.month):
            self.month.clear()
            self.month.addItem(self.tr("Whole plan"), None)
            for number, label in enumerate(labels, start=1):
                text = self.tr("Month {n} ({label})").format(n=number, label=label)
                self.month.addItem(text, number)
            self.month.setCurrentIndex(max(0, self.month.findData(before)) if before else 0)

    def _draw(self) -> None:
        shown = self._shown
        if shown is None or shown.costs is None or not shown.costs.lines.classes:
            return
        month = self.month.currentData()
        self._flow = routing_flow(shown.costs, self._colours, self.measure, month)
        self.unit.say(self._flow.unit)
        self.chart.show_chart(self._flow.spec)

    def _clicked(self, key: str, _month: object) -> None:
        if self._flow is None or self._shown is None or self._shown.costs is None:
            return
        line = self._flow.keys.get(key)
        if line is None:
            return
        timed = self._shown.costs.evaluation.ledger.find(line).timed
        self.figure_clicked.emit(line, (self._flow.month or 1) if timed else None)

    def show_as_table(self) -> None:
        """Open the numbers of the chart as a table."""
        if self._flow is not None:
            spec = self._flow.spec
            self.dialog = ChartTableDialog(spec.title, spec.table(), self)
            self.dialog.open()
