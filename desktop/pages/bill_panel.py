"""The bill as a table: options side by side over the whole plan, or one option month by month."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from desktop.forms.editors import ChoiceBox
from desktop.pages.comparison_view import ComparisonView
from desktop.pages.switch import switch_row
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.comparison import comparison_table
from desktop.viewmodels.months import months_table
from pricing.evaluation import Evaluation

MONTHS_AT_ONCE = 14
"""Months shown before the table scrolls."""


class BillPanel(QFrame):
    """Two tables in one place.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
        copied: the table shown is on the clipboard.
        option_wanted: id of the option whose months are to be shown.
    """

    figure_clicked = Signal(str, object)
    copied = Signal()
    option_wanted = Signal(str)

    def __init__(self, theme: Theme, colours: OptionColours) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._colours = colours
        self._bill: tuple[Evaluation, str] | None = None
        self.table = ComparisonView(theme)
        self.months = ComparisonView(theme, most_rows=MONTHS_AT_ONCE)
        self.months.setAccessibleName(self.tr("Bill of one option month by month"))
        self.months.hide()
        self.whole = QPushButton(self.tr("All options"))
        self.monthly = QPushButton(self.tr("Month by month"))
        self.copy = QPushButton(self.tr("Copy table"))
        self.hint = QLabel(self.tr("Click a figure to see where it comes from."))
        self.hint.setObjectName("hint")
        self.option = ChoiceBox()
        self.option.setAccessibleName(self.tr("Option whose months are shown"))
        self.option.setMinimumWidth(120)
        self.option.setMaximumWidth(400)
        self.option.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.option.hide()
        self._choice, row = switch_row(self, (self.whole, self.monthly))
        title = QLabel(self.tr("Bill by category"))
        title.setObjectName("question")
        row.insertWidget(0, title)
        row.insertSpacing(1, GRID)
        row.addSpacing(GRID)
        row.addWidget(self.option, 3)
        row.addSpacing(GRID)
        row.addWidget(self.hint)
        row.addStretch(1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.table)
        column.addWidget(self.months)
        self._choice.buttonClicked.connect(lambda _button: self._turn())
        self.copy.clicked.connect(self.copy_table)
        self.option.activated.connect(
            lambda _index: self.option_wanted.emit(self.option.currentData())
        )
        for view in (self.table, self.months):
            view.figure_clicked.connect(self.figure_clicked)

    def show_bill(self, evaluation: Evaluation, option: str, reference: str) -> None:
        """Show both tables: all options against `reference`, and the months of `option`."""
        self.table.show_table(comparison_table(evaluation, self._colours, reference))
        self._bill = (evaluation, option)
        self._fill_months()
        with QSignalBlocker(self.option):
            self.option.clear()
            for bill in evaluation.bills:
                self.option.addItem(bill.name, bill.id)
            self.option.setCurrentIndex(self.option.findData(option))

    def show_months(self) -> None:
        """Turn to the months."""
        self.monthly.setChecked(True)
        self._turn()

    def show_whole(self) -> None:
        """Turn to all options."""
        self.whole.setChecked(True)
        self._turn()

    def _fill_months(self) -> None:
        """Fill the table of months only while it is on screen: it is the longest one."""
        if self._bill is not None and self.monthly.isChecked():
            self.months.show_table(months_table(*self._bill, self._colours))

    def _turn(self) -> None:
        self._fill_months()
        self.table.setVisible(self.whole.isChecked())
        self.months.setVisible(self.monthly.isChecked())
        self.option.setVisible(self.monthly.isChecked())
        self.hint.setVisible(self.whole.isChecked())

    @property
    def shown(self) -> ComparisonView:
        """The table on screen."""
        return self.months if self.monthly.isChecked() else self.table

    def copy_table(self) -> None:
        """Put the table shown on the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.shown.model_.as_text())
        self.copied.emit()
