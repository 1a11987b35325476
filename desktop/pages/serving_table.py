"""Tables of the serving page: sorted by a click on a heading, numbers to the right."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.viewmodels.serving_ranked import RankedCell

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LEAST = 240
"""Room in pixels that the widest column should have."""
Cells = tuple[tuple[RankedCell, ...], ...]


class CellsModel(QAbstractTableModel):
    """Cells with a text and something to sort by; the user role gives the latter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: Cells = ()

    def show_cells(self, headings: tuple[str, ...], rows: Cells) -> None:
        """Show other cells."""
        self.beginResetModel()
        self._headings, self._rows = headings, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Text, tip, alignment and what to sort by."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.UserRole:
            return cell.raw
        if role == Role.ToolTipRole:
            return "\n".join(text for text in (cell.text, cell.tip) if text)
        if role == Role.TextAlignmentRole:
            return self._side(index.column()) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        number = bool(self._rows) and all(
            not isinstance(row[column].raw, str) and row[column].text[:1].isdigit()
            for row in self._rows[:1]
        )
        return Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Headings, on the side of their numbers."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == Role.DisplayRole:
            return self._headings[section]
        if role == Role.TextAlignmentRole:
            return self._side(section) | Qt.AlignmentFlag.AlignVCenter
        return None


class CellsTable(QTableView):
    """A read-only table; one column takes what room is left, others give way where it is little.

    Args:
        name: For screen readers.
        wide: The column that takes the rest of the width.
        give_way: Columns that are hidden in turn while the wide one has less than `LEAST`.
    """

    def __init__(
        self,
        name: str,
        wide: int,
        give_way: tuple[int, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wide, self._give_way = wide, give_way
        self.cells = CellsModel(self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.cells)
        self.sorted.setSortRole(Role.UserRole)
        self.setModel(self.sorted)
        self.setObjectName("plainTable")
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def show_cells(self, headings: tuple[str, ...], rows: Cells, order: int = -1) -> None:
        """Show other cells, in their own order or sorted by a column."""
        self.setSortingEnabled(False)
        self.sorted.sort(order)
        self.cells.show_cells(headings, rows)
        header = self.horizontalHeader()
        for column in range(len(headings)):
            wide = column == self._wide
            header.setSectionResizeMode(
                column,
                QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents,
            )
        self._make_room()
        header.setSortIndicator(order, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)  # it would lie on the headings of numbers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        for column in self._give_way:
            self.setColumnHidden(column, False)
        taken = {
            column: max(self.sizeHintForColumn(column), self._heading_width(column))
            for column in range(self.cells.columnCount())
            if column != self._wide
        }
        for column in self._give_way:
            if self.viewport().width() - sum(taken.values()) >= LEAST:
                break
            self.setColumnHidden(column, True)
            taken[column] = 0

    def _heading_width(self, column: int) -> int:
        return self.horizontalHeader().sectionSizeHint(column)

    @property
    def current(self) -> int:
        """Number of the chosen row among those shown first; -1 for none."""
        index = self.currentIndex()
        return self.sorted.mapToSource(index).row() if index.isValid() else -1
