"""What a call costs and takes, and what the answers of a recipe are like."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.errors import share
from pricing.serving.columns import Columns, Numbers, numbers

SLOW_SHARE = 0.05
"""Share of requests that takes longer than the slow seconds: they are the 95th percentile."""


@dataclass(frozen=True, slots=True)
class Call(Columns):
    """One call of a model, a verifier, a router or a cache."""

    cost: Numbers
    """Money per call, in any one currency."""
    seconds: Numbers
    """How long it takes. With a percentile in its place, the slow seconds of a recipe of several
    calls are an upper bound: its calls are rarely all slow at once."""


FREE = Call.of(cost=0.0, seconds=0.0)
"""A call that costs and takes nothing."""


@dataclass(frozen=True, slots=True)
class Answers(Columns):
    """The answers of one way to serve a request class, on average."""

    quality: Numbers
    """Share of right answers, or a score from 0 to 1."""
    cost: Numbers
    """Money per request."""
    seconds: Numbers
    """Mean seconds per request."""
    slow_seconds: Numbers
    """Seconds that all but a small share of the requests (`SLOW_SHARE`) keep."""

    @classmethod
    def direct(cls, quality: ArrayLike, call: Call) -> "Answers":
        """The answers of one option that serves every request."""
        right = share("quality", quality)
        return cls(right, call.cost, call.seconds, call.seconds)


def exceeded_by(seconds: ArrayLike, chance: ArrayLike, slow_share: float = SLOW_SHARE) -> Numbers:
    """The least of several times that at most a share of the requests exceeds.

    Args:
        seconds: Times that requests take, along the last axis.
        chance: Share of the requests that takes each; same shape, sums to 1 along the last axis.
        slow_share: Share of the requests that may take longer.
    """
    times, chances = np.broadcast_arrays(numbers(seconds), numbers(chance))
    order = np.argsort(times, axis=-1, kind="stable")
    times = np.take_along_axis(times, order, axis=-1)
    chances = np.take_along_axis(chances, order, axis=-1)
    longer = np.cumsum(chances[..., ::-1], axis=-1)[..., ::-1] - chances
    first = np.argmax(longer <= slow_share + _NOISE, axis=-1)
    result: Numbers = np.take_along_axis(times, first[..., np.newaxis], axis=-1)[..., 0]
    return result


_NOISE = 1e-12
"""What adding up shares may be off by."""
