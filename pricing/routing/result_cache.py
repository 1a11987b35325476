"""A result cache before routing: repeated questions get the answer that was given before."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.answers import FREE, SLOW_SHARE, Answers, Call
from pricing.routing.errors import RoutingError, share
from pricing.serving.columns import Columns, Numbers, numbers

_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class ResultCache(Columns):
    """What a cache answers of one request class."""

    hit_rate: Numbers
    """Share of the requests that it answers."""
    peak_hit_rate: Numbers
    """The same at the busiest hour, which sizes what is behind it."""
    false_hits: Numbers
    """Share of its answers that are wrong for their request."""

    @classmethod
    def stated(
        cls,
        hit_rate: ArrayLike,
        peak_hit_rate: ArrayLike | None = None,
        false_hits: ArrayLike = 0.0,
    ) -> Self:
        """From its shares; at the busiest hour as on average unless stated.

        Raises:
            RoutingError: where one is no share.
        """
        hits = share("hit_rate", hit_rate)
        peak = hits if peak_hit_rate is None else share("peak_hit_rate", peak_hit_rate)
        return cls(hits, peak, share("false_hits", false_hits))

    def over_zones(self, zone_share: ArrayLike) -> Self:
        """The caches of several data zones as one; answers never cross from zone to zone.

        Args:
            zone_share: Share of the class's requests in each zone, along the last axis, as the
                zones of this cache are; what is missing to 1 has no cache.

        Raises:
            RoutingError: where the zones have more than all requests.
        """
        part = share("zone_share", zone_share)
        if (part.sum(axis=-1) > 1 + _EXACT).any():
            worst = float(part.sum(axis=-1).max())
            raise RoutingError("zone_share", f"zones have {worst:g} of all requests; 1 is the most")
        hits = (part * self.hit_rate).sum(axis=-1)
        false = (part * self.hit_rate * self.false_hits).sum(axis=-1)
        wrong = np.where(hits > 0, false / np.where(hits > 0, hits, 1.0), 0.0)
        return type(self)(hits, (part * self.peak_hit_rate).sum(axis=-1), wrong)

    def load(self, requests: ArrayLike) -> Numbers:
        """Requests that go on to a model, of all on average."""
        return (1 - self.hit_rate) * numbers(requests)

    def peak(self, requests: ArrayLike) -> Numbers:
        """Requests that go on to a model, of those at the busiest hour."""
        return (1 - self.peak_hit_rate) * numbers(requests)

    def before(
        self,
        behind: Answers,
        *,
        lookup: Call = FREE,
        store_cost: ArrayLike = 0.0,
        hit_quality: ArrayLike | None = None,
        slow_share: float = SLOW_SHARE,
    ) -> Answers:
        """The answers of cache and models together.

        The slow seconds are an upper bound: those of the models, unless the cache answers so much
        that only the slow share goes on.

        Args:
            behind: Answers of what serves the requests that the cache does not answer.
            lookup: Looking up one request; every request does.
            store_cost: Keeping the answer of one request that was not found.
            hit_quality: Score of the cache's answers that are not false; as behind it unless given.
            slow_share: Share of the requests that may exceed the slow seconds.
        """
        missed = 1 - self.hit_rate
        kept = behind.quality if hit_quality is None else share("hit_quality", hit_quality)
        return Answers(
            quality=missed * behind.quality + self.hit_rate * (1 - self.false_hits) * kept,
            cost=lookup.cost + missed * (behind.cost + numbers(store_cost)),
            seconds=lookup.seconds + missed * behind.seconds,
            slow_seconds=lookup.seconds
            + np.where(missed > slow_share + _EXACT, behind.slow_seconds, 0.0),
        )


def worthwhile_hit_rate(cost: ArrayLike, lookup: ArrayLike, store: ArrayLike = 0.0) -> Numbers:
    """The hit rate above which a cache lowers the cost of a request.

    Args:
        cost: Cost of a request that the cache does not answer, above 0.
        lookup: Cost of one look-up.
        store: Cost of keeping one answer.
    """
    kept = numbers(store)
    return (numbers(lookup) + kept) / (numbers(cost) + kept)
