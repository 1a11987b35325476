"""Decisions that people can carry out: as cheap as allowed, and with fewer changes."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.instance import Choice, Instance
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.solve import solve
from pricing.optimise.engine.tables import Tables
from pricing.optimise.simplify import simplified
from pricing.optimise.steady import LONG, steadied, stretches
from tests.optimise.instances import mixed

SEEDS = range(4)


def solved(seed: int) -> tuple[Tables, Choice]:
    """A problem of eighteen months and a decision for it."""
    instance = mixed(seed, jobs=4, months=18, pools=4, suppliers=2)
    answer = solve(instance, Settings(gap=1e-2, seconds=20))
    assert answer.choice is not None
    return Tables(instance), answer.choice


def changes(instance: Instance, choice: Choice) -> int:
    """How often shares of a job change, all jobs together."""
    jobs = np.array([recipe.job for recipe in instance.recipes])
    return sum(len(stretches(choice.shares[jobs == job])) - 1 for job in range(len(instance.jobs)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("allowed", [0.0, 5e-4])
def test_that_a_simpler_decision_serves_as_much_keeps_the_rules_and_its_allowance(
    seed: int, allowed: float
) -> None:
    tables, choice = solved(seed)
    before = outcome(tables, choice)
    simple = simplified(tables, choice, allowed)
    after = outcome(tables, simple)
    assert after.money <= before.money * (1 + allowed) + 1e-9
    assert (after.unserved <= before.unserved + 1e-5).all()
    assert set(after.broken) <= set(before.broken)
    assert (simple.servers == choice.servers).all()
    assert changes(tables.instance, simple) <= changes(tables.instance, choice)


def alternating(seed: int) -> tuple[Tables, Choice, int]:
    """A decision that sends one job to two suppliers of one price by turns; the job's place."""
    instance = mixed(seed, jobs=4, months=18, pools=4, suppliers=2)
    place = next(at for at, r in enumerate(instance.recipes) if not r.work and r.overflow is None)
    twin = replace(instance.recipes[place], key="twin")
    instance = replace(instance, recipes=(*instance.recipes, twin))
    shares = np.zeros((len(instance.recipes), instance.months))
    shares[place, ::2], shares[-1, 1::2] = 1.0, 1.0
    servers = np.zeros((len(instance.pools), instance.months), dtype=np.int64)
    order = np.tile(np.arange(len(instance.jobs)), (len(instance.pools), 1))
    return Tables(instance), Choice(servers, shares, order), instance.recipes[place].job


def test_that_swings_between_equal_sources_end() -> None:
    tables, choice, job = alternating(0)
    money = outcome(tables, choice).money
    inside = tables.job == job
    assert len(stretches(choice.shares[inside])) == 18
    steady = steadied(tables, choice, lambda _, found: found.money <= money * (1 + 1e-9))
    assert len(stretches(steady.shares[inside])) == 1
    assert outcome(tables, steady).money == pytest.approx(money, rel=1e-9)


def test_that_a_period_of_the_plan_is_left_as_it_is() -> None:
    tables, choice, job = alternating(0)
    first, second = np.flatnonzero((choice.shares > 0).any(axis=1))
    shares = np.zeros_like(choice.shares)
    shares[first, : LONG + 1], shares[second, LONG + 1 :] = 1.0, 1.0
    periods = Choice(choice.servers, shares, choice.order)
    steady = steadied(tables, periods, lambda _, __: True)
    assert len(stretches(steady.shares[tables.job == job])) == 2


def test_that_a_swing_that_pays_stays() -> None:
    tables, choice, _ = alternating(0)
    steady = steadied(tables, choice, lambda _, __: False)
    assert (steady.shares == choice.shares).all()
