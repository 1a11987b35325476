"""The comparison table on screen: bold and ruled rows, names kept in sight, copying as text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QWheelEvent,
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

from desktop.pages.comparison_model import ComparisonModel
from desktop.pages.frozen_names import FrozenNames
from desktop.pages.option_header import PADDING, OptionHeader
from desktop.theme.apply import Theme
from desktop.viewmodels.comparison import ComparisonTable

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 30
OPTION_NAMES, MONTH_NAMES = 196, 104
"""Least width of the column of names, in logical pixels."""


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

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, most_rows: int | None = None
    ) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self.model_ = ComparisonModel(theme, self)
        self.setModel(self.model_)
        self.setItemDelegate(_RuledDelegate(theme, self))
        self.setObjectName("plainTable")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        if most_rows is None:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalHeader(OptionHeader(self))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(104)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Comparison of the options"))
        self.setTabKeyNavigation(False)
        self._names = FrozenNames(self)
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
        least = MONTH_NAMES if self._most_rows else OPTION_NAMES
        names = min(240, max(least, self._needed(0)))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        room = self.viewport().width() - names
        needed = max((self._needed(column) for column in range(1, count)), default=0)
        width = max(112, needed, room // max(1, count - 1))
        header.resizeSection(0, names)
        for column in range(1, count):
            header.resizeSection(column, width)
        bar = (
            self.horizontalScrollBar().sizeHint().height() if header.length() > room + names else 0
        )
        count = min(self.model_.rowCount(), self._most_rows or self.model_.rowCount())
        self.setFixedHeight(header.sizeHint().height() + count * ROW_HEIGHT + bar + 4)
        self.updateGeometries()
        self._names.follow()

    def _needed(self, column: int) -> int:
        """Width of the longest text of a column (measured here: the style takes ten times it)."""
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        rows = self.model_.table.rows
        texts = (row.cells[column - 1].text if column else row.label for row in rows)
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return longest + 2 * PADDING + 4

    def resizeEvent(self, event: object) -> None:
        """Share the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page where all rows are visible anyway."""
        if self._most_rows is None:
            event.ignore()
        else:
            super().wheelEvent(event)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Show a figure beside the names, not under them."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

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
