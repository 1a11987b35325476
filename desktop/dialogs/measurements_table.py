"""A read-only table of own benchmark points."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.tables.cells import CellsModel, make_plain
from desktop.viewmodels.measurements import PointCell

NARROW, WIDE = 160, 420
"""Least and most room of the first column, in logical pixels."""
Rows = tuple[tuple[PointCell, ...], ...]


class PointsModel(CellsModel[PointCell]):
    """Cells of points as a Qt model."""

    def _is_number(self, cell: PointCell, column: int) -> bool:
        return cell.right


class PointsTable(QTableView):
    """Points row by row; remarks, in the last column, take what room is left."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points = PointsModel(self)
        self.setModel(self.points)
        make_plain(self, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_rows(self, headings: tuple[str, ...], rows: Rows) -> None:
        """Show other points."""
        self.points.show_rows(headings, rows)
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        last = len(headings) - 1
        for column in range(len(headings)):
            mode = modes.Stretch if column == last else modes.ResizeToContents
            header.setSectionResizeMode(column, modes.Interactive if column == 0 else mode)
        header.resizeSection(0, min(max(self.sizeHintForColumn(0), NARROW), WIDE))

    def chosen(self) -> tuple[int, ...]:
        """Places of the chosen rows."""
        return tuple(sorted(index.row() for index in self.selectionModel().selectedRows()))
