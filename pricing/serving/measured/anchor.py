"""A buyer's own benchmark points pull the prediction of their stack towards what was measured.

Residuals, log(measured / predicted), of the points of one model on one accelerator with one class
of software are taken for a sum of an offset that all points of one setup (precision and
parallelism) share and of noise. The offset of the setup that is asked for is the best linear
prediction from the means of the setups that were measured (Gaussian process regression, also called
kriging; Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, equations 2.25 and
2.26). With points of that very setup only it is n t^2 / (n t^2 + s^2) of their mean, with t and s
the standard deviations between and within setups.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, hypot, log, sqrt
from statistics import NormalDist, median, median_low
from typing import NamedTuple

import numpy as np

from pricing.plan.measurement import OwnMeasurement
from pricing.serving.columns import numbers
from pricing.serving.evidence import Correction
from pricing.serving.parameters import Anchor
from pricing.serving.stack import Stack

TEN_PER_CENT = NormalDist().inv_cdf(0.9)
"""Standard deviations from the typical value to either end of an 80 % interval."""
MANY = 3
"""Configurations from which their median says which of them is wild."""
WILD = 3.0
"""Standard deviations from the median beyond which one of many configurations does not count."""
REACH = 2.0
"""Standard deviations from what was expected beyond which one of few counts no further."""

Way = tuple[str, int, int, int]
"""A setup: precision, and tensor, data and pipeline parallelism."""


@dataclass(frozen=True, slots=True)
class Own:
    """An own point and what is predicted for it without any own points."""

    point: OwnMeasurement
    predicted: float
    """Output tokens per second of all replicas; NaN where it does not fit by our count."""

    @property
    def residual(self) -> float:
        """Log of what was measured over what was predicted."""
        return log(self.point.output_tokens_per_second / self.predicted)


def way_of(of: Stack | OwnMeasurement) -> Way:
    """The setup of a stack or of a point."""
    if isinstance(of, Stack):
        return of.precision, of.tensor, of.data, of.pipeline
    return of.precision, of.tensor_parallel, of.data_parallel, of.pipeline_parallel


class Anchoring:
    """What own points of one model, accelerator and class of software say of its setups."""

    def __init__(self, base: Correction, own: Sequence[Own], anchor: Anchor) -> None:
        """Weigh points.

        Args:
            base: What is known without them.
            own: At least one point, each with a prediction.
            anchor: What they are weighed with.
        """
        self._base, self._anchor = base, anchor
        self._between, self._within = _parts(base, anchor)
        runs = _counting(own, hypot(self._between, self._within), anchor)
        residuals: Mapping[Way, list[float]] = defaultdict(list)
        for run in runs:
            residuals[run.way].append(run.residual)
        self._ways = list(residuals)
        self._means = numbers([np.mean(of_way) for of_way in residuals.values()])
        noise = [self._within**2 / len(of_way) for of_way in residuals.values()]
        among = numbers([[self._alike(a, b) for b in self._ways] for a in self._ways])
        self._covariance = self._between**2 * among + np.diag(noise)
        self._points = [item.point for run in runs for item in run.points]
        self.wild = frozenset(item.point for item in own) - frozenset(self._points)
        """Points that do not count, because they are far from most others."""

    def correction(self, way: Way) -> Correction:
        """The correction for a setup."""
        towards = self._between**2 * numbers([self._alike(way, other) for other in self._ways])
        weights = np.linalg.solve(self._covariance, towards)
        left = self._between**2 - float(weights @ towards)
        low, high = _narrowed(self._base, left / self._between**2, hypot(sqrt(left), self._within))
        files = tuple(dict.fromkeys(point.source for point in self._points))
        return replace(
            self._base,
            factor=self._base.factor * exp(float(weights @ self._means)),
            low=low,
            high=high,
            evidence="measured",
            rows=self._base.rows + len(self._points),
            own=len(self._points),
            sources=(*files, *self._base.sources),
            own_sources=files,
        )

    def _alike(self, one: Way, other: Way) -> float:
        """Correlation of the offsets of two setups."""
        return self._anchor.unlike ** ((one[0] != other[0]) + (one[1:] != other[1:]))


def anchored(base: Correction, way: Way, own: Sequence[Own], anchor: Anchor) -> Correction:
    """A correction of the calibration with own points taken in, for one setup."""
    return Anchoring(base, own, anchor).correction(way)


class _Run(NamedTuple):
    """One configuration that was run, perhaps several times."""

    way: Way
    points: Sequence[Own]
    residual: float


def _parts(base: Correction, anchor: Anchor) -> tuple[float, float]:
    """Standard deviations between and within setups, as wide together as an interval is.

    A stack of which less is known has the same noise and a more uncertain offset; one of which more
    is known has less of both.
    """
    whole = log(base.high / base.low) / (2 * TEN_PER_CENT)
    share = anchor.between**2 / (anchor.between**2 + anchor.within**2)
    between = max(whole**2 - anchor.within**2, share * whole**2)
    return sqrt(between), sqrt(whole**2 - between)


def _narrowed(base: Correction, unknown: float, spread: float) -> tuple[float, float]:
    """An interval around what own points say.

    Args:
        base: With the interval before; it may reach further to one side, because stacks of which
            nothing is known mostly err to that side.
        unknown: Share of the offset's variance that the points leave.
        spread: Standard deviation of what is predicted.
    """
    middle = unknown * log(base.low * base.high) / 2
    reach = TEN_PER_CENT * spread
    return max(base.low, exp(middle - reach)), min(base.high, exp(middle + reach))


def _counting(own: Sequence[Own], spread: float, anchor: Anchor) -> Sequence[_Run]:
    """The configurations that count, wild ones left out or held back.

    Args:
        own: Points.
        spread: Standard deviation of a residual.
        anchor: How residuals of a stack spread.
    """
    same: Mapping[tuple[object, ...], list[Own]] = defaultdict(list)
    for item in own:
        same[_configuration(item.point)].append(item)
    # repeats of a configuration share what is special about it: their median is one observation
    runs = [
        _Run(way_of(items[0].point), items, median(item.residual for item in items))
        for items in same.values()
    ]
    if len(runs) >= MANY:
        centre = median_low(run.residual for run in runs)
        reach = WILD * hypot(anchor.within, anchor.between * sqrt(1 - anchor.unlike))
        return [run for run in runs if abs(run.residual - centre) <= reach]
    reach = REACH * spread
    return [run._replace(residual=min(max(run.residual, -reach), reach)) for run in runs]


def _configuration(point: OwnMeasurement) -> tuple[object, ...]:
    return (
        *way_of(point), point.kv_precision, point.replicas, point.input_tokens,
        point.output_tokens, point.concurrency,
    )  # fmt: skip
