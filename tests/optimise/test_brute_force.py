"""Tiny instances of which every decision can be tried, against an own plain dispatch."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.optimise.engine.answer import PROVEN, Settings
from pricing.optimise.engine.instance import Choice, Instance, Limits
from pricing.optimise.engine.solve import solve
from tests.optimise import plain
from tests.optimise.instances import tiny


def without(instance: Instance, closed: frozenset[str]) -> Instance:
    """The instance with no recipe of what is closed."""
    shut = [
        bool(closed & {*r.bought, *r.spend}) or any(instance.pools[p].key in closed for p in r.work)
        for r in instance.recipes
    ]
    shut = [
        out or (r.overflow is not None and shut[r.overflow])
        for out, r in zip(shut, instance.recipes, strict=True)
    ]
    places = {at: place for place, at in enumerate(at for at, out in enumerate(shut) if not out)}
    kept = tuple(
        r if r.overflow is None else replace(r, overflow=places[r.overflow])
        for r, out in zip(instance.recipes, shut, strict=True)
        if not out
    )
    return replace(instance, recipes=kept, limits=Limits())


EXACT = Settings(gap=1e-6, seconds=60)


def months_of(instance: Instance, choice: Choice) -> tuple[list[plain.Month], float]:
    """A decision carried out by the plain dispatch, and its cost."""
    order = [np.argsort(ranks, kind="stable").tolist() for ranks in choice.order]
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
    return months, sum(it.cost for it in months) + plain.fixed_costs(instance, servers, months)


def cost_of(instance: Instance, choice: Choice) -> float:
    """What it costs."""
    return months_of(instance, choice)[1]


@pytest.mark.parametrize("seed", [0, 1, 3, 5, 9, 11, 21, 23, 27, 35])
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
        (9, Limits(capex=np.array([6.0]))),
        (23, Limits(site_kw=4.0)),
        (11, Limits(vendor_share=0.6)),
        (37, Limits(vendors=2, vendor_least=0.2)),
        (21, Limits(quality=0.7)),
        (35, Limits(on_premises=0.3)),
        (27, Limits(vendors=3, vendor_least=0.1, site_kw=7.0)),
        (8, Limits(closed=frozenset({"api1", "pool1"}))),
    ],
)
def test_that_the_answer_keeps_each_limit_and_is_cheapest_within_it(
    seed: int, limits: Limits
) -> None:
    instance = tiny(seed, limits=limits)
    answer = solve(instance, EXACT)
    if limits.closed:
        instance = without(instance, limits.closed)
    best = plain.best_by_enumeration(instance)
    if answer.choice is None:
        assert answer.status == "infeasible"
        assert best == np.inf
        return
    assert answer.bound <= best * (1 + 1e-6)
    assert answer.objective <= best * (1 + 1e-6)
    if not limits.closed:
        assert answer.objective == pytest.approx(cost_of(instance, answer.choice), rel=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_that_no_status_claims_a_gap_that_was_not_reached(seed: int) -> None:
    settings = Settings(gap=1e-9, seconds=20)
    answer = solve(tiny(seed), settings)
    if answer.status == "gap":
        assert answer.gap <= settings.gap
    if answer.gap > settings.gap and answer.choice is not None:
        assert answer.status in {"optimal", "stuck"}
        assert (answer.gap <= PROVEN) == (answer.status == "optimal")
