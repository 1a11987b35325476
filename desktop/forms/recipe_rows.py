"""Rows of a recipe: its kind, its options by name, and the numbers of that kind only."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.recipe_defaults import may_take, recipes_to_begin_with, small_to_large
from desktop.forms.row import Choice, Row
from desktop.viewmodels.routing_words import recipe_kind
from pricing.plan.figure import Rate, Share
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Layered, Recipe, Router

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "direct": ("option",),
    "cascade": ("small", "large"),
    "router": ("weak", "strong"),
    "layered": ("base", "enhancement"),
}


def _t(text: str) -> str:
    return QCoreApplication.translate("RecipeRows", text)


def recipe_rows(
    inside: RowMaker, recipe: Recipe, plan: Plan, request_class: str = "", *, pairs: bool = False
) -> tuple[Row, ...]:
    """Rows of a recipe.

    Args:
        inside: For the fields of the recipe.
        recipe: As it is now.
        plan: The plan, for the names of options.
        request_class: Only options that serve this class are offered; empty for all.
        pairs: Whether only recipes of two options are offered.
    """
    options = tuple(
        Choice(option.name, option.id)
        for option in plan.options
        if not isinstance(option, Hybrid)
        and (not option.serves or not request_class or request_class in option.serves)
    )
    ids = may_take(plan, tuple(choice.value for choice in options), request_class)
    first = recipe.uses[0]  # stays the first of two that are alike
    alike = sorted(ids, key=lambda name: name != first)
    begun = recipes_to_begin_with(recipe, small_to_large(plan, alike, request_class))
    known = [one for one in begun if not pairs or one.kind != "direct"]
    kinds = tuple(Choice(recipe_kind(one.kind), one) for one in known)
    chosen = next(n for n, one in enumerate(known) if one.kind == recipe.kind)
    return (
        inside.whole_choice("kind", _t("How it is answered"), kinds, chosen),
        *(inside.choice(role, _role(role), options) for role in ROLES[recipe.kind]),
        *_numbers(inside, recipe),
    )


def _role(role: str) -> str:
    return {
        "option": _t("Answered by"),
        "small": _t("First answered by"),
        "large": _t("Then, when in doubt, by"),
        "weak": _t("Easy requests to"),
        "strong": _t("Hard requests to"),
        "base": _t("Every answer by"),
        "enhancement": _t("Enhanced by"),
    }[role]


def _numbers(inside: RowMaker, recipe: Recipe) -> tuple[Row, ...]:
    if isinstance(recipe, Cascade):
        return _of_cascade(inside, recipe)
    if isinstance(recipe, Router):
        return (
            inside.number("strong_share", _t("To the strong one"), _t("% of requests")),
            inside.number("apgr", _t("Quality gap recovered"), _t("%, 50 is chance")),
            inside.number("router_cost", _t("Routing costs"), _t("per request")),
            inside.number("router_seconds", _t("Routing takes"), _t("seconds")),
        )
    if isinstance(recipe, Layered):
        by_score = _t("as the scores say")
        return (
            inside.number("enhanced_share", _t("Enhanced"), _t("% of answers")),
            inside.number(
                "quality_gain",
                _t("Each gains"),
                _t("points of score"),
                percent=True,
                placeholder=by_score,
            ),
        )
    return ()


def _of_cascade(inside: RowMaker, recipe: Cascade) -> tuple[Row, ...]:
    """Joint correctness is known directly or by a correlation, never by both."""
    correlation = recipe.correlation or Rate(value=0.0, source="assumption")
    both = recipe.both_right or Share(value=0.5, source="assumption")
    unstated = {"both_right": None, "correlation": None}
    ways = (
        Choice(
            _t("by the correlation of right answers"),
            recipe.model_copy(update={**unstated, "correlation": correlation}),
        ),
        Choice(
            _t("by the share both answer rightly"),
            recipe.model_copy(update={**unstated, "both_right": both}),
        ),
    )
    stated = recipe.both_right is not None
    way = inside.whole_choice("joint", _t("How far the two agree"), ways, int(stated))
    known = (
        inside.number("both_right", _t("Both answer rightly"), _t("% of requests"))
        if stated
        else inside.number("correlation", _t("Correlation"), _t("-1 to 1"), percent=False)
    )
    return (
        inside.number("accepts_right", _t("Verifier accepts right"), _t("% of right answers")),
        inside.number("accepts_wrong", _t("Verifier accepts wrong"), _t("% of wrong answers")),
        way,
        known,
        inside.number("verifier_cost", _t("Verifying costs"), _t("per answer")),
        inside.number("verifier_seconds", _t("Verifying takes"), _t("seconds")),
    )
