"""The plain choice that any recipe must beat."""

import numpy as np
from numpy.typing import ArrayLike

NEARLY = 0.01
"""Scores within one point of the best count as nearly the best."""


def cheapest_nearly_best(cost: ArrayLike, quality: ArrayLike, within: float = NEARLY) -> int:
    """Place of the cheapest option whose score is nearly that of the best one.

    Of equal costs the better score is taken.

    Args:
        cost: Shape (options,): cost of a request, at least one option.
        quality: Shape (options,): score of each.
        within: How far below the best score still counts.
    """
    price, score = np.asarray(cost, dtype=np.float64), np.asarray(quality, dtype=np.float64)
    # scores are decimals: a gap of exactly one point must not be lost to rounding
    near = score >= score.max() - within - 1e-9
    order = np.lexsort((-score, price, ~near))
    return int(order[0])
