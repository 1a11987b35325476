"""The questions of a meeting, each answered on demand by deciding again."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.app.session import Session
from desktop.pages.routing_list import Shown
from desktop.pages.routing_questions_advice import AdvicePanel
from desktop.pages.routing_questions_card import QuestionCard
from desktop.pages.routing_questions_frontier import FrontierPanel
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.proposal import proposal_of
from desktop.viewmodels.questions import (
    HELD_AGAINST_BEST,
    KINDS,
    Reply,
    alternative_note,
    alternatives_reply,
    own_text,
    question_hint,
    question_title,
    rules_reply,
    same_question,
    vendors_reply,
    volume_reply,
)
from desktop.work.deciding import Decided
from desktop.work.inquiry import Inquiry
from desktop.work.optimiser import Optimiser, Work
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.optimise.engine.answer import Answer
    from pricing.optimise.questions.levels import Axis
    from pricing.optimise.questions.points import Point

LOOK = "look"
"""Kind of the work that evaluates one of the decisions found."""


class QuestionsPanel(QWidget):
    """Frontier and questions of one hybrid at a time.

    Signals:
        figure_clicked: as other panels of the page have it; nothing here stands in the ledger.
        field_wanted: path of the field of a rule.
        take_wanted: a `Decided` that shall be put into the plan.
        failed: an exception of a search.
        appeared: a widget that should come into sight.
    """

    figure_clicked = Signal(str, object)
    field_wanted = Signal(str)
    take_wanted = Signal(object)
    failed = Signal(object)
    appeared = Signal(object)

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, optimiser: Optimiser,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._optimiser = session, optimiser
        self._shown: Shown | None = None
        self._inquiry: Inquiry | None = None
        self._looker: FrontierPanel | QuestionCard | None = None
        self._looked: Decided | None = None
        self._best: Decided | None = None
        self._parts: list[Any] = []
        self.advice = AdvicePanel(theme, colours)
        self.frontier = FrontierPanel(theme, colours)
        self.cards = {
            kind: QuestionCard(theme, colours, question_title(kind), question_hint(kind))
            for kind in KINDS
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.advice)
        column.addWidget(self.frontier)
        for card in self.cards.values():
            column.addWidget(card)
        self._connect()

    def _connect(self) -> None:
        self.frontier.asked.connect(self._ask_frontier)
        self.frontier.point_wanted.connect(self._look_at_point)
        for kind, card in self.cards.items():
            card.asked.connect(lambda kind=kind: self.ask(kind))
            card.led.connect(self.field_wanted)
        self.cards["alternatives"].let_open()
        self.cards["alternatives"].opened.connect(self._look_at_alternative)
        for asker in (self.frontier, *self.cards.values()):
            asker.stop_wanted.connect(self._optimiser.stop)
            asker.proposal.take_wanted.connect(self._take)
            asker.proposal.discard_wanted.connect(self._put_away)
        optimiser = self._optimiser
        optimiser.started.connect(lambda _kind: self._able())
        optimiser.ended.connect(self._able)
        optimiser.ticked.connect(self._tick)
        optimiser.found.connect(self._found)
        optimiser.finished.connect(self._finished)
        optimiser.failed.connect(self._failed)

    # --- what is shown --------------------------------------------------------------------------

    def show_hybrid(self, shown: Shown) -> None:
        """Show the answers for a hybrid; those of another one are forgotten."""
        self._shown = shown
        if self._inquiry is not None and self._inquiry.hybrid != shown.hybrid.id:
            self.forget()
        self.advice.show_hybrid(shown)
        self.frontier.show_costs(shown.costs, shown.plan.currency)
        self.review()
        self._able()

    def forget(self) -> None:
        """Have no answers."""
        if self._optimiser.running in {"frontier", LOOK, *KINDS}:
            self._optimiser.drop()
        self._inquiry = self._looked = self._best = None
        self.advice.forget()
        self.frontier.forget()
        for card in self.cards.values():
            card.forget()

    def review(self) -> None:
        """Mark what was answered for a plan that is another one now."""
        plan, inquiry = self._session.plan, self._inquiry
        if plan is None or inquiry is None:
            return
        old = not same_question(plan, inquiry.plan, inquiry.hybrid)
        for asker in (self.frontier, *self.cards.values()):
            asker.mark_outdated(old)
        if old:
            self._put_away()
        self._tell_own(old)

    def _tell_own(self, old: bool) -> None:
        """Say where answers are held against another decision than the plan's own."""
        inquiry, shown = self._inquiry, self._shown
        text = ""
        if not old and inquiry is not None and inquiry.best is not None and shown is not None:
            text = own_text(inquiry.best, shown.costs)
        for kind in HELD_AGAINST_BEST:
            self.cards[kind].tell_own(text)

    def _able(self) -> None:
        running = self._optimiser.running
        for kind, asker in (("frontier", self.frontier), *self.cards.items()):
            asker.set_running(running == kind, busy=bool(running))

    # --- asking ---------------------------------------------------------------------------------

    def _for_now(self) -> Inquiry | None:
        """The inquiry into the plan as it is now; older answers are put away."""
        if self._shown is None or self._session.plan is None or self._optimiser.running:
            return None
        plan, hybrid = self._session.plan, self._shown.hybrid.id
        known = self._inquiry
        if known is None or known.hybrid != hybrid or not same_question(plan, known.plan, hybrid):
            self._inquiry = known = Inquiry(plan, hybrid, self._best_for(plan, hybrid))
            self._looked = None
            for asker in (self.frontier, *self.cards.values()):
                asker.outdate()
        return known

    def know(self, decided: Decided) -> None:
        """Remember the best decision that was found, so that it need not be looked for again."""
        self._best = decided

    def _best_for(self, plan: Plan, hybrid: str) -> "Answer | None":
        best = self._best
        if best is None or best.optimised is None or best.optimised.hybrid != hybrid:
            return None
        # a hybrid made by the search was not in the plan it was asked of
        before = best.optimised.plan
        return best.optimised.answer if same_question(plan, before, hybrid) else None

    def ask(self, kind: str) -> None:
        """Answer one of the questions."""
        inquiry = self._for_now()
        if inquiry is None:
            return
        work: dict[str, Work] = {
            "rules": inquiry.rules(),
            "vendors": inquiry.vendors(),
            "alternatives": inquiry.alternatives(),
            "volume": inquiry.first_server(),
        }
        self._parts = []
        self.cards[kind].begin()
        self._optimiser.start(kind, work[kind])

    def _ask_frontier(self) -> None:
        inquiry = self._for_now()
        if inquiry is not None:
            axis = self.frontier.axis
            self.frontier.begin()
            self._optimiser.start("frontier", inquiry.frontier(axis, self.frontier.count))

    def _look_at_point(self, axis: "Axis", point: "Point", note: str) -> None:
        inquiry = self._inquiry
        if inquiry is not None:
            self._look(self.frontier, inquiry.at_point(axis, point, note))

    def _look_at_alternative(self, row: int) -> None:
        card, inquiry = self.cards["alternatives"], self._inquiry
        if inquiry is not None and row < len(card.content):
            one = card.content[row]
            self._look(card, inquiry.without(one, alternative_note(one, inquiry.plan)))

    def _look(self, asker: FrontierPanel | QuestionCard, work: Work) -> None:
        """Evaluate one of the decisions found, to be shown below its question."""
        if asker.is_outdated or self._optimiser.running:
            return
        self._put_away()
        self._looker = asker
        self._optimiser.start(LOOK, work)

    def _take(self) -> None:
        if self._looked is not None:
            self.take_wanted.emit(self._looked)

    def _put_away(self) -> None:
        self._looked = None
        for asker in (self.frontier, *self.cards.values()):
            asker.proposal.hide()
        self.frontier.select(None)

    def put_away(self) -> None:
        """Close the proposal that is open; it was taken."""
        self._put_away()

    # --- answers --------------------------------------------------------------------------------

    def _tick(self, state: object) -> None:
        running = self._optimiser.running
        asker = self.frontier if running == "frontier" else self.cards.get(running)
        if asker is not None and self._shown is not None:
            asker.strip.show_state(state, self._shown.plan.currency)  # type: ignore[arg-type]

    def _found(self, kind: str, part: object) -> None:
        if kind == "frontier":
            self.frontier.add_point(part)  # type: ignore[arg-type]
        elif kind in self.cards and self._inquiry is not None:
            self._parts.append(part)
            reply = self._reply(kind, tuple(self._parts), complete=False)
            self.cards[kind].show_reply(reply, tuple(self._parts))

    def _reply(self, kind: str, parts: Any, *, complete: bool) -> Reply:  # noqa: ANN401 (by kind)
        inquiry = self._inquiry
        assert inquiry is not None
        if kind == "rules":
            return rules_reply(parts, inquiry.plan, complete=complete)
        if kind == "vendors":
            return vendors_reply(parts, inquiry.plan)
        if kind == "alternatives":
            return alternatives_reply(parts, inquiry.plan)
        return volume_reply(parts, inquiry.plan)

    def _finished(self, kind: str, outcome: Any) -> None:  # noqa: ANN401 (by kind)
        if kind == LOOK:
            self._show_look(outcome)
        elif kind == "frontier":
            self.frontier.finish(outcome, self._inquiry.plan if self._inquiry else None)
        elif kind in self.cards and self._inquiry is not None:
            card = self.cards[kind]
            if self._inquiry.best is None or outcome is None:
                card.stopped()
            else:
                content = outcome if isinstance(outcome, tuple) else (outcome,)
                if kind == "alternatives":
                    content = outcome.told
                reply = self._reply(kind, outcome, complete=not self._optimiser.was_stopped)
                card.show_reply(reply, content)
        self.review()

    def _show_look(self, decided: Decided) -> None:
        looker, shown = self._looker, self._shown
        if looker is None or shown is None:
            return
        self._looked = decided
        looker.proposal.show_proposal(proposal_of(decided, shown.costs))
        QTimer.singleShot(0, looker.proposal, looker.proposal.take.setFocus)
        self.appeared.emit(looker.proposal)

    def _failed(self, kind: str, error: object) -> None:
        if kind in {"frontier", LOOK, *KINDS}:
            if kind == "frontier":
                self.frontier.finish(None)
            elif kind in self.cards:
                self.cards[kind].stopped()
            self.failed.emit(error)

    def wait(self) -> None:
        """Stop for good; for closing the window."""
        self.advice.wait()
