"""Labels of a tree that take as many lines as they need in their column."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

Index = QModelIndex | QPersistentModelIndex
MARGIN = 8
"""What the style leaves free left and right of a text, in logical pixels."""
PADDING = 6
"""Of a row, above and below together."""


class WrappingDelegate(QStyledItemDelegate):
    """Gives rows the height of their wrapped labels; use with `setWordWrap(True)`."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.setWordWrap(True)
        tree.setUniformRowHeights(False)
        tree.header().sectionResized.connect(lambda *_: tree.scheduleDelayedItemsLayout())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the text is at the width of its column."""
        plain = super().sizeHint(option, index)
        if index.column():
            return plain
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        indentation = depth * self._tree.indentation()
        width = max(40, self._tree.columnWidth(0) - indentation - MARGIN)
        text = str(index.data() or "")
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = self._tree.fontMetrics().boundingRect(QRect(0, 0, width, 9999), flags, text)
        return QSize(plain.width(), max(plain.height(), needed.height() + PADDING))
