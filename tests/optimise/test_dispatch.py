"""What a pool serves: against plain loops, and what any sensible dispatch keeps to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.optimise.engine.dispatch import Load, needed, serve
from pricing.optimise.engine.instance import Choice
from pricing.optimise.engine.outcome import outcome, starts
from pricing.optimise.engine.tables import Tables
from tests.optimise import plain
from tests.optimise.instances import tiny


def load_of(seed: int) -> Load:
    random = np.random.default_rng(seed)
    jobs, slots = 4, 6
    shapes = random.uniform(0, 2, (jobs, slots))
    shapes /= shapes.mean(axis=1, keepdims=True)
    waits = tuple(bool(w) for w in random.random(jobs) < 0.4)
    shapes[list(waits)] = 1.0
    return Load(
        capacity=random.uniform(0, 6, 3),
        firm=random.uniform(0, 1, (3, slots)),
        firm_waiting=random.uniform(0, 0.5, 3),
        flexible=random.uniform(0, 2, (jobs, 3)),
        shapes=shapes,
        waits=waits,
    )


@given(st.integers(0, 10_000))
def test_that_nothing_is_served_beyond_the_asked_work_and_the_capacity(seed: int) -> None:
    load = load_of(seed)
    served = serve(load)
    assert (served >= 0).all()
    assert (served <= load.flexible + 1e-12).all()
    carried = np.minimum(load.firm, load.capacity[:, None]).mean(axis=1)
    waiting = np.minimum(load.firm_waiting, load.capacity - carried)
    assert (served.sum(axis=0) + carried + waiting <= load.capacity + 1e-9).all()


@given(st.integers(0, 10_000))
def test_that_more_capacity_serves_no_less_in_all(seed: int) -> None:
    load = load_of(seed)
    more = Load(load.capacity + 0.3, load.firm, load.firm_waiting, load.flexible, load.shapes,
                load.waits)  # fmt: skip
    assert (serve(more).sum(axis=0) >= serve(load).sum(axis=0) - 1e-12).all()


def test_that_a_job_is_served_in_its_slots_by_hand() -> None:
    """Two servers, loads of 1 and 3 in two slots: 1 + 2 of 4 are served, and what waits fills 1."""
    shape = np.array([[0.5, 1.5], [1.0, 1.0]])
    served = serve(
        Load(
            np.array([2.0]),
            np.zeros((1, 2)),
            np.zeros(1),
            np.array([[2.0], [3.0]]),
            shape,
            (False, True),
        )
    )
    assert served[:, 0] == pytest.approx([1.5, 0.5])


def test_that_firm_work_needs_room_at_its_worst_hour_or_day_or_in_the_month() -> None:
    one = np.array([[1.0]])
    need = needed(one, np.array([[1.2, 3.0]]), one, np.array([1.5]), np.array([0.0]))
    assert need == pytest.approx([3.0])
    need = needed(one, np.array([[0.1, 0.2]]), one, np.array([1.5]), np.array([0.2]))
    assert need == pytest.approx([1.5])
    need = needed(one, np.array([[0.1, 0.2]]), one, np.array([1.5]), np.array([4.0]))
    assert need == pytest.approx([5.0])


def test_that_servers_whose_term_starts_add_up_to_those_in_service() -> None:
    assert starts(np.array([0, 2, 3, 3, 1]), 3).tolist() == [0, 2, 1, 0, 0]
    assert starts(np.array([2, 1]), 3).tolist() == [2, -1]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100), st.integers(0, 10_000))
def test_that_a_decision_costs_what_plain_loops_say(seed: int, draw: int) -> None:
    """Shares are drawn at random over all recipes; pools are large enough for firm work."""
    instance = tiny(seed)
    random = np.random.default_rng(draw)
    tables = Tables(instance)
    shares = random.random((len(instance.recipes), instance.months))
    shares *= random.random(shares.shape) < 0.6
    for job in range(len(instance.jobs)):
        own = tables.job == job
        empty = shares[own].sum(axis=0) == 0
        shares[np.flatnonzero(own)[0], empty] = 1.0
        shares[own] /= shares[own].sum(axis=0)
    servers = np.full((len(instance.pools), instance.months), 40, dtype=np.int64)
    servers[:, :] -= random.integers(0, 2) * 38
    order = np.array([random.permutation(len(instance.jobs)) for _ in instance.pools])
    got = outcome(tables, Choice(servers, shares, np.argsort(order, axis=1)))
    months = []
    given_shares = []
    for month in range(instance.months):
        drawn = {r: float(s) for r, s in enumerate(shares[:, month]) if s > 0}
        fleet = [int(n) for n in servers[:, month]]
        months.append(plain.run_month(instance, month, fleet, drawn, order.tolist()))
        given_shares.append(drawn)
    assert all(it.fits for it in months) == (got.unserved.max() < 1e-6)
    if all(it.fits for it in months):
        plain.stand_by(instance, months, given_shares)
        fleet_rows = [[int(n) for n in row] for row in servers]
        cost = sum(it.cost for it in months) + plain.fixed_costs(instance, fleet_rows, months)
        assert got.money == pytest.approx(cost, rel=1e-9)
