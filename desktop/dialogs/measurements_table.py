"""A read-only table of own benchmark points."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.viewmodels.measurements import PointCell

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NARROW, WIDE = 160, 420
"""Least and most room of the first column, in logical pixels."""
Rows = tuple[tuple[PointCell, ...], ...]


class PointsModel(QAbstractTableModel):
    """Cells of points as a Qt model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: Rows = ()

    def show_rows(self, headings: tuple[str, ...], rows: Rows) -> None:
        """Show other points."""
        self.beginResetModel()
        self._headings, self._rows = headings, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each point."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Text, tip and alignment of a cell."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.ToolTipRole:
            return cell.tip or None
        if role == Role.TextAlignmentRole:
            return _side(cell.right) | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Headings, on the side of their numbers."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == Role.DisplayRole:
            return self._headings[section]
        if role == Role.TextAlignmentRole:
            right = bool(self._rows) and self._rows[0][section].right
            return _side(right) | Qt.AlignmentFlag.AlignVCenter
        return None


class PointsTable(QTableView):
    """Points row by row; remarks, in the last column, take what room is left."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points = PointsModel(self)
        self.setModel(self.points)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

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


def _side(right: bool) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
