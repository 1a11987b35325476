"""The results: a sentence with the answer, a few figures, one chart, the table."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.charts.spec import Spec
from desktop.dialogs.chart_table import ChartTableDialog
from desktop.forms.editors import ChoiceBox
from desktop.pages.chart_view import ChartView
from desktop.pages.comparison_view import ComparisonView
from desktop.pages.figure_card import FigureCard
from desktop.pages.page import ScrollPage
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.cards import cards
from desktop.viewmodels.charts import ChartKind, chart
from desktop.viewmodels.comparison import comparison_table
from desktop.viewmodels.finding import (
    caveat_sentence,
    challenger,
    finding_sentence,
    second_sentence,
)
from desktop.viewmodels.volume import volume_sentence
from desktop.work.newest import NewestWins
from pricing.analysis import break_even_volume, compare
from pricing.evaluation import Comparison, Evaluation

CARDS: Final = 4


class ResultsPage(ScrollPage):
    """Shows an evaluation.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
        said: a short message for the status bar.
    """

    figure_clicked = Signal(str, object)
    said = Signal(str)

    def __init__(self, theme: Theme, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Results"))
        self._theme, self._colours = theme, colours
        self._evaluation: Evaluation | None = None
        self._spec: Spec | None = None
        self._kind: ChartKind = "cumulative"
        self.dialog: QDialog | None = None
        self.finding = QLabel(self.tr("Evaluating…"))
        self.finding.setObjectName("finding")
        self.finding.setWordWrap(True)
        self.second = QLabel()
        self.second.setObjectName("extra")
        self.second.setWordWrap(True)
        self.volume = QLabel()
        self.volume.setObjectName("extra")
        self.volume.setWordWrap(True)
        self.volume.hide()
        self._volumes = NewestWins(self)
        self._volumes.finished.connect(self._show_volume)
        self._volumes.failed.connect(lambda _error: self.volume.hide())
        self.caveat = QLabel()
        self.caveat.setObjectName("caveat")
        self.caveat.setWordWrap(True)
        self.caveat.setTextFormat(Qt.TextFormat.PlainText)
        self.focus = ChoiceBox()
        self.focus.setAccessibleName(self.tr("Option whose figures are shown"))
        self.focus.setMinimumWidth(240)
        self.focus.setMaximumWidth(440)
        self.cards = tuple(FigureCard() for _ in range(CARDS))
        self.chart = ChartView(theme)
        self.table = ComparisonView(theme)
        self._place()
        self.focus.activated.connect(lambda _index: self._focus_changed())
        for card in self.cards:
            card.asked.connect(self.figure_clicked)
        self.chart.figure_clicked.connect(self.figure_clicked)
        self.table.figure_clicked.connect(self.figure_clicked)

    def _place(self) -> None:
        top = QVBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.finding)
        top.addWidget(self.second)
        top.addWidget(self.volume)
        top.addWidget(self.caveat)
        self.body.addLayout(top)
        row = QHBoxLayout()
        label = QLabel(self.tr("Figures of"))
        label.setBuddy(self.focus)
        row.addWidget(label)
        row.addWidget(self.focus)
        row.addStretch(1)
        self.body.addLayout(row)
        grid = QGridLayout()
        grid.setSpacing(GRID + 4)
        for column, card in enumerate(self.cards):
            grid.addWidget(card, 0, column)
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._chart_panel())
        self.body.addWidget(self._table_panel())

    def _panel(self) -> tuple[QFrame, QVBoxLayout]:
        panel = QFrame()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        return panel, column

    def _chart_panel(self) -> QFrame:
        panel, column = self._panel()
        row = QHBoxLayout()
        row.setSpacing(4)
        self.kinds = QButtonGroup(self)
        self._buttons: dict[ChartKind, QPushButton] = {}
        kinds: tuple[tuple[ChartKind, str], ...] = (
            ("cumulative", self.tr("Cumulative")),
            ("breakdown", self.tr("Breakdown")),
            ("monthly", self.tr("Month by month")),
        )
        for kind, text in kinds:
            button = QPushButton(text)
            button.setCheckable(True)
            button.setChecked(kind == self._kind)
            button.clicked.connect(lambda _on, kind=kind: self.show_kind(kind))
            self.kinds.addButton(button)
            self._buttons[kind] = button
            row.addWidget(button)
        row.addStretch(1)
        self.as_table = QPushButton(self.tr("Show as table"))
        self.as_table.clicked.connect(self.show_chart_as_table)
        row.addWidget(self.as_table)
        column.addLayout(row)
        column.addWidget(self.chart)
        return panel

    def _table_panel(self) -> QFrame:
        panel, column = self._panel()
        row = QHBoxLayout()
        title = QLabel(self.tr("Bill by category"))
        title.setObjectName("question")
        hint = QLabel(self.tr("Click a figure to see where it comes from."))
        hint.setObjectName("hint")
        self.copy = QPushButton(self.tr("Copy table"))
        self.copy.clicked.connect(self.copy_table)
        row.addWidget(title)
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(self.copy)
        column.addLayout(row)
        column.addWidget(self.table)
        return panel

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show an evaluation; the option whose figures are shown stays where it still exists."""
        self._evaluation = evaluation
        self._colours.learn(bill.id for bill in evaluation.bills)
        ids = [bill.id for bill in evaluation.bills]
        kept = self.focus.currentData()
        other = challenger(evaluation)
        default = other.id if other is not None else ids[0]
        with QSignalBlocker(self.focus):
            self.focus.clear()
            for bill in evaluation.bills:
                self.focus.addItem(bill.name, bill.id)
            self.focus.setCurrentIndex(ids.index(kept if kept in ids else default))
        self._focus_changed()

    def _ask_volume(self, option: str) -> None:
        """Look for the break-even volume in the background."""
        evaluation = self._evaluation
        if evaluation is None or option == evaluation.baseline.id:
            self._volumes.drop()
            self.volume.hide()
            return
        name, base = evaluation.bill_of(option).name, evaluation.baseline

        def work() -> str:
            return volume_sentence(break_even_volume(evaluation, option, base.id), name, base.name)

        self._volumes.submit(work)

    def _show_volume(self, sentence: str) -> None:
        self.volume.setText(sentence)
        self.volume.show()

    def wait(self) -> None:
        """Stop what runs in the background; for closing the window."""
        self._volumes.wait()

    def clear(self) -> None:
        """Forget the document shown."""
        self._evaluation = None
        self.focus.clear()
        self.finding.setText(self.tr("Evaluating…"))
        self.second.clear()
        self.caveat.clear()
        self.volume.hide()
        self._volumes.drop()

    def _focus_changed(self) -> None:
        self._paint()
        self._ask_volume(str(self.focus.currentData()))

    def _comparison(self, option: str) -> Comparison | None:
        evaluation = self._evaluation
        if evaluation is None or option == evaluation.baseline.id:
            return None
        return compare(evaluation, option, evaluation.baseline.id)

    def _paint(self) -> None:
        evaluation = self._evaluation
        if evaluation is None:
            return
        other = challenger(evaluation)
        told = self._comparison(other.id) if other is not None else None
        focused = self._comparison(str(self.focus.currentData()))
        self.finding.setText(finding_sentence(evaluation))
        second = second_sentence(evaluation, told, other)
        self.second.setText(second)
        self.second.setVisible(bool(second))
        caveat = caveat_sentence(evaluation)
        self.caveat.setText(caveat)
        self.caveat.setVisible(bool(caveat))
        shown = cards(evaluation, str(self.focus.currentData()), focused)
        for card, content in zip(self.cards, shown, strict=True):
            card.show_card(content)
        self._spec = chart(self._kind, evaluation, self._colours, focused or told)
        self.chart.show_chart(self._spec)
        self.table.show_table(comparison_table(evaluation, self._colours))

    def show_kind(self, kind: ChartKind) -> None:
        """Show another of the three charts."""
        self._kind = kind
        self._buttons[kind].setChecked(True)
        self._paint()

    def show_chart_as_table(self) -> None:
        """Open the numbers of the chart as a table."""
        if self._spec is not None:
            self.dialog = ChartTableDialog(self._spec.title, self._spec.table(), self)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.open()

    def copy_table(self) -> None:
        """Put the comparison on the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.table.model_.as_text())
        self.said.emit(self.tr("The table was copied; paste it into a spreadsheet."))
