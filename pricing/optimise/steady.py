"""Decisions that change seldom: months that differ from their neighbours for hardly any gain.

An optimum may send a class elsewhere for one month because servers rented for others have room
just then. Nobody would run it so. Here each stretch of months with the same shares is given those
of the stretch before or after it, the shortest first, as long as that costs next to nothing.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.engine.outcome import Outcome, outcome
from pricing.optimise.engine.tables import Tables

SAME = 1e-6
"""Shares that differ by less are the same."""
LONG = 6
"""Months after which a stretch is no swing but a period of the plan."""

Accept = Callable[[Choice, Outcome], bool]
"""Whether a decision with that outcome may take the place of the one so far."""


def stretches(shares: Numbers) -> list[tuple[int, int]]:
    """First month of each stretch of equal columns, and the month after its last.

    Args:
        shares: Shape (N, T).
    """
    change = (np.abs(np.diff(shares, axis=1)) > SAME).any(axis=0)
    edges = [0, *(np.flatnonzero(change) + 1).tolist(), shares.shape[1]]
    return list(pairwise(edges))


def steadied(tables: Tables, choice: Choice, accept: Accept) -> Choice:
    """The decision with fewer changes of shares; servers stay as they are.

    Args:
        tables: The problem.
        choice: A decision.
        accept: Judges each step, with the decision it would lead to.
    """
    for job in range(len(tables.instance.jobs)):
        mine = np.flatnonzero(tables.job == job)
        refused: set[tuple[int, int]] = set()
        while True:
            own = choice.shares[mine]
            short = sorted(
                (run for run in stretches(own) if run[1] - run[0] <= LONG and run not in refused),
                key=lambda run: run[1] - run[0],
            )
            if not short:
                break
            first, after = short[0]
            better = _given_to_neighbours(tables, choice, mine, first, after, accept)
            if better is None:
                refused.add((first, after))
            else:
                choice = better
    return choice


def _given_to_neighbours(
    tables: Tables, choice: Choice, mine: Whole, first: int, after: int, accept: Accept
) -> Choice | None:
    """The cheaper of the two decisions in which a stretch follows a neighbour; none accepted."""
    found: list[tuple[float, Choice]] = []
    for column in _neighbours(choice.shares[mine], first, after):
        shares = choice.shares.copy()
        served = tables.requests[tables.job[mine[0]], first:after] > 0
        shares[np.ix_(mine, np.arange(first, after)[served])] = column[:, None]
        tried = Choice(choice.servers, shares, choice.order)
        result = outcome(tables, tried)
        if accept(tried, result):
            found.append((result.weighed, tried))
    return min(found, key=lambda it: it[0])[1] if found else None


def _neighbours(own: Numbers, first: int, after: int) -> Iterator[Numbers]:
    """Shares of the month before a stretch and of the month after it, where something is given."""
    for month in (first - 1, after):
        if 0 <= month < own.shape[1] and own[:, month].sum() > SAME:
            yield own[:, month]
