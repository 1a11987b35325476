"""The router curve against published routers and what every such curve must do."""

import numpy as np
import pytest
from hypothesis import given
from scipy.integrate import quad
from scipy.stats import norm

from pricing.routing import RouterCurve, RoutingError, recovered_gap
from tests.routing.published import counted, published
from tests.routing.strategies import inner_shares, shares

ROUTELLM = published("routellm_published")
SHARES = np.linspace(0, 1, 2_001)


@pytest.mark.parametrize(
    ("curve", "test", "router", "within"),
    [
        (RouterCurve.from_apgr(0.603), "mmlu", "best", 0.025),
        (RouterCurve.from_apgr(0.802), "mt_bench", "mf_arena+judge", 0.05),
        (RouterCurve.through(0.336, 0.5), "gsm8k", "best", 0.04),
    ],
)
def test_that_one_parameter_comes_near_the_published_points(
    curve: RouterCurve, test: str, router: str, within: float
) -> None:
    row = ROUTELLM[test][router]
    assert curve.strong_share(0.5) == pytest.approx(row["cpt50"], abs=within)
    assert curve.strong_share(0.8) == pytest.approx(row["cpt80"], abs=within)


@pytest.mark.parametrize(
    ("curve", "half", "four_fifths"),
    [
        (RouterCurve.from_apgr(0.603), 0.356, 0.682),
        (RouterCurve.from_apgr(0.802), 0.115, 0.360),
        (RouterCurve.through(0.336, 0.5), 0.336, 0.662),
    ],
)
def test_that_the_curve_has_the_values_of_an_independent_computation(
    curve: RouterCurve, half: float, four_fifths: float
) -> None:
    assert curve.strong_share([0.5, 0.8]) == pytest.approx([half, four_fifths], abs=0.001)


@pytest.mark.parametrize(
    ("level", "recovered", "ratio"), [("cpt50", 0.5, 3.66), ("cpt80", 0.8, 2.49)]
)
def test_that_the_saving_ratio_of_routellm_is_over_a_router_that_throws_a_coin(
    level: str, recovered: float, ratio: float
) -> None:
    rows = ROUTELLM["mt_bench"]
    assert ROUTELLM["mt_bench"]["cost_saving_ratio"][level] == ratio
    learned = RouterCurve.through(rows["mf_arena+judge"][level], recovered)
    coin = RouterCurve.through(rows["random"][level], recovered)
    found = coin.strong_share(recovered) / learned.strong_share(recovered)
    assert found == pytest.approx(ratio, abs=0.01)
    # a coin is the diagonal, and the published random router is one but for its questions
    assert coin.distance == pytest.approx(0, abs=0.07)


@pytest.mark.parametrize(
    ("weak", "strong", "test"),
    [
        (8.340625, 9.228125, "mt_bench"),
        (counted("mmlu_all").small, counted("mmlu_all").large, "mmlu"),
        (counted("gsm8k_decontaminated").small, counted("gsm8k_decontaminated").large, "gsm8k"),
    ],
)
def test_that_half_the_gap_is_the_published_share_of_the_strong_model_s_score(
    weak: float, strong: float, test: str
) -> None:
    curve = RouterCurve.from_apgr(0.7)
    quality = curve.quality(curve.strong_share(0.5), weak, strong)
    assert quality / strong == pytest.approx(ROUTELLM[test]["quality_at_cpt50"], abs=0.005)


def test_that_mt_bench_scores_stand_in_the_counted_results() -> None:
    scores = published("routellm_counted")["mtbench_scores"]
    assert [round(score["mean"], 6) for score in scores.values()] == [9.228125, 8.340625]


@given(inner_shares, inner_shares)
def test_that_the_curve_is_scipy_s_binormal_one(apgr: float, share: float) -> None:
    distance = 2**0.5 * norm.ppf(apgr)
    found = RouterCurve.from_apgr(apgr)
    assert found.recovered(share) == pytest.approx(norm.cdf(distance + norm.ppf(share)), abs=1e-12)
    assert found.apgr == pytest.approx(apgr, abs=1e-12)


@pytest.mark.parametrize("apgr", [0.3, 0.5, 0.603, 0.802, 0.97])
def test_that_the_area_under_the_curve_is_its_apgr(apgr: float) -> None:
    curve = RouterCurve.from_apgr(apgr)
    area, _ = quad(lambda share: float(curve.recovered(share)), 0, 1, epsabs=1e-10, limit=500)
    assert area == pytest.approx(apgr, abs=1e-8)


@given(inner_shares)
def test_that_every_curve_rises_from_0_to_1(apgr: float) -> None:
    recovered = RouterCurve.from_apgr(apgr).recovered(SHARES)
    assert (recovered[0], recovered[-1]) == (0, 1)
    assert (np.diff(recovered) >= 0).all()


@given(inner_shares.filter(lambda apgr: apgr >= 0.5))
def test_that_a_router_better_than_a_coin_has_falling_returns(apgr: float) -> None:
    recovered = RouterCurve.from_apgr(apgr).recovered(SHARES)
    assert (np.diff(recovered, 2) <= 1e-12).all()
    assert (recovered >= SHARES - 1e-12).all()


@given(shares)
def test_that_a_router_that_throws_a_coin_recovers_what_it_sends(share: float) -> None:
    assert RouterCurve.from_apgr(0.5).recovered(share) == pytest.approx(share, abs=1e-12)


@given(inner_shares, inner_shares)
def test_that_the_curve_goes_through_the_point_it_was_fitted_to(
    share: float, recovered: float
) -> None:
    curve = RouterCurve.through(share, recovered)
    assert curve.recovered(share) == pytest.approx(recovered, abs=1e-9)
    assert curve.strong_share(recovered) == pytest.approx(share, abs=1e-9)


@given(inner_shares, shares, shares, shares)
def test_that_routed_answers_score_between_the_two_models(
    apgr: float, share: float, weak: float, strong: float
) -> None:
    quality = RouterCurve.from_apgr(apgr).quality(share, weak, strong)
    assert min(weak, strong) - 1e-12 <= quality <= max(weak, strong) + 1e-12
    if abs(strong - weak) > 1e-3:
        again = RouterCurve.from_apgr(apgr).recovered(share)
        assert recovered_gap(quality, weak, strong) == pytest.approx(again, abs=1e-9)


def test_that_curves_and_shares_broadcast() -> None:
    curves = RouterCurve.from_apgr(np.array([[0.6], [0.7]]))
    assert curves.recovered([0.1, 0.2, 0.3]).shape == (2, 3)


@pytest.mark.parametrize("apgr", [0.0, 1.0])
def test_that_an_apgr_at_its_ends_is_refused(apgr: float) -> None:
    with pytest.raises(RoutingError, match=r"apgr is .; above 0 and below 1 is possible"):
        RouterCurve.from_apgr(apgr)


def test_that_a_point_that_all_curves_share_fits_none() -> None:
    with pytest.raises(RoutingError) as refused:
        RouterCurve.through(1.0, 0.9)
    assert refused.value.field == "strong_share"


def test_that_no_gap_cannot_be_recovered() -> None:
    with pytest.raises(RoutingError, match="a gap is needed"):
        recovered_gap([0.5, 0.6], [0.4, 0.6], [0.6, 0.6])
