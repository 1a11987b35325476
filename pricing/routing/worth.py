"""Cost and quality seen together: what an accepted answer costs, and what a plain choice would."""

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.errors import share
from pricing.serving.columns import Numbers, numbers

NEARLY = 0.01
"""Scores within one point of the best count as nearly the best."""


def cost_per_accepted(cost: ArrayLike, quality: ArrayLike, rework_cost: ArrayLike = 0.0) -> Numbers:
    """What an accepted answer costs when what is not accepted is reworked and asked again.

    It takes 1 / quality requests until one is accepted (a geometric distribution), all but the last
    followed by rework: cost / Q + (1 - Q) / Q rework. Infinite where no answer is accepted.

    Args:
        cost: Cost of a request.
        quality: Share Q of the answers that is accepted.
        rework_cost: What an answer that is not accepted costs the people who find and mend it.
    """
    accepted = share("quality", quality)
    some = np.where(accepted > 0, accepted, 1.0)
    spent = (numbers(cost) + (1 - accepted) * numbers(rework_cost)) / some
    return np.where(accepted > 0, spent, np.inf)


def saving(cost: ArrayLike, instead_of: ArrayLike) -> Numbers:
    """Share of a cost that another one saves; negative where it costs more."""
    return 1 - numbers(cost) / numbers(instead_of)


def cheapest_nearly_best(cost: ArrayLike, quality: ArrayLike, within: float = NEARLY) -> int:
    """Place of the cheapest option whose score is nearly that of the best one.

    The plain choice that any recipe must beat. Of equal costs the better score is taken.

    Args:
        cost: Shape (options,): cost of a request, at least one option.
        quality: Shape (options,): score of each.
        within: How far below the best score still counts.
    """
    price, score = numbers(cost), share("quality", quality)
    # scores are decimals: a gap of exactly one point must not be lost to rounding
    near = score >= score.max() - within - 1e-9
    order = np.lexsort((-score, price, ~near))
    return int(order[0])
