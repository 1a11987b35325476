"""Draws cells of one or two lines, a frame around those that can be typed into, and edits them."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.entry.limits import Limits
from desktop.entry.number_field import NumberField
from desktop.tables.edit_cells import EditCell, Tone
from desktop.theme.apply import Theme
from desktop.theme.tokens import RADIUS, SOURCE_PX

Index = QModelIndex | QPersistentModelIndex
PADDING: Final = 10
BAR: Final = 12
"""Room of the bar in an option's colour."""
FRAME: Final = 4
"""Distance of the frame of a field from the edges of its cell."""
LEAST_HEIGHT: Final = 38
FAR: Final = 9999


class EditDelegate(QStyledItemDelegate):
    """Paints and edits.

    Signals:
        entered: row, column and the number typed.
        refused: the sentence of a number that does not fit.
    """

    entered = Signal(int, int, object)
    refused = Signal(str)

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    # --- sizes ----------------------------------------------------------------------------------

    def _fonts(self, cell: EditCell) -> tuple[QFont, QFont]:
        first, second = QFont(self._view.font()), QFont(self._view.font())
        first.setBold(cell.bold)
        second.setPixelSize(SOURCE_PX)
        return first, second

    @staticmethod
    def _inset(cell: EditCell) -> int:
        return 2 * PADDING + (BAR if cell.colour else 0) + (2 * FRAME if cell.edit else 0)

    def width(self, cell: EditCell) -> int:
        """What a cell needs for its lines unbroken."""
        first, second = self._fonts(cell)
        small = QFontMetrics(second)
        widest = max(
            QFontMetrics(first).horizontalAdvance(cell.text),
            small.horizontalAdvance(cell.second),
            small.horizontalAdvance(cell.third),
        )
        return widest + self._inset(cell) + 2

    def height(self, cell: EditCell, width: int) -> int:
        """What a cell needs in a width, its lines broken where they must be."""
        room = max(24, width - self._inset(cell))
        first, second = self._fonts(cell)
        height = _lines(first, cell.text, room)
        for text in (cell.second, cell.third):
            height += _lines(second, text, room) + 1 if text else 0
        return max(LEAST_HEIGHT, height + 14)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """What the cell needs in its column."""
        cell: EditCell = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.columnWidth(index.column())
        return QSize(width, self.height(cell, width))

    # --- painting -------------------------------------------------------------------------------

    def _colour(self, tone: Tone) -> QColor:
        tokens = self._theme.tokens
        return QColor(
            {
                "plain": tokens.text,
                "quiet": tokens.muted,
                "caution": tokens.caution,
                "broken": tokens.rule_broken,
                "good": tokens.good,
            }[tone]
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background as the style draws it, then frame, bar and lines."""
        cell: EditCell = index.data(Qt.ItemDataRole.UserRole)
        self.initStyleOption(option, index)
        option.text = ""
        view: QWidget = option.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area: QRect = option.rect
        painter.setPen(QColor(tokens.grid))
        if index.row() + 1 < index.model().rowCount():
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        if cell.edit is not None:
            self._frame(painter, area)
        inner = area.adjusted(PADDING, 6, -PADDING, -6)
        if cell.colour:
            bar = QRect(inner.left(), inner.top() + 2, 4, inner.height() - 4)
            painter.fillRect(bar, QColor(cell.colour))
            inner.setLeft(inner.left() + BAR)
        if cell.edit is not None:
            inner.adjust(FRAME, 0, -FRAME, 0)
        self._write(painter, inner, cell)
        painter.restore()

    def _frame(self, painter: QPainter, area: QRect) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(QRectF(_field(area)).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _write(self, painter: QPainter, inner: QRect, cell: EditCell) -> None:
        first, second = self._fonts(cell)
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignTop)
        parts: tuple[tuple[str, QFont, Tone], ...] = (
            (cell.text, first, cell.tone),
            (cell.second, second, cell.second_tone),
            (cell.third, second, cell.third_tone),
        )
        written = [(text, font, tone) for text, font, tone in parts if text]
        heights = [_lines(font, text, inner.width()) + 1 for text, font, _tone in written]
        top = inner.top() + max(0, (inner.height() - sum(heights)) // 2)
        for (text, font, tone), height in zip(written, heights, strict=True):
            painter.setFont(font)
            painter.setPen(self._colour(tone))
            lines = QRect(inner.left(), top, inner.width(), height)
            painter.drawText(lines, flags | _wrapping(font, text, inner.width()), text)
            top += height

    # --- editing --------------------------------------------------------------------------------

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> NumberField:
        """A number field with the cell's limits."""
        cell: EditCell = index.data(Qt.ItemDataRole.UserRole)
        field = NumberField(cell.edit or Limits(), "", parent)
        name = str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        field.setAccessibleName(name)
        field.refused.connect(
            lambda sentence: self.refused.emit(sentence and f"{name}: {sentence}")
        )
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The stored number, all of it selected."""
        cell: EditCell = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(editor, NumberField) and not editor.isModified():
            editor.show_stored(cell.value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Tell the number, unless it does not fit or is the same."""
        cell: EditCell = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(editor, NumberField) or editor.sentence:
            return
        if editor.value != cell.value:
            self.entered.emit(index.row(), index.column(), editor.value)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Where the frame was drawn."""
        editor.setGeometry(_field(option.rect))


def _field(area: QRect) -> QRect:
    height = min(30, area.height() - 6)
    top = area.top() + (area.height() - height) // 2
    return QRect(area.left() + FRAME, top, area.width() - 2 * FRAME, height)


def _wrapping(font: QFont, text: str, room: int) -> int:
    """How lines are broken: between words, and anywhere where a word alone is too long."""
    metrics = QFontMetrics(font)
    longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
    flag = Qt.TextFlag.TextWrapAnywhere if longest > room else Qt.TextFlag.TextWordWrap
    return int(flag)


def _lines(font: QFont, text: str, room: int) -> int:
    metrics = QFontMetrics(font)
    area = metrics.boundingRect(QRect(0, 0, room, FAR), _wrapping(font, text, room), text)
    return max(metrics.lineSpacing(), area.height())
