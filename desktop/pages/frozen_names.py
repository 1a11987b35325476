"""The first column of a wide table, kept in sight while the others scroll."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from desktop.pages.option_header import OptionHeader


class FrozenNames(QTableView):
    """Lies over the first column of a table and follows it; hidden while everything fits."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.model())
        self.setSelectionModel(QItemSelectionModel(table.model(), self))
        self.setObjectName("frozenNames")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setItemDelegate(table.itemDelegate())
        self.setHorizontalHeader(OptionHeader(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.hide()

    def follow(self) -> None:
        """Take the place and size of the table's first column."""
        table, header = self._table, self._table.horizontalHeader()
        count = header.count()
        scrolls = count > 1 and header.length() > table.viewport().width()
        self.setVisible(scrolls)
        if not scrolls:
            return
        for column in range(1, count):
            self.setColumnHidden(column, True)
        self.setColumnWidth(0, table.columnWidth(0))
        self.horizontalHeader().setFixedHeight(header.height())
        frame = table.frameWidth()
        height = header.height() + table.viewport().height()
        self.setGeometry(frame, frame, table.columnWidth(0), height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.raise_()
