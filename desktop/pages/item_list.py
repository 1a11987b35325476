"""A list of named things with a second line, a colour, and buttons to change the list."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.theme.tokens import SOURCE_PX
from desktop.viewmodels.items import Item

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 46


class ItemModel(QAbstractListModel):
    """Items by row; the user role gives the item itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show these items; rows that stay keep their selection."""
        if [item.id for item in items] == [item.id for item in self._items]:
            self._items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
        else:
            self.beginResetModel()
            self._items = items
            self.endResetModel()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items shown, from top to bottom."""
        return self._items

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, second line as description, the item itself."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{item.title}\n{item.subtitle}" if item.subtitle else item.title
        return item if role == Qt.ItemDataRole.UserRole else None


class ItemDelegate(QStyledItemDelegate):
    """Paints title and second line, with a bar in the item's colour at the left."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row has the same height."""
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background as the style draws it, then our two lines."""
        item: Item = index.data(Qt.ItemDataRole.UserRole)
        self.initStyleOption(option, index)
        option.text = ""
        view: QWidget = option.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        area: QRect = option.rect.adjusted(10, 5, -8, -5)
        palette: QPalette = option.palette
        painter.save()
        if item.colour:
            painter.fillRect(
                QRect(area.left(), area.top() + 3, 4, area.height() - 6), QColor(item.colour)
            )
            area.setLeft(area.left() + 12)
        half = area.height() // 2
        top = QRect(area.left(), area.top(), area.width(), half)
        below = QRect(area.left(), area.top() + half, area.width(), half)
        font = QFont(view.font())
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        self._line(painter, top, item.title)
        font.setPixelSize(SOURCE_PX)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        self._line(painter, below, item.subtitle)
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, area: QRect, text: str) -> None:
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)


class ItemList(QListView):
    """Shows items and says which one is chosen.

    Signals:
        chosen: id of the current item; empty when there is none.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("items")
        self.setAccessibleName(name)
        self.model_ = ItemModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(ItemDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))

    @property
    def current(self) -> str:
        """Id of the current item; empty when there is none."""
        item: Item | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return item.id if item is not None else ""

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show these items; the current one stays, or its neighbour takes its place."""
        name, row = self.current, max(0, self.currentIndex().row())
        self.model_.show_items(items)
        if (items and self.current != name) or not self.currentIndex().isValid():
            ids = [item.id for item in items]
            if items:
                self.choose(name if name in ids else ids[min(row, len(ids) - 1)])

    def choose(self, name: str) -> None:
        """Make an item the current one."""
        for row, item in enumerate(self.model_.items):
            if item.id == name:
                self.setCurrentIndex(self.model_.index(row))
                return
