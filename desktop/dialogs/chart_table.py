"""The numbers of a chart as a table, to read and to copy."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTableView, QVBoxLayout, QWidget

from desktop.charts.spec import Table
from desktop.viewmodels.words import whole_money

Index = QModelIndex | QPersistentModelIndex


class ChartTableModel(QAbstractTableModel):
    """A chart's table as a Qt model."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the table."""
        return 0 if parent.isValid() else len(self._table.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of a cell; numbers to the right."""
        if not index.isValid():
            return None
        value = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return value if isinstance(value, str) else whole_money(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(value, str):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._table.headings[section]
        return None

    def as_text(self) -> str:
        """The table with tabs between columns, numbers in full."""
        lines = ["\t".join(self._table.headings)]
        lines += [
            "\t".join(v if isinstance(v, str) else repr(float(v)) for v in row)
            for row in self._table.rows
        ]
        return "\n".join(lines) + "\n"


class ChartTableDialog(QDialog):
    """Shows the table of a chart."""

    def __init__(self, title: str, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Chart as table"))
        self.resize(720, 480)
        column = QVBoxLayout(self)
        label = QLabel(title)
        label.setObjectName("question")
        label.setWordWrap(True)
        column.addWidget(label)
        self.model = ChartTableModel(table, self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        self.view.resizeColumnsToContents()
        self.view.setAccessibleName(title)
        column.addWidget(self.view, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.model.as_text()))
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
