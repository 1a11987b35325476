"""Scores of options and of recipes, from the buyer's own test."""

import math
from statistics import NormalDist

from pricing.plan.hybrid import Route
from pricing.plan.option import Option, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Router


def score(plan: Plan, option: Option, served: str) -> float | None:
    """Score of the model behind an option; one for the class goes before one for all."""
    change = 0.0
    if isinstance(option, TokenPriced):
        model = option.model
    else:
        assert isinstance(option, SelfHosted)
        model = option.serves_model
        if option.serving is not None:
            model, change = option.serving.model, option.serving.quality_change.value
    entered = {q.request_class: q.score.value for q in plan.qualities if model and q.model == model}
    if not entered:
        return None
    found = entered.get(served, entered.get(None))
    return None if found is None else min(max(found + change, 0.0), 1.0)


def both_right(recipe: Cascade, small: float, large: float) -> float:
    """Share that both answer rightly: as stated or by correlation, within what is possible."""
    if recipe.both_right is not None:
        both = recipe.both_right.value
    else:
        assert recipe.correlation is not None
        spread = math.sqrt(small * (1 - small) * large * (1 - large))
        both = small * large + recipe.correlation.value * spread
    return min(max(both, small + large - 1, 0.0), small, large)


def score_of_route(plan: Plan, route: Route) -> float | None:
    """Score of the answers of a route's own options."""
    options = {option.id: option for option in plan.options}
    recipe = route.recipe
    first = score(plan, options[recipe.uses[0]], route.request_class)
    second = score(plan, options[recipe.uses[-1]], route.request_class)
    if isinstance(recipe, Direct):
        return first
    if isinstance(recipe, Layered):
        if first is None or (second is None and recipe.quality_gain is None):
            return None
        if recipe.quality_gain is not None:
            gain = recipe.quality_gain.value
        else:
            assert second is not None
            gain = max(second - first, 0.0)
        return min(first + recipe.enhanced_share.value * gain, 1.0)
    if first is None or second is None:
        return None
    if isinstance(recipe, Cascade):
        return _cascade(recipe, first, second)
    return _router(recipe, first, second)


def _cascade(recipe: Cascade, first: float, second: float) -> float:
    both = both_right(recipe, first, second)
    kept = recipe.accepts_right.value * first
    corrected = (1 - recipe.accepts_wrong.value) * (second - both)
    return kept + (1 - recipe.accepts_right.value) * both + corrected


def _router(recipe: Router, first: float, second: float) -> float:
    normal, share = NormalDist(), recipe.strong_share.value
    if share in {0.0, 1.0}:
        return second if share else first
    distance = math.sqrt(2) * normal.inv_cdf(recipe.apgr.value)
    return first + (second - first) * normal.cdf(distance + normal.inv_cdf(share))
