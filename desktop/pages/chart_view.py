"""A chart on the screen: drawn when visible, names what is under the pointer."""

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from desktop.charts.spec import Bars, Curve, Flow, Frontier, Ink, Spec, Spot, Strip
from desktop.charts.style import prepare_charts
from desktop.theme.apply import Theme
from desktop.theme.tokens import Tokens

HEIGHT = 272
CURVE_HEIGHT = 336
STRIP_HEIGHT = 112
FLOW_HEIGHT, FLOW_ROW = 420, 30
FRONTIER_HEIGHT = 368


def ink_of(tokens: Tokens) -> Ink:
    """Chart colours of a scheme."""
    return Ink(
        tokens.text, tokens.muted, tokens.grid, tokens.surface, tokens.accent, tokens.rule_broken
    )


class ChartView(QWidget):
    """Shows one chart; matplotlib is imported when the first one is drawn.

    Signals:
        figure_clicked: ledger key and month (or none) of what was clicked; the key of a node or
            band of a flow; the position of a point of a frontier, as text.
    """

    figure_clicked = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spec: Spec | None = None
        self._canvas: QWidget | None = None
        self._drawn: object = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._draw)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._redraw)

    @property
    def spec(self) -> Spec | None:
        """The chart that is shown; none before the first one."""
        return self._spec

    @property
    def figure(self) -> object:
        """The matplotlib figure; none before the first drawing."""
        return getattr(self._canvas, "figure", None)

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as its bars need."""
        if isinstance(self._spec, Strip):
            return QSize(640, STRIP_HEIGHT)
        if isinstance(self._spec, Curve):
            return QSize(640, CURVE_HEIGHT)
        if isinstance(self._spec, Frontier):
            return QSize(640, FRONTIER_HEIGHT)
        if isinstance(self._spec, Flow):
            return QSize(640, max(FLOW_HEIGHT, 84 + FLOW_ROW * self._spec.most_in_a_column))
        bars = len(self._spec.bars) if isinstance(self._spec, Bars) else 0
        return QSize(640, max(HEIGHT, 160 + 34 * bars))

    def show_chart(self, spec: Spec) -> None:
        """Show a chart; it is drawn as soon as it can be seen."""
        self._spec = spec
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(spec.summary)
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = None
        if self.isVisible():
            self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed while it was hidden."""
        super().showEvent(event)
        self._pause.start()

    def redraw_soon(self) -> None:
        """Labels are placed in pixels, so another size is another drawing."""
        self._pause.start()

    def _draw(self) -> None:
        if self._spec is None or not self.isVisible():
            return
        canvas = self._canvas or self._make_canvas()
        state = (self._spec, canvas.size(), self._theme.tokens.name, canvas.devicePixelRatioF())
        if self._drawn == state:
            return
        from desktop.charts.draw import draw

        draw(canvas.figure, self._spec, ink_of(self._theme.tokens))  # type: ignore[attr-defined]
        canvas.draw_idle()  # type: ignore[attr-defined]
        self._drawn = state

    def _make_canvas(self) -> QWidget:
        prepare_charts()
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
        from matplotlib.figure import Figure

        view = self

        class Canvas(FigureCanvasQTAgg):
            """A canvas that leaves the mouse to its view."""

            def mousePressEvent(self, event: QMouseEvent) -> None:
                view.clicked_at(event.position())

            def mouseMoveEvent(self, event: QMouseEvent) -> None:
                view.pointed_at(event.position())

            def resizeEvent(self, event: QResizeEvent) -> None:
                super().resizeEvent(event)  # type: ignore[no-untyped-call]
                view.redraw_soon()

            def wheelEvent(self, event: object) -> None:
                event.ignore()  # type: ignore[attr-defined]

        canvas: QWidget = Canvas(Figure(dpi=100))  # type: ignore[no-untyped-call]
        canvas.setMouseTracking(True)
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas = canvas
        self._column.addWidget(canvas)
        self._column.activate()
        return canvas

    def _spot(self, place: QPointF) -> Spot | None:
        from desktop.charts.draw import spot_at

        canvas = self._canvas
        if canvas is None or self._spec is None:
            return None
        ratio = canvas.devicePixelRatioF()
        x, y = place.x() * ratio, (canvas.height() - place.y()) * ratio
        return spot_at(canvas.figure, self._spec, x, y)  # type: ignore[attr-defined]

    def clicked_at(self, place: QPointF) -> None:
        """Ask for the explanation of what lies at a place, if anything does."""
        spot = self._spot(place)
        if spot is not None and spot.key:
            self.figure_clicked.emit(spot.key, spot.month)

    def pointed_at(self, place: QPointF) -> None:
        """Say what lies under the pointer."""
        spot, canvas = self._spot(place), self._canvas
        if canvas is None:
            return
        if spot is None:
            QToolTip.hideText()
            canvas.unsetCursor()
        else:
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            canvas.setCursor(hand if spot.key else arrow)
            QToolTip.showText(canvas.mapToGlobal(place.toPoint()), spot.text, canvas)
