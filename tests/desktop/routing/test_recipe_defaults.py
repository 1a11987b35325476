"""Recipes of two options begin with the small model first, within the rules of the class."""

from desktop.forms.maker import RowMaker
from desktop.forms.recipe_defaults import may_take, recipes_to_begin_with, small_to_large
from desktop.forms.recipe_rows import recipe_rows
from desktop.viewmodels.routing_recipes import with_recipe_added
from pricing.plan.edit import edited
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Router
from tests.desktop.hybrid_plans import with_mix, with_recipes

IDS = ("api", "rented", "owned")


def scored(plan: Plan, **scores: float) -> Plan:
    """The plan with models and their scores."""
    for option in ("rented", "owned"):
        plan = edited(plan, f"options.{option}.serves_model", option)
    plan = edited(plan, "options.api.model", "openai/gpt-5.4")
    models = {"api": "openai/gpt-5.4", "rented": "rented", "owned": "owned"}
    entered = [{"model": models[name], "score": score} for name, score in scores.items()]
    return edited(plan, "qualities", entered)


def test_that_without_scores_own_models_are_smaller_than_closed_ones(plan: Plan) -> None:
    assert small_to_large(plan, IDS) == ("rented", "owned", "api")


def test_that_scores_say_which_model_is_the_smaller(plan: Plan) -> None:
    assert small_to_large(scored(plan, api=0.7, rented=0.8, owned=0.9), IDS) == IDS
    assert small_to_large(scored(plan, api=0.9, rented=0.8), IDS) == ("rented", "api")


def test_that_of_two_closed_models_the_cheaper_is_the_smaller(plan: Plan) -> None:
    cheap = plan.options[0].model_dump() | {"id": "mini", "name": "Mini API"}
    cheap["prices"]["output"]["value"] = 1.0
    two = edited(plan, "options", [*(o.model_dump() for o in plan.options), cheap])
    assert small_to_large(two, ("api", "mini")) == ("mini", "api")


def test_that_a_recipe_begins_with_the_small_model_whichever_answers_now(plan: Plan) -> None:
    ranked = small_to_large(plan, IDS)
    for now in ("api", "rented"):
        for recipe in recipes_to_begin_with(Direct(option=now), ranked):
            if isinstance(recipe, Cascade):
                assert (recipe.small, recipe.large) == ("rented", "api")
            elif isinstance(recipe, Router):
                assert (recipe.weak, recipe.strong) == ("rented", "api")
            elif isinstance(recipe, Layered):
                assert (recipe.base, recipe.enhancement) == ("rented", "api")
            else:
                assert recipe == Direct(option=now)


def test_that_a_recipe_of_the_rules_begins_with_the_small_model(plan: Plan) -> None:
    (recipe,) = with_recipe_added(with_mix(plan)).rules.recipes
    assert isinstance(recipe, Cascade)
    assert (recipe.small, recipe.large) == ("rented", "api")


def test_that_a_recipe_that_is_there_keeps_its_options(plan: Plan) -> None:
    route = next(o for o in with_recipes(plan).options if o.id == "mix").routes[0]
    kept = recipes_to_begin_with(route.recipe, ("api", "rented"))
    assert kept[1] == route.recipe
    assert kept[2].uses == route.recipe.uses


def test_that_of_two_alike_the_one_that_answers_now_stays_first(plan: Plan) -> None:
    plan = edited(plan, "options.api.serves", ["docs"])
    direct = Direct(option="owned")
    make = RowMaker(direct, "rules.recipes.0", "USD")
    kinds = recipe_rows(make, direct, plan, "chat")[0].choices
    (cascade,) = (kind.value for kind in kinds if isinstance(kind.value, Cascade))
    assert (cascade.small, cascade.large) == ("owned", "rented")


def test_that_an_option_that_may_not_have_the_data_is_no_part_of_a_recipe(plan: Plan) -> None:
    secret = edited(plan, "workload.chat.sensitivity", "confidential")
    secret = edited(secret, "options.rented.accepts", "confidential")
    assert may_take(secret, IDS, "chat") == ("rented", "owned")
    assert may_take(secret, IDS, "docs") == IDS
    assert may_take(secret, ("api", "rented"), "chat") == ("api", "rented")  # else there is no pair
