"""The day curve: 24 bars to drag, or to step with the arrow keys; their mean is kept at 1."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.forms.editors import RowEditor
from desktop.forms.row import Row
from desktop.theme.tokens import SOURCE_PX

HOURS = 24
AXIS = 18
TOP = 20


class DayCurve(QWidget):
    """Draws 24 weights and lets them be changed.

    Signals:
        changed: 24 weights with a mean of 1, while a bar is dragged.
        settled: the drag or the key press is over.
    """

    changed = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: tuple[float, ...] = (1.0,) * HOURS
        self._hour = 9
        self._ceiling = 2.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide and low, as a day curve is read."""
        return QSize(320, 132)

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that bars touch."""
        return QSize(220, 132)

    @property
    def weights(self) -> tuple[float, ...]:
        """The weights shown, 00:00 first."""
        return self._weights

    def show_weights(self, weights: tuple[float, ...]) -> None:
        """Show other weights, shape (24,)."""
        self._weights = weights
        if self.mouseGrabber() is not self:
            self._ceiling = max(2.0, max(weights) * 1.15)
        peak = max(range(HOURS), key=lambda hour: weights[hour])
        self.setAccessibleDescription(
            self.tr(
                "Load by hour of the day; the peak of {peak} times the mean is at {hour}:00."
            ).format(peak=f"{weights[peak]:.2f}", hour=f"{peak:02d}")
        )
        self.update()

    def _plot(self) -> QRectF:
        return QRectF(1, TOP, self.width() - 2, self.height() - TOP - AXIS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, the line of the mean, hours below, the weight of the current hour above."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        accent = palette.color(QPalette.ColorRole.Highlight)
        plot = self._plot()
        step = plot.width() / HOURS
        soft = palette.color(QPalette.ColorRole.Highlight)
        soft.setAlphaF(0.45)
        for hour, weight in enumerate(self._weights):
            height = plot.height() * min(1.0, weight / self._ceiling)
            bar = QRectF(plot.left() + hour * step + 1, plot.bottom() - height, step - 2, height)
            current = hour == self._hour and (self.hasFocus() or self.underMouse())
            painter.fillRect(bar, accent if current else soft)
        mean = plot.bottom() - plot.height() / self._ceiling
        painter.setPen(muted)
        painter.drawLine(QPointF(plot.left(), mean), QPointF(plot.right(), mean))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        small = QFont(self.font())
        small.setPixelSize(SOURCE_PX)
        painter.setFont(small)
        for hour in range(0, HOURS, 3):
            area = QRectF(plot.left() + hour * step - 10, plot.bottom() + 2, step + 20, AXIS - 2)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{hour:02d}")
        peak = max(range(HOURS), key=lambda hour: self._weights[hour])
        shown = self._hour if self.hasFocus() or self.underMouse() else peak
        template = (
            self.tr("{hour}:00  {weight} × mean")
            if shown != peak
            else self.tr("peak at {hour}:00  {weight} × mean")
        )
        text = template.format(hour=f"{shown:02d}", weight=f"{self._weights[shown]:.2f}")
        painter.drawText(
            QRectF(plot.left(), 0, plot.width(), TOP - 4), Qt.AlignmentFlag.AlignRight, text
        )
        painter.end()

    def _hour_at(self, x: float) -> int:
        plot = self._plot()
        return max(0, min(HOURS - 1, int((x - plot.left()) / plot.width() * HOURS)))

    def _drag(self, event: QMouseEvent) -> None:
        plot = self._plot()
        height = (plot.bottom() - event.position().y()) / plot.height()
        self._set(self._hour, max(0.0, min(1.0, height)) * self._ceiling)

    def _set(self, hour: int, weight: float) -> None:
        others = sum(self._weights) - self._weights[hour]
        if others <= 0:
            return
        weight = min(weight, HOURS - 0.5)
        scale = (HOURS - weight) / others
        weights = tuple(
            weight if index == hour else min(float(HOURS), old * scale)
            for index, old in enumerate(self._weights)
        )
        self._weights = weights
        self.update()
        self.changed.emit(tuple(round(value, 6) for value in weights))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the bar under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._hour = self._hour_at(event.position().x())
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the bar taken; otherwise show the weight under the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)
        else:
            self._hour = self._hour_at(event.position().x())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the bar."""
        self.settled.emit()
        self._ceiling = max(2.0, max(self._weights) * 1.15)
        self.update()

    def leaveEvent(self, _event: object) -> None:
        """Show the peak again."""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the hour, up and down change its weight by 5 % of the mean."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._hour = (self._hour + (1 if key == Qt.Key.Key_Right else -1)) % HOURS
            self.update()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            change = 0.05 if key == Qt.Key.Key_Up else -0.05
            self._set(self._hour, max(0.0, self._weights[self._hour] + change))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        """A new visit is a new edit."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.settled.emit()


class HoursEditor(RowEditor):
    """Binds a day curve to its row."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        self.curve = DayCurve(parent)
        super().__init__(self.curve, row)
        self.curve.changed.connect(self._want)
        self.curve.settled.connect(self._end_gesture)
        self.show_row(row)

    def show_row(self, row: Row) -> None:
        super().show_row(row)
        self.curve.show_weights(row.value)
