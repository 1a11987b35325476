"""Waiting and spares against independent recursions, series and a simulation."""

import heapq
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from pricing.routing import (
    RoutingError,
    enough_up,
    staffed_slots,
    staffed_use,
    staffed_waiting_share,
    waiting_longer,
    waiting_share,
)
from tests.routing.strategies import shares


def _by_series(slots: int, busy: float) -> float:
    """Erlang C as its textbook series, in logarithms."""
    terms = [n * math.log(busy) - math.lgamma(n + 1) for n in range(slots)]
    last = slots * math.log(busy) - math.lgamma(slots + 1) + math.log(slots / (slots - busy))
    return 1 / (1 + math.fsum(math.exp(term - last) for term in terms))


@given(st.integers(1, 300), st.floats(0.2, 0.999))
def test_that_the_waiting_share_is_erlang_s_series(slots: int, use: float) -> None:
    assert waiting_share(slots, use * slots) == pytest.approx(
        _by_series(slots, use * slots), rel=1e-9
    )


def test_that_one_slot_waits_as_often_as_it_is_busy() -> None:
    assert waiting_share(1, [0.0, 0.3, 0.9]) == pytest.approx([0.0, 0.3, 0.9])


def test_that_a_textbook_example_is_met() -> None:
    # by hand: two slots, A = 1: B = (1/2) / (1 + 1 + 1/2) = 0.2, C = 0.2 / (1 - 0.5 * 0.8) = 1/3
    assert waiting_share(2, 1.0) == pytest.approx(1 / 3)


def test_that_beyond_full_everybody_waits() -> None:
    assert waiting_share(4, [4.0, 9.0]) == pytest.approx([1.0, 1.0])
    assert waiting_longer(4, [4.0, 9.0], 60.0, 1.0) == pytest.approx([1.0, 1.0])


def test_that_many_slots_do_not_overflow() -> None:
    assert 0 < waiting_share(5_000, 4_950.0) < 1


def test_that_a_simulated_queue_waits_as_often_and_as_long() -> None:
    slots, busy, service, requests = 8, 6.5, 2.0, 120_000
    chance = np.random.default_rng(11)
    arrivals = np.cumsum(chance.exponential(service / busy, requests))
    lengths = chance.exponential(service, requests)
    free = [0.0] * slots
    waits = np.empty(requests)
    for place, (arrival, length) in enumerate(zip(arrivals, lengths, strict=True)):
        start = max(arrival, heapq.heappop(free))
        waits[place] = start - arrival
        heapq.heappush(free, start + length)
    # waits of one busy period hang together: error bars from 40 batches
    for seconds in (0.0, 1.0, 3.0):
        late = (waits > seconds).reshape(40, -1).mean(axis=1)
        expected = waiting_longer(slots, busy, seconds, service)
        assert abs(late.mean() - expected) < 3 * late.std() / math.sqrt(40)


@given(st.floats(1, 1e5), st.floats(0, 3))
def test_that_the_square_root_rule_keeps_its_use(busy: float, margin: float) -> None:
    assert busy / staffed_slots(busy, margin) == pytest.approx(staffed_use(busy, margin))


@pytest.mark.parametrize("margin", [0.3, 1.0, 2.0])
def test_that_the_limit_for_many_slots_is_that_of_erlang(margin: float) -> None:
    busy = 40_000.0
    slots = math.ceil(staffed_slots(busy, margin))
    expected = float(waiting_share(slots, busy))
    assert staffed_waiting_share(margin) == pytest.approx(expected, rel=0.02)


def test_that_no_slots_are_refused() -> None:
    with pytest.raises(RoutingError, match="slots is 0; 1 or more is possible"):
        waiting_share(0, 1.0)


@given(st.integers(0, 60), st.integers(0, 60), shares)
def test_that_the_chance_of_enough_units_is_the_binomial_one(
    needed: int, units: int, up: float
) -> None:
    expected = binom.sf(needed - 1, units, up) if needed <= units else 0.0
    assert enough_up(needed, units, up) == pytest.approx(expected, rel=1e-9, abs=1e-15)


def test_that_one_spare_of_nine_servers_lifts_92_to_99_7_per_cent() -> None:
    # by hand: 0.99^8 = 0.9227 without a spare; 0.99^9 + 9 * 0.01 * 0.99^8 with one
    without, with_one = enough_up(8, 8, 0.99), enough_up(8, 9, 0.99)
    assert without == pytest.approx(0.99**8)
    assert with_one == pytest.approx(0.99**9 + 9 * 0.01 * 0.99**8)


def test_that_thousands_of_units_do_not_overflow() -> None:
    found = enough_up(4_900, 5_000, [0.985, 1.0])
    assert found == pytest.approx([binom.sf(4_899, 5_000, 0.985), 1.0], rel=1e-8)
