import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from pricing.routing import RouterCurve, chords
from tests.routing.strategies import inner_shares

FINE = np.concatenate([np.geomspace(1e-9, 0.5, 4_001), 1 - np.geomspace(1e-9, 0.5, 4_001)[::-1]])
numbers_of_pieces = st.integers(1, 12)


def _distance(curve: RouterCurve, ends: np.ndarray) -> float:
    """How far pieces with these ends are from the curve, on a fine grid."""
    pieces = np.interp(FINE, ends, curve.recovered(np.clip(ends, 0, 1)))
    return float(np.abs(curve.recovered(FINE) - pieces).max())


@settings(max_examples=30)
@given(inner_shares, numbers_of_pieces)
def test_that_pieces_lie_on_the_curve_and_are_as_far_as_stated(apgr: float, pieces: int) -> None:
    curve = RouterCurve.from_apgr(apgr)
    found = chords(curve, pieces)
    assert found.strong_share.shape == found.recovered.shape == (pieces + 1,)
    assert (found.strong_share[0], found.recovered[0]) == (0, 0)
    assert (found.strong_share[-1], found.recovered[-1]) == (1, 1)
    assert (np.diff(found.strong_share) > 0).all()
    assert found.recovered == pytest.approx(curve.recovered(found.strong_share), abs=2e-6)
    assert _distance(curve, found.strong_share) == pytest.approx(found.error, abs=1e-5)


@settings(max_examples=30)
@given(inner_shares.filter(lambda apgr: abs(apgr - 0.5) > 1e-3), st.integers(2, 10))
def test_that_all_pieces_are_equally_far(apgr: float, pieces: int) -> None:
    curve = RouterCurve.from_apgr(apgr)
    found = chords(curve, pieces)
    for low, high in zip(found.strong_share, found.strong_share[1:], strict=False):
        inside = low + (high - low) * np.linspace(0, 1, 4_001) ** 2
        line = np.interp(inside, found.strong_share, found.recovered)
        error = np.abs(curve.recovered(inside) - line).max()
        assert error == pytest.approx(found.error, rel=0.01, abs=1e-6)


@pytest.mark.parametrize("apgr", [0.603, 0.802])
def test_that_no_search_over_the_ends_finds_closer_pieces(apgr: float) -> None:
    curve = RouterCurve.from_apgr(apgr)
    found = chords(curve, 4)

    def error(inner: np.ndarray) -> float:
        return _distance(curve, np.array([0, *np.sort(np.clip(inner, 0, 1)), 1]))

    searched = min(
        minimize(error, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9}).fun
        for start in (found.strong_share[1:-1], np.array([0.1, 0.3, 0.6]))
    )
    assert found.error <= searched + 1e-5


@given(inner_shares.filter(lambda apgr: apgr > 0.5))
@settings(max_examples=30)
def test_that_pieces_never_promise_more_than_a_good_router(apgr: float) -> None:
    curve = RouterCurve.from_apgr(apgr)
    found = chords(curve, 8)
    pieces = np.interp(FINE, found.strong_share, found.recovered)
    assert (pieces <= curve.recovered(FINE) + 1e-6).all()


@pytest.mark.parametrize(("apgr", "pieces"), [(0.55, 8), (0.62, 8), (0.75, 8), (0.85, 10)])
def test_that_eight_or_ten_pieces_are_within_one_point(apgr: float, pieces: int) -> None:
    assert chords(RouterCurve.from_apgr(apgr), pieces).error < 0.01


@pytest.mark.parametrize("apgr", [1 - 1e-16, 1 - 1e-9, 1e-9, 1e-300])
def test_that_a_router_that_is_nearly_always_right_or_wrong_still_has_pieces(apgr: float) -> None:
    found = chords(RouterCurve.from_apgr(apgr), 10)
    assert (np.diff(found.strong_share) > 0).all()
    assert (np.diff(found.recovered) >= 0).all()
    assert 0 < found.error < 0.1


def test_that_a_coin_is_a_straight_line() -> None:
    found = chords(RouterCurve.from_apgr(0.5), 8)
    np.testing.assert_allclose(found.recovered, found.strong_share)
    assert found.error == 0
