"""A table as high as its rows: figures are explained by a click, framed ones changed in place."""

from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.tables.cells import make_plain
from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.tables.edit_delegate import PADDING, EditDelegate
from desktop.theme.apply import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
MOST_WIDTH: Final = 216
"""A column of texts that takes what it needs goes no further, in logical pixels."""
LEAST_WIDE: Final = 152
"""Least width of the column that takes the rest."""
ENOUGH_WIDE: Final = 264
"""Below this width of it, others give way."""
ROOMY: Final = 320
"""Above this width of it, others take more."""


class EditModel(QAbstractTableModel):
    """Rows of cells; the user role gives the cell itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[EditColumn, ...] = ()
        self.rows: tuple[tuple[EditCell, ...], ...] = ()

    def show_rows(
        self, columns: tuple[EditColumn, ...], rows: tuple[tuple[EditCell, ...], ...]
    ) -> None:
        """Show other rows."""
        same = columns == self.columns and len(rows) == len(self.rows)
        if not same:
            self.beginResetModel()
        self.columns, self.rows = columns, rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the table."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the table."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Texts of a cell, and the cell itself."""
        if not index.isValid():
            return None
        cell = self.rows[index.row()][index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.AccessibleDescriptionRole:
            return cell.second or None
        if role == Role.ToolTipRole:
            return cell.tip or None
        return cell if role == Role.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells that may be changed can be edited."""
        flags = super().flags(index)
        if index.isValid() and self.rows[index.row()][index.column()].edit is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Headings, on the side of their cells."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.heading
        if role == Role.ToolTipRole:
            return column.tip or None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class EditTable(QTableView):
    """Shows cells; says what was clicked, chosen or typed.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
        entered: row, column and the number typed.
        refused: the sentence of a number that does not fit.
        chosen: number of the chosen row; -1 for none.
        opened: number of a row that was double-clicked.
        cell_clicked: row and column.
    """

    figure_clicked = Signal(str, object)
    entered = Signal(int, int, object)
    refused = Signal(str)
    chosen = Signal(int)
    opened = Signal(int)
    cell_clicked = Signal(int, int)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = EditModel(self)
        self.setModel(self.cells)
        self.delegate = EditDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setObjectName("plainTable")
        make_plain(self, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)
        self._waiting: tuple[tuple[EditColumn, ...], tuple[tuple[EditCell, ...], ...]] | None = None
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._open)
        self.delegate.entered.connect(self.entered)
        self.delegate.refused.connect(self.refused)
        self.delegate.closeEditor.connect(lambda *_: self._catch_up())
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.chosen.emit(now.row())
        )
        theme.changed.connect(self.viewport().update)

    def show_rows(
        self, columns: tuple[EditColumn, ...], rows: tuple[tuple[EditCell, ...], ...]
    ) -> None:
        """Show other rows, once what is being typed is done; the chosen cell stays."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = (columns, rows)
            return
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.cells.show_rows(columns, rows)
        if row >= 0 and rows and not self.currentIndex().isValid():
            self.setCurrentIndex(
                self.cells.index(min(row, len(rows) - 1), min(column, len(columns) - 1))
            )
        self.fit()

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.show_rows(*waiting)

    def cell(self, row: int, column: int) -> EditCell:
        """One cell."""
        return self.cells.rows[row][column]

    @property
    def current(self) -> int:
        """Number of the chosen row; -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int, column: int = 0) -> None:
        """Choose a row."""
        self.setCurrentIndex(self.cells.index(row, column))

    # --- sizes ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give columns what they need, the wide one the rest, and every row its lines."""
        columns, rows = self.cells.columns, self.cells.rows
        header = self.horizontalHeader()
        if not columns:
            self.setFixedHeight(0)
            return
        widths = self._widths()
        for place, width in enumerate(widths):
            self.setColumnHidden(place, width == 0)
            if width:
                self.setColumnWidth(place, width)
        height = header.sizeHint().height()
        for place, row in enumerate(rows):
            lines = max(
                self.delegate.height(cell, width)
                for cell, width in zip(row, widths, strict=True)
                if width
            )
            self.setRowHeight(place, lines)
            height += lines
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + (bar if sum(widths) > self.viewport().width() else 0) + 2)

    def _widths(self) -> list[int]:
        """Width of each column; 0 for one that gives way."""
        columns, rows = self.cells.columns, self.cells.rows
        metrics = QFontMetrics(self.horizontalHeader().font())
        widths, wide = [], []
        for place, column in enumerate(columns):
            heading = metrics.horizontalAdvance(column.heading) + 2 * PADDING + 8
            if column.width > 0:
                widths.append(max(column.width, heading))
            elif column.width < 0:
                widths.append(0)
                wide.append(place)
            else:
                needed = max((self.delegate.width(row[place]) for row in rows), default=0)
                widths.append(max(heading, min(MOST_WIDTH, needed)))
        if not wide:
            return widths
        room = self.viewport().width() - sum(widths)
        for place, column in enumerate(columns):
            if column.gives_way and room < ENOUGH_WIDE * len(wide):
                room += widths[place]
                widths[place] = 0
        for place, column in enumerate(columns):
            more = column.roomy - widths[place]
            if widths[place] and more > 0 and room - more >= ROOMY * len(wide):
                widths[place] += more
                room -= more
        for place in wide:
            widths[place] = max(LEAST_WIDE, room // len(wide))
        return widths

    def resizeEvent(self, event: object) -> None:
        """Share the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    # --- mouse and keyboard ---------------------------------------------------------------------

    def _click(self, index: Index) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the Enter that ended an entry comes here too
        cell = self.cell(index.row(), index.column())
        if cell.edit is not None:
            self.edit(index)
        elif cell.key:
            self.figure_clicked.emit(cell.key, cell.month)
        self.cell_clicked.emit(index.row(), index.column())

    def _open(self, index: Index) -> None:
        cell = self.cell(index.row(), index.column())
        if cell.edit is None and not cell.key:
            self.opened.emit(index.row())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a hand over what a click explains."""
        if event.type() == QEvent.Type.MouseMove:
            index = self.indexAt(event.position().toPoint())  # type: ignore[attr-defined]
            cell = self.cell(index.row(), index.column()) if index.isValid() else None
            if cell is not None and cell.edit is not None:
                self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            elif cell is not None and cell.key:
                self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self.viewport().unsetCursor()
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: all rows are visible anyway."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does, Copy copies the whole table."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            cell = self.cell(index.row(), index.column())
            if cell.edit is None and not cell.key:
                self.opened.emit(index.row())
            else:
                self._click(index)
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """The table with tabs between columns."""
        lines = ["\t".join(column.heading for column in self.cells.columns)]
        lines += ["\t".join(cell.text for cell in row) for row in self.cells.rows]
        return "\n".join(lines) + "\n"
