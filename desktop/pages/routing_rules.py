"""The rules of the plan, and whether the hybrid keeps them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.app.session import Session
from desktop.forms.rules_form import rules_form
from desktop.forms.view import FormView
from desktop.pages.routing_list import Shown
from desktop.pages.routing_recipes import RecipesPanel
from desktop.tables.edit_table import EditTable
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.theme.tokens import GRID
from desktop.viewmodels.routing_checks import RULE, checks_sentence, checks_table, rules_of


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
        self.told = QLabel()
        self.told.setObjectName("extra")
        self.everything = QPushButton(self.tr("Show all rules"))
        self.everything.setObjectName("link")
        self.everything.setCheckable(True)
        told = QWidget()
        line = QHBoxLayout(told)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self.told)
        line.addWidget(self.everything)
        line.addStretch(1)
        self.recipes = RecipesPanel(session, theme, colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        kept = self._panel(self.tr("Are the rules kept?"), told, self.table)
        stated = self._panel(self.tr("What every decision must keep"), self.form)
        column.addWidget(kept)
        column.addWidget(stated)
        column.addWidget(self.recipes)
        self.table.figure_clicked.connect(self.figure_clicked)
        self.table.cell_clicked.connect(self._lead)
        self.everything.clicked.connect(lambda _on: self._fill())

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
        self._fill()

    def _fill(self) -> None:
        """Fill the table of checks: those that are broken, or all of them."""
        costs = self._shown.costs if self._shown is not None else None
        everything = self.everything.isChecked()
        if costs is None:
            self.told.setText(self.tr("The rules are checked once the plan is evaluated."))
        else:
            self.told.setText(checks_sentence(costs))
            made = checks_table(costs, all_of_them=everything)
            self.table.show_rows(made.columns, made.rows)
        self.table.setVisible(costs is not None and self.table.cells.rowCount() > 0)
        self.everything.setVisible(costs is not None and bool(costs.lines.checks))
        self.everything.setText(
            self.tr("Show broken rules only") if everything else self.tr("Show all rules")
        )

    def _lead(self, row: int, column: int) -> None:
        if column == RULE and self._shown is not None and self._shown.costs is not None:
            found = rules_of(self._shown.costs, all_of_them=self.everything.isChecked())
            self.field_wanted.emit(found[row].path)
