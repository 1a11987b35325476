"""How good the answers of a recipe of the plan are for a request class."""

from collections.abc import Mapping

from pricing.plan.option import Option
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe
from pricing.plan.workload import RequestClass
from pricing.routing.cascade import Scores, Verifier
from pricing.routing.quality import score_of
from pricing.routing.router import routed_quality


def quality_of(plan: Plan, recipe: Recipe, request_class: RequestClass) -> float | None:
    """Score of a recipe's answers for a class, 0 to 1; none where a score is not entered.

    The joint correctness of a cascade is taken to the nearest that the two scores allow.
    """
    scores: dict[str, float] = {}
    for use in recipe.uses:
        found = score_of(plan, option_of(plan, use), request_class.id)
        if found is not None:
            scores[use] = found.reached
    if isinstance(recipe, Direct):
        return scores.get(recipe.option)
    if isinstance(recipe, Layered):
        return _layered(recipe, scores)
    if any(use not in scores for use in recipe.uses):
        return None
    if isinstance(recipe, Cascade):
        return verifier_of(recipe).quality(_joint(recipe, scores))
    weak, strong = scores[recipe.weak], scores[recipe.strong]
    return routed_quality(recipe.apgr.value, recipe.strong_share.value, weak, strong)


def escalation_of(plan: Plan, recipe: Cascade, request_class: RequestClass) -> float | None:
    """Share of the requests of a class that a cascade sends on; none without the small score."""
    found = score_of(plan, option_of(plan, recipe.small), request_class.id)
    return None if found is None else verifier_of(recipe).escalation(found.reached)


def verifier_of(recipe: Cascade) -> Verifier:
    """The verifier of a cascade."""
    return Verifier(recipe.accepts_right.value, recipe.accepts_wrong.value)


def option_of(plan: Plan, name: str) -> Option:
    """The option of the plan with an id."""
    return next(option for option in plan.options if option.id == name)


def _layered(recipe: Layered, scores: Mapping[str, float]) -> float | None:
    base = scores.get(recipe.base)
    if base is None:
        return None
    if recipe.quality_gain is not None:
        gain = recipe.quality_gain.value
    elif recipe.enhancement in scores:
        gain = max(scores[recipe.enhancement] - base, 0.0)
    else:
        return None
    return min(base + recipe.enhanced_share.value * gain, 1.0)


def _joint(recipe: Cascade, scores: Mapping[str, float]) -> Scores:
    small, large = scores[recipe.small], scores[recipe.large]
    if recipe.both_right is not None:
        return Scores.sharing(small, large, recipe.both_right.value)
    assert recipe.correlation is not None
    return Scores.correlated(small, large, recipe.correlation.value)
