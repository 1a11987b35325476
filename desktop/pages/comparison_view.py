"""The comparison table on screen: model, painting of bold and ruled rows, copying as text."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.theme.apply import Theme
from desktop.viewmodels.comparison import Cell, ComparisonTable, TableRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW_HEIGHT = 30
PADDING = 12
MOST_LINES = 4
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
            Role.ToolTipRole: cell.warning or None if cell is not None else None,
        }
        return self._colour(row, cell) if role == Role.ForegroundRole else answers.get(role)

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


class _OptionHeader(QHeaderView):
    """Names of the options, wrapped where they are long, each above a bar in its colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The name over a few lines, then the bar."""
        model = self.model()
        if not isinstance(model, ComparisonModel):
            return
        painter.save()
        painter.setFont(self._font())
        palette = self.palette()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        text = str(model.headerData(section, Qt.Orientation.Horizontal))
        side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
        area = rect.adjusted(PADDING, 4, -PADDING, -8)
        end = Qt.AlignmentFlag.AlignBottom
        if self._lines(section) > MOST_LINES:
            end = Qt.AlignmentFlag.AlignTop
        painter.drawText(area, int(side | end | Qt.TextFlag.TextWordWrap), text)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if section:
            bar = QRect(area.left(), rect.bottom() - 2, area.width(), 3)
            painter.fillRect(bar, QColor(model.table.columns[section - 1].colour))
        painter.restore()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        """High enough for the name that needs most lines."""
        most = max((self._lines(section) for section in range(1, self.count())), default=1)
        height = QFontMetrics(self._font()).lineSpacing() * min(MOST_LINES, most) + 14
        return QSize(super().sizeHint().width(), height)

    def _lines(self, section: int) -> int:
        """How many lines a name takes in its column."""
        metrics = QFontMetrics(self._font())
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        width = max(1, self.sectionSize(section) - 2 * PADDING)
        needed = metrics.boundingRect(QRect(0, 0, width, 999), int(Qt.TextFlag.TextWordWrap), text)
        return round(needed.height() / metrics.lineSpacing())


class _RuledDelegate(QStyledItemDelegate):
    """Draws a line above rows that begin a part."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell as usual, then the line."""
        super().paint(painter, option, index)
        model = index.model()
        if isinstance(model, ComparisonModel) and model.row(index).ruled:
            painter.save()
            painter.setPen(QColor(self._theme.tokens.border))
            area = option.rect
            painter.drawLine(area.topLeft(), area.topRight())
            painter.restore()


class ComparisonView(QTableView):
    """The table; a click or Enter on a figure asks where it comes from.

    Signals:
        figure_clicked: ledger key and month (or none).
    """

    figure_clicked = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = ComparisonModel(theme, self)
        self.setModel(self.model_)
        self.setItemDelegate(_RuledDelegate(theme, self))
        self.setObjectName("plainTable")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalHeader(_OptionHeader(self))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(104)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Comparison of the options"))
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._ask)
        self.model_.modelReset.connect(self._fit)
        self.model_.dataChanged.connect(lambda *_: self._fit())
        theme.changed.connect(self.viewport().update)

    def show_table(self, table: ComparisonTable) -> None:
        """Show another table."""
        self.model_.show_table(table)

    def _fit(self) -> None:
        """All rows are visible; names take what they need, options share the rest."""
        header, count = self.horizontalHeader(), self.model_.columnCount()
        if not count:
            return
        names = min(240, max(196, self.sizeHintForColumn(0) + 12))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        room = self.viewport().width() - names
        needed = max(self.sizeHintForColumn(c) for c in range(1, count)) + 16 if count > 1 else 104
        width = max(112, needed, room // max(1, count - 1))
        header.resizeSection(0, names)
        for column in range(1, count):
            header.resizeSection(column, width)
        bar = (
            self.horizontalScrollBar().sizeHint().height() if header.length() > room + names else 0
        )
        rows = self.model_.rowCount() * ROW_HEIGHT
        self.setFixedHeight(header.sizeHint().height() + rows + bar + 4)
        self.updateGeometries()

    def resizeEvent(self, event: object) -> None:
        """Share the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel to the page: all rows are visible anyway."""
        event.ignore()  # type: ignore[attr-defined]

    def _ask(self, index: Index) -> None:
        cell = self.model_.cell(index) if index.isValid() else None
        if cell is not None and cell.key:
            self.figure_clicked.emit(cell.key, cell.month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the explanation, Copy copies the whole table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.model_.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)
