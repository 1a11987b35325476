"""Growth from a log: a straight line through the logarithms of its weekly volumes."""

import math
from dataclasses import dataclass

import numpy as np

from pricing.workload.counters import FloatArray, IntArray

FEWEST_WEEKS = 8
"""Whole weeks below which no growth is read from a log."""

DAYS_PER_MONTH = 365.25 / 12
LOWEST, HIGHEST = -0.95, 10.0
"""Limits of a monthly rate in a plan."""


@dataclass(frozen=True, slots=True)
class GrowthFit:
    """Monthly growth with its 95 % interval."""

    rate: float
    """Growth per month as a fraction."""
    low: float
    high: float
    slope_per_day: float
    """Change of the logarithm of the volume per day."""
    weeks: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes no growth at all."""
        return self.low > 0 or self.high < 0


def fit_growth(daily_requests: FloatArray) -> GrowthFit | None:
    """Growth of consecutive complete days; none where there are fewer than eight busy weeks.

    Args:
        daily_requests: requests of consecutive complete days, shape (days,).
    """
    weeks = len(daily_requests) // 7
    weekly = daily_requests[len(daily_requests) - weeks * 7 :].reshape(weeks, 7).sum(axis=1)
    busy = weekly > 0
    if int(busy.sum()) < FEWEST_WEEKS:
        return None
    day = np.arange(weeks)[busy] * 7.0
    level = np.log(weekly[busy])
    centred = day - day.mean()
    spread = float(centred @ centred)
    slope = float(centred @ level) / spread
    residual = level - level.mean() - slope * centred
    freedom = len(day) - 2
    error = math.sqrt(float(residual @ residual) / freedom / spread)
    margin = _t_975(freedom) * error
    low, rate, high = (
        min(max(math.expm1(min(value * DAYS_PER_MONTH, 50.0)), LOWEST), HIGHEST)
        for value in (slope - margin, slope, slope + margin)
    )
    return GrowthFit(rate, low, high, slope, weeks)


def trend(fit: GrowthFit | None, days: IntArray, complete_days: IntArray) -> FloatArray:
    """Level of each day over the mean of the complete days; 1 where no growth is clear."""
    if fit is None or not fit.is_clear:
        return np.ones(len(days))
    middle = float(complete_days.mean())
    scale = float(np.exp(fit.slope_per_day * (complete_days - middle)).mean())
    result: FloatArray = np.exp(fit.slope_per_day * (days - middle)) / scale
    return result


def _t_975(freedom: int) -> float:
    """Student's t that 2.5 % exceed, by the Cornish-Fisher expansion (from 6 degrees on)."""
    z: float = 1.959963985
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    for power, term in enumerate(terms, 1):
        z += term / freedom**power
    return z
