"""Replicas that a load needs where everything is as slow, or as fast, as the interval has it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pricing.serving.columns import Numbers, numbers
from pricing.serving.point import Point
from pricing.serving.search.assess import Load, swept
from pricing.serving.search.candidates import Candidates


@dataclass(frozen=True, slots=True)
class Needs:
    """Replicas needed at the ends of the 80 % interval, not rounded."""

    fewest: float
    most: float
    keeps: bool
    """Whether the targets are kept at the slow end; if not, `most` misses them."""


def needs_at_ends(
    candidates: Candidates, need: Numbers, loads: Sequence[Load], these: Sequence[int]
) -> dict[int, Needs]:
    """What some candidates need at both ends, by their position.

    A replica that is slower must also be loaded less to keep its targets, so the need grows more
    than its time.

    Args:
        candidates: The table.
        need: Of all candidates, as predicted.
        loads: What is served.
        these: Positions of candidates that meet the targets as predicted.
    """
    if not these:
        return {}
    place = np.array(these, dtype=np.int64)
    known = [candidates.corrections[int(at)] for at in candidates.correction[place]]
    low, high = (numbers([getattr(of, end) for of in known]) for end in ("low", "high"))
    slow, fast = (_need(candidates, loads, place, speed) for speed in (low, high))
    keeps = np.isfinite(slow)
    most = np.maximum(np.where(keeps, slow, 0.0), need[place] / low)
    fewest = np.minimum(fast, need[place] / high)
    return {
        at: Needs(float(fewest[n]), float(most[n]), bool(keeps[n])) for n, at in enumerate(these)
    }


def _need(
    candidates: Candidates, loads: Sequence[Load], these: NDArray[np.int64], speed: Numbers
) -> Numbers:
    """What some need that are `speed` times as fast; infinite where they then miss a target."""
    chosen = [
        swept(
            candidates,
            Point(candidates.shape, candidates.chip, candidates.layout, load.requests.traffic()),
            load,
            load.level,
            these,
            speed,
        ).chosen
        for load in loads
    ]
    rates = numbers([load.rates for load in loads])
    busy = (rates.T @ (1 / numbers([of.requests for of in chosen]))).max(axis=0)
    share = np.min([of.load for of in chosen], axis=0)
    return numbers(np.divide(busy, share, out=np.full(len(these), np.inf), where=share > 0))
