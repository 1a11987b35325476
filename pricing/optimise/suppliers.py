"""Which suppliers are worth offering where servers overflow."""

from collections.abc import Mapping, Sequence

import numpy as np

from pricing.optimise.instance import Numbers, Recipe
from pricing.plan.option import TokenPriced
from pricing.plan.plan import Plan


def cheapest(costs: Mapping[str, Numbers]) -> str | None:
    """The supplier whose requests cost least over the horizon; none of none."""
    return min(costs, key=lambda option: float(costs[option].sum()), default=None)


def worth_offering(plan: Plan, recipes: Sequence[Recipe], places: Sequence[int]) -> list[int]:
    """Places of the recipes that no other one beats in every month and in quality.

    Where a rule counts vendors, or a minimum spend is agreed, a dearer one may be wanted too.
    """
    rules = plan.rules
    counted = rules.vendors > 1 or rules.most_vendor_share is not None
    agreed = any(
        isinstance(option, TokenPriced) and option.minimum_spend.value > 0
        for option in plan.options
    )
    if counted or agreed:
        return list(places)
    return [
        place
        for place in places
        if not any(
            _beats(recipes[other], recipes[place], first=other < place)
            for other in places
            if other != place
        )
    ]


def _beats(one: Recipe, other: Recipe, *, first: bool) -> bool:
    """Whether one is nowhere dearer nor worse, and the first of two that are alike."""
    cheaper = bool(np.all(one.cost <= other.cost))
    alike = bool(np.all(one.cost == other.cost)) and one.quality == other.quality
    better = one.quality >= other.quality or (np.isnan(one.quality) and np.isnan(other.quality))
    return cheaper and better and (first or not alike)
