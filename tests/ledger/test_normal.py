"""The normal distribution on arrays against SciPy."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from pricing.ledger.normal import cumulative_normal, normal_quantile

SCORES = np.concatenate([np.linspace(-37, 37, 9_001), np.random.default_rng(1).normal(size=9_000)])
TAILS = 10.0 ** np.linspace(-300, -0.31, 9_001)


def test_that_the_probability_is_scipy_s_to_twelve_digits() -> None:
    np.testing.assert_allclose(cumulative_normal(SCORES), ndtr(SCORES), rtol=1e-12)


@pytest.mark.parametrize("p", [TAILS, 1 - TAILS, np.linspace(0.01, 0.99, 9_001)])
def test_that_the_quantile_is_scipy_s_to_fourteen_digits(p: np.ndarray) -> None:
    inside = p[(p > 0) & (p < 1)]
    np.testing.assert_allclose(normal_quantile(inside), ndtri(inside), rtol=2e-14, atol=1e-15)


def test_that_the_ends_are_infinite_and_outside_there_is_none() -> None:
    found = normal_quantile([0.0, 1.0, -0.1, 1.1, np.nan])
    np.testing.assert_array_equal(found, [-np.inf, np.inf, np.nan, np.nan, np.nan])


def test_that_the_quantile_is_odd_around_one_half() -> None:
    p = np.arange(1, 512) / 1024
    np.testing.assert_array_equal(normal_quantile(p), -normal_quantile(1 - p))
    assert normal_quantile(0.5) == 0


def test_that_shapes_are_kept() -> None:
    assert normal_quantile(np.full((2, 3), 0.2)).shape == (2, 3)
    assert cumulative_normal(1.0).shape == ()
