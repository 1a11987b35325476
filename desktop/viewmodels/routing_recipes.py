"""The recipes of two options that an optimiser may use."""

from PySide6.QtCore import QCoreApplication

from desktop.forms.recipe_defaults import recipes_to_begin_with, small_to_large
from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.routing_words import capital, names_of, recipe_kind, recipe_words
from pricing.plan.edit import edited
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingRecipes", text)


def recipes_table(plan: Plan, colours: OptionColours) -> Table:
    """A row per recipe."""
    columns = (
        EditColumn(_t("Recipe"), width=-1),
        EditColumn(_t("Kind"), width=300),
    )
    names = names_of(plan)
    rows = tuple(
        (
            EditCell(capital(recipe_words(recipe, names)), colour=colours.of(recipe.uses[0])),
            EditCell(recipe_kind(recipe.kind), tone="quiet"),
        )
        for recipe in plan.rules.recipes
    )
    return Table(columns, rows)


def with_recipe_added(plan: Plan) -> Plan:
    """A draft with one more recipe: a cascade from the smallest option to the largest."""
    ids = tuple(option.id for option in plan.options if not isinstance(option, Hybrid))
    ranked = small_to_large(plan, ids)
    cascade = recipes_to_begin_with(Direct(option=ranked[0]), ranked)[1]
    return edited(plan, "rules.recipes", (*plan.rules.recipes, cascade))


def without_recipe(plan: Plan, number: int) -> Plan:
    """A plan without one of the recipes."""
    kept = (*plan.rules.recipes[:number], *plan.rules.recipes[number + 1 :])
    return edited(plan, "rules.recipes", kept)
