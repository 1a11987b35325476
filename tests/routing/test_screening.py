"""Servers to own, against counting out every possible fleet."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from pricing.routing import (
    RoutingError,
    Technology,
    best_mix,
    break_even_hours,
    critical_ratio,
    full_hours,
    units_for_normal_load,
)

HOURS = 8_760


def year(seed: int, mean: float) -> np.ndarray:
    """A year of hourly load: days, weeks, a season and noise."""
    hour = np.arange(HOURS)
    day = 1 + 0.6 * np.sin(2 * np.pi * (hour % 24 - 9) / 24)
    week = np.where((hour // 24) % 7 < 5, 1.15, 0.6)
    season = 1 + 0.2 * np.sin(2 * np.pi * hour / HOURS)
    noise = np.random.default_rng(seed).lognormal(-0.02, 0.2, HOURS)
    return mean * day * week * season * noise


def cost_of(
    units: tuple[int, ...],
    load: np.ndarray,
    technologies: list[Technology],
    overflow: float,
    hours: np.ndarray | float = 1.0,
) -> float:
    """What a fleet costs when the cheapest servers run first and the rest is bought."""
    left, cost = np.array(load, float), 0.0
    for technology, count in sorted(
        zip(technologies, units, strict=True), key=lambda x: x[0].hourly
    ):
        served = np.minimum(left, count)
        left = left - served
        cost += technology.fixed * count + technology.hourly * float((served * hours).sum())
    return cost + overflow * float((left * hours).sum())


@pytest.mark.parametrize(("seed", "mean", "fixed"), [(1, 5.0, 60_000), (2, 4.0, 72_000)])
def test_that_the_rule_finds_what_counting_out_8760_hours_finds(
    seed: int, mean: float, fixed: float
) -> None:
    load, owned, overflow = year(seed, mean), Technology(fixed, 1.1), 14.0
    found = best_mix(load, [owned], overflow)
    costs = [cost_of((n,), load, [owned], overflow) for n in range(40)]
    assert found.units == (int(np.argmin(costs)),)
    assert 1 < found.units[0] < 20
    assert found.cost == pytest.approx(min(costs), rel=1e-12)
    assert found.work[0] + found.bought == pytest.approx(load.sum())
    # the last server is busy for the break-even hours at least, and one more would not be
    busy, limit = full_hours(load), break_even_hours(fixed, 1.1, overflow)
    assert busy[found.units[0] - 1] >= limit > busy[found.units[0]]


loads = st.lists(st.floats(0, 6), min_size=1, max_size=12).map(np.array)
technologies = st.builds(Technology, st.floats(0, 20), st.floats(0, 5))


@settings(max_examples=60)
@given(loads, st.lists(technologies, min_size=1, max_size=3), st.floats(0, 8), st.data())
def test_that_no_fleet_of_several_technologies_is_cheaper(
    load: np.ndarray, kinds: list[Technology], overflow: float, data: st.DataObject
) -> None:
    hours = np.array([data.draw(st.floats(0.1, 5)) for _ in load])
    found = best_mix(load, kinds, overflow, hours)
    fleets = product(range(7), repeat=len(kinds))
    cheapest = min(
        cost_of(fleet, load, kinds, overflow, hours) for fleet in fleets if sum(fleet) <= 6
    )
    assert found.cost == pytest.approx(cheapest, rel=1e-9, abs=1e-9)
    # rounding may leave equal costs to one side; the fleet must cost what it says
    assert cost_of(found.units, load, kinds, overflow, hours) == pytest.approx(
        found.cost, rel=1e-9, abs=1e-9
    )


def test_that_a_base_and_a_peak_technology_meet_where_their_lines_cross() -> None:
    # by hand: 100 + 1 h and 40 + 3 h cross at 30 h; 40 + 3 h and 9 h cross at 6.67 h
    load = np.concatenate([np.full(40, 1.0), np.full(10, 3.0), np.full(5, 4.0)])
    base, peak = Technology(100.0, 1.0), Technology(40.0, 3.0)
    assert full_hours(load).tolist() == [55, 15, 15, 5]
    found = best_mix(load, [base, peak], 9.0)
    assert found.units == (1, 2)
    assert (found.work, found.bought) == ((55.0, 30.0), 5.0)
    assert found.cost == pytest.approx(100 + 55 + 2 * 40 + 3 * 30 + 9 * 5)


def test_that_work_that_may_not_be_bought_needs_servers_for_the_peak() -> None:
    load = np.array([0.2, 2.0, 6.4])
    found = best_mix(load, [Technology(1_000.0, 1.0)], None)
    assert (found.units, found.bought) == ((7,), 0.0)


def test_that_bought_work_at_the_price_of_own_work_needs_no_servers() -> None:
    assert best_mix(year(1, 3.0), [Technology(10.0, 2.0)], 2.0).units == (0,)
    assert break_even_hours(10.0, 2.0, [2.0, 1.0]).tolist() == [np.inf, np.inf]


def test_that_no_load_needs_nothing() -> None:
    assert best_mix(np.zeros(24), [Technology(1.0, 1.0)], 2.0).units == (0,)
    assert full_hours([]).size == 0


def test_that_a_load_that_nothing_may_serve_is_refused() -> None:
    with pytest.raises(RoutingError, match="no servers and no overflow"):
        best_mix([1.0], [], None)


@pytest.mark.parametrize("load", [[-1.0], [np.nan], [np.inf]])
def test_that_a_load_that_is_none_is_refused(load: list[float]) -> None:
    with pytest.raises(RoutingError, match="load must be 0 or more"):
        full_hours(load)


@pytest.mark.parametrize("fixed", [5_000.0, 40_000.0, 90_000.0])
def test_that_the_newsvendor_s_servers_are_the_cheapest_for_a_normal_load(fixed: float) -> None:
    mean, deviation, hourly, overflow = 20.0, 4.0, 1.0, 14.0

    def cost(servers: float) -> float:
        z = (servers - mean) / deviation
        beyond = deviation * (norm.pdf(z) - z * norm.sf(z))
        return fixed * servers + HOURS * ((overflow - hourly) * beyond)

    searched = minimize_scalar(cost, bounds=(0, 60), method="bounded", options={"xatol": 1e-9}).x
    ratio = critical_ratio(fixed, hourly, overflow, HOURS)
    assert units_for_normal_load(mean, deviation, ratio) == pytest.approx(searched, abs=1e-4)


def test_that_servers_that_never_pay_are_none() -> None:
    ratio = critical_ratio(200_000.0, 1.0, 14.0, HOURS)
    assert (ratio, units_for_normal_load(20.0, 4.0, ratio)) == (0, 0)
