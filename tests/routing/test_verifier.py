import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from pricing.routing import RoutingError, Verifier, roc_distance
from tests.routing.strategies import inner_shares, shares


@given(shares)
def test_that_an_error_falls_on_right_and_wrong_answers_alike(error: float) -> None:
    verifier = Verifier.with_error(error)
    assert verifier.accepts_right == 1 - error
    assert verifier.accepts_wrong == error


@given(inner_shares, st.floats(-4, 4))
def test_that_shares_from_a_roc_curve_are_scipy_s(area: float, threshold: float) -> None:
    verifier = Verifier.from_roc(area, threshold)
    apart = 2**0.5 * norm.ppf(area)
    assert verifier.accepts_right == pytest.approx(norm.sf(threshold, loc=apart), rel=1e-9)
    assert verifier.accepts_wrong == pytest.approx(norm.sf(threshold), rel=1e-9)


@pytest.mark.parametrize("area", [0.55, 0.75, 0.95])
def test_that_the_curve_over_all_thresholds_has_the_stated_area(area: float) -> None:
    verifier = Verifier.from_roc(area, np.linspace(12, -12, 20_001))
    assert np.trapezoid(verifier.accepts_right, verifier.accepts_wrong) == pytest.approx(
        area, abs=1e-6
    )


@given(inner_shares)
def test_that_the_balanced_verifier_has_one_error(area: float) -> None:
    verifier = Verifier.balanced(area)
    assert verifier.accepts_right + verifier.accepts_wrong == pytest.approx(1, abs=1e-12)


def test_that_an_area_of_one_half_accepts_right_and_wrong_alike() -> None:
    verifier = Verifier.from_roc(0.5, 0.3)
    assert verifier.accepts_right == pytest.approx(verifier.accepts_wrong)


@pytest.mark.parametrize("area", [0.0, 1.0, 1.2, float("nan")])
def test_that_an_area_at_or_beyond_the_ends_is_refused(area: float) -> None:
    with pytest.raises(RoutingError, match="above 0 and below 1"):
        roc_distance(area)


def test_that_a_share_beyond_1_is_refused_by_name() -> None:
    with pytest.raises(RoutingError, match=r"accepts_wrong is 1\.1"):
        Verifier.stated([0.5, 1.0], [0.2, 1.1])
