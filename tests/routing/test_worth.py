import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing import cheapest_nearly_best, cost_per_accepted, saving
from tests.routing.published import published
from tests.routing.strategies import inner_shares


@pytest.mark.parametrize("row", published("frugalgpt")["rows"], ids=lambda row: row["dataset"])
def test_that_frugalgpt_s_costs_give_its_savings(row: dict[str, float]) -> None:
    found = saving(row["frugal_cost"], row["best_cost"])
    assert found == pytest.approx(row["saving"], abs=0.0015)


def test_that_an_accepted_answer_costs_what_simulated_attempts_cost() -> None:
    chance = np.random.default_rng(5)
    failures = chance.geometric(0.7, 200_000) - 1
    costs = 0.02 * (failures + 1) + 1.5 * failures
    found = cost_per_accepted(0.02, 0.7, 1.5)
    assert abs(found - costs.mean()) < 3 * costs.std() / math.sqrt(costs.size)


@given(st.floats(0, 10), inner_shares, st.floats(0, 100))
def test_that_better_answers_are_never_dearer_to_accept(
    cost: float, quality: float, rework: float
) -> None:
    worse = cost_per_accepted(cost, quality * 0.9, rework)
    assert cost_per_accepted(cost, quality, rework) <= worse + 1e-12


def test_that_a_perfect_answer_costs_a_request_and_a_useless_one_without_end() -> None:
    assert cost_per_accepted(0.5, [1.0, 0.0], 9.0).tolist() == [0.5, np.inf]


def test_that_cheap_and_bad_is_dearer_than_good_once_rework_counts() -> None:
    cost, quality = np.array([0.001, 0.02]), np.array([0.6, 0.9])
    assert np.argmin(cost_per_accepted(cost, quality)) == 0
    assert np.argmin(cost_per_accepted(cost, quality, 0.5)) == 1


@pytest.mark.parametrize(
    ("cost", "quality", "place"),
    [
        ([3.0, 1.0, 0.1], [0.90, 0.89, 0.50], 1),
        ([3.0, 1.0, 0.1], [0.90, 0.88, 0.50], 0),
        ([1.0, 1.0], [0.890, 0.895], 1),
        ([2.0], [0.3], 0),
    ],
)
def test_that_the_plain_choice_is_the_cheapest_within_a_point_of_the_best(
    cost: list[float], quality: list[float], place: int
) -> None:
    assert cheapest_nearly_best(cost, quality) == place


def test_that_the_plain_choice_on_routerbench_is_its_best_model_as_no_other_comes_near() -> None:
    models = published("routerbench")["models"]
    cost, quality = [m["cost"] for m in models], [m["quality"] for m in models]
    assert models[cheapest_nearly_best(cost, quality)]["name"] == "GPT-4"
    assert models[cheapest_nearly_best(cost, quality, within=0.15)]["name"] == "Yi 34B"
