"""The heading of a comparison table: names wrapped over lines, each above a bar in its colour."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.pages.comparison_model import ComparisonModel

PADDING = 12
MOST_LINES = 4


class OptionHeader(QHeaderView):
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
        if section and model.table.columns[section - 1].colour:
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
