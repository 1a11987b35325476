"""Making a decision better without the solver: work offered to its pools, and in which order.

The model lets every pool take work in the order that suits it in that month; a decision has one
order a pool. Offering a pool less of a job that ranks too high there makes up for most of that.
"""

from collections.abc import Callable, Iterator

import numpy as np

from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.engine.outcome import Outcome, outcome
from pricing.optimise.engine.tables import Flags, Tables


def widened(tables: Tables, shares: Numbers) -> Numbers:
    """Shares with direct ones sent through a pool the job uses that overflows to the same recipe.

    The pool may find room for them and costs nothing if it does not.
    """
    shares = shares.copy()
    for at in np.flatnonzero(tables.overflow >= 0):
        direct = tables.overflow[at]
        both = (shares[at] > 0) & (shares[direct] > 0)
        shares[at, both] += shares[direct, both]
        shares[direct, both] = 0.0
    return shares


def narrowed(tables: Tables, shares: Numbers, answered: Numbers, jobs: Flags) -> Numbers:
    """Shares of some jobs cut to what their pools serve; the rest goes where it overflowed to.

    Args:
        tables: The instance.
        shares: Shape (R, T).
        answered: Shape (R, T): share that each recipe answers.
        jobs: Shape (J,).
    """
    shares = shares.copy()
    for at in np.flatnonzero((tables.overflow >= 0) & jobs[tables.job]):
        spill = np.maximum(shares[at] - answered[at] / tables.up[at], 0.0)
        shares[at] -= spill
        shares[tables.overflow[at]] += spill
    return np.where(shares > 1e-9, shares, 0.0)


def offers(
    tables: Tables,
    servers: Whole,
    shares: Numbers,
    planned: Numbers | None,
    order: Whole,
    stop: Callable[[], bool],
    *,
    thorough: bool,
) -> Iterator[Choice]:
    """Decisions with the same servers that offer pools more or less work, month by month.

    Args:
        tables: The instance.
        servers: Shape (P, T).
        shares: Shape (R, T): as the model would have it.
        planned: Shape (R, T): shares that recipes would answer in the model, if known.
        order: Shape (P, J): rank in which jobs take servers.
        stop: Asked before every trial; True ends the offers.
        thorough: Whether each job is tried on its own.
    """
    wide = widened(tables, shares)
    options = [shares, wide]
    yield Choice(servers, shares, order)
    yield Choice(servers, wide, order)
    everyone = np.ones(len(tables.instance.jobs), dtype=bool)
    if planned is not None:
        options.append(narrowed(tables, shares, planned, everyone))
    if thorough and planned is not None:
        options += [
            narrowed(tables, shares, planned, np.arange(len(everyone)) == job)
            for job in np.flatnonzero(everyone)
        ]
    results = []
    for option in options:
        if stop():
            return
        results.append(outcome(tables, Choice(servers, option, order)))
    yield Choice(servers, _best_of(options, results), order)


def _best_of(options: list[Numbers], results: list[Outcome]) -> Numbers:
    """The cheapest option of each month; shape (R, T)."""
    running = np.array([it.running for it in results])
    missing = np.array([it.unserved.sum(axis=0) for it in results])
    running = np.where(missing > missing.min(axis=0) + 1e-9, np.inf, running)
    best = np.argmin(running, axis=0)
    return np.asarray(np.stack(options)[best, :, np.arange(len(best))].T)


def reorder(tables: Tables, choice: Choice, weight: float, stop: Callable[[], bool]) -> Choice:
    """Move one job after the other to another rank at a pool as long as that makes it better.

    `weight` is what the decision weighs as it is; see `Outcome.weighed`.
    """
    for pool in range(len(choice.order)):
        choice, weight = _reordered(tables, choice, weight, pool, stop)
    return choice


def _reordered(
    tables: Tables, choice: Choice, weight: float, pool: int, stop: Callable[[], bool]
) -> tuple[Choice, float]:
    """The decision with jobs moved at one pool, and what it weighs."""
    given = (tables.pool == pool) & (choice.shares > 0).any(axis=1)
    loose = np.zeros(choice.order.shape[1], dtype=bool)
    loose[tables.job[given]] = True
    by_rank = [int(job) for job in np.argsort(choice.order[pool], kind="stable")]
    ranked = [job for job in by_rank if loose[job]]
    rest = [job for job in by_rank if not loose[job]]
    better = True
    while better:
        better = False
        for job in list(ranked):
            for to in range(len(ranked)):
                if stop():
                    return choice, weight
                moved = [other for other in ranked if other != job]
                moved.insert(to, job)
                if moved == ranked:
                    continue
                order = choice.order.copy()
                order[pool, [*moved, *rest]] = np.arange(order.shape[1])
                tried = Choice(choice.servers, choice.shares, order)
                cost = outcome(tables, tried).weighed
                if cost < weight * (1 - 1e-12):
                    choice, weight, ranked, better = tried, cost, moved, True
    return choice, weight
