"""The rules of the plan, and whether the hybrid keeps them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.app.session import Session
from desktop.forms.rules_form import rules_form
from desktop.forms.view import FormView
from desktop.pages.routing_list import Shown
from desktop.pages.routing_recipes import RecipesPanel
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.routing_checks import RULE, checks_of, checks_table


class RulesPanel(QWidget):
    """What every decision must keep, as kept or broken, and the form of it.

    Signals:
        figure_clicked: ledger key and month (or none) of a check to explain.
        field_wanted: path of the field that states a rule.
    """

    figure_clicked = Signal(str, object)
    field_wanted = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self.table = EditTable(self.tr("Rules and whether they are kept"), theme)
        self.form = FormView(session.edit)
        self.form.entry_refused.connect(session.note_entry)
        self.waiting = QLabel(self.tr("The rules are checked once the plan is evaluated."))
        self.waiting.setObjectName("extra")
        self.recipes = RecipesPanel(session, theme, colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        kept = self._panel(self.tr("Are the rules kept?"), self.waiting, self.table)
        stated = self._panel(self.tr("What every decision must keep"), self.form)
        column.addWidget(kept)
        column.addWidget(stated)
        column.addWidget(self.recipes)
        self.table.figure_clicked.connect(self.figure_clicked)
        self.table.cell_clicked.connect(self._lead)

    @staticmethod
    def _panel(title: str, *widgets: QWidget) -> QFrame:
        panel = QFrame()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID + 4)
        column.setSpacing(GRID)
        heading = QLabel(title)
        heading.setObjectName("question")
        column.addWidget(heading)
        for widget in widgets:
            column.addWidget(widget)
        return panel

    def show_hybrid(self, shown: Shown) -> None:
        """Show the checks of a hybrid and the rules of its plan."""
        self._shown = shown
        self.form.show_form(rules_form(shown.plan))
        self.recipes.show_hybrid(shown)
        self.waiting.setVisible(shown.costs is None)
        self.table.setVisible(shown.costs is not None)
        if shown.costs is not None:
            made = checks_table(shown.costs)
            self.table.show_rows(made.columns, made.rows)

    def _lead(self, row: int, column: int) -> None:
        if column == RULE and self._shown is not None and self._shown.costs is not None:
            self.field_wanted.emit(checks_of(self._shown.costs)[row].path)
