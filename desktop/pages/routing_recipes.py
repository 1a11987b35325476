"""The recipes of two options that an optimiser may use beside direct ones."""

from PySide6.QtWidgets import QWidget

from desktop.app.session import Session
from desktop.forms.route_form import recipe_form
from desktop.pages.routing_list import ListPanel, Shown
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_recipes import recipes_table, with_recipe_added, without_recipe
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.routing_words import answering


class RecipesPanel(ListPanel):
    """Recipes of the plan's rules."""

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, theme, "", "", parent)
        self._colours = colours
        self.title.setText(self.tr("Which options may share a request?"))
        self.table.setAccessibleName(self.tr("Recipes that an optimiser may use"))
        self.nothing.setText(
            self.tr(
                "None: an optimiser gives each request to one option. Add a cascade, a router or "
                "an enhancement that it may use as well."
            )
        )
        self.add = self.button(self.tr("Add a recipe…"), self.add_recipe)
        self.change = self.button(self.tr("Edit…"), lambda: self.open_row(self.table.current))
        self.remove = self.button(self.tr("Remove"), self.remove_recipe)

    def _table(self, shown: Shown) -> Table:
        return recipes_table(shown.plan, self._colours)

    def _able(self) -> None:
        for button in (self.change, self.remove):
            button.setEnabled(self.table.current >= 0)
        two = self._shown is not None and len(answering(self._shown.plan)) > 1
        self.add.setEnabled(two)

    def add_recipe(self) -> None:
        """Ask for one more recipe."""
        if self._shown is not None:
            number = len(self._shown.plan.rules.recipes)
            self.ask(
                self.tr("Add a recipe"), self.tr("Add"), with_recipe_added,
                lambda draft: recipe_form(draft, number),
            )  # fmt: skip

    def open_row(self, row: int) -> None:
        """Edit a recipe."""
        if self._shown is not None and 0 <= row < len(self._shown.plan.rules.recipes):
            self.ask(
                self.tr("Edit a recipe"), self.tr("Change"), lambda plan: plan,
                lambda draft: recipe_form(draft, row),
            )  # fmt: skip

    def remove_recipe(self) -> None:
        """Take the chosen recipe away."""
        row = self.table.current
        if row >= 0:
            self.apply(self.tr("Remove a recipe"), lambda plan: without_recipe(plan, row))
