"""A router before generation: easy requests go to a weak model, hard ones to a strong one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.answers import FREE, SLOW_SHARE, Answers, Call, exceeded_by
from pricing.routing.errors import share
from pricing.routing.router_curve import RouterCurve
from pricing.serving.columns import Numbers, numbers


@dataclass(frozen=True, slots=True)
class Routed(Answers):
    """The answers of a router with two models."""

    strong_share: Numbers
    """Share of the requests that goes to the strong model."""


def routed(
    curve: RouterCurve,
    strong_share: ArrayLike,
    *,
    quality: tuple[ArrayLike, ArrayLike],
    weak: Call,
    strong: Call,
    router: Call = FREE,
    slow_share: float = SLOW_SHARE,
) -> Routed:
    """What a router answers, costs and takes.

    Args:
        curve: How much of the quality gap it recovers.
        strong_share: Share of the requests that it sends to the strong model.
        quality: Scores of the weak and of the strong model.
        weak: A call of the weak model.
        strong: A call of the strong model.
        router: Routing one request.
        slow_share: Share of the requests that may exceed the slow seconds.
    """
    calls = share("strong_share", strong_share)
    score = curve.quality(calls, *(share("quality", score) for score in quality))
    times = np.broadcast_arrays(router.seconds + weak.seconds, router.seconds + strong.seconds)
    chances = np.stack([1 - calls, calls], axis=-1)
    slow = exceeded_by(np.stack(times, axis=-1), chances, slow_share)
    return Routed(
        quality=score,
        cost=router.cost + blended(weak.cost, strong.cost, calls),
        seconds=router.seconds + blended(weak.seconds, strong.seconds, calls),
        slow_seconds=slow,
        strong_share=calls,
    )


def blended(weak: ArrayLike, strong: ArrayLike, strong_share: ArrayLike) -> Numbers:
    """The mean of two prices (or times), weighted with the calls of each."""
    calls = numbers(strong_share)
    return (1 - calls) * numbers(weak) + calls * numbers(strong)
