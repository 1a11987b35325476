"""Cells with texts and tips as a Qt model, and how a read-only table of them looks."""

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Cell(Protocol):
    """What every cell has."""

    @property
    def text(self) -> str:
        """What stands there."""

    @property
    def tip(self) -> str:
        """What a pointer on it tells; empty for nothing."""


CellT = TypeVar("CellT", bound=Cell)


class CellsModel(QAbstractTableModel, Generic[CellT]):
    """Rows of cells under headings; kinds of cells say on which side they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[tuple[CellT, ...], ...] = ()

    def show_rows(self, headings: tuple[str, ...], rows: tuple[tuple[CellT, ...], ...]) -> None:
        """Show other rows."""
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
        """Text, tip and alignment of a cell."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.ToolTipRole:
            return self._tip(cell) or None
        if role == Role.TextAlignmentRole:
            return _side(self._is_number(cell, index.column()))
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
            first = self._rows[0][section] if self._rows else None
            return _side(first is not None and self._is_number(first, section))
        return None

    def _tip(self, cell: CellT) -> str:
        return cell.tip

    def _is_number(self, cell: CellT, column: int) -> bool:
        raise NotImplementedError


def make_plain(table: QTableView, name: str) -> None:
    """Rows that are chosen whole, without grid, numbers or a bar below; the name is for readers."""
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)


def _side(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
