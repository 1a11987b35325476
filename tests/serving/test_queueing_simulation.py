"""The queueing formulas against an event simulation, and the simulation against theory.

The settings are drawn with another seed than those the constants were fitted to.
"""

from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pytest

from pricing.serving.memory import mean_context
from pricing.serving.queueing import (
    load_limit,
    tpot_seconds,
    ttft_seconds,
)
from pricing.serving.requests import Requests
from pricing.serving.stack import point_of
from tests.serving.settings import CHUNK, Setting, random_settings, replicas_of
from tests.serving.simulation import Arrivals, Engine, FloatArray, Run, random_arrivals, simulate
from tests.serving.stacks import stack

SEED = 7
SETTINGS = 40
MOST_STEPS = 1.5e5
PERCENTILES = (50, 90, 95, 99)


@dataclass(frozen=True)
class Simulated:
    settings: list[Setting]
    runs: list[Run]

    @property
    def load(self) -> FloatArray:
        return np.array([setting.load for setting in self.settings])

    def ttft(self, percentile: float) -> FloatArray:
        return np.array([np.percentile(run.ttft, percentile) for run in self.runs])

    def tpot(self, percentile: float) -> FloatArray:
        return np.array([np.percentile(run.tpot, percentile) for run in self.runs])


@pytest.fixture(scope="module")
def fresh() -> Simulated:
    rng = np.random.default_rng(SEED)
    drawn = list(islice(random_settings(rng, MOST_STEPS), SETTINGS))
    return Simulated(
        [setting for setting, _ in drawn], [setting.run(rng, count) for setting, count in drawn]
    )


def median_error(found: FloatArray, truth: FloatArray) -> float:
    return float(np.median(np.abs(found / truth - 1)))


@pytest.mark.parametrize("percentile", PERCENTILES)
def test_that_the_time_to_first_token_is_that_of_the_simulation(
    fresh: Simulated, percentile: float
) -> None:
    found = ttft_seconds(replicas_of(fresh.settings), fresh.load, percentile)
    assert median_error(found, fresh.ttft(percentile)) <= 0.10


@pytest.mark.parametrize("percentile", PERCENTILES)
def test_that_the_time_per_output_token_is_that_of_the_simulation(
    fresh: Simulated, percentile: float
) -> None:
    found = tpot_seconds(replicas_of(fresh.settings), fresh.load, percentile)
    assert median_error(found, fresh.tpot(percentile)) <= 0.06


@pytest.mark.parametrize("percentile", [90, 95, 99])
def test_that_the_load_limit_is_the_load_at_which_the_simulation_just_kept_the_target(
    fresh: Simulated, percentile: float
) -> None:
    found = load_limit(
        replicas_of(fresh.settings),
        ttft=fresh.ttft(percentile),
        tpot=np.inf,
        percentile=percentile,
        most=0.99,
    )
    assert median_error(found, fresh.load) <= 0.10


def test_that_sharing_a_queue_is_counted_for_no_more_than_the_simulation_shows() -> None:
    rng = np.random.default_rng(SEED)
    drawn = [
        (replace(setting, sharing=4), count)
        for setting, count in islice(random_settings(rng, 5e4), 12)
        if setting.load >= 0.7
    ]
    settings = [setting for setting, _ in drawn]
    simulated = Simulated(settings, [s.run(rng, 2 * count) for s, count in drawn])
    ratio = ttft_seconds(replicas_of(settings), simulated.load, 95) / simulated.ttft(95)
    assert 1.0 <= np.median(ratio) <= 1.3
    alone = [replace(setting, sharing=1) for setting in settings]
    assert (
        ttft_seconds(replicas_of(alone), simulated.load, 95).sum()
        > ttft_seconds(replicas_of(settings), simulated.load, 95).sum()
    )


@pytest.mark.parametrize("variation", [0.0, 0.5, 1.0])
def test_that_the_cache_holds_what_the_formula_says(variation: float) -> None:
    rng = np.random.default_rng(SEED)
    arrivals = random_arrivals(rng, 20, 10_000, (300, 0.5), (200, variation))
    engine = Engine(lambda _batch, _held: 0.01, lambda tokens: tokens * 1e-5, 64)
    requests = Requests(300, float(arrivals.output_tokens.mean()), 0.5, variation)
    held = float(mean_context(point_of(stack("llama-3.1-8b", "l40s"), requests.traffic())))
    assert simulate(engine, arrivals).held_per_request == pytest.approx(held, rel=0.03)


class TestTheSimulationItself:
    def test_that_prompts_of_one_length_alone_wait_like_m_d_1(self) -> None:
        """Mean wait load / (2 (1 - load)) of the service time (Pollaczek and Khinchine)."""
        rng = np.random.default_rng(SEED)
        load = 0.8
        arrivals = random_arrivals(rng, load, 400_000, (CHUNK, 0), (1, 0))
        engine = Engine(lambda _batch, _held: 0.0, lambda tokens: tokens / CHUNK, 1000)
        wait = simulate(engine, arrivals).ttft.mean() - 1
        assert wait == pytest.approx(load / (2 * (1 - load)), rel=0.05)

    def test_that_slots_without_any_other_limit_are_erlangs(self) -> None:
        """M/M/k: the share of requests that find no slot (Erlang's C formula for 8, at 6.4)."""
        rng = np.random.default_rng(SEED)
        outputs = rng.exponential(100, 40_000).astype(np.int64) + 1
        seconds = np.cumsum(rng.exponential(outputs.mean() / 6.4, outputs.size))
        arrivals = Arrivals(seconds, np.ones(outputs.size, dtype=np.int64), outputs)
        engine = Engine(lambda _batch, _held: 1.0, lambda _tokens: 0.0, 8)
        blocked = 1.0
        for k in range(1, 9):
            blocked = blocked * 6.4 / (k + blocked * 6.4)
        waits = blocked / (1 - 0.8 * (1 - blocked))
        late = (simulate(engine, arrivals).ttft > 2).mean()
        assert late == pytest.approx(waits, abs=0.03)

    def test_that_a_full_replica_answers_what_its_cycle_says(self) -> None:
        setting = Setting(64, 0.4, 0.2, 15.0, 0.5, load=1.5)
        rng = np.random.default_rng(SEED)
        arrivals = setting.arrivals(rng, 30_000)
        run = simulate(setting.engine(), arrivals)
        last = arrivals.seconds[-1] + run.drain
        assert arrivals.seconds.size / last == pytest.approx(setting.rate / 1.5, rel=0.03)
        assert run.mean_batch == pytest.approx(64, rel=0.03)

    def test_that_the_room_in_the_cache_limits_the_batch(self) -> None:
        setting = Setting(64, 0.4, 0.2, 15.0, 0.5, load=1.5, input_variation=0, output_variation=0)
        whole = setting.chunks * CHUNK + round(setting.output)
        engine = replace(setting.engine(), kv_tokens=16.5 * whole)
        run = simulate(engine, setting.arrivals(np.random.default_rng(SEED), 3000))
        assert run.mean_batch == pytest.approx(16, rel=0.05)

    def test_that_a_load_beyond_the_full_rate_piles_up(self) -> None:
        rng = np.random.default_rng(SEED)
        setting = Setting(32, 0.4, 0.2, 15.0, 0.5, load=1.2)
        runs = [setting.run(rng, count) for count in (5_000, 20_000)]
        assert runs[1].drain > 3 * runs[0].drain
        steady = replace(setting, load=0.8)
        assert steady.run(rng, 20_000).drain < runs[0].drain / 2
