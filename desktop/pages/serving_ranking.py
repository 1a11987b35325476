"""The ranking of server types, why the others fall out, and a button that takes one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.forms.editors import ChoiceBox
from desktop.pages.serving_table import CellsTable
from desktop.theme.tokens import GRID
from desktop.viewmodels.serving_ranked import COST, MILLION, NAME, TPOT, WHERE, RankingView

HEIGHT = 308
OUT_HEIGHT = 240
WHY = 2


class RankingPanel(QFrame):
    """A table of servers that meet the targets and, on demand, one of those that do not.

    Signals:
        wanted: the ranked server that shall become an option.
        changed: another set of precisions is to be looked at.
    """

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._view = RankingView("")
        self.title = QLabel()
        self.title.setObjectName("question")
        self.title.setWordWrap(True)
        self.precision = ChoiceBox()
        self.precision.addItems([self.tr("in any precision"), ""])
        self.precision.setAccessibleName(self.tr("Precisions that are looked at"))
        self.precision.activated.connect(lambda _index: self.changed.emit())
        self.table = CellsTable(
            self.tr("Servers that meet the targets, cheapest first"), NAME, (WHERE, MILLION, TPOT)
        )
        self.table.setFixedHeight(HEIGHT)
        self.use = QPushButton(self.tr("Use this"))
        self.use.setToolTip(self.tr("Add the chosen server as an option, set up as ranked"))
        self.why = QPushButton()
        self.why.setCheckable(True)
        self.out = CellsTable(self.tr("Servers that fall out, and why"), WHY)
        self.out.setFixedHeight(OUT_HEIGHT)
        self.reason = QLabel()
        self.reason.setObjectName("extra")
        self.reason.setWordWrap(True)
        for widget in (self.out, self.reason):
            widget.hide()
        self.basis = QLabel()
        self.basis.setObjectName("hint")
        self.basis.setWordWrap(True)
        self._place()
        self.use.clicked.connect(self._use)
        self.table.doubleClicked.connect(lambda _index: self._use())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.out.selectionModel().currentChanged.connect(lambda *_: self._tell_reason())
        self.why.toggled.connect(lambda _on: self._show_reasons())

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self.title, 1)
        top.addWidget(self.precision)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.use)
        buttons.addWidget(self.why)
        buttons.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.table)
        column.addLayout(buttons)
        column.addWidget(self.out)
        column.addWidget(self.reason)
        column.addWidget(self.basis)

    @property
    def any_precision(self) -> bool:
        """Whether all precisions are to be looked at."""
        return self.precision.currentIndex() == 0

    def name_precision(self, name: str) -> None:
        """Name the precision that the option states."""
        self.precision.setItemText(1, self.tr("in {name} only").format(name=name))

    def show_waiting(self) -> None:
        """Say that the search runs; what was found before stays."""
        self.title.setText(self.tr("Looking at every server on offer…"))
        self.use.setEnabled(False)

    def show_ranking(self, view: RankingView) -> None:
        """Show what was found."""
        self._view = view
        self.title.setText(view.title)
        self.table.show_cells(view.headings, view.rows, COST if view.rows else -1)
        self.table.setVisible(bool(view.rows))
        self.use.setVisible(bool(view.rows))
        self.out.show_cells(view.out_headings, view.out_rows)
        self.why.setText(view.out_title)
        self.why.setVisible(bool(view.out_rows))
        self._show_reasons()
        self.basis.setText(view.basis)
        self.basis.setVisible(bool(view.basis))
        if view.rows:
            self.table.selectRow(0)
        self._choose()

    def _show_reasons(self) -> None:
        shown = bool(self._view.out_rows) and self.why.isChecked()
        self.out.setVisible(shown)
        if shown and self.out.current < 0:
            self.out.selectRow(0)
        self._tell_reason()

    def _tell_reason(self) -> None:
        """The sentence of the chosen row in full: the table has room for its beginning only."""
        row, rows = self.out.current, self._view.out_rows
        self.reason.setText(rows[row][WHY].text if 0 <= row < len(rows) else "")
        self.reason.setVisible(self.out.isVisibleTo(self) and bool(self.reason.text()))

    def _choose(self) -> None:
        self.use.setEnabled(0 <= self.table.current < len(self._view.ranked))

    def _use(self) -> None:
        row = self.table.current
        if 0 <= row < len(self._view.ranked) and self.use.isEnabled():
            self.wanted.emit(self._view.ranked[row])
