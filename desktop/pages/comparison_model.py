"""The comparison table as a Qt model, and as text for a spreadsheet."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from desktop.theme.apply import Theme
from desktop.viewmodels.comparison import Cell, ComparisonTable, TableRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_EMPTY = ComparisonTable("", (), ())


class ComparisonModel(QAbstractTableModel):
    """Row names in the first column, a figure per option in the others.

    The user role gives the cell.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = _EMPTY

    @property
    def table(self) -> ComparisonTable:
        """What is shown."""
        return self._table

    def show_table(self, table: ComparisonTable) -> None:
        """Show another table; cells are updated in place where rows and columns stay."""
        same_rows = [r.label for r in table.rows] == [r.label for r in self._table.rows]
        if same_rows and table.columns == self._table.columns:
            self._table = table
            last = self.index(len(table.rows) - 1, len(table.columns))
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(table.columns))
            return
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The names and one column per option."""
        return 0 if parent.isValid() or not self._table.columns else len(self._table.columns) + 1

    def row(self, index: Index) -> TableRow:
        """The row of an index."""
        return self._table.rows[index.row()]

    def cell(self, index: Index) -> Cell | None:
        """The figure at an index; none in the column of names."""
        return self.row(index).cells[index.column() - 1] if index.column() else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Text, alignment, weight and colour of a figure."""
        if not index.isValid():
            return None
        row, cell = self.row(index), self.cell(index)
        side = Qt.AlignmentFlag.AlignLeft if cell is None else Qt.AlignmentFlag.AlignRight
        answers: dict[int, object] = {
            Role.DisplayRole: row.label if cell is None else cell.text,
            Role.UserRole: cell,
            Role.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
            Role.FontRole: _bold() if row.weight == "bold" else None,
            Role.ToolTipRole: self._tip(row, cell, index.column()) if cell is not None else None,
        }
        return self._colour(row, cell) if role == Role.ForegroundRole else answers.get(role)

    def _tip(self, row: TableRow, cell: Cell, column: int) -> str | None:
        """Row and column of a figure, for those who have scrolled away from their headings."""
        if cell.raw is None:
            return None
        said = f"{self._table.columns[column - 1].name}\n{row.label}: {cell.text}"
        return f"{said}\n{cell.warning}" if cell.warning else said

    def _colour(self, row: TableRow, cell: Cell | None) -> QColor | None:
        tokens = self._theme.tokens
        if cell is not None and cell.warning:
            return QColor(tokens.rule_broken)
        if cell is not None and row.weight == "quiet" and cell.raw is not None:
            return QColor(tokens.good if cell.raw < 0 else tokens.text)
        return QColor(tokens.muted) if row.weight == "quiet" else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Currency and horizon in the corner, option names above their columns."""
        if orientation != Qt.Orientation.Horizontal or section > len(self._table.columns):
            return None
        if role == Role.DisplayRole:
            return self._table.columns[section - 1].name if section else self._table.corner
        if role == Role.ToolTipRole and section:
            return self._table.columns[section - 1].name
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def as_text(self) -> str:
        """The whole table with tabs between columns, numbers in full."""
        lines = ["\t".join((self._table.corner, *(c.name for c in self._table.columns)))]
        for row in self._table.rows:
            cells = ("" if c.raw is None else repr(c.raw) for c in row.cells)
            lines.append("\t".join((row.label, *cells)))
        return "\n".join(lines) + "\n"


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
