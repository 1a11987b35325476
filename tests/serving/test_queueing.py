"""The queueing formulas: what they must never do, and closed forms they contain as limits."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.serving.queueing import (
    MOST_LOAD,
    Replica,
    batch_growth,
    best_load,
    load_limit,
    loaded,
    tpot_seconds,
    ttft_exceedance,
    ttft_seconds,
)

LOADS = np.linspace(0.01, 0.98, 60)
PERCENTILES = (50, 75, 90, 95, 99)


def replica(**fields: float) -> Replica:
    """A 70B model on eight accelerators, roughly, with short prompts."""
    usual = {
        "slots": 128,
        "step": 0.03,
        "growth": 0.4,
        "prefill": 0.06,
        "chunks": 0.2,
        "output": 300,
        "input_variation": 1.0,
        "output_variation": 1.0,
    }
    return Replica.of(**(usual | fields))


def logs(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(math.log(low), math.log(high)).map(math.exp)


replicas = st.builds(
    replica,
    slots=logs(2, 4000),
    step=logs(0.001, 0.3),
    growth=st.floats(0, 0.95),
    prefill=logs(1e-4, 30),
    chunks=logs(1e-3, 50),
    output=logs(1, 20_000),
    input_variation=st.floats(0, 1.5),
    output_variation=st.floats(0, 1.5),
    ranks=st.sampled_from([1.0, 8.0]),
    sharing=st.sampled_from([1.0, 4.0]),
)


@given(replicas, st.sampled_from(PERCENTILES))
def test_that_more_load_never_makes_a_request_faster(of: Replica, percentile: float) -> None:
    tpot = tpot_seconds(of, LOADS, percentile)
    assert (np.diff(tpot) >= -1e-12 * tpot[1:]).all()
    # the median may fall by a trace where waiting becomes more uneven before it becomes longer
    slack = 0.02 if percentile < 90 else 1e-9
    ttft = ttft_seconds(of, LOADS, percentile)
    assert (np.diff(ttft) >= -slack * ttft[1:]).all()


@given(replicas, st.floats(0, 0.98))
def test_that_a_higher_percentile_is_never_faster(of: Replica, load: float) -> None:
    at = np.asarray(load)
    for seconds in (ttft_seconds, tpot_seconds):
        found = [float(seconds(of, at, percentile)) for percentile in PERCENTILES]
        assert np.isfinite(found).all()
        assert found == pytest.approx(sorted(found), rel=1e-9)


@given(replicas, st.floats(0, 0.98), st.sampled_from(PERCENTILES))
def test_that_the_percentile_is_the_time_that_so_many_exceed(
    of: Replica, load: float, percentile: float
) -> None:
    at = np.asarray(load)
    seconds = ttft_seconds(of, at, percentile)
    slower = 1 - percentile / 100
    assert ttft_exceedance(of, at, seconds * (1 + 1e-6)) <= slower + 1e-9
    assert ttft_exceedance(of, at, seconds * (1 - 1e-6)) >= slower - 1e-9


@given(replicas, logs(0.05, 60), logs(0.005, 1), st.sampled_from(PERCENTILES))
def test_that_the_load_limit_keeps_both_targets_and_a_little_more_load_does_not(
    of: Replica, ttft: float, tpot: float, percentile: float
) -> None:
    limit = load_limit(of, ttft=ttft, tpot=tpot, percentile=percentile)
    kept = [
        bool(ttft_seconds(of, load, percentile) <= ttft * (1 + 1e-9))
        and bool(tpot_seconds(of, load, percentile) <= tpot)
        for load in (limit, limit + 0.002)
    ]
    assert 0 <= limit <= MOST_LOAD
    assert kept[0] or limit == 0
    assert limit == MOST_LOAD or not kept[1]


@given(replicas, logs(0.05, 60), logs(0.005, 1), st.floats(1, 4), st.floats(1, 4))
def test_that_looser_targets_never_allow_less_load(
    of: Replica, ttft: float, tpot: float, more: float, longer: float
) -> None:
    strict = load_limit(of, ttft=ttft, tpot=tpot, percentile=95)
    loose = load_limit(of, ttft=ttft * more, tpot=tpot * longer, percentile=95)
    assert loose >= strict
    assert load_limit(of, ttft=ttft, tpot=tpot, percentile=99) <= strict


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from([3, 400]))
def test_that_the_best_limit_on_the_batch_is_the_best_of_all(seed: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    batch = np.geomspace(1, 800, 12) * np.ones((rows, 1))
    step = rng.uniform(0.01, 0.03, (rows, 1)) * (1 + rng.uniform(0.001, 0.01, (rows, 1)) * batch)
    of = Replica.of(
        slots=batch,
        step=step,
        growth=batch_growth(batch, step),
        prefill=np.exp(rng.uniform(-6, 1, (rows, 1))),
        chunks=0.5,
        output=rng.uniform(20, 2000, (rows, 1)),
        input_variation=1.0,
        output_variation=1.0,
    )
    targets = {"ttft": rng.uniform(0.3, 8), "tpot": rng.uniform(0.02, 0.2), "percentile": 95}
    every = load_limit(of, **targets) * of.full_rate
    best = best_load(of, **targets)
    assert ((best > 0).sum(axis=1) <= 1).all()
    np.testing.assert_allclose(
        (best * of.full_rate).max(axis=1), every.max(axis=1), rtol=0.005, atol=1e-9
    )


def test_that_a_queue_of_prompts_alone_is_the_one_with_constant_service() -> None:
    """M/D/1: Erlang's distribution of the wait, in Cooper, "Introduction to Queueing Theory"."""

    def within(wait: float, load: float) -> float:
        return (1 - load) * math.fsum(
            (load * (k - wait)) ** k / math.factorial(k) * math.exp(-load * (k - wait))
            for k in range(int(wait) + 1)
        )

    of = replica(
        slots=4000, step=1e-9, growth=0, prefill=1, chunks=1e3, output=1, input_variation=0
    )
    for load in (0.5, 0.7, 0.8, 0.9):
        for percentile in (90, 95, 99):
            low, high = 0.0, 40.0
            while high - low > 1e-6:
                middle = (low + high) / 2
                low, high = (
                    (middle, high) if within(middle, load) < percentile / 100 else (low, middle)
                )
            assert ttft_seconds(of, np.asarray(load), percentile) == pytest.approx(
                1 + low, rel=0.08
            )


@pytest.mark.parametrize("slots", [8, 32, 128, 512])
@pytest.mark.parametrize("load", [0.7, 0.8, 0.9])
def test_that_waiting_for_a_slot_is_as_likely_as_erlang_says(slots: int, load: float) -> None:
    """M/M/k: a batch that costs nothing, and prompts that cost nothing."""
    offered = slots * load
    term = blocked = 1.0
    for k in range(1, slots + 1):
        term = blocked * offered / k
        blocked = term / (1 + term)
    waits = blocked / (1 - load * (1 - blocked))
    of = replica(slots=slots, step=1e-6, growth=0, prefill=0, chunks=0, output=1e6)
    assert ttft_exceedance(of, np.asarray(load), np.asarray(3e-6)) == pytest.approx(waits, abs=0.04)


@given(st.floats(0.01, 0.95))
def test_that_a_batch_that_costs_in_proportion_is_processor_sharing(load: float) -> None:
    """M/G/1-PS: load / (1 - load) requests in it, each slowed by 1 / (1 - load) on average."""
    of = replica(slots=1e9, step=1e9 * 0.001, growth=1, prefill=0, chunks=0)
    at = np.asarray(load)
    assert loaded(of, at).batch == pytest.approx(load / (1 - load), rel=1e-6)
    assert tpot_seconds(of, at, 50) == pytest.approx(0.001 / (1 - load), rel=1e-6)


@given(st.floats(0, 0.9), st.sampled_from(PERCENTILES))
def test_that_requests_which_cost_each_other_nothing_all_get_the_same_pace(
    load: float, percentile: float
) -> None:
    of = replica(growth=0, prefill=0, chunks=0)
    at = np.asarray(load)
    assert tpot_seconds(of, at, percentile) == pytest.approx(0.03)
    assert loaded(of, at).batch == pytest.approx(load * 128)


@pytest.mark.parametrize("output", [0.0, 1.0])
def test_that_requests_without_an_answer_are_held_to_the_first_token_alone(output: float) -> None:
    of = replica(output=output)
    assert tpot_seconds(of, np.asarray(0.5), 95) == 0
    limit = load_limit(of, ttft=1.0, tpot=0.001, percentile=95)
    assert 0.3 < limit < MOST_LOAD
    assert limit == load_limit(of, ttft=1.0, tpot=np.inf, percentile=95)


def test_that_long_prompts_spread_the_time_per_token_more_than_short_ones() -> None:
    at = np.asarray(0.8)
    short = replica(prefill=0.02, chunks=0.06, output=300, slots=64)
    long = replica(prefill=0.6, chunks=1.0, output=300, slots=16)
    assert 1.05 < tpot_seconds(short, at, 95) / tpot_seconds(short, at, 50) < 1.35
    assert 1.6 < tpot_seconds(long, at, 95) / tpot_seconds(long, at, 50) < 2.5


@given(replicas, st.floats(0.05, 0.98), st.sampled_from(PERCENTILES))
def test_that_replicas_which_share_their_queue_are_never_slower(
    of: Replica, load: float, percentile: float
) -> None:
    values = {name: getattr(of, name) for name in of.names()}
    alone = Replica(**(values | {"sharing": np.asarray(1.0)}))
    shared = Replica(**(values | {"sharing": np.asarray(8.0)}))
    at = np.asarray(load)
    assert ttft_seconds(shared, at, percentile) <= ttft_seconds(alone, at, percentile) * (1 + 1e-9)
    assert tpot_seconds(shared, at, percentile) <= tpot_seconds(alone, at, percentile) * (1 + 1e-9)


def test_that_many_slots_bear_more_load_than_few() -> None:
    limits = [
        float(
            load_limit(
                replica(slots=slots, prefill=0.06 * 128 / slots, output=300),
                ttft=4.0,
                tpot=np.inf,
                percentile=95,
                most=0.99,
            )
        )
        for slots in (8, 32, 128, 512)
    ]
    assert limits == sorted(limits)
    assert limits[-1] > limits[0] + 0.05


def test_that_the_growth_of_a_step_is_found_from_its_times() -> None:
    batch = np.geomspace(1, 256, 24)
    assert batch_growth(batch, 0.01 * batch**0.3) == pytest.approx(np.full(24, 0.3))
    assert batch_growth(batch, np.full(24, 0.01)) == pytest.approx(np.zeros(24))
