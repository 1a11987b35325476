"""How many requests an exact cache answers when questions have a popularity of Zipf."""

import math
from functools import lru_cache

from pricing.routing.errors import RoutingError

_SUMMED = 64
"""Terms that are summed; the rest of the sum is that of Euler and Maclaurin, whose first left-out
term is then below 1e-15 of the sum for exponents up to `_STEEPEST`."""
_STEEPEST = 8.0


def zipf_hit_rate(kept: float, questions: float, exponent: float) -> float:
    """Share of the requests that asks one of the most popular questions: H_kept / H_questions.

    The question of rank r is asked in proportion to r^-exponent; H_n is the sum of these up to n.
    It is what a cache that keeps the most popular questions answers in the long run (L. Breslau et
    al., "Web Caching and Zipf-like Distributions", IEEE INFOCOM 1999); one that keeps the latest
    answers fewer, and so does one whose answers expire.

    Args:
        kept: Number of questions whose answers are kept, 0 or more.
        questions: Number of different questions, at least 1.
        exponent: Steepness of the popularity, 0 (all alike) to 8.

    Raises:
        RoutingError: where one is out of range.
    """
    most, all_ = math.floor(kept), math.floor(questions)
    if all_ < 1:
        raise RoutingError("questions", f"questions is {all_}; 1 or more is possible")
    if most < 0:
        raise RoutingError("kept", f"kept is {most}; 0 or more is possible")
    if not 0 <= exponent <= _STEEPEST:
        raise RoutingError("exponent", f"exponent is {exponent:g}; 0 to 8 is possible")
    return _harmonic(min(most, all_), exponent) / _harmonic(all_, exponent)


@lru_cache(maxsize=256)
def _harmonic(n: int, exponent: float) -> float:
    """1 + 2^-s + ... + n^-s."""
    first = min(n, _SUMMED)
    total = math.fsum(r**-exponent for r in range(1, first + 1))
    return total + _beyond(first, n, exponent) if n > first else total


def _beyond(start: int, end: int, s: float) -> float:
    """(start + 1)^-s + ... + end^-s after Euler and Maclaurin, with three terms of derivatives."""
    ratio = math.log(end / start)
    grown = ratio if s == 1 else math.expm1((1 - s) * ratio) / (1 - s)
    value = math.pow(start, 1 - s) * grown + _difference(start, end, -s) / 2
    # Bernoulli numbers over factorials times the derivatives of x^-s of order 1, 3, 5
    rising = -s
    for order, weight in ((1, 1 / 12), (3, -1 / 720), (5, 1 / 30240)):
        value += weight * rising * _difference(start, end, -s - order)
        rising *= (s + order) * (s + order + 1)
    return value


def _difference(start: int, end: int, power: float) -> float:
    return math.pow(end, power) - math.pow(start, power)
