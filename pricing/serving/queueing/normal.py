"""The normal distribution on arrays, with numpy alone."""

from statistics import NormalDist

import numpy as np

from pricing.serving.columns import Numbers, numbers

_STEEPEST = 30.0
"""Beyond so many standard deviations the ratios below are as good as infinite."""


def normal_score(percentile: float) -> float:
    """Standard deviations above the mean of a percentile between 0 and 100."""
    return NormalDist().inv_cdf(percentile / 100)


def normal_above(x: Numbers) -> Numbers:
    """Chance that a standard normal number exceeds x.

    Formula 7.1.26 of Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964): the
    absolute error is below 1.5e-7.
    """
    scaled = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * scaled)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    half = 0.5 * series * np.exp(-(np.minimum(scaled, _STEEPEST) ** 2))
    return numbers(np.where(x > 0, half, 1 - half))


def below_over_density(x: Numbers) -> Numbers:
    """Chance of a standard normal number below x >= 0, over its density at x."""
    x = np.minimum(x, _STEEPEST)
    return numbers((1 - normal_above(x)) * np.sqrt(2 * np.pi) * np.exp(x**2 / 2))
