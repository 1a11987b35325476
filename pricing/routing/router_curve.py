"""How much quality a router recovers: a curve with one parameter.

A router that sees only the request sends a share f of the requests to the strong model. The share
of the quality gap between weak and strong model that it recovers is taken as

    PGR(f) = Phi(d + quantile(f)),

the binormal ROC curve: "strong model needed" and "weak model enough" as two normal scores, d
standard deviations apart. Its area is the average performance gap recovered, APGR = Phi(d / sqrt
2); d = 0 is a router that throws a coin. The measures are those of I. Ong et al., "RouteLLM",
arXiv 2406.18665, 2024; the curve is within 5 points of the published points of that paper. It
never exceeds the strong model: where the weak model is right on requests on which the strong one
is not, a cascade can.
"""

import math
from dataclasses import dataclass
from typing import Self

from numpy.typing import ArrayLike

from pricing.ledger.normal import cumulative_normal, normal_quantile
from pricing.routing.errors import RoutingError, share
from pricing.serving.columns import Columns, Numbers, numbers


@dataclass(frozen=True, slots=True)
class RouterCurve(Columns):
    """Share of the quality gap recovered over the share of calls of the strong model."""

    distance: Numbers
    """d, in standard deviations; 0 is chance, negative is worse than chance."""

    @classmethod
    def from_apgr(cls, apgr: ArrayLike) -> Self:
        """From the average performance gap recovered.

        Raises:
            RoutingError: where it is not between 0 and 1, both excluded.
        """
        return cls(math.sqrt(2) * normal_quantile(_inside("apgr", apgr)))

    @classmethod
    def through(cls, strong_share: ArrayLike, recovered: ArrayLike) -> Self:
        """The curve through one published point.

        Args:
            strong_share: Share of calls of the strong model; CPT(50 %) of a paper, say.
            recovered: Share of the quality gap recovered with it; 0.5 for CPT(50 %).

        Raises:
            RoutingError: where one is not between 0 and 1, both excluded: all curves share the
                ends.
        """
        calls = _inside("strong_share", strong_share)
        return cls(normal_quantile(_inside("recovered", recovered)) - normal_quantile(calls))

    @property
    def apgr(self) -> Numbers:
        """Average performance gap recovered: the area under the curve."""
        return cumulative_normal(self.distance / math.sqrt(2))

    def recovered(self, strong_share: ArrayLike) -> Numbers:
        """Share of the quality gap recovered (PGR) with a share of calls of the strong model."""
        calls = share("strong_share", strong_share)
        return cumulative_normal(self.distance + normal_quantile(calls))

    def strong_share(self, recovered: ArrayLike) -> Numbers:
        """Least share of calls of the strong model that recovers so much of the gap (CPT)."""
        gap = share("recovered", recovered)
        return cumulative_normal(normal_quantile(gap) - self.distance)

    def quality(self, strong_share: ArrayLike, weak: ArrayLike, strong: ArrayLike) -> Numbers:
        """Score of the routed answers, between those of the weak and the strong model."""
        low = numbers(weak)
        return low + (numbers(strong) - low) * self.recovered(strong_share)


def recovered_gap(quality: ArrayLike, weak: ArrayLike, strong: ArrayLike) -> Numbers:
    """Share of the gap between two scores that a score recovers (PGR).

    Raises:
        RoutingError: where there is no gap.
    """
    low, high = numbers(weak), numbers(strong)
    if (low == high).any():
        raise RoutingError("strong", "weak and strong model score the same; a gap is needed")
    return (numbers(quality) - low) / (high - low)


def _inside(field: str, value: ArrayLike) -> Numbers:
    array = share(field, value)
    ends = (array == 0) | (array == 1)
    if ends.any():
        wrong = float(array[ends].flat[0])
        raise RoutingError(field, f"{field} is {wrong:g}; above 0 and below 1 is possible")
    return array
