import pytest
from hypothesis import given

from pricing.routing import Call, Layered, RoutingError, enhancement_input, layered, saving
from tests.routing.strategies import calls, shares

BASE, ENHANCEMENT = Call.of(cost=0.003, seconds=1.0), Call.of(cost=0.007, seconds=2.0)


def _layers(enhanced: float, gain: float = 0.1) -> Layered:
    return layered(
        enhanced, base_quality=0.7, quality_gain=gain, base=BASE, enhancement=ENHANCEMENT
    )


@pytest.mark.parametrize(("printed", "closed_only"), [(0.35, 0.01538), (0.40, 0.01667)])
def test_that_the_article_s_layers_save_35_or_40_per_cent_depending_on_the_closed_price(
    printed: float, closed_only: float
) -> None:
    # a trade article of 2023-2025 says both of a base at 0.003 and an enhancement at 0.007 USD a
    # request; each implies another price of the closed model alone
    both = _layers(1.0)
    assert both.cost == pytest.approx(0.010)
    assert saving(both.cost, closed_only) == pytest.approx(printed, abs=0.0005)


def test_that_the_enhancement_reads_request_and_base_answer() -> None:
    assert enhancement_input(500, 200) == 700


@given(shares, calls, calls)
def test_that_layers_cost_the_base_and_a_share_of_the_enhancement(
    enhanced: float, base: Call, enhancement: Call
) -> None:
    found = layered(
        enhanced, base_quality=0.6, quality_gain=0.2, base=base, enhancement=enhancement
    )
    assert found.cost == pytest.approx(base.cost + enhanced * enhancement.cost)
    assert found.seconds == pytest.approx(base.seconds + enhanced * enhancement.seconds)
    assert 0.6 <= found.quality <= 0.8
    assert found.slow_seconds == base.seconds + (enhancement.seconds if enhanced > 0.05 else 0)


@given(shares.filter(lambda share: share > 0.001), shares)
def test_that_a_gain_to_a_perfect_score_is_no_more_than_that(enhanced: float, base: float) -> None:
    gain = (1 - base) / enhanced
    found = layered(
        enhanced, base_quality=base, quality_gain=gain, base=BASE, enhancement=ENHANCEMENT
    )
    assert found.quality <= 1
    assert found.quality == pytest.approx(1)


def test_that_a_gain_beyond_a_perfect_score_is_refused() -> None:
    with pytest.raises(RoutingError, match="quality"):
        _layers(1.0, gain=0.4)
