import numpy as np
import pytest
from hypothesis import given

from pricing.routing import Call, RouterCurve, RoutingError, blended, routed, saving
from tests.routing.published import published
from tests.routing.strategies import calls, inner_shares, shares

ROUTELLM = published("routellm_published")
PRICES = ROUTELLM["prices_usd_per_million_tokens"]
WEAK, STRONG = PRICES["mixtral-8x7b"], PRICES["gpt-4-1106-preview"]


def test_that_routellm_s_blended_price_is_85_per_cent_below_the_strong_model() -> None:
    share = ROUTELLM["mt_bench"]["mf_arena+judge"]["cpt50"]
    price = blended(WEAK, STRONG, share)
    assert price == pytest.approx(3.518, abs=0.001)
    assert saving(price, STRONG) == pytest.approx(0.85, abs=0.01)


@pytest.mark.parametrize("router", ROUTELLM["router_overhead"].values())
def test_that_routellm_s_routers_cost_at_most_0_4_per_cent_of_gpt_4(
    router: dict[str, float],
) -> None:
    # the paper's statement, at about 0.4 thousand tokens of a request
    one = Call.of(cost=router["usd_per_M_req"] / 1e6, seconds=1 / router["req_s"])
    weak, strong = (Call.of(cost=price * 400 / 1e6, seconds=1.0) for price in (WEAK, STRONG))
    with_router, without = (
        routed(
            RouterCurve.from_apgr(0.8), 1.0, quality=(0.5, 0.9), weak=weak, strong=strong, **more
        )
        for more in ({"router": one}, {})
    )
    assert 0 < with_router.cost / without.cost - 1 <= 0.004
    assert with_router.seconds == pytest.approx(1 + 1 / router["req_s"])


@given(inner_shares, shares, shares, shares, calls, calls, calls)
def test_that_routed_answers_are_between_the_two_models(
    apgr: float, share: float, low: float, high: float, weak: Call, strong: Call, router: Call
) -> None:
    found = routed(
        RouterCurve.from_apgr(apgr),
        share,
        quality=(low, high),
        weak=weak,
        strong=strong,
        router=router,
    )
    assert min(low, high) - 1e-12 <= found.quality <= max(low, high) + 1e-12
    for name in ("cost", "seconds"):
        ends = sorted(float(getattr(router, name) + getattr(c, name)) for c in (weak, strong))
        assert ends[0] - 1e-9 <= getattr(found, name) <= ends[1] + 1e-9
    assert found.slow_seconds in (router.seconds + weak.seconds, router.seconds + strong.seconds)
    if 0.051 < share < 0.949:
        assert found.slow_seconds == router.seconds + max(weak.seconds, strong.seconds)


def test_that_one_call_answers_for_many_shares() -> None:
    found = routed(
        RouterCurve.from_apgr(0.62),
        np.linspace(0, 1, 5),
        quality=(0.6, 0.9),
        weak=Call.of(cost=1.0, seconds=1.0),
        strong=Call.of(cost=10.0, seconds=4.0),
    )
    assert found.quality.shape == found.cost.shape == found.slow_seconds.shape == (5,)
    assert found.quality[[0, -1]] == pytest.approx([0.6, 0.9])
    assert found.cost == pytest.approx([1, 3.25, 5.5, 7.75, 10])
    assert found.slow_seconds.tolist() == [1, 4, 4, 4, 4]


def test_that_a_share_of_more_than_all_is_refused() -> None:
    call = Call.of(cost=1.0, seconds=1.0)
    with pytest.raises(RoutingError, match=r"strong_share is 1\.5"):
        routed(RouterCurve.from_apgr(0.6), 1.5, quality=(0.5, 0.9), weak=call, strong=call)
