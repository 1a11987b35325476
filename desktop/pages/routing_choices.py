"""What else could serve a request class: cost, score and speed of every option, and why not."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.forms.editors import ChoiceBox
from desktop.pages.routing_list import Shown
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.routing_choices import WHY, choices_of, choices_table, plain_sentence
from pricing.evaluation import Evaluation
from pricing.optimise.advice.choices import Choice, cheapest_single, choices
from pricing.plan.plan import Plan


class ChoicesPanel(QFrame):
    """A table for one class at a time.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
        field_wanted: path of the field that would change why an option may not serve.
    """

    figure_clicked = Signal(str, object)
    field_wanted = Signal(str)

    def __init__(self, theme: Theme, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._colours = colours
        self._shown: Shown | None = None
        self._found: tuple[Evaluation, tuple[Choice, ...]] | None = None
        self._mine: tuple[Choice, ...] = ()
        self.request_class = ChoiceBox()
        self.request_class.setAccessibleName(self.tr("Request class whose choices are shown"))
        self.request_class.setMinimumWidth(160)
        self.request_class.setMaximumWidth(360)
        self.request_class.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.table = EditTable(self.tr("Options for a request class"), theme)
        self.plain = QLabel()
        self.plain.setObjectName("extra")
        self.plain.setWordWrap(True)
        self.plain.setMinimumWidth(1)
        title = QLabel(self.tr("What could serve"))
        title.setObjectName("question")
        title.setBuddy(self.request_class)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(title)
        row.addWidget(self.request_class, 1)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.plain)
        column.addWidget(self.table)
        self.request_class.activated.connect(lambda _index: self._fill())
        self.table.figure_clicked.connect(self.figure_clicked)
        self.table.cell_clicked.connect(self._lead)

    def show_hybrid(self, shown: Shown) -> None:
        """Show the choices of a class, as last evaluated."""
        self._shown = shown
        there = shown.costs is not None
        for widget in (self.table, self.request_class):
            widget.setVisible(there)
        if shown.costs is None:
            self.plain.setText(self.tr("Choices are known once the plan is evaluated."))
            return
        evaluation = shown.costs.evaluation
        if self._found is None or self._found[0] is not evaluation:
            self._found = evaluation, choices(evaluation)
            self.plain.setText(plain_sentence(cheapest_single(evaluation), evaluation))
        self._list(evaluation.plan)
        self._fill()

    def _list(self, plan: Plan) -> None:
        before = self.request_class.currentData()
        with QSignalBlocker(self.request_class):
            self.request_class.clear()
            for item in plan.workload:
                self.request_class.addItem(item.name, item.id)
            self.request_class.setCurrentIndex(max(0, self.request_class.findData(before)))

    def _fill(self) -> None:
        if self._found is None or self._shown is None:
            return
        evaluation, found = self._found
        self._mine = choices_of(found, str(self.request_class.currentData()))
        made = choices_table(evaluation, self._shown.hybrid, self._mine, self._colours)
        self.table.show_rows(made.columns, made.rows)

    def _lead(self, row: int, column: int) -> None:
        if column == WHY and self._mine[row].reasons:
            self.field_wanted.emit(self._mine[row].reasons[0].path)
