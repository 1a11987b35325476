"""The routing page: who answers which requests of a hybrid, at what cost, within which rules."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.app.session import Session
from desktop.forms.editors import ChoiceBox
from desktop.pages.figure_card import FigureCard, card_row
from desktop.pages.page import ScrollPage, page_text
from desktop.pages.routing_caches import CachesPanel
from desktop.pages.routing_choices import ChoicesPanel
from desktop.pages.routing_flow import FlowPanel
from desktop.pages.routing_list import Shown, hybrid_of
from desktop.pages.routing_optimise import Optimising
from desktop.pages.routing_routes import RoutesPanel
from desktop.pages.routing_rules import RulesPanel
from desktop.pages.routing_servers import ServersPanel
from desktop.pages.switch import switch_row
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_finding import (
    decision_sentence,
    missing_sentence,
    routing_cards,
    routing_sentence,
)
from desktop.viewmodels.routing_places import (
    CACHES,
    FIELDS,
    FLOW,
    ROUTES,
    RULES,
    SERVERS,
    hybrid_at,
)
from desktop.viewmodels.routing_words import hybrids
from pricing.evaluation import Evaluation
from pricing.plan.entries import with_item_added
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

CARDS: Final = 4


class RoutingPage(ScrollPage):
    """One hybrid of the plan at a time.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
        field_wanted: path of a field of the plan on another page.
        new_wanted: the person wants another hybrid.
        said: a short message for the status bar.
        problem: a sentence that says why something was not possible.
    """

    figure_clicked = Signal(str, object)
    field_wanted = Signal(str)
    new_wanted = Signal()
    said = Signal(str)
    problem = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        # beside Explain in a small window the row of tabs is wider than the page
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(self.tr("Routing"))
        self._session, self._colours = session, colours
        self._evaluation: Evaluation | None = None
        self.shown: Shown | None = None
        """The hybrid in sight; none where the plan has none."""
        self.actions_row = QHBoxLayout()
        """Buttons at the top right of the page; the one for action goes last."""
        self.finding = page_text("finding")
        self.caveat, self.decision = page_text("broken"), page_text("extra")
        self.picker = ChoiceBox()
        self.new = QPushButton(self.tr("New…"))
        self.new.setToolTip(self.tr("Add another hybrid to the plan"))
        self.new.setAccessibleName(self.tr("New hybrid"))
        self.begin = QPushButton(self.tr("New hybrid…"))
        self.begin_text = page_text("extra")
        self.cards = tuple(FigureCard() for _ in range(CARDS))
        self.flow = FlowPanel(theme, colours)
        self.routes = RoutesPanel(session, theme, colours)
        self.servers = ServersPanel(session, theme, colours)
        self.caches = CachesPanel(session, theme)
        self.rules = RulesPanel(session, theme, colours)
        self.choices = ChoicesPanel(theme, colours)
        self.optimising = Optimising(session, theme, colours, self)
        self.questions = self.optimising.questions
        self.panels = (
            self.flow, self.routes, self.servers, self.caches, self.rules, self.choices,
            self.questions,
        )  # fmt: skip
        self._place()
        self._connect()

    def _place(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(4)
        for label in (self.finding, self.caveat, self.decision):
            told.addWidget(label)
        self.actions_row.setSpacing(GRID)
        header = QHBoxLayout()
        header.setSpacing(2 * GRID)
        header.addLayout(told, 1)
        side = QVBoxLayout()
        side.addLayout(self.actions_row)
        side.addStretch(1)
        header.addLayout(side)
        self.body.addLayout(header)
        self.actions_row.addWidget(self.optimising.button)
        self.body.addWidget(self.optimising.area)
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(0, 0, 0, 0)
        empty.setSpacing(2 * GRID)
        empty.addWidget(self.begin_text)
        empty.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._empty)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(2 * GRID)
        work.addLayout(card_row(self.cards))
        work.addLayout(self._tab_row())
        for panel in self.panels:
            work.addWidget(panel)
        self.body.addWidget(self._work)
        self.body.addStretch(1)

    def _tab_row(self) -> QHBoxLayout:
        names = (
            self.tr("Flow"),
            self.tr("Routes"),
            self.tr("Servers"),
            self.tr("Caches"),
            self.tr("Rules"),
            self.tr("Choices"),
            self.tr("Questions"),
        )
        self._tabs, row = switch_row(self, [QPushButton(name) for name in names])
        row.addStretch(1)
        row.addSpacing(GRID)
        self.picker.setAccessibleName(self.tr("Hybrid that is shown"))
        self.picker.setMinimumWidth(88)
        self.picker.setMaximumWidth(240)
        self.picker.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        row.addWidget(self.picker, 1)
        row.addWidget(self.new)
        return row

    def _connect(self) -> None:
        self._session.opened.connect(self.forget)
        self._session.plan_changed.connect(self.refresh)
        self.picker.activated.connect(lambda _index: self.refresh())
        self.new.clicked.connect(self.new_wanted)
        self.begin.clicked.connect(self.new_wanted)
        self._tabs.idClicked.connect(lambda _id: self._turn())
        for card in self.cards:
            card.asked.connect(self._ask)
        for panel in self.panels:
            panel.figure_clicked.connect(self._ask)
        for lists in (self.routes, self.servers, self.caches):
            lists.said.connect(self.said)
        self.rules.field_wanted.connect(self.field_wanted)
        self.choices.field_wanted.connect(self.field_wanted)
        self.optimising.field_wanted.connect(self.field_wanted)
        self.optimising.said.connect(self.said)
        self.optimising.problem.connect(self.problem)
        self.optimising.taken.connect(self.choose)
        self._turn()

    def _ask(self, key: str, month: int | None) -> None:
        if key:
            self.figure_clicked.emit(key, month)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def chosen(self) -> str:
        """Id of the hybrid shown; empty where there is none."""
        return str(self.picker.currentData() or "")

    def forget(self) -> None:
        """Show nothing of the document before."""
        self._evaluation = self.shown = None
        with QSignalBlocker(self.picker):
            self.picker.clear()
        self._tabs.button(FLOW).setChecked(True)
        self._turn()

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show the figures of an evaluation."""
        self._evaluation = evaluation
        self.refresh()

    def showEvent(self, event: object) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now, with the last figures that are those of its hybrid."""
        plan = self._session.plan
        if plan is None or not self.isVisible():
            return
        self._list(plan)
        there = bool(self.chosen)
        self._empty.setVisible(not there)
        self._work.setVisible(there)
        if there:
            self._show(plan, hybrid_of(plan, self.chosen))
        else:
            self._show_nothing(plan)

    def _list(self, plan: Plan) -> None:
        before = self.picker.currentData()
        found = hybrids(plan)
        with QSignalBlocker(self.picker):
            self.picker.clear()
            for hybrid in found:
                self.picker.addItem(hybrid.name, hybrid.id)
            self.picker.setCurrentIndex(max(0, self.picker.findData(before)) if found else -1)
        self.picker.setVisible(len(found) > 1)
        self._colours.learn(option.id for option in plan.options)

    def _show_nothing(self, plan: Plan) -> None:
        self.shown = None
        self.optimising.refresh()
        self.finding.setText(self.tr("Every option serves all of its work alone"))
        self.begin_text.setText(
            self.tr(
                "A hybrid sends each request class to the option that suits it, lets owned or "
                "rented servers overflow to an API, and may answer repeated questions from a "
                "cache. It is one more option of the plan, compared like the others."
            )
        )
        for label in (self.caveat, self.decision):
            label.hide()

    def costs(self, hybrid: Hybrid) -> HybridCosts | None:
        """The last bill of a hybrid; none where it has never been evaluated."""
        if self._evaluation is None:
            return None
        known = {lines.option.id for lines in self._evaluation.bill.options if lines.hybrid}
        return HybridCosts(self._evaluation, hybrid.id) if hybrid.id in known else None

    def _show(self, plan: Plan, hybrid: Hybrid) -> None:
        costs = self.costs(hybrid)
        if costs is None:
            self.finding.setText(self.tr("Evaluating…"))
        else:
            self.finding.setText(routing_sentence(costs))
            for card, content in zip(self.cards, routing_cards(costs), strict=True):
                card.show_card(content)
        for label, text in (
            (self.caveat, missing_sentence(costs) if costs is not None else ""),
            (
                self.decision,
                decision_sentence(
                    hybrid.decision, plan.currency, stale=costs is not None and costs.is_stale
                ),
            ),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        for card in self.cards:
            card.setVisible(costs is not None)
        self.shown = Shown(plan, hybrid, costs)
        self.panels[self.tab].show_hybrid(self.shown)
        self.optimising.refresh()

    @property
    def tab(self) -> int:
        """Number of the tab shown."""
        return self._tabs.checkedId()

    def show_tab(self, tab: int) -> None:
        """Turn to a tab."""
        self._tabs.button(tab).setChecked(True)
        self._turn()

    def _turn(self) -> None:
        for number, panel in enumerate(self.panels):
            panel.setVisible(number == self.tab)
        self.refresh()

    def wait(self) -> None:
        """Stop what runs in the background; for closing the window."""
        self.optimising.wait()

    # --- from elsewhere -------------------------------------------------------------------------

    def choose(self, identifier: str) -> None:
        """Show a hybrid of the plan."""
        index = self.picker.findData(identifier)
        if index >= 0:
            self.picker.setCurrentIndex(index)
            self.refresh()

    def insert(self, hybrid: Hybrid) -> None:
        """Add a hybrid to the plan as one undo step, and show its routes."""
        label = self.tr('Add "{name}"').format(name=hybrid.name)
        sentence = self._session.apply(
            label, lambda plan: with_item_added(plan, "options", hybrid).plan
        )
        if sentence:
            self.problem.emit(sentence)
            return
        self.choose(hybrid.id)
        self.show_tab(ROUTES)
        self._tabs.button(ROUTES).setFocus()

    def go_to(self, path: str) -> bool:
        """Show the field at a path, if this page edits it; the page should be in sight."""
        plan = self._session.plan
        if plan is None:
            return False
        if path == "rules" or path.startswith("rules."):
            self._after_showing(lambda: self._go_to_rule(path))
            return True
        found = hybrid_at(plan, path)
        if found is None:
            return False
        hybrid, field, rest = found
        self._after_showing(lambda: self._go_to_field(hybrid, field, rest))
        return True

    def _after_showing(self, then: Callable[[], None]) -> None:
        if self.isVisible():
            then()
        else:  # once the window has turned to this page
            QTimer.singleShot(0, self, then)

    def _go_to_rule(self, path: str) -> None:
        self.show_tab(RULES)
        row = self.rules.form.nearest(path)
        if row is not None:
            row.focus()
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(row, 0, 80))

    def _go_to_field(self, hybrid: str, field: str, rest: list[str]) -> None:
        self.choose(hybrid)
        tab = FIELDS[field]
        self.show_tab(tab)
        if tab == ROUTES:
            self.routes.go_to(rest)
        elif tab == SERVERS:
            self.servers.go_to(rest)
        elif field == "caches":
            self.caches.go_to(rest)
        elif tab == CACHES:
            row = self.caches.costs.nearest(f"options.{hybrid}.{field}")
            if row is not None:
                row.focus()
