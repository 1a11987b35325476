"""What a search found: a table, a button that takes a row, and why the others fall out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.pages.serving_table import CellsTable
from desktop.theme.tokens import GRID
from desktop.viewmodels.serving_ranked import RankingView

HEIGHT = 308
OUT_HEIGHT = 240
WHY = 2


class FoundPanel(QFrame):
    """A table of what serves and, on demand, one of what does not.

    Args:
        wide: The column of the table that takes what room is left.
        give_way: Columns that are hidden in turn where there is little.

    Signals:
        wanted: the ranked server that shall become an option.
    """

    wanted = Signal(object)

    def __init__(self, wide: int, give_way: tuple[int, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._view = RankingView("")
        self.title = QLabel()
        self.title.setObjectName("question")
        self.title.setWordWrap(True)
        self.table, self.out = CellsTable("", wide, give_way), CellsTable("", WHY)
        self.table.setFixedHeight(HEIGHT)
        self.out.setFixedHeight(OUT_HEIGHT)
        self.use = QPushButton(self.tr("Use this"))
        self.why = QPushButton()
        self.why.setCheckable(True)
        self.reason = QLabel()
        self.reason.setObjectName("extra")
        self.reason.setWordWrap(True)
        for widget in (self.out, self.reason):
            widget.hide()
        self.basis = QLabel()
        self.basis.setObjectName("hint")
        self.basis.setWordWrap(True)
        self.top, self.buttons = QHBoxLayout(), QHBoxLayout()
        self._place_found()
        self.use.clicked.connect(self._use)
        self.table.doubleClicked.connect(lambda _index: self._use())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.out.selectionModel().currentChanged.connect(lambda *_: self._tell_reason())
        self.why.toggled.connect(lambda _on: self._show_reasons())

    def _place_found(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        self.top.setSpacing(2 * GRID)
        self.top.addWidget(self.title, 1)
        self.buttons.setSpacing(GRID)
        self.buttons.addWidget(self.use)
        self.buttons.addWidget(self.why)
        self.buttons.addStretch(1)
        column.addLayout(self.top)
        column.addWidget(self.table)
        column.addLayout(self.buttons)
        column.addWidget(self.out)
        column.addWidget(self.reason)
        column.addWidget(self.basis)

    def show_found(self, view: RankingView, order: int) -> None:
        """Show what was found, sorted by a column; in its own order for -1."""
        self._view = view
        self.title.setText(view.title)
        self.table.show_cells(view.headings, view.rows, order if view.rows else -1)
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
