"""Recipes and routes in words: who answers, and who answers instead."""

from collections.abc import Callable, Mapping, Sequence

from pricing.plan.hybrid import Route
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router

TEMPLATES = {
    "cascade": "{small}, then {large} where the verifier doubts",
    "router": "router: {share} to {strong}, the rest to {weak}",
    "layered": "{base}, {share} of the answers enhanced by {enhancement}",
    "overflow": "{names} when full or down",
    "behind": "{names} while that is down too",
    "down": "{names} during outages",
    "or": " or ",
}
"""English phrases, to be translated."""

Translate = Callable[[str], str]


def recipe_words(recipe: Recipe, names: Mapping[str, str], translate: Translate = str) -> str:
    """Who answers, as a phrase.

    Args:
        recipe: The recipe.
        names: Names of the options by id.
        translate: Maps an English template to another language.
    """
    if isinstance(recipe, Direct):
        return names[recipe.option]
    template = translate(TEMPLATES[recipe.kind])
    if isinstance(recipe, Cascade):
        return template.format(small=names[recipe.small], large=names[recipe.large])
    if isinstance(recipe, Router):
        return template.format(
            share=_percent(recipe.strong_share.value), strong=names[recipe.strong],
            weak=names[recipe.weak],
        )  # fmt: skip
    assert isinstance(recipe, Layered)
    return template.format(
        base=names[recipe.base], share=_percent(recipe.enhanced_share.value),
        enhancement=names[recipe.enhancement],
    )  # fmt: skip


def answered_by(
    routes: Sequence[Route], names: Mapping[str, str], translate: Translate = str
) -> str:
    """Who answers on routes of one recipe, with whom it goes on to."""
    parts = [recipe_words(routes[0].recipe, names, translate)]
    found: dict[str, dict[str, None]] = {"overflow": {}, "behind": {}, "down": {}}
    for one in routes:
        if one.overflow is not None:
            found["overflow"][names[one.overflow]] = None
        if one.failover is not None and one.failover != one.overflow:
            found["down" if one.overflow is None else "behind"][names[one.failover]] = None
    either = translate(TEMPLATES["or"])
    parts += [
        translate(TEMPLATES[code]).format(names=either.join(whom))
        for code, whom in found.items() if whom
    ]  # fmt: skip
    return ", ".join(parts)


def _percent(share: float) -> str:
    return f"{share * 100:,.1f} %"
