"""The frontier of a plan: points appear as they are found; a click shows the decision behind."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.dialogs.chart_table import ChartTableDialog
from desktop.forms.editors import ChoiceBox
from desktop.pages.chart_view import ChartView
from desktop.pages.routing_questions_asker import Asker
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.frontier import (
    AXES,
    POINTS,
    FrontierView,
    axis_explained,
    axis_name,
    axis_question,
    frontier_said,
    frontier_view,
    point_note,
)
from desktop.viewmodels.routing_costs import HybridCosts
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.optimise.questions.frontier import Frontier
    from pricing.optimise.questions.levels import Axis
    from pricing.optimise.questions.points import Point


class FrontierPanel(Asker):
    """Cost against quality, purchases, or work on premises.

    Signals:
        point_wanted: axis, a point whose decision shall be shown, and what sets it apart.
    """

    point_wanted = Signal(str, object, str)

    def __init__(self, theme: Theme, colours: OptionColours, parent: QWidget | None = None) -> None:
        super().__init__(theme, colours, "", "", parent)
        self._colours, self._currency = colours, ""
        self._costs: HybridCosts | None = None
        self._points: dict[str, tuple[Point, ...]] = {}
        self._said: dict[str, str] = {}
        self._drawing = ""
        self._selected: int | None = None
        self._view: FrontierView | None = None
        self.dialog: QDialog | None = None
        self.count = POINTS
        """Points of a frontier."""
        self.chart = ChartView(theme)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(self.tr("Decision of the frontier to show"))
        self.choice.setMinimumWidth(280)
        self.as_table = QPushButton(self.tr("Show as table"))
        self.nothing = QLabel()
        self.nothing.setObjectName("extra")
        self.nothing.setWordWrap(True)
        self.nothing.setMinimumWidth(1)
        self._axes = QButtonGroup(self)
        self._place()
        self.ask.setText(self.tr("Draw"))
        self._axes.idClicked.connect(lambda _id: self._turn())
        self.chart.figure_clicked.connect(lambda key, _month: self._clicked(key))
        self.chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.chart.installEventFilter(self)
        self.choice.activated.connect(self._chosen)
        self.as_table.clicked.connect(self.show_as_table)
        self._turn()

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, axis in enumerate(AXES):
            button = QPushButton(axis_name(axis))
            button.setCheckable(True)
            button.setToolTip(axis_explained(axis))
            self._axes.addButton(button, number)
            row.addWidget(button)
        row.addSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.choice)
        row.addWidget(self.as_table)
        self._axes.button(0).setChecked(True)
        self.column.insertLayout(1, row)
        for widget in (self.nothing, self.chart, self.proposal):
            self.column.addWidget(widget)

    @property
    def axis(self) -> "Axis":
        """What the frontier is over."""
        return AXES[self._axes.checkedId()]

    @property
    def points(self) -> "tuple[Point, ...]":
        """Points of the axis shown, in the order of the chart."""
        return self._view.points if self._view is not None else ()

    def use_axis(self, axis: "Axis") -> None:
        """Turn to another axis."""
        self._axes.button(AXES.index(axis)).setChecked(True)
        self._turn()

    def show_costs(self, costs: HybridCosts | None, currency: str) -> None:
        """Mark the plan as it is now."""
        self._costs, self._currency = costs, currency
        self._draw()

    def forget(self) -> None:
        """Have no points."""
        super().forget()
        self._points, self._said, self._selected = {}, {}, None
        self._turn()

    def outdate(self) -> None:
        """Another plan is asked of: the points of the other axes are of no use."""
        self.forget()

    def answered(self, there: bool) -> None:
        """Say on the button whether it asks for the first time."""
        self._answered = there
        self.ask.setText(self.tr("Draw again") if there else self.tr("Draw"))

    def _turn(self) -> None:
        self.title.setText(axis_question(self.axis))
        self.setAccessibleName(self.title.text())
        self.hint.setText(axis_explained(self.axis))
        self.proposal.hide()
        self._selected = None
        self.answered(bool(self._points.get(self.axis)))
        self._draw()

    # --- points ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Wait for the points of the axis shown."""
        self._drawing = self.axis
        self._points[self.axis], self._said[self.axis] = (), ""
        self._selected = None
        self.proposal.hide()
        self._draw()

    def add_point(self, point: "Point") -> None:
        """Show one more point of the frontier that is being looked for."""
        self._points[self._drawing] = (*self._points.get(self._drawing, ()), point)
        self.answered(bool(self._points.get(self.axis)))
        self._draw()

    def finish(self, frontier: "Frontier | None", plan: Plan | None = None) -> None:
        """Show the frontier of a plan; none where the search was stopped early or failed."""
        if frontier is not None and plan is not None:
            self._points[frontier.axis] = frontier.points
            self._said[frontier.axis] = frontier_said(frontier, plan, self.count)
        self._drawing = ""
        self.answered(bool(self._points.get(self.axis)))
        self._draw()

    def _draw(self) -> None:
        points = self._points.get(self.axis, ())
        self._view = None
        if points:
            self._view = frontier_view(
                self.axis, points, self._costs, self._currency, self._colours,
                selected=self._selected,
            )  # fmt: skip
        curve = len({point.level for point in points}) > 1
        for widget in (self.chart, self.choice, self.as_table):
            widget.setVisible(curve)
        self._tell_nothing(curve)
        if self._view is not None and curve:
            self.chart.show_chart(self._view.spec)
            self._list(self._view.labels)

    def _tell_nothing(self, curve: bool) -> None:
        """Say why there is no curve, or why it ends."""
        parts = []
        if not self._drawing and self.axis in self._points:
            if self._view is not None and not curve:
                parts.append(self._view.spec.title + ".")
            elif self._view is None:
                parts.append(self.tr("No decision was found."))
                if self.axis == "quality":
                    parts.append(self.tr("Quality needs a score for every model that may answer."))
            parts.append(self._said.get(self.axis, ""))
        text = " ".join(part for part in parts if part)
        self.nothing.setText(text)
        self.nothing.setVisible(bool(text))

    def _list(self, labels: tuple[str, ...]) -> None:
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(self.tr("Show the decision of a point…"))
            self.choice.addItems(list(labels))
            self.choice.setCurrentIndex(0 if self._selected is None else self._selected + 1)

    # --- a point --------------------------------------------------------------------------------

    def _clicked(self, key: str) -> None:
        if key.isdigit():
            self._want(int(key))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys do on the chart what a pointer does: arrows choose a point, Enter shows it."""
        if watched is self.chart and isinstance(event, QFocusEvent):
            by_key = event.reason() in {
                Qt.FocusReason.TabFocusReason,
                Qt.FocusReason.BacktabFocusReason,
            }
            if event.gotFocus() and by_key and self._selected is None and self.points:
                self.select(0)  # so that it can be seen where the keys go
        if watched is not self.chart or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() != QEvent.Type.KeyPress or not self.points:
            return False
        key, last = event.key(), len(self.points) - 1
        here = self._selected
        moves = {
            Qt.Key.Key_Left: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Right: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in moves:
            self.select(moves[Qt.Key(key)])
            self.chart.setAccessibleDescription(self.choice.currentText())
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and here is not None:
            self._want(here)
            return True
        return False

    def _chosen(self, index: int) -> None:
        if index > 0:
            self._want(index - 1)

    def _want(self, place: int) -> None:
        if self._drawing or self.is_outdated or place >= len(self.points):
            self._list(self._view.labels if self._view is not None else ())
            return
        point = self.points[place]
        note = point_note(self.axis, point, self._currency)
        self.point_wanted.emit(self.axis, point, note)
        self.select(place)

    def select(self, place: int | None) -> None:
        """Let a point stand out."""
        if place != self._selected:
            self._selected = place
            self._draw()

    def show_as_table(self) -> None:
        """Open the numbers of the chart as a table."""
        if self._view is not None:
            spec = self._view.spec
            self.dialog = ChartTableDialog(spec.title, spec.table(), self)
            self.dialog.open()
