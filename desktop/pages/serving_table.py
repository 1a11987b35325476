"""Tables of the serving page: sorted by a click on a heading, numbers to the right."""

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.tables.cells import CellsModel, Index, Role, make_plain
from desktop.viewmodels.serving_ranked import RankedCell

LEAST = 240
"""Room in pixels that the widest column should have."""
Cells = tuple[tuple[RankedCell, ...], ...]


class RankedModel(CellsModel[RankedCell]):
    """Cells with a text and something to sort by; the user role gives the latter."""

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Text, tip, alignment and what to sort by."""
        if index.isValid() and role == Role.UserRole:
            return self._rows[index.row()][index.column()].raw
        return super().data(index, role)

    def _tip(self, cell: RankedCell) -> str:
        return "\n".join(text for text in (cell.text, cell.tip) if text)

    def _is_number(self, cell: RankedCell, column: int) -> bool:
        first = self._rows[0][column]
        return not isinstance(first.raw, str) and first.text[:1].isdigit()


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
        self.cells = RankedModel(self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.cells)
        self.sorted.setSortRole(Role.UserRole)
        self.setModel(self.sorted)
        self.setObjectName("plainTable")
        make_plain(self, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def show_cells(self, headings: tuple[str, ...], rows: Cells, order: int = -1) -> None:
        """Show other cells, in their own order or sorted by a column."""
        self.setSortingEnabled(False)
        self.sorted.sort(order)
        self.cells.show_rows(headings, rows)
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
