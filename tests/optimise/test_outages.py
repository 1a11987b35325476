"""Requests lost in outages: never silent, never an advantage, never avoided at any price."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.instance import Instance, Limits, Recipe
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.solve import can_serve, solve
from pricing.optimise.engine.tables import Tables, tables_of
from pricing.optimise.questions.asked import mean_quality
from tests.optimise import plain
from tests.optimise.instances import lossy, tiny
from tests.optimise.test_brute_force import months_of

EXACT = Settings(gap=1e-6, seconds=60)


@pytest.mark.parametrize("seed", [0, 1, 3, 5, 9, 11, 21, 23, 27, 35])
def test_that_no_decision_of_a_tiny_instance_weighs_less_than_the_answer(seed: int) -> None:
    instance = lossy(tiny(seed), seed)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    months, money = months_of(instance, answer.choice)
    weight = sum(it.weight for it in months)
    assert answer.objective == pytest.approx(money, rel=1e-9)
    assert answer.lost.sum() == pytest.approx(sum(it.lost for it in months), abs=1e-9)
    best = plain.best_by_enumeration(instance)
    assert answer.objective + weight <= best * (1 + 1e-6)
    assert answer.bound + weight <= best * (1 + 1e-6)


@pytest.mark.parametrize("seed", [0, 3, 9, 21])
def test_that_no_decision_that_loses_no_more_costs_less_than_the_bound(seed: int) -> None:
    instance = lossy(tiny(seed), seed)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    months, _ = months_of(instance, answer.choice)
    most = sum(it.weight for it in months) * (1 + 1e-9)
    assert answer.bound <= plain.best_by_enumeration(instance, most) * (1 + 1e-6)


@pytest.mark.parametrize("seed", [9, 21, 27])
def test_that_a_floor_on_quality_counts_the_answers_that_are_given(seed: int) -> None:
    instance = lossy(tiny(seed, limits=Limits(quality=0.7)), seed)
    answer = solve(instance, EXACT)
    best = plain.best_by_enumeration(instance)
    if answer.choice is None:
        assert (answer.status, best) == ("infeasible", np.inf)
        return
    months, _ = months_of(instance, answer.choice)
    assert answer.bound + sum(it.weight for it in months) <= best * (1 + 1e-6)


@pytest.mark.parametrize("seed", [9, 21, 27])
def test_that_the_mean_score_that_is_told_is_the_one_that_a_floor_is_held_against(
    seed: int,
) -> None:
    instance = lossy(tiny(seed), seed)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    told = mean_quality(instance, answer.choice)
    for floor, broken in ((told - 1e-5, ()), (told + 1e-5, ("quality",))):
        held = replace(instance, limits=Limits(quality=floor))
        assert outcome(Tables(held), answer.choice).broken == broken


def two_suppliers(price: float, down: float) -> Instance:
    """One job and two recipes: one costs 1 and loses nothing, the other one loses a share."""
    whole = tiny(0)
    job = replace(whole.jobs[0], requests=np.full(2, 10.0))
    suppliers = tuple(
        replace(it, fixed=np.zeros(2), minimum=np.zeros(1)) for it in whole.suppliers
    )  # fmt: skip
    spend = np.array([1.0, 1.0]), np.full(2, price * (1 - down))
    recipes = (
        Recipe("sure", 0, spend[0], {}, 0.8, {"api0": 1e3}, {"api0": spend[0]}),
        Recipe("lossy", 0, spend[1], {}, 0.8, {"api1": 1e3 * (1 - down)}, {"api1": spend[1]},
               lost=np.full(2, down)),
    )  # fmt: skip
    return replace(whole, jobs=(job,), pools=(), suppliers=suppliers, recipes=recipes)


@pytest.mark.parametrize(
    ("price", "down", "taken"),
    [
        (1.01, 0.05, "sure"),  # 0.9595 by its bill, but the lost twentieth weighs 0.0505
        (1.2, 0.3, "sure"),
        (0.9, 0.05, "lossy"),
        (0.5, 0.001, "lossy"),
    ],
)
def test_that_losing_requests_is_no_saving_and_not_avoided_at_any_price(
    price: float, down: float, taken: str
) -> None:
    instance = two_suppliers(price, down)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    used = [r.key for r, s in zip(instance.recipes, answer.choice.shares, strict=True) if s.any()]
    assert used == [taken]
    assert answer.lost.sum() == pytest.approx(20 * down if taken == "lossy" else 0.0)
    assert answer.answered_by_nobody == pytest.approx(answer.unserved + answer.lost)
    assert answer.gap == pytest.approx(0.0, abs=1e-6)


def test_that_the_weight_of_lost_requests_is_no_money() -> None:
    answer = solve(two_suppliers(0.5, 0.1), EXACT)
    assert answer.objective == pytest.approx(1.0 + 20 * 0.5 * 0.9)
    assert answer.bound == pytest.approx(answer.objective, rel=1e-6)


def test_that_a_recipe_goes_without_failover_only_where_no_failover_may_be_used() -> None:
    instance = two_suppliers(0.5, 0.1)
    lossy_one = instance.recipes[1]
    kept = replace(
        lossy_one, key="kept", lost=None, cost=lossy_one.cost + 0.1,
        bought={"api0": 100.0, **lossy_one.bought},
        spend={"api0": np.full(2, 0.1), **lossy_one.spend},
    )  # fmt: skip
    instance = replace(
        instance, recipes=(instance.recipes[0], replace(lossy_one, covered=(2,)), kept)
    )
    covered = solve(instance, EXACT)
    assert covered.choice is not None
    assert covered.choice.shares[2].min() == 1
    assert covered.lost.sum() == 0
    closed = solve(replace(instance, limits=Limits(closed=frozenset({"api0"}))), EXACT)
    assert closed.choice is not None
    assert closed.choice.shares[1].min() == 1
    assert closed.lost.sum() == pytest.approx(2.0)
    assert closed.unserved.sum() == 0


def test_that_a_recipe_goes_without_failover_where_no_decision_with_it_keeps_the_limits() -> None:
    """All tokens must be served on premises, so that nobody outside may take over."""
    instance = two_suppliers(0.5, 0.1)
    pool = replace(
        tiny(0).pools[0], unit=np.full(2, 1.0), fixed=np.zeros(2), spares=0, on_premises=True
    )
    inside = Recipe("inside", 0, np.zeros(2), {0: np.full(2, 0.01)}, 0.8, {pool.key: 900.0}, {},
                    lost=np.full(2, 0.1), covered=(2,))  # fmt: skip
    kept = replace(
        inside, key="inside~", lost=None, covered=(), cost=np.full(2, 0.1),
        bought={pool.key: 900.0, "api0": 100.0}, spend={"api0": np.full(2, 0.1)},
    )  # fmt: skip
    instance = replace(instance, pools=(pool,), recipes=(instance.recipes[0], inside, kept))
    free = solve(instance, EXACT)
    assert free.choice is not None
    assert free.choice.shares[2].min() == 1
    strict = replace(instance, limits=Limits(on_premises=1.0))
    held = solve(strict, EXACT)
    assert held.choice is not None
    assert held.choice.shares[1].min() == 1
    assert held.lost.sum() == pytest.approx(2.0)
    assert held.unserved.sum() == 0
    assert outcome(tables_of(strict, held.choice), held.choice).broken == ()
    assert outcome(Tables(strict), held.choice).broken == ("closed",)
    assert outcome(Tables(strict), held.choice).money == pytest.approx(held.objective)
    assert held.gap == pytest.approx(0.0, abs=1e-6)
    assert can_serve(strict, EXACT)
    assert not can_serve(replace(strict, limits=Limits(on_premises=1.0, site_kw=0.0)), EXACT)


def test_that_servers_are_not_named_to_go_around_the_outages_of_their_overflow() -> None:
    """Without servers everything overflows, and a tenth of it finds the overflow down."""
    instance = two_suppliers(0.5, 0.1)
    pool = replace(tiny(0).pools[0], unit=np.full(2, 1e6), fixed=np.zeros(2))
    recipes = (
        instance.recipes[1],
        Recipe("pool", 0, np.zeros(2), {0: np.full(2, 0.1)}, 0.8, {pool.key: 1e3}, {}, overflow=0),
    )
    instance = replace(instance, pools=(pool,), recipes=recipes)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    assert answer.lost.sum() == pytest.approx(2.0)
    assert answer.gap == pytest.approx(0.0, abs=1e-6)
    named = replace(answer.choice, shares=np.array([np.zeros(2), np.ones(2)]))
    found = outcome(Tables(instance), named)
    assert found.lost.sum() == pytest.approx(2.0)
    assert found.money == pytest.approx(answer.objective)
    # and in a month without requests, in which no recipe may be taken
    empty = replace(instance.jobs[0], requests=np.array([10.0, 0.0]))
    never = tuple(replace(it, cost=np.array([it.cost[0], np.inf])) for it in recipes)
    answer = solve(replace(instance, jobs=(empty,), recipes=never), EXACT)
    assert answer.lost.tolist() == [[pytest.approx(1.0), 0.0]]


def test_that_servers_lose_less_than_those_they_overflow_to() -> None:
    """Servers that pay carry the work; what they do not lose is not lost by who stands behind."""
    instance = two_suppliers(0.5, 0.1)
    pool = replace(
        tiny(0).pools[0], unit=np.full(2, 0.01), fixed=np.zeros(2), spares=0, usable=np.ones(2),
        most=9, term=1,
    )  # fmt: skip
    served = Recipe("pool", 0, np.zeros(2), {0: np.full(2, 0.1)}, 0.8, {pool.key: 1e3}, {},
                    overflow=0, lost=np.full(2, 0.001))  # fmt: skip
    job = replace(instance.jobs[0], shape=np.ones_like(instance.jobs[0].shape))
    instance = replace(instance, jobs=(job,), pools=(pool,), recipes=(instance.recipes[1], served))
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    assert answer.choice.servers.tolist() == [[1, 1]]
    assert answer.lost.sum() == pytest.approx(20 * 0.001)
    assert answer.gap == pytest.approx(0.0, abs=1e-6)


def test_that_an_outcome_tells_lost_requests_from_those_without_room() -> None:
    instance = two_suppliers(0.5, 0.1)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    half = replace(answer.choice, shares=answer.choice.shares / 2)
    found = outcome(Tables(instance), half)
    assert found.unserved.sum() == pytest.approx(10.0)
    assert found.lost.sum() == pytest.approx(1.0)
    assert found.weighed == found.money + found.forgone
