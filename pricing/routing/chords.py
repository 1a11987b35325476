"""A router curve as straight pieces, for a linear programme.

Pieces end on the curve, so a curve that bends downwards (APGR above 0.5) is never overstated. The
error is least where all pieces have the same (a minimax argument: moving an end lowers the error
of one neighbour and raises the other's). The error of a piece is known in closed form: the curve is
farthest from a chord of slope s where its own slope exp(-d z - d^2 / 2) is s, z being the quantile
of the share.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pricing.routing.router_curve import RouterCurve
from pricing.serving.columns import Numbers

_STRAIGHT = 1e-6
"""A curve with a smaller distance is the diagonal: it leaves it by less than half of that."""
_HALVINGS = 60
_STEEPEST = 12.0
"""A curve with a larger distance is a step, as far as floats can tell."""
_FARTHEST = 9.0
"""The probability beyond so many standard deviations is less than a float beside 1 can tell."""


@dataclass(frozen=True, slots=True)
class Chords:
    """Straight pieces through points of a router curve."""

    strong_share: Numbers
    """Shape (pieces + 1,): ends of the pieces, rising from 0 to 1; fewer where a curve is so steep
    that ends are too close for floats."""
    recovered: Numbers
    """Shape (pieces + 1,): share of the quality gap recovered there."""
    error: float
    """How far the pieces are from the curve at most."""


def chords(curve: RouterCurve, pieces: int = 8) -> Chords:
    """The pieces that follow a curve most closely.

    Args:
        curve: One curve.
        pieces: How many, at least 1.
    """
    distance = float(curve.distance)
    if abs(distance) < _STRAIGHT:
        ends = np.linspace(0.0, 1.0, pieces + 1)
        return Chords(ends, ends, abs(distance) / math.sqrt(2 * math.pi))
    apart = min(abs(distance), _STEEPEST)
    scores, error = _ends(apart, pieces)
    share = np.array([0.0, *(_below(z) for z in scores), 1.0])
    gap = np.array([0.0, *(_below(z + apart) for z in scores), 1.0])
    if distance < 0:
        # worse than chance: the same curve, seen from the other corner
        share, gap = 1 - share[::-1], 1 - gap[::-1]
    different = np.append(np.diff(share) > 0, True)
    return Chords(share[different], gap[different], error)


@lru_cache(maxsize=256)
def _ends(distance: float, pieces: int) -> tuple[tuple[float, ...], float]:
    """Quantiles of the inner ends of the pieces, and the error that all pieces have."""
    low, high = 0.0, _error(distance, -math.inf, math.inf)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if len(_walk(distance, middle, pieces)) < pieces:
            high = middle
        else:
            low = middle
    return _walk(distance, high, pieces), high


def _walk(distance: float, error: float, pieces: int) -> tuple[float, ...]:
    """Inner ends when pieces go as far as an error allows; `pieces` many if too few get to 1."""
    ends: list[float] = []
    start = -math.inf
    while len(ends) < pieces and _error(distance, start, math.inf) > error:
        start = _farthest(distance, start, error)
        ends.append(start)
    return tuple(ends)


def _farthest(distance: float, start: float, error: float) -> float:
    low, high = max(start, -_FARTHEST - distance), _FARTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _error(distance, start, middle) <= error:
            low = middle
        else:
            high = middle
    return low


def _error(distance: float, start: float, end: float) -> float:
    """How far the curve is above the chord between two quantiles at most."""
    width = _below(end) - _below(start)
    rise = _below(end + distance) - _below(start + distance)
    if width <= 0 or rise <= 0:
        return 0.0
    slope = rise / width
    z = -(math.log(slope) + distance**2 / 2) / distance
    return _below(z + distance) - _below(start + distance) - slope * (_below(z) - _below(start))


def _below(z: float) -> float:
    """Probability below z; unlike that of the standard library it keeps its digits far out."""
    return math.erfc(-z / math.sqrt(2)) / 2
