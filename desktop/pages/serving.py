"""The serving page: what one server of an option does, what limits it, and which suit better."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.app.session import Session
from desktop.charts.spec import Curve
from desktop.dialogs.chart_table import ChartTableDialog
from desktop.pages.chart_view import ChartView
from desktop.pages.page import ScrollPage, page_text
from desktop.pages.serving_empty import NothingPredicted
from desktop.pages.serving_figure import ServingFigures
from desktop.pages.serving_picker import ServingPicker
from desktop.pages.serving_ranking import RankingPanel
from desktop.pages.serving_sizing import SizingPanel
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.serving_ranked import RankingView
from desktop.viewmodels.serving_setup import predicted
from desktop.viewmodels.serving_shown import ServingView
from desktop.work.newest import NewestWins
from desktop.work.serving import predict, rank
from pricing.plan.entries import with_item_added
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.serving.search.result import Row

FIGURES: Final = 6
HELP_PAGE: Final = "serving.md"
PAUSE_MS: Final = 80
"""How long typing must rest before anything is predicted anew."""
PAINT_MS: Final = 250
"""Time that the charts have for themselves before the catalogue is searched."""


class ServingPage(ScrollPage):
    """Shows the options of the plan whose work is predicted; works while it is looked at.

    Signals:
        said: a short message for the status bar.
        field_wanted: path of a field of the plan.
        problem: a sentence that says why a server could not be taken.
        figure_clicked: ledger key and month (none) of a figure to explain.
        help_wanted: file of a help page.
        points_wanted: the person wants to see, add or import own benchmark points.
        score_wanted: id of a model whose quality score the person wants to enter.
    """

    said = Signal(str)
    field_wanted = Signal(str)
    problem = Signal(str)
    figure_clicked = Signal(str, object)
    help_wanted = Signal(str)
    points_wanted = Signal()
    score_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        theme: Theme,
        colours: OptionColours,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Serving"))
        self._session, self._colours = session, colours
        self._shown: tuple[Plan, str, str] | None = None
        self._ranked: tuple[Plan, str, bool] | None = None
        self._problem_path = ""
        self._curve: Curve | None = None
        self.dialog: QDialog | None = None
        self.picker = ServingPicker()
        self.empty = NothingPredicted(session)
        self.finding, self.second = page_text("finding"), page_text("extra")
        self.caveat, self.evidence = page_text("caveat"), page_text("extra")
        self.reading, self.sources = page_text("extra"), page_text("hint")
        self.to_field = QPushButton(self.tr("Go to the field"))
        self.explain = QPushButton(self.tr("Explain the server time"))
        self.explain.setObjectName("link")
        self.help = QPushButton(self.tr("How this is predicted"))
        self.help.setObjectName("link")
        self.explain.setToolTip(self.tr("Where it stands in the bill, with source and range"))
        self.figures = ServingFigures(FIGURES)
        self.curve, self.step, self.memory = (ChartView(theme) for _ in range(3))
        self.as_table = QPushButton(self.tr("Show as table"))
        self.own_points = QPushButton(self.tr("Own benchmark points…"))
        self.ranking, self.sizing = RankingPanel(), SizingPanel()
        self._place()
        self._views, self._rankings = NewestWins(self), NewestWins(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(PAINT_MS)
        self._connect()

    def _place(self) -> None:
        top = QVBoxLayout()
        top.setSpacing(4)
        for label in (self.finding, self.second, self.evidence, self.caveat):
            top.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self.to_field)
        row.addStretch(1)
        top.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(2 * GRID)
        below.addWidget(self.reading, 1)
        for button in (self.own_points, self.as_table):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._curve_panel = self._panel(self.curve, below)
        self._step_panel, self._memory_panel = self._panel(self.step), self._panel(self.memory)
        self.body.addWidget(self.picker)
        self.body.addWidget(self.empty)
        self.body.addLayout(top)
        self.body.addWidget(self.figures)
        links = QHBoxLayout()
        links.setSpacing(2 * GRID)
        links.addWidget(self.explain)
        links.addWidget(self.help)
        links.addStretch(1)
        self.body.addLayout(links)
        charts = (self._curve_panel, self._step_panel, self._memory_panel)
        for panel in (*charts, self.ranking, self.sizing):
            self.body.addWidget(panel)
        self.body.addWidget(self.sources)

    @staticmethod
    def _panel(chart: ChartView, below: QHBoxLayout | None = None) -> QFrame:
        panel = QFrame()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        column.addWidget(chart)
        if below is not None:
            column.addLayout(below)
        return panel

    def _connect(self) -> None:
        self._pause.timeout.connect(self._start)
        self._views.finished.connect(self._show_view)
        self._views.finished.connect(lambda _: self._painted.start())
        self._views.failed.connect(lambda _: self._painted.start())
        self._painted.timeout.connect(self._rank)
        self._rankings.finished.connect(self._show_ranking)
        for work in (self._views, self._rankings):
            work.failed.connect(lambda error: self.said.emit(str(error)))
        self.sizing.failed.connect(lambda error: self.said.emit(str(error)))
        self._session.opened.connect(self.forget)
        self._session.plan_changed.connect(self.refresh)
        self.picker.changed.connect(self._pause.start)
        self.ranking.changed.connect(self._pause.start)
        for panel in (self.ranking, self.sizing):
            panel.wanted.connect(self.take)
        self.sizing.score_wanted.connect(self.score_wanted)
        self.explain.clicked.connect(self._explain)
        self.help.clicked.connect(lambda: self.help_wanted.emit(HELP_PAGE))
        self.to_field.clicked.connect(lambda: self.field_wanted.emit(self._problem_path))
        self.as_table.clicked.connect(self.show_as_table)
        self.own_points.clicked.connect(self.points_wanted)
        self.empty.problem.connect(self.problem)

    # --- what happens ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def forget(self) -> None:
        """Show nothing of the document before."""
        self._shown = self._ranked = None
        self._views.drop()
        self._rankings.drop()
        self.sizing.forget()
        self.finding.setText(self.tr("Predicting…"))
        self._show_parts(None)

    def refresh(self) -> None:
        """Follow the plan, once it rests."""
        plan = self._session.plan
        if plan is None or not self.isVisible():
            return
        self.picker.show_plan(plan)
        there = bool(predicted(plan))
        self.empty.show_plan(plan)
        self.empty.setVisible(not there)
        self.picker.setVisible(there)
        self.finding.setVisible(there)
        if there:
            self._pause.start()
        else:
            self._shown = self._ranked = None
            self._show_parts(None)

    def _start(self) -> None:
        plan, (option, request_class) = self._session.plan, self.picker.chosen
        if plan is None or not option or not self.isVisible():
            return
        colour = self._colours.of(option)
        wanted = (plan, option, request_class)
        if self._shown != wanted:
            self._shown = wanted
            self._views.submit(lambda: predict(plan, option, request_class, colour))
        else:
            self._rank()

    def _rank(self) -> None:
        """Search the catalogue; after the charts are there, since it keeps them waiting."""
        plan, (option, _class) = self._session.plan, self.picker.chosen
        if plan is None or not option or not self.isVisible():
            return
        serving = next(o.serving for o in predicted(plan) if o.id == option)
        if serving is not None:
            self.ranking.name_precision(serving.precision.upper())
        everything = self.ranking.any_precision
        asked = (plan, option, everything)
        if self._ranked != asked:
            self._ranked = asked
            self.ranking.show_waiting()
            self._rankings.submit(lambda: rank(plan, option, everything))
        self.sizing.follow(plan, option)

    def _show_view(self, view: ServingView) -> None:
        self._problem_path, self._curve = view.problem_path, view.curve
        self.finding.setText(view.finding)
        for label, text in (
            (self.second, view.second),
            (self.caveat, view.caveat),
            (self.evidence, view.evidence),
            (self.reading, view.reading),
            (self.sources, self._sources(view)),
        ):
            label.setText(text)
        self._show_parts(view)
        if view.figures:
            self.figures.show_figures(view.figures)
        for chart, spec in (
            (self.curve, view.curve),
            (self.step, view.step),
            (self.memory, view.memory),
        ):
            if spec is not None:
                chart.show_chart(spec)

    def _sources(self, view: ServingView) -> str:
        if not view.sources:
            return ""
        return self.tr("Sources: {list}").format(list="; ".join(view.sources))

    def _show_parts(self, view: ServingView | None) -> None:
        """Hide what there is nothing for."""
        shown = view or ServingView("")
        for widget, there in (
            (self.second, shown.second),
            (self.caveat, shown.caveat),
            (self.evidence, shown.evidence),
            (self.to_field, shown.problem_path),
            (self.figures, shown.figures),
            (self.explain, shown.figures),
            (self.help, view is not None),
            (self._curve_panel, shown.curve),
            (self._step_panel, shown.step),
            (self._memory_panel, shown.memory),
            (self.sources, shown.sources),
            (self.ranking, view is not None),
            (self.sizing, view is not None),
        ):
            widget.setVisible(bool(there))

    def _show_ranking(self, view: RankingView) -> None:
        self.ranking.show_ranking(view)

    def take(self, row: "Row") -> None:
        """Add a ranked server to the plan as an option, as one undo step, and show it."""
        from desktop.viewmodels.serving_ranking import as_option

        plan, (like, _class) = self._session.plan, self.picker.chosen
        if plan is None:
            return
        option = as_option(row, next(o for o in predicted(plan) if o.id == like), plan)
        label = self.tr('Add "{name}"').format(name=option.name)
        sentence = self._session.apply(
            label, lambda plan: with_item_added(plan, "options", option).plan
        )
        if sentence:
            self.problem.emit(sentence)
            return
        self.picker.choose(option.id)
        self._pause.start()
        self.ensureVisible(0, 0)
        self.said.emit(self.tr('"{name}" is an option now').format(name=option.name))

    def _explain(self) -> None:
        option, request_class = self.picker.chosen
        self.figure_clicked.emit(f"option.{option}.{request_class}.predicted", None)

    def show_as_table(self) -> None:
        """Open the numbers of the curve as a table."""
        if self._curve is not None:
            self.dialog = ChartTableDialog(self._curve.title, self._curve.table(), self)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.open()

    def wait(self) -> None:
        """Stop what runs in the background; for closing the window."""
        self._pause.stop()
        self._painted.stop()
        self._views.wait()
        self._rankings.wait()
        self.sizing.wait()
