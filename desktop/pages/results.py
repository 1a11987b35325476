"""The results: a sentence with the answer, a few figures, one chart, the table."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.charts.spec import Spec
from desktop.dialogs.chart_table import ChartTableDialog
from desktop.pages.bill_panel import BillPanel
from desktop.pages.chart_view import ChartView
from desktop.pages.figure_card import FigureCard, card_row
from desktop.pages.page import ScrollPage, page_text
from desktop.pages.pair_bar import PairBar
from desktop.pages.switch import switch_row
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.cards import cards
from desktop.viewmodels.charts import ChartKind, chart
from desktop.viewmodels.finding import (
    broken_sentence,
    caveat_sentence,
    challenger,
    finding_sentence,
    pair_sentence,
    unserved_sentence,
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
        self.finding = page_text("finding", self.tr("Evaluating…"))
        self.second, self.volume = page_text("extra"), page_text("extra")
        self.volume.hide()
        self._volumes = NewestWins(self)
        self._volumes.finished.connect(self._show_volume)
        self._volumes.failed.connect(lambda _error: self.volume.hide())
        self.broken, self.caveat = page_text("broken"), page_text("caveat")
        self.pair = PairBar()
        self.told = page_text("extra")
        self.cards = tuple(FigureCard() for _ in range(CARDS))
        self.chart = ChartView(theme)
        self.bill = BillPanel(theme, colours)
        self._place()
        self.pair.changed.connect(self._pair_changed)
        for card in self.cards:
            card.asked.connect(self.figure_clicked)
        self.chart.figure_clicked.connect(self.figure_clicked)
        self.bill.figure_clicked.connect(self.figure_clicked)
        self.bill.option_wanted.connect(self.pair.choose)
        self.bill.copied.connect(
            lambda: self.said.emit(self.tr("The table was copied; paste it into a spreadsheet."))
        )

    def _place(self) -> None:
        top = QVBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.finding)
        top.addWidget(self.second)
        top.addWidget(self.broken)
        top.addWidget(self.caveat)
        self.body.addLayout(top)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addWidget(self.pair)
        middle.addWidget(self.told)
        middle.addWidget(self.volume)
        self.body.addLayout(middle)
        self.body.addLayout(card_row(self.cards))
        self.body.addWidget(self._chart_panel())
        self.body.addWidget(self.bill)

    def _panel(self) -> tuple[QFrame, QVBoxLayout]:
        panel = QFrame()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        return panel, column

    def _chart_panel(self) -> QFrame:
        panel, column = self._panel()
        self._buttons: dict[ChartKind, QPushButton] = {
            "cumulative": QPushButton(self.tr("Cumulative")),
            "breakdown": QPushButton(self.tr("Breakdown")),
            "monthly": QPushButton(self.tr("Month by month")),
        }
        self.kinds, row = switch_row(self, list(self._buttons.values()))
        for kind, button in self._buttons.items():
            button.clicked.connect(lambda _on, kind=kind: self.show_kind(kind))
        row.addStretch(1)
        self.as_table = QPushButton(self.tr("Show as table"))
        self.as_table.clicked.connect(self.show_chart_as_table)
        row.addWidget(self.as_table)
        column.addLayout(row)
        column.addWidget(self.chart)
        return panel

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show an evaluation; the pair of options shown stays where both still exist."""
        self._evaluation = evaluation
        self._colours.learn(bill.id for bill in evaluation.bills)
        other = challenger(evaluation)
        self.pair.show_options(evaluation, other.id if other else evaluation.baseline.id)
        self._pair_changed()

    def _ask_volume(self, comparison: Comparison | None) -> None:
        """Look for the break-even volume in the background."""
        evaluation = self._evaluation
        if evaluation is None or comparison is None:
            self._volumes.drop()
            self.volume.hide()
            return
        option, base = comparison.option, comparison.reference
        names = evaluation.bill_of(option).name, evaluation.bill_of(base).name

        def work() -> str:
            return volume_sentence(break_even_volume(evaluation, option, base), *names)

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
        self.pair.forget()
        self.finding.setText(self.tr("Evaluating…"))
        for label in (self.second, self.told, self.broken, self.caveat):
            label.clear()
        self.volume.hide()
        self._volumes.drop()

    def _pair_changed(self) -> None:
        comparison = self._comparison()
        self._paint(comparison)
        self._ask_volume(comparison)

    def _comparison(self) -> Comparison | None:
        option, reference = self.pair.pair
        if self._evaluation is None or not reference:
            return None
        return compare(self._evaluation, option, reference)

    def _paint(self, comparison: Comparison | None) -> None:
        evaluation = self._evaluation
        if evaluation is None:
            return
        self.finding.setText(finding_sentence(evaluation))
        for label, sentence in (
            (self.second, unserved_sentence(evaluation)),
            (self.broken, broken_sentence(evaluation)),
            (self.caveat, caveat_sentence(evaluation)),
            (self.told, pair_sentence(evaluation, comparison)),
        ):
            label.setText(sentence)
            label.setVisible(bool(sentence))
        option, reference = self.pair.pair
        for card, content in zip(self.cards, cards(evaluation, option, comparison), strict=True):
            card.show_card(content)
        self._draw(comparison)
        self.bill.show_bill(evaluation, option, reference or option)

    def _draw(self, comparison: Comparison | None) -> None:
        if self._evaluation is not None:
            self._spec = chart(self._kind, self._evaluation, self._colours, comparison)
            self.chart.show_chart(self._spec)

    def show_kind(self, kind: ChartKind) -> None:
        """Show another of the three charts."""
        self._kind = kind
        self._buttons[kind].setChecked(True)
        self._draw(self._comparison())

    def show_chart_as_table(self) -> None:
        """Open the numbers of the chart as a table."""
        if self._spec is not None:
            self.dialog = ChartTableDialog(self._spec.title, self._spec.table(), self)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.open()

    def copy_table(self) -> None:
        """Put the table shown on the clipboard."""
        self.bill.copy_table()
