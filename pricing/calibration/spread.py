"""How residuals of held-out rows go together: what a buyer's own points may be weighed with."""

from collections import defaultdict
from itertools import combinations
from typing import Final

import numpy as np

from pricing.calibration.rows import Rows
from pricing.serving.columns import Numbers
from pricing.serving.parameters import Anchor

WILD: Final = 0.8
"""Residuals are cut there: rows that are off by a factor of 2 and more would rule the variances."""
MOST_PAIRS: Final = 2000
"""Of one stack and source, so that large ones do not take all the time."""


def anchor_of(residuals: Numbers, rows: Rows, source: str) -> Anchor:
    """Standard deviations between and within setups, and what setups of a stack share.

    Covariances are means over pairs of rows of one source and stack, each such group weighed with
    the root of its size: of pairs with the same precision and parallelism, and of pairs where one
    of these differs.

    Args:
        residuals: log(measured / predicted) of rows predicted without themselves, shape (rows,).
        rows: Of these residuals.
        source: Where the figures come from, in words.
    """
    cut = np.clip(residuals, -WILD, WILD)
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in range(len(rows)):
        groups[rows.sources[place], rows.stacks[place]].append(place)
    sums = np.zeros((2, 2))
    variance = np.zeros(2)
    generator = np.random.default_rng(0)
    for places in groups.values():
        weight = len(places) ** 0.5
        variance += weight * np.array([np.mean(cut[places] ** 2), 1.0])
        products: tuple[list[float], list[float]] = ([], [])
        for one, other in _pairs(places, generator):
            differences = _differences(rows, one, other)
            if differences < len(products):
                products[differences].append(float(cut[one] * cut[other]))
        for kind, found in enumerate(products):
            if found:
                sums[kind] += weight * np.array([np.mean(found), 1.0])
    alike, unlike = sums[:, 0] / sums[:, 1]
    whole = variance[0] / variance[1]
    return Anchor(
        between=float(np.sqrt(alike)),
        within=float(np.sqrt(whole - alike)),
        unlike=float(np.clip(unlike / alike, 0, 1)),
        source=source,
    )


def _pairs(places: list[int], generator: np.random.Generator) -> list[tuple[int, int]]:
    pairs = list(combinations(places, 2))
    if len(pairs) <= MOST_PAIRS:
        return pairs
    return [pairs[place] for place in generator.choice(len(pairs), MOST_PAIRS, replace=False)]


def _differences(rows: Rows, one: int, other: int) -> int:
    """Of precision and parallelism, how many differ."""
    a, b = rows.measured[one], rows.measured[other]
    ways = (a.tensor, a.data, a.pipeline) != (b.tensor, b.data, b.pipeline)
    return int(a.precision != b.precision) + int(ways)
