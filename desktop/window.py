"""The main window: places the pages, lets them hear of each other, keeps nothing itself."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import Actions
from desktop.app.catalogues import Catalogues
from desktop.app.chart_saving import ChartSaver
from desktop.app.documents import Documents
from desktop.app.dropping import dropped_plan
from desktop.app.exporting import Exporter
from desktop.app.guard import Guard
from desktop.app.making import Maker
from desktop.app.own_points import OwnPoints
from desktop.app.own_scores import OwnScores
from desktop.app.own_sheets import OwnSheets
from desktop.app.samples import samples
from desktop.app.session import Session
from desktop.app.settings import SettingsStore
from desktop.charts.style import prepare_charts
from desktop.connections import connect_actions
from desktop.docks.explain import ExplainDock
from desktop.menus import fill_menus
from desktop.pages.assumptions import AssumptionsPage
from desktop.pages.banner import Banner
from desktop.pages.header import Header
from desktop.pages.navigation import (
    ASSUMPTIONS,
    OPTIONS,
    RESULTS,
    ROUTING,
    WORKLOAD,
    Navigation,
)
from desktop.pages.options import options_page
from desktop.pages.results import ResultsPage
from desktop.pages.routing import RoutingPage
from desktop.pages.serving import ServingPage
from desktop.pages.start import StartPage
from desktop.pages.status import StatusLine
from desktop.pages.workload import workload_page
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.judgement import judgement
from desktop.work.evaluator import Evaluator
from desktop.work.newest import NewestWins

SIZE: Final = (1280, 800)
FRAME: Final = 40
"""Room for the title bar that the system draws, in logical pixels."""


class MainWindow(QMainWindow):
    """One document in one window."""

    def __init__(self, theme: Theme, store: SettingsStore) -> None:
        super().__init__()
        self.theme, self.store = theme, store
        theme.setParent(self)
        self.session = Session(self)
        self.colours = OptionColours()
        self.evaluator = Evaluator(self.session, self)
        self.documents = Documents(self.session, store, self)
        self.guard = Guard(self.session, self.documents, store.folder, self)
        self.exporter = Exporter(self.evaluator, self.documents, self)
        self.sheets = OwnSheets(self.session, self.documents, self)
        self.points = OwnPoints(self.session, self.documents, self)
        self.scores = OwnScores(self.session, self.documents, self)
        self.maker = Maker(self.session, self.documents, self)
        self.catalogues = Catalogues(self.session, self.documents, self)
        self.warming = NewestWins(self)
        self.actions_ = Actions(self, self.session.undo)
        self._closing = False
        self.setAcceptDrops(True)
        self._make_pages()
        self._place()
        self.charts = ChartSaver(self.documents, self)
        self.menus = fill_menus(self)
        connect_actions(self)
        self._connect_parts()
        self._tint()
        self._opened()
        self._restore_geometry()

    # --- building -------------------------------------------------------------------------------

    def _make_pages(self) -> None:
        actions = self.actions_
        self.header = Header(actions.undo, actions.redo, actions.export)
        self.banner = Banner()
        self.start = StartPage()
        self.workload = workload_page(self.session, self.theme, self.maker)
        self.options = options_page(self.session, self.theme, self.colours, self.maker)
        self.routing = RoutingPage(self.session, self.theme, self.colours)
        self.serving = ServingPage(self.session, self.theme, self.colours)
        self.assumptions = AssumptionsPage(self.session)
        self.results = ResultsPage(self.theme, self.colours)
        self.explain = ExplainDock()
        self.explain.hide()
        self.status = StatusLine()
        self.navigation = Navigation()

    def _place(self) -> None:
        self.pages = QStackedWidget()
        for page in (
            self.workload,
            self.options,
            self.routing,
            self.serving,
            self.assumptions,
            self.results,
        ):
            self.pages.addWidget(page)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(3 * GRID, GRID, 3 * GRID, 0)
        strip.addWidget(self.banner)
        middle.addLayout(strip)
        middle.addWidget(self.pages, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(middle, 1)
        row.addWidget(self.explain)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.start)
        self.whole.addWidget(work)
        self.setCentralWidget(self.whole)
        self.setStatusBar(self.status)

    def _connect_parts(self) -> None:
        self.navigation.currentRowChanged.connect(self._page_chosen)
        self.start.new_wanted.connect(self.maker.new_plan)
        self.start.open_wanted.connect(self.documents.choose_and_open)
        self.start.log_wanted.connect(self.maker.new_plan_from_log)
        self.start.file_wanted.connect(self.documents.open)
        self.start.sample_wanted.connect(self.documents.open)
        self.session.opened.connect(self._opened)
        self.session.file_changed.connect(self._name_document)
        self.session.plan_changed.connect(self._name_document)
        self.session.plan_changed.connect(self._judge)
        self.session.entries_changed.connect(self._judge)
        self.evaluator.evaluated.connect(self._evaluated)
        self.evaluator.failed.connect(lambda _sentence: self._judge())
        self.evaluator.cleared.connect(self._cleared)
        self.results.figure_clicked.connect(self.ask)
        self.serving.figure_clicked.connect(self.ask)
        self.routing.figure_clicked.connect(self.ask)
        self.routing.new_wanted.connect(lambda: self.maker.add_hybrid(self.routing.insert))
        self.options.routing_wanted.connect(self.show_routing)
        self.serving.help_wanted.connect(self.show_help)
        self.explain.closed.connect(lambda: self.actions_.explain.setChecked(False))
        self.explain.field_wanted.connect(self.go_to)
        self.maker.made.connect(self.go_to)
        self.status.findings_wanted.connect(self.show_findings)
        self.status.prices_wanted.connect(self.catalogues.take)
        self.banner.action_wanted.connect(self._go_to_problem)
        owners = (self.documents, self.exporter, self.maker, self.guard, self.catalogues)
        for part in (*owners, self.results, self.sheets, self.points, self.scores, self.charts):
            part.said.connect(self.say)
        self.serving.field_wanted.connect(self.go_to)
        self.serving.points_wanted.connect(self.points.browse)
        self.serving.score_wanted.connect(self.scores.enter)
        self.serving.problem.connect(self._not_possible)
        self.serving.said.connect(self.say)
        self.routing.field_wanted.connect(self.go_to)
        self.routing.problem.connect(self._not_possible)
        self.routing.said.connect(self.say)
        for page in (self.workload, self.options):
            page.problem.connect(self._not_possible)
            page.told.connect(self.say)
        self.documents.files_changed.connect(self._list_files)
        self.theme.changed.connect(self._tint)

    def _tint(self) -> None:
        actions = self.actions_
        for action, name in (
            (actions.undo, "undo"),
            (actions.redo, "redo"),
            (actions.open, "open"),
            (actions.save, "save"),
            (actions.new, "new"),
        ):
            action.setIcon(self.theme.icon(name))
        self.header.export.setIcon(self.theme.icon("export", self.theme.tokens.on_accent))
        self.navigation.tint(self.theme)

    # --- what happens ---------------------------------------------------------------------------

    def _opened(self) -> None:
        there = self.session.plan is not None
        self.whole.setCurrentIndex(1 if there else 0)
        for action in self.actions_.needing_a_plan():
            action.setEnabled(there)
        self.colours.forget()
        self.actions_.explain.setChecked(False)
        if there:
            self.navigation.setCurrentRow(RESULTS)
        else:
            self._list_files()
        self._name_document()

    def _list_files(self) -> None:
        recent = self.store.recent()
        self.start.show_recent(recent)
        self.start.show_samples(samples())
        self.menus.show_recent(recent, self.documents.open, self._forget_recent)

    def _forget_recent(self) -> None:
        self.store.forget_recent()
        self._list_files()

    def _page_chosen(self, row: int) -> None:
        if row >= 0:
            self.pages.setCurrentIndex(row)

    def _name_document(self) -> None:
        plan, path = self.session.plan, self.session.path
        if plan is None:
            self.setWindowModified(False)
            self.setWindowTitle(self.tr("Reckoner"))
            return
        kept = path.name if path is not None else self.tr("not saved yet")
        self.setWindowTitle(f"{path.name if path else plan.name}[*] – {self.tr('Reckoner')}")
        self.setWindowModified(self.session.modified)
        if path is not None and self.session.modified:
            kept = self.tr("{file} · changes not saved").format(file=path.name)
        self.header.show_document(plan.name, kept)

    def _evaluated(self) -> None:
        evaluation = self.evaluator.evaluation
        if evaluation is None:
            return
        self.results.show_evaluation(evaluation)
        self.routing.show_evaluation(evaluation)
        self.explain.follow(evaluation)
        self.status.show_evaluation(evaluation)
        self._judge()

    def _cleared(self) -> None:
        self.results.clear()
        self.explain.forget()
        self.status.show_evaluation(None)
        self._judge()

    def _judge(self) -> None:
        """Say what keeps the results from being those of the entries on screen."""
        said = judgement(
            len(self.session.entries),
            self.evaluator.problem,
            has_field=bool(self.evaluator.problem_path),
            has_results=self.evaluator.evaluation is not None,
        )
        self.banner.say(said.sentence, said.action, broken=said.broken)

    def _go_to_problem(self) -> None:
        entries = self.session.entries
        self.go_to(next(iter(entries)) if entries else self.evaluator.problem_path)

    def go_to(self, path: str) -> None:
        """Show the field at a path of the plan, on whichever page it is."""
        if path == "catalogue":
            self.catalogues.take()
        if path == "qualities" or path.startswith("qualities."):
            self.scores.browse()
        for row, page in (
            (ROUTING, self.routing),
            (WORKLOAD, self.workload),
            (OPTIONS, self.options),
            (ASSUMPTIONS, self.assumptions),
        ):
            if page.go_to(path):
                self.navigation.setCurrentRow(row)
                page.go_to(path)
                # a page never shown before has its sizes only afterwards, to scroll by
                QTimer.singleShot(0, page, lambda page=page: page.go_to(path))
                return

    def show_routing(self, hybrid: str) -> None:
        """Turn to the routing page of a hybrid."""
        self.navigation.setCurrentRow(ROUTING)
        self.routing.choose(hybrid)

    def ask(self, key: str, month: int | None = None) -> None:
        """Explain a figure."""
        self.explain.follow(self.evaluator.evaluation)
        self.explain.ask(key, month)
        self.actions_.explain.setChecked(True)

    def say(self, message: str) -> None:
        """Show a short message for a while."""
        self.status.showMessage(message, 8000)

    def _not_possible(self, sentence: str) -> None:
        self.documents.tell(self.tr("That is not possible"), sentence)

    def show_findings(self) -> None:
        """List what a reader of the results must know."""
        from desktop.dialogs.findings import FindingsDialog

        if self.evaluator.evaluation is not None:
            dialog = FindingsDialog(self.evaluator.evaluation.findings, self.theme.tokens, self)
            dialog.field_wanted.connect(self.go_to)
            self.documents.show_dialog(dialog)

    def show_help(self, file: str = "") -> None:
        """Open the help pages, at one of them if its file is named."""
        from desktop.dialogs.help import HelpDialog

        dialog = HelpDialog(self.theme.tokens, self)
        if file:
            dialog.show_page(file)
        self.documents.show_dialog(dialog)

    def show_about(self) -> None:
        """Say what this is, which version, and under which licence."""
        from desktop.dialogs.about import about_box

        box = about_box(self, self.catalogues.named(), lambda: self.show_help("licences.md"))
        self.documents.show_dialog(box)

    def use_scheme(self, scheme: str) -> None:
        """Show light, dark or the system's colours, and remember it."""
        self.store.change(scheme=scheme)
        self.theme.use(self.store.settings.scheme)
        self.menus.mark_scheme(self.store.settings.scheme)

    def after_start(self) -> None:
        """What can wait until the window is up: price dates, work left by a crash."""
        self.catalogues.follow(self.status)
        self.status.show_evaluation(self.evaluator.evaluation)
        self.guard.offer_rescue()
        self.warming.submit(prepare_charts)

    def open_at_start(self, path: Path) -> None:
        """Open the plan named on the command line once the window is up."""
        QTimer.singleShot(0, self, lambda: self.documents.open(path))

    # --- Qt -------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take plan files."""
        if dropped_plan(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the plan file dropped."""
        path = dropped_plan(event)
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.documents.open(path))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes; close for good once nothing would be lost."""
        if self.session.modified and not self._closing:
            event.ignore()
            self.documents.when_safe(self._close_now)
            return
        for part in (
            self.evaluator,
            self.exporter,
            self.charts,
            self.catalogues,
            self.warming,
            self.results,
            self.serving,
            self.routing,
            self.options.predictions,
        ):
            part.wait()
        self.guard.finish()
        self.store.change(geometry=bytes(self.saveGeometry().toHex().data()).decode())
        event.accept()

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _restore_geometry(self) -> None:
        self.resize(*SIZE)
        room = self.screen().availableGeometry()
        if room.width() <= SIZE[0] or room.height() <= SIZE[1] + FRAME:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        if self.store.settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.store.settings.geometry.encode()))
