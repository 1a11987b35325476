"""Mixing options by share: the best quality that each cost can buy of one request class.

A request class can be split between options at random, so every point on a straight line between
two options can be had. What lies below the upper hull of all options is beaten by a mix (Q. J. Hu
et al., "RouterBench", arXiv 2403.12031, 2024, calls it the non-decreasing convex hull).
"""

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.errors import RoutingError
from pricing.serving.columns import Numbers, numbers


def hull(cost: ArrayLike, quality: ArrayLike) -> tuple[int, ...]:
    """Places of the options that no mix of others beats, cheapest first, best last.

    Args:
        cost: Shape (options,): cost of a request, at least one option.
        quality: Shape (options,): score of each.
    """
    price, score = numbers(cost), numbers(quality)
    kept: list[int] = []
    for place in np.lexsort((-score, price)).tolist():
        if kept and score[place] <= score[kept[-1]]:
            continue
        while len(kept) > 1 and not _bends(price, score, kept[-2], kept[-1], place):
            kept.pop()
        kept.append(place)
    return tuple(kept)


def cheapest_mix(cost: ArrayLike, quality: ArrayLike, floor: float) -> Numbers:
    """Shares of the options, at most two of them, that reach a mean score at the least cost.

    Args:
        cost: Shape (options,): cost of a request, at least one option.
        quality: Shape (options,): score of each.
        floor: Least mean score of all answers.

    Returns:
        Shape (options,), sums to 1.

    Raises:
        RoutingError: where no option scores as high.
    """
    price, score = numbers(cost), numbers(quality)
    places = hull(price, score)
    if score[places[-1]] < floor:
        best = float(score[places[-1]])
        raise RoutingError("floor", f"floor is {floor:g}; the best option scores {best:g}")
    shares = np.zeros(price.shape)
    upper = next(number for number, place in enumerate(places) if score[place] >= floor)
    if upper == 0:
        shares[places[0]] = 1.0
        return shares
    worse, better = places[upper - 1], places[upper]
    part = (floor - score[worse]) / (score[better] - score[worse])
    shares[worse], shares[better] = 1 - part, part
    return shares


def _bends(price: Numbers, score: Numbers, first: int, middle: int, last: int) -> bool:
    """Whether the middle point lies above the line between the others."""
    left = (score[middle] - score[first]) * (price[last] - price[middle])
    right = (score[last] - score[middle]) * (price[middle] - price[first])
    return bool(left > right)
