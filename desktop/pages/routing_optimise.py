"""The optimiser on the routing page: button, strip while it runs, and what it proposes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.app.session import Session
from desktop.pages.routing_conflict import ConflictPanel
from desktop.pages.routing_list import Shown
from desktop.pages.routing_optimise_button import OptimiseButton
from desktop.pages.routing_progress import ProgressStrip
from desktop.pages.routing_proposal import ProposalPanel
from desktop.pages.routing_questions import QuestionsPanel
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.proposal import proposal_of
from desktop.viewmodels.proposal_taking import (
    Fit,
    fit_of,
    nothing_found,
    offers_alike,
    serves_something,
    taken,
)
from desktop.viewmodels.proposal_unserved import unserved_sentences
from desktop.viewmodels.questions import ConflictView, conflict_view
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.work.deciding import Decided, Effort, NothingOfferedError, decide
from desktop.work.optimiser import Optimiser
from pricing.plan.edit import edited
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from desktop.pages.routing import RoutingPage

KIND = "optimise"
UPPER_PART = 232
"""Height of what a proposal says first: title, proof and figures, in logical pixels."""
SETTLED_MS = 60
"""After which a layout has found its sizes."""


class Optimising(QObject):
    """Looks for decisions on the hybrid that the page shows, and puts the one taken into the plan.

    Signals:
        said: a short message for the status bar.
        problem: a sentence that says why something was not possible.
        field_wanted: path of the field of a rule.
        taken: id of the hybrid with the decision that was taken.
    """

    said = Signal(str)
    problem = Signal(str)
    field_wanted = Signal(str)
    taken = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, page: "RoutingPage"
    ) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._decided: Decided | None = None
        self._asked: Plan | None = None
        self.optimiser = Optimiser(self)
        self.button = OptimiseButton()
        self.strip = ProgressStrip(theme)
        self.proposal = ProposalPanel(colours)
        self.conflict = ConflictPanel()
        self.questions = QuestionsPanel(session, theme, colours, self.optimiser)
        self.area = QWidget()
        """Strip and panels, to be placed under the header of the page."""
        column = QVBoxLayout(self.area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self.strip, self.conflict, self.proposal):
            column.addWidget(widget)
        self.area.hide()
        self._make_shortcuts()
        self._connect()

    def _make_shortcuts(self) -> None:
        self._start = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return), self._page)
        self._stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._page)
        for shortcut in (self._start, self._stop):
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self._stop.setEnabled(False)
        self._start.activated.connect(lambda: self.run(self.button.effort))
        self._stop.activated.connect(self.optimiser.stop)

    def _connect(self) -> None:
        self.button.wanted.connect(self.run)
        self.button.lock_wanted.connect(self._lock)
        self.strip.stop_wanted.connect(self.optimiser.stop)
        self.proposal.take_wanted.connect(lambda: self._take(self._decided))
        self.proposal.discard_wanted.connect(self._put_away)
        self.conflict.closed.connect(self._close_conflict)
        self.conflict.field_wanted.connect(self.field_wanted)
        self.questions.take_wanted.connect(self._take)
        self.questions.field_wanted.connect(self.field_wanted)
        self.questions.failed.connect(self._tell_failure)
        self.questions.appeared.connect(
            lambda widget: QTimer.singleShot(SETTLED_MS, widget, lambda: self._scroll_to(widget))
        )
        optimiser = self.optimiser
        optimiser.started.connect(lambda _kind: self._able())
        optimiser.ended.connect(self._able)
        optimiser.ticked.connect(self._tick)
        optimiser.finished.connect(self._finished)
        optimiser.failed.connect(self._failed)
        self._session.opened.connect(self.forget)
        self._session.plan_changed.connect(self._review)

    # --- running --------------------------------------------------------------------------------

    def run(self, effort: Effort) -> None:
        """Look for the best decision on the hybrid shown; without one for a new hybrid."""
        plan, page = self._session.plan, self._page
        if plan is None or self.optimiser.running:
            return
        hybrid = page.chosen or None
        shown = page.shown
        evaluation = shown.costs.evaluation if shown is not None and shown.costs else None
        if evaluation is not None and evaluation.plan != plan:
            evaluation = None
        asked = self.button.isAncestorOf(page.window().focusWidget())
        self._put_away()
        self._close_conflict()
        self._asked = plan
        self.strip.remark("")
        self.optimiser.start(KIND, decide(plan, hybrid, effort, evaluation))
        if asked:  # else a figure would have the keys once the button is out of use
            self.strip.show()
            self.area.show()
            self.strip.stop.setFocus()

    def _tick(self, state: object) -> None:
        if self.optimiser.running == KIND and self._session.plan is not None:
            self.strip.show_state(state, self._session.plan.currency)  # type: ignore[arg-type]
            self.area.show()

    def _able(self) -> None:
        running = self.optimiser.running
        self._stop.setEnabled(bool(running))
        waited = self.strip.stop.hasFocus()
        if running != KIND:
            self.strip.hide()
            self._settle()
        self.refresh()
        if waited and running != KIND:
            self.button.run.setFocus()

    def refresh(self) -> None:
        """Let the button offer what is possible with the hybrid shown."""
        shown = self._page.shown
        hybrid = shown.hybrid if shown is not None else None
        decision = hybrid.decision if hybrid is not None else None
        self.button.show_state(
            busy=bool(self.optimiser.running),
            servers=hybrid is not None and self._has_servers(shown),
            decided=decision is not None,
            locked=decision is not None and decision.locked,
        )

    @staticmethod
    def _has_servers(shown: Shown | None) -> bool:
        if shown is None:
            return False
        if any(fleet.servers for fleet in shown.hybrid.fleets):
            return True
        members = shown.costs.lines.members if shown.costs is not None else ()
        return any(member.fleet is not None for member in members)

    def _scroll_to(self, widget: QWidget) -> None:
        """Bring the upper part of a widget into sight, and no more, so that its cause stays."""
        body = self._page.widget()
        if body is not None and widget.isVisible():
            top = widget.mapTo(body, QPoint(0, 0)).y()
            self._page.ensureVisible(0, top + min(widget.height(), UPPER_PART), 0, 2 * GRID)

    def _lock(self, locked: bool) -> None:
        shown = self._page.shown
        if shown is not None and shown.hybrid.decision is not None:
            path = f"options.{shown.hybrid.id}.decision.locked"
            label = self.tr("Lock a decision") if locked else self.tr("Unlock a decision")
            sentence = self._session.apply(label, lambda plan: edited(plan, path, locked))
            if sentence:
                self.problem.emit(sentence)

    # --- what came out --------------------------------------------------------------------------

    def _finished(self, kind: str, outcome: object) -> None:
        if kind != KIND or not isinstance(outcome, Decided) or self._session.plan is None:
            return
        self._decided = outcome
        if outcome.effort != "reroute" and outcome.answer.status != "cancelled":
            self.questions.know(outcome)
        fit = fit_of(self._session.plan, outcome)
        if fit is Fit.NOT:
            self._discard_old()
            return
        self._show_conflict(outcome)
        if serves_something(outcome):
            self._show_proposal(outcome, fit)
        self._settle()
        if not self._is_typing():
            QTimer.singleShot(0, self._page, lambda: self._page.ensureVisible(0, 0))

    def _is_typing(self) -> bool:
        """Whether the person enters something somewhere, which nothing that is found may stop."""
        window = self._page.window()
        widget = window.focusWidget()
        return QApplication.activeWindow() not in (None, window) or isinstance(
            widget, QLineEdit | QPlainTextEdit | QAbstractItemView
        )

    def _show_proposal(self, decided: Decided, fit: Fit) -> None:
        shown = self._page.shown
        before: HybridCosts | None = None
        if shown is not None and decided.optimised is not None:
            before = shown.costs if shown.hybrid.id == decided.optimised.hybrid else None
        self.proposal.show_proposal(proposal_of(decided, before))
        if fit is Fit.OLD:
            self._remark()
        if not self._page.isVisible():
            self.said.emit(
                self.tr("A decision was found; it waits on the page Routing: {title}").format(
                    title=self.proposal.title.text()
                )
            )
        elif not self._is_typing():
            QTimer.singleShot(0, self.proposal, self.proposal.setFocus)

    def _show_conflict(self, decided: Decided) -> None:
        if decided.conflict is not None:
            view = conflict_view(decided.conflict, decided.plan)
        elif decided.optimised is None:
            title, sentences = nothing_found(decided), unserved_sentences(decided, None)
            view = ConflictView(title, sentences, ())
        else:
            return
        self.conflict.show_conflict(view)

    def _remark(self) -> None:
        self.proposal.say(
            self.tr("The plan has changed since: this was found for the plan as it was before.")
        )

    def _failed(self, kind: str, error: object) -> None:
        if kind == KIND:
            self._tell_failure(error)

    def _tell_failure(self, error: object) -> None:
        sentence = str(error)
        if isinstance(error, NothingOfferedError):
            sentence = self.tr(
                "No option may serve any request class; the tab Choices says why not."
            )
        self.problem.emit(sentence)

    # --- taking ---------------------------------------------------------------------------------

    def _take(self, decided: object) -> None:
        plan = self._session.plan
        if not isinstance(decided, Decided) or decided.optimised is None or plan is None:
            return
        if fit_of(plan, decided) is Fit.NOT:
            self._discard_old()
            return
        name = decided.optimised.hybrid
        sentence = self._session.apply(self.tr("Take a decision"), lambda now: taken(now, decided))
        if sentence:
            self.problem.emit(sentence)
            return
        self._put_away()
        self._close_conflict()
        self.questions.put_away()
        self.said.emit(self.tr("The decision is in the plan; Undo takes it back"))
        self.taken.emit(name)
        QTimer.singleShot(SETTLED_MS, self._page, lambda: self._page.ensureVisible(0, 0))

    def _put_away(self) -> None:
        self._decided = None
        if self.proposal.isAncestorOf(self._page.window().focusWidget()):
            self.button.run.setFocus()  # else the page would scroll to whatever comes next
        self.proposal.hide()
        self._settle()

    def _close_conflict(self) -> None:
        self.conflict.hide()
        self._settle()

    def _settle(self) -> None:
        """Take no room when there is nothing to show."""
        parts = (self.strip, self.conflict, self.proposal)
        self.area.setVisible(any(part.isVisibleTo(self.area) for part in parts))

    def _review(self) -> None:
        """Say what a change of the plan means for what is proposed."""
        self.questions.review()
        plan, decided = self._session.plan, self._decided
        if plan is not None and self._asked is not None and self.optimiser.running == KIND:
            self.strip.remark(
                ""
                if offers_alike(plan, self._asked)
                else self.tr(
                    "Options or request classes have changed: what is found will not fit the plan. "
                    "Undo the change, or stop and optimise again."
                )
            )
        if plan is None or decided is None or decided.optimised is None:
            return
        fit = fit_of(plan, decided)
        if fit is Fit.NOT:
            self._discard_old()
        elif fit is Fit.OLD:
            self._remark()
        else:
            self.proposal.say("")

    def _discard_old(self) -> None:
        self._put_away()
        self._close_conflict()
        self.said.emit(
            self.tr(
                "The options or request classes have changed, so the decision found no longer "
                "fits and was discarded"
            )
        )

    # --- ends -----------------------------------------------------------------------------------

    def forget(self) -> None:
        """Another document was opened: nothing of the one before counts."""
        self.optimiser.drop()
        self.questions.forget()
        self._put_away()
        self._close_conflict()

    def wait(self) -> None:
        """Stop for good; for closing the window."""
        self.optimiser.wait()
        self.questions.wait()
