"""The router curve against published routers and what every such curve must do."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

from pricing.routing.router import recovered_gap, routed_quality
from tests.routing.published import counted, published

ROUTELLM = published("routellm_published")
shares = st.floats(0, 1)
inner_shares = st.floats(0.001, 0.999)


def root(rising: Callable[[float], float]) -> float:
    """Where a rising function of a share is 0."""
    found: float = brentq(rising, 1e-9, 1 - 1e-9, xtol=1e-12)
    return found


def cpt(apgr: float, recovered: float) -> float:
    """The least share of strong calls that recovers so much of the gap."""
    return root(lambda share: recovered_gap(apgr, share) - recovered)


def through(share: float, recovered: float) -> float:
    """The APGR of the curve through a published point."""
    return root(lambda apgr: recovered_gap(apgr, share) - recovered)


@pytest.mark.parametrize(
    ("apgr", "test", "router", "within"),
    [
        (0.603, "mmlu", "best", 0.025),
        (0.802, "mt_bench", "mf_arena+judge", 0.05),
        (through(0.336, 0.5), "gsm8k", "best", 0.04),
    ],
)
def test_that_one_parameter_comes_near_the_published_points(
    apgr: float, test: str, router: str, within: float
) -> None:
    row = ROUTELLM[test][router]
    assert cpt(apgr, 0.5) == pytest.approx(row["cpt50"], abs=within)
    assert cpt(apgr, 0.8) == pytest.approx(row["cpt80"], abs=within)


@pytest.mark.parametrize(
    ("apgr", "half", "four_fifths"),
    [(0.603, 0.356, 0.682), (0.802, 0.115, 0.360), (through(0.336, 0.5), 0.336, 0.662)],
)
def test_that_the_curve_has_the_values_of_an_independent_computation(
    apgr: float, half: float, four_fifths: float
) -> None:
    assert [cpt(apgr, 0.5), cpt(apgr, 0.8)] == pytest.approx([half, four_fifths], abs=0.001)


@pytest.mark.parametrize(
    ("level", "recovered", "ratio"), [("cpt50", 0.5, 3.66), ("cpt80", 0.8, 2.49)]
)
def test_that_the_saving_ratio_of_routellm_is_over_a_router_that_throws_a_coin(
    level: str, recovered: float, ratio: float
) -> None:
    rows = ROUTELLM["mt_bench"]
    assert rows["cost_saving_ratio"][level] == ratio
    learned = through(rows["mf_arena+judge"][level], recovered)
    coin = through(rows["random"][level], recovered)
    assert cpt(coin, recovered) / cpt(learned, recovered) == pytest.approx(ratio, abs=0.01)
    # a coin is the diagonal, and the published random router is one but for its questions
    assert coin == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("weak", "strong", "test"),
    [
        (8.340625, 9.228125, "mt_bench"),
        (counted("mmlu_all").scores.small, counted("mmlu_all").scores.large, "mmlu"),
        (
            counted("gsm8k_decontaminated").scores.small,
            counted("gsm8k_decontaminated").scores.large,
            "gsm8k",
        ),
    ],
)
def test_that_half_the_gap_is_the_published_share_of_the_strong_model_s_score(
    weak: float, strong: float, test: str
) -> None:
    quality = routed_quality(0.7, cpt(0.7, 0.5), weak, strong)
    assert quality / strong == pytest.approx(ROUTELLM[test]["quality_at_cpt50"], abs=0.005)


def test_that_mt_bench_scores_stand_in_the_counted_results() -> None:
    scores = published("routellm_counted")["mtbench_scores"]
    assert [round(score["mean"], 6) for score in scores.values()] == [9.228125, 8.340625]


@given(inner_shares, inner_shares)
def test_that_the_curve_is_scipy_s_binormal_one(apgr: float, share: float) -> None:
    distance = 2**0.5 * norm.ppf(apgr)
    expected = norm.cdf(distance + norm.ppf(share))
    assert recovered_gap(apgr, share) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("apgr", [0.3, 0.5, 0.603, 0.802, 0.97])
def test_that_the_area_under_the_curve_is_its_apgr(apgr: float) -> None:
    area, _ = quad(lambda share: recovered_gap(apgr, share), 0, 1, epsabs=1e-10, limit=500)
    assert area == pytest.approx(apgr, abs=1e-8)


@given(inner_shares)
def test_that_every_curve_rises_from_0_to_1_and_with_falling_returns_above_chance(
    apgr: float,
) -> None:
    recovered = np.array([recovered_gap(apgr, share) for share in np.linspace(0, 1, 101)])
    assert (recovered[0], recovered[-1]) == (0, 1)
    assert (np.diff(recovered) >= 0).all()
    if apgr >= 0.5:
        assert (np.diff(recovered, 2) <= 1e-12).all()


@given(shares)
def test_that_a_router_that_throws_a_coin_recovers_what_it_sends(share: float) -> None:
    assert recovered_gap(0.5, share) == pytest.approx(share, abs=1e-12)


@given(inner_shares, shares, shares, shares)
def test_that_routed_answers_score_between_the_two_models(
    apgr: float, share: float, weak: float, strong: float
) -> None:
    quality = routed_quality(apgr, share, weak, strong)
    assert min(weak, strong) - 1e-12 <= quality <= max(weak, strong) + 1e-12
