import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from pricing.routing import RoutingError, cheapest_mix, hull
from tests.routing.published import published
from tests.routing.strategies import shares

MODELS = published("routerbench")["models"]
COST = np.array([model["cost"] for model in MODELS])
QUALITY = np.array([model["quality"] for model in MODELS])
options = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=9)


def test_that_routerbench_s_hull_has_its_published_mean_quality() -> None:
    dear_and_bad = ([*COST, 0.002], [*QUALITY, 0.65])
    places = list(hull(*dear_and_bad))
    assert places == [0, 1, 2, 3]
    area = np.trapezoid(QUALITY[places], COST[places])
    mean = area / (COST.max() - COST.min())
    assert mean == pytest.approx(published("routerbench")["average_improvement"]["value"], abs=5e-5)


@given(options, shares)
def test_that_no_linear_programme_finds_a_cheaper_mix(
    listed: list[tuple[int, int]], part: float
) -> None:
    cost, quality = np.array(listed, float).T / 50
    floor = part * quality.max()
    found = cheapest_mix(cost, quality, floor)
    best = linprog(cost, A_ub=[-quality], b_ub=[-floor], A_eq=[np.ones(len(cost))], b_eq=[1.0])
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)
    assert np.count_nonzero(found) <= 2
    assert found @ quality >= floor - 1e-9
    assert found @ cost == pytest.approx(best.fun, abs=1e-7)


@given(options)
def test_that_options_on_the_hull_rise_with_falling_returns(listed: list[tuple[int, int]]) -> None:
    cost, quality = np.array(listed, float).T
    places = list(hull(cost, quality))
    assert quality[places[-1]] == quality.max()
    assert cost[places[0]] == cost.min()
    steps = np.diff(quality[places]) / np.diff(cost[places])
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_that_a_floor_above_all_options_is_refused() -> None:
    with pytest.raises(RoutingError, match=r"floor is 0\.9; the best option scores 0\.7814"):
        cheapest_mix(COST, QUALITY, 0.9)
