"""What the lists of the routing page share: a table, buttons, and the sentence of what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.app.session import Session
from desktop.dialogs.draft import DraftDialog
from desktop.forms.row import Group
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme
from desktop.theme.tokens import GRID
from desktop.viewmodels.route_edits import known_as_edited
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_routes import Table
from pricing.plan.edit import EditError
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Shown:
    """What a panel shows: a hybrid of the plan as it is now, and its bill where there is one."""

    plan: Plan
    hybrid: Hybrid
    costs: HybridCosts | None


class ListPanel(QFrame):
    """A table with buttons above; changes go through the session.

    Signals:
        figure_clicked: ledger key and month (or none) of a figure to explain.
        said: a short message for the status bar.
    """

    figure_clicked = Signal(str, object)
    said = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, title: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._session = session
        self._shown: Shown | None = None
        self.dialog: QDialog | None = None
        self._last_button: QPushButton | None = None
        self.title = QLabel(title)
        self.title.setObjectName("question")
        self.table = EditTable(name, theme)
        self.nothing = QLabel()
        self.nothing.setObjectName("extra")
        self.nothing.setWordWrap(True)
        self.error = QLabel()
        self.error.setObjectName("fieldError")
        self.error.setWordWrap(True)
        self.error.setMinimumWidth(1)
        self.error.hide()
        self.hint = QLabel()
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.top = QHBoxLayout()
        self.top.setSpacing(GRID)
        self.top.addWidget(self.title)
        self.top.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        self.column.setSpacing(GRID)
        self.column.addLayout(self.top)
        for widget in (self.nothing, self.table, self.error, self.hint):
            self.column.addWidget(widget)
        self.table.figure_clicked.connect(self.figure_clicked)
        self.table.refused.connect(self.complain)
        self.table.entered.connect(self._entered)
        self.table.opened.connect(self.open_row)
        self.table.chosen.connect(lambda _row: self._able())

    def button(self, text: str, done: Callable[[], None]) -> QPushButton:
        """Add a button above the table."""
        made = QPushButton(text)
        made.clicked.connect(lambda _on=False: done())
        self.top.addWidget(made)
        self._last_button = made
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """Let the Tab key come to the buttons before the table, as they stand above it."""
        super().showEvent(event)
        if self._last_button is not None:
            QWidget.setTabOrder(self._last_button, self.table)

    def show_hybrid(self, shown: Shown) -> None:
        """Show a hybrid; the chosen row stays."""
        self._shown = shown
        made = self._table(shown)
        self.table.show_rows(made.columns, made.rows)
        self.table.setVisible(bool(made.rows))
        self.hint.setVisible(bool(made.rows) and bool(self.hint.text()))
        self.nothing.setVisible(not made.rows)
        if made.rows and self.table.current < 0:
            self.table.choose(0)
        self._able()

    def complain(self, sentence: str) -> None:
        """Say below the table what is wrong; an empty sentence takes it back."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _table(self, shown: Shown) -> Table:
        raise NotImplementedError

    def _able(self) -> None:
        """Let buttons work where they can."""

    def _entered(self, row: int, column: int, value: float | None) -> None:
        """Take a number typed into the table."""

    def open_row(self, row: int) -> None:
        """Open what stands in a row."""

    def apply(self, label: str, change: Callable[[Plan], Plan]) -> bool:
        """Change the plan as one undo step, or say why not."""
        name = self._shown.hybrid.id if self._shown is not None else ""
        sentence = self._session.apply(
            label, lambda plan: known_as_edited(plan, change(plan), name)
        )
        self.complain(sentence)
        if sentence and self._shown is not None:
            self.show_hybrid(self._shown)
        return not sentence

    def ask(
        self, title: str, accept: str, draft: Callable[[Plan], Plan],
        groups: Callable[[Plan], tuple[Group, ...]],
    ) -> None:  # fmt: skip
        """Open a form on a draft of the plan, and take it over when it is accepted."""
        plan = self._session.plan
        if plan is None:
            return
        try:
            begun = draft(plan)
        except EditError as error:
            self.complain(str(error))
            return
        self.complain("")
        dialog = DraftDialog(title, accept, begun, groups, self)
        dialog.made.connect(lambda made: self.apply(title, lambda _plan: made))
        self.dialog = dialog
        dialog.open()


def hybrid_of(plan: Plan, identifier: str) -> Hybrid:
    """A hybrid of a plan by its id."""
    found = next(option for option in plan.options if option.id == identifier)
    assert isinstance(found, Hybrid)
    return found
