"""Tiny instances of which every decision can be tried, against an own plain dispatch."""

import numpy as np
import pytest

from pricing.optimise.answer import Settings
from pricing.optimise.instance import Choice, Instance, Limits
from pricing.optimise.solve import solve
from tests.optimise import plain
from tests.optimise.instances import tiny

EXACT = Settings(gap=1e-6, seconds=60)


def cost_of(instance: Instance, choice: Choice) -> float:
    """A decision carried out by the plain dispatch."""
    order = list(np.argsort(choice.order, kind="stable"))
    months, given = [], []
    for month in range(instance.months):
        shares = {r: float(s) for r, s in enumerate(choice.shares[:, month]) if s > 0}
        servers = [int(n) for n in choice.servers[:, month]]
        it = plain.run_month(instance, month, servers, shares, order)
        assert it.fits
        months.append(it)
        given.append(shares)
    plain.stand_by(instance, months, given)
    servers = [[int(n) for n in row] for row in choice.servers]
    assert plain.keeps_limits(instance, servers, months)
    return sum(it.cost for it in months) + plain.fixed_costs(instance, servers, months)


@pytest.mark.parametrize("seed", range(12))
def test_that_no_decision_of_a_tiny_instance_is_cheaper_than_the_answer(seed: int) -> None:
    instance = tiny(seed)
    best = plain.best_by_enumeration(instance)
    answer = solve(instance, EXACT)
    assert answer.choice is not None
    assert answer.bound <= best * (1 + 1e-6)
    assert answer.objective == pytest.approx(cost_of(instance, answer.choice), rel=1e-9)
    assert answer.objective <= best * (1 + 1e-6)
    assert answer.bound <= answer.objective


@pytest.mark.parametrize(
    ("seed", "limits"),
    [
        (1, Limits(capex=np.array([6.0]))),
        (2, Limits(site_kw=4.0)),
        (3, Limits(vendor_share=0.6)),
        (4, Limits(vendors=2, vendor_least=0.2)),
        (5, Limits(quality=0.7)),
        (6, Limits(on_premises=0.3)),
        (7, Limits(vendors=3, vendor_least=0.1, site_kw=7.0)),
        (8, Limits(closed=frozenset({"api1", "pool1"}))),
    ],
)
def test_that_the_answer_keeps_each_limit_and_is_cheapest_within_it(
    seed: int, limits: Limits
) -> None:
    instance = tiny(seed, limits=limits)
    answer = solve(instance, EXACT)
    if limits.closed:
        shut = [any(k in r.key for k in limits.closed) for r in instance.recipes]
        kept = [r for r, closed in zip(instance.recipes, shut, strict=True) if not closed]
        places = {i: n for n, i in enumerate(np.flatnonzero(~np.array(shut)))}
        kept = [r if r.overflow is None else _moved(r, places.get(r.overflow, -1)) for r in kept]
        kept = [r for r in kept if r.overflow != -1]
        instance = Instance(instance.months, instance.years, instance.jobs, instance.pools,
                            instance.suppliers, tuple(kept), constant=instance.constant)  # fmt: skip
    best = plain.best_by_enumeration(instance)
    if answer.choice is None:
        assert answer.status == "infeasible"
        assert best == np.inf
        return
    assert answer.bound <= best * (1 + 1e-6)
    assert answer.objective <= best * (1 + 1e-6)
    if not limits.closed:
        assert answer.objective == pytest.approx(cost_of(instance, answer.choice), rel=1e-9)


def _moved(recipe, overflow):
    from dataclasses import replace

    return replace(recipe, overflow=overflow)
