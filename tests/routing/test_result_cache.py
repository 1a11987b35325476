import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing import (
    Answers,
    Call,
    ResultCache,
    RoutingError,
    worthwhile_hit_rate,
    zipf_hit_rate,
)
from tests.routing.strategies import amounts, calls, shares

MODEL = Answers.direct(0.8, Call.of(cost=0.01, seconds=2.0))
LOOKUP = Call.of(cost=0.0001, seconds=0.002)


def test_that_a_cache_of_one_in_four_has_the_values_computed_by_hand() -> None:
    cache = ResultCache.stated(0.25, peak_hit_rate=0.1, false_hits=0.03)
    assert (cache.load(1000), cache.peak(50)) == (750, 45)
    found = cache.before(MODEL, lookup=LOOKUP, store_cost=0.0002)
    assert found.cost == pytest.approx(0.0001 + 0.75 * 0.0102)
    assert found.quality == pytest.approx(0.75 * 0.8 + 0.25 * 0.97 * 0.8)
    assert found.seconds == pytest.approx(0.002 + 0.75 * 2)
    assert found.slow_seconds == pytest.approx(2.002)


def test_that_simulated_requests_give_the_same() -> None:
    draws = 200_000
    chance = np.random.default_rng(3)
    cache = ResultCache.stated(0.4, false_hits=0.1)
    hit, wrong = chance.random(draws) < 0.4, chance.random(draws) < 0.1
    right = np.where(hit, ~wrong & (chance.random(draws) < 0.9), chance.random(draws) < 0.8)
    found = cache.before(MODEL, hit_quality=0.9)
    assert abs(found.quality - right.mean()) < 3 * right.std() / math.sqrt(draws)


def test_that_a_cache_that_answers_nearly_all_makes_even_slow_requests_fast() -> None:
    found = ResultCache.stated([0.94, 0.95]).before(MODEL, lookup=LOOKUP)
    assert found.slow_seconds == pytest.approx([2.002, 0.002])


@given(shares, shares, calls, amounts)
def test_that_cached_answers_are_between_nothing_and_the_model(
    hits: float, false: float, lookup: Call, store: float
) -> None:
    found = ResultCache.stated(hits, false_hits=false).before(
        MODEL, lookup=lookup, store_cost=store
    )
    assert 0 <= found.quality <= MODEL.quality + 1e-12
    assert lookup.cost - 1e-12 <= found.cost <= lookup.cost + MODEL.cost + store + 1e-9
    assert found.seconds <= found.slow_seconds + 1e-9 or hits > 0.9


@given(shares, st.floats(0.001, 10), amounts, amounts)
def test_that_a_cache_pays_above_the_stated_hit_rate(
    hits: float, cost: float, lookup: float, store: float
) -> None:
    limit = worthwhile_hit_rate(cost, lookup, store)
    found = ResultCache.stated(hits).before(
        Answers.direct(1.0, Call.of(cost=cost, seconds=1.0)),
        lookup=Call.of(cost=lookup, seconds=0.0),
        store_cost=store,
    )
    if abs(hits - limit) > 1e-6:
        assert (found.cost < cost) == (hits > limit)


def test_that_zones_count_with_their_requests_and_false_hits_with_their_hits() -> None:
    zones = ResultCache.stated([0.4, 0.1, 0.0], [0.3, 0.1, 0.0], [0.02, 0.1, 0.5])
    whole = zones.over_zones([0.5, 0.3, 0.1])
    assert whole.hit_rate == pytest.approx(0.5 * 0.4 + 0.3 * 0.1)
    assert whole.peak_hit_rate == pytest.approx(0.5 * 0.3 + 0.3 * 0.1)
    assert whole.false_hits == pytest.approx((0.2 * 0.02 + 0.03 * 0.1) / 0.23)


def test_that_zones_without_hits_have_no_false_ones() -> None:
    assert (
        ResultCache.stated([0.0, 0.0], false_hits=[0.5, 0.5]).over_zones([0.5, 0.5]).false_hits == 0
    )


def test_that_zones_cannot_have_more_than_all_requests() -> None:
    with pytest.raises(RoutingError, match=r"zones have 1\.2 of all requests"):
        ResultCache.stated([0.4, 0.1]).over_zones([0.7, 0.5])


@pytest.mark.parametrize("exponent", [0.0, 0.5, 0.8, 0.999_999, 1.0, 1.3, 2.5, 8.0])
@pytest.mark.parametrize(
    ("kept", "questions"), [(10, 50), (64, 65), (500, 20_000), (70_000, 400_000)]
)
def test_that_the_hit_rate_of_zipf_is_the_plain_sum(
    kept: int, questions: int, exponent: float
) -> None:
    popularity = [rank**-exponent for rank in range(1, questions + 1)]
    expected = math.fsum(popularity[:kept]) / math.fsum(popularity)
    assert zipf_hit_rate(kept, questions, exponent) == pytest.approx(expected, rel=1e-13)


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.floats(0, 3))
def test_that_a_larger_cache_never_answers_less(kept: int, questions: int, exponent: float) -> None:
    found = zipf_hit_rate(kept, questions, exponent)
    assert 0 <= found <= 1
    assert zipf_hit_rate(2 * kept + 1, questions, exponent) >= found - 1e-12
    if kept >= questions:
        assert found == 1


@pytest.mark.parametrize(
    ("kept", "questions", "exponent", "field"),
    [(1, 0, 1.0, "questions"), (-1, 5, 1.0, "kept"), (1, 5, 9.0, "exponent")],
)
def test_that_a_popularity_out_of_range_is_refused_by_name(
    kept: int, questions: int, exponent: float, field: str
) -> None:
    with pytest.raises(RoutingError, match=field) as refused:
        zipf_hit_rate(kept, questions, exponent)
    assert refused.value.field == field
