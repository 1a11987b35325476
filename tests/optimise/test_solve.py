"""Stopping, starting, limits and bad input of the solve as a whole."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.optimise.engine.answer import Progress, Settings
from pricing.optimise.engine.instance import Instance, Limits
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.solve import can_serve, solve
from pricing.optimise.engine.tables import Tables
from tests.optimise.instances import large, mixed, tiny

EXACT = Settings(gap=1e-6, seconds=30)


def small(seed: int = 0, limits: Limits | None = None) -> Instance:
    return large(seed, jobs=4, months=12, pools=4, suppliers=2, limits=limits)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100_000))
def test_that_no_bound_lies_above_the_cost_of_the_decision(seed: int) -> None:
    instance = tiny(seed)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    assert answer.bound <= answer.objective
    assert answer.objective == outcome(Tables(instance), answer.choice).money


def test_that_progress_only_improves_and_ends_at_the_answer() -> None:
    seen: list[Progress] = []
    answer = solve(small(), Settings(gap=1e-3, seconds=30), on_progress=seen.append)
    assert answer.gap <= 1e-3
    costs, bounds = [it.objective for it in seen], [it.bound for it in seen]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert (costs[-1], bounds[-1]) == (answer.objective, answer.bound)
    assert answer.first <= answer.seconds


def test_that_the_same_input_gives_the_same_answer() -> None:
    one, other = solve(small(3), Settings(gap=1e-3)), solve(small(3), Settings(gap=1e-3))
    assert one.objective == other.objective
    assert one.choice is not None
    assert other.choice is not None
    assert (one.choice.servers == other.choice.servers).all()
    assert (one.choice.shares == other.choice.shares).all()


@pytest.mark.parametrize("after", [0.0, 1.5, 4.0])
def test_that_a_cancel_takes_effect_at_once_and_keeps_the_best_decision(after: float) -> None:
    asked, began = threading.Event(), 0.0
    seen: list[Progress] = []

    def ask() -> None:
        nonlocal began
        began = time.monotonic()
        asked.set()

    timer = threading.Timer(after, ask)
    timer.start()
    answer = solve(large(4), Settings(gap=1e-7), on_progress=seen.append, cancel=asked)
    late = time.monotonic() - began
    timer.join()
    assert answer.status == "cancelled"
    # 0.2 s are meant; tests that run beside this one share the processors
    assert late < 0.5
    if any(np.isfinite(it.objective) for it in seen):
        assert answer.choice is not None
        assert answer.objective == min(it.objective for it in seen)


def test_that_a_timeout_returns_the_best_decision_with_its_gap() -> None:
    answer = solve(large(4), Settings(gap=1e-7, seconds=6))
    assert answer.status == "time"
    assert answer.choice is not None
    assert answer.gap == pytest.approx((answer.objective - answer.bound) / answer.objective)
    assert answer.seconds < 8


def test_that_a_good_start_is_never_made_worse() -> None:
    instance = small(1)
    first = solve(instance, Settings(gap=1e-3))
    again = solve(instance, Settings(gap=0.5), start=first.choice)
    assert again.objective <= first.objective


def test_that_locked_servers_are_kept_and_shares_are_still_chosen() -> None:
    instance = small(1)
    free = solve(instance, Settings(gap=1e-3))
    assert free.choice is not None
    locked = free.choice.servers.copy()
    again = solve(instance, Settings(gap=1e-3), locked_servers=locked)
    assert again.choice is not None
    assert (again.choice.servers == locked).all()
    assert again.objective == pytest.approx(free.objective, rel=2e-3)
    more = locked + (np.arange(len(locked)) == 0)[:, None]
    dearer = solve(instance, Settings(gap=1e-3), locked_servers=more)
    assert dearer.choice is not None
    assert (dearer.choice.servers == more).all()
    assert dearer.objective >= free.bound


def test_that_work_that_limits_leave_no_room_for_is_reported_by_job_and_month() -> None:
    instance = small(0, Limits(site_kw=0.0))
    tables = Tables(instance)
    captive = [j for j in range(4) if not any(not r.work for r in instance.recipes if r.job == j)]
    assert captive
    answer = solve(instance, Settings(gap=1e-3))
    assert answer.choice is not None
    for job in range(4):
        if job in captive:
            assert answer.unserved[job] == pytest.approx(tables.requests[job])
        else:
            assert (answer.unserved[job] == 0).all()
    early = answer.unavoidable[captive[0]] > 0
    assert early[0]
    assert not early[-1]


def test_that_limits_nothing_can_keep_are_infeasible() -> None:
    answer = solve(small(0, Limits(vendors=50)), Settings(gap=1e-3))
    assert answer.status == "infeasible"
    assert answer.choice is None


@pytest.mark.parametrize("seed", [0, 1])
def test_that_a_floor_on_quality_is_kept_where_pools_serve_other_jobs_than_the_model_thinks(
    seed: int,
) -> None:
    instance = mixed(seed, jobs=6 + 6 * seed)
    answer = solve(instance, Settings(gap=5e-3))
    assert answer.choice is not None
    found = outcome(Tables(instance), answer.choice)
    assert not found.broken
    assert answer.gap <= 5e-3


def scaled(instance: Instance, money: float) -> Instance:
    return replace(
        instance,
        pools=tuple(replace(p, unit=p.unit * money, fixed=p.fixed * money) for p in instance.pools),
        suppliers=tuple(
            replace(s, fixed=s.fixed * money, minimum=s.minimum * money) for s in instance.suppliers
        ),
        recipes=tuple(
            replace(r, cost=r.cost * money, spend={k: v * money for k, v in r.spend.items()})
            for r in instance.recipes
        ),
        constant=instance.constant * money,
    )


@pytest.mark.parametrize("money", [1e-6, 1e-3, 1e6, 1e9])
def test_that_badly_scaled_costs_are_solved_all_the_same(money: float) -> None:
    instance = small(2)
    plain = solve(instance, Settings(gap=1e-3))
    other = solve(scaled(instance, money), Settings(gap=1e-3))
    assert other.gap <= 1e-3
    assert other.objective == pytest.approx(plain.objective * money, rel=2e-3)


def test_that_a_stricter_limit_never_lowers_the_bound_below_the_cost_of_a_looser_one() -> None:
    costs, bounds = [], []
    for share in (1.0, 0.8, 0.6):
        answer = solve(small(1, Limits(vendor_share=share)), Settings(gap=1e-3))
        costs.append(answer.objective)
        bounds.append(answer.bound)
    for loose, strict in ((0, 1), (1, 2)):
        assert costs[strict] >= bounds[loose]


@pytest.mark.parametrize("locked", [None, np.zeros((2, 2), dtype=np.int64)])
def test_that_work_that_no_recipe_may_serve_is_left_and_nothing_bought(
    locked: np.ndarray | None,
) -> None:
    instance = replace(tiny(0), recipes=())
    answer = solve(instance, EXACT, locked_servers=locked)
    assert answer.choice is not None
    assert answer.choice.servers.sum() == 0
    assert answer.objective == instance.constant
    assert (answer.unserved == answer.unavoidable).all()
    assert answer.unserved == pytest.approx(Tables(instance).requests)
    assert can_serve(instance, EXACT)


def test_that_without_any_job_there_is_no_decision_and_nothing_to_serve() -> None:
    instance = replace(tiny(0), jobs=(), recipes=())
    answer = solve(instance, EXACT)
    assert (answer.choice, answer.status) == (None, "infeasible")
    assert answer.answered_by_nobody.shape == (0, instance.months)
    assert can_serve(instance, EXACT)
