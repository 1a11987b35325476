"""A read-only table of figures with old and new value."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.tables.cells import CellsModel, make_plain
from desktop.viewmodels.catalogue_changes import Cells, ChangeCell

FIRST = 280
"""Room of the first column, in logical pixels."""


class ChangesModel(CellsModel[ChangeCell]):
    """Cells of changes as a Qt model."""

    def _is_number(self, cell: ChangeCell, column: int) -> bool:
        return cell.right


class ChangesTable(QTableView):
    """Changes row by row; the second column takes what room is left."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = ChangesModel(self)
        self.setModel(self.changes)
        make_plain(self, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def show_rows(self, headings: tuple[str, ...], rows: Cells) -> None:
        """Show other changes."""
        self.changes.show_rows(headings, rows)
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(len(headings)):
            header.setSectionResizeMode(column, modes.ResizeToContents)
        header.setSectionResizeMode(0, modes.Interactive)
        header.setSectionResizeMode(1, modes.Stretch)
        header.resizeSection(0, FIRST)
