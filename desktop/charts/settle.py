"""Moves things in a row apart as little as possible."""

import numpy as np

from desktop.charts.spec import FloatArray


def settle(
    wanted: FloatArray, heights: FloatArray, gap: float, weights: FloatArray, room: float
) -> FloatArray:
    """Upper edges near the wanted ones, in the same order, apart by a gap, between 0 and room.

    The weighted sum of squared moves is least (pool adjacent violators: Barlow et al.,
    "Statistical Inference under Order Restrictions", 1972). What is higher than the room sticks
    out below it.

    Args:
        wanted: upper edges, shape (things,), downwards.
        heights: shape (things,).
        gap: between one thing and the next.
        weights: above 0, shape (things,); heavy things move less.
        room: where the last one must end.
    """
    if not len(wanted):
        return wanted
    offsets = np.concatenate([[0.0], np.cumsum(heights[:-1] + gap)])
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted - offsets, weights, strict=True):
        pool = (float(value), float(weight), 1)
        while pools and pools[-1][0] >= pool[0]:
            before = pools.pop()
            both = before[1] + pool[1]
            mean = (before[0] * before[1] + pool[0] * pool[1]) / both
            pool = (mean, both, before[2] + pool[2])
        pools.append(pool)
    level = np.concatenate([np.full(count, mean) for mean, _weight, count in pools])
    free = max(0.0, room - float(offsets[-1] + heights[-1]))
    result: FloatArray = np.clip(level, 0.0, free) + offsets
    return result
