"""Least whole servers for work that has nowhere else to go, over all pools that could do it.

Firm work of jobs that no recipe outside pools can serve needs, at its worst hour, `need` mean
servers of one pool, or more or fewer of another. Written for one pool after the other in units of
its servers this reads `sum of ratio x servers >= need`, and as servers are whole it may be rounded
up (mixed-integer rounding). The solver sees the pieces of that row, not the row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.columns import Place
from pricing.optimise.engine.instance import Numbers
from pricing.optimise.engine.layout import Layout
from pricing.optimise.engine.rows import ABSENT, Rows
from pricing.optimise.engine.tables import Flags, Tables


@dataclass(frozen=True)
class Need:
    """A row `sum of factor x working servers >= least` that every staffing of a month keeps."""

    pools: Place
    factor: Numbers
    least: float


def needs_of(tables: Tables, layout: Layout) -> Iterator[tuple[int, list[Need]]]:
    """Months with captive work, and what it needs: of all jobs, and of each on its own."""
    captive = _captive(tables, layout)
    for month in range(tables.instance.months):
        jobs = np.flatnonzero(captive[:, month])
        if not len(jobs):
            continue
        work = _least_work(tables, layout, jobs, month)
        needs: list[Need] = []
        for some in (jobs, *(jobs[at : at + 1] for at in range(len(jobs)) if len(jobs) > 1)):
            needs += _needs(tables, month, some, work[:, np.isin(jobs, some)])
        yield month, needs


def add_staffing(tables: Tables, layout: Layout, rows: Rows) -> None:
    """Add the rounded rows of each month and pool."""
    for month, needs in needs_of(tables, layout):
        for need in needs:
            fraction = need.least - np.floor(need.least)
            if fraction < 1e-4:
                continue
            part = need.factor - np.floor(need.factor)
            rounded = np.floor(need.factor) + np.minimum(part / fraction, 1.0)
            working = layout.working[need.pools, month]
            rows.add(np.ceil(need.least), np.inf, (working[None], rounded))


def _captive(tables: Tables, layout: Layout) -> Flags:
    """Jobs and months that must be served in pools as firm work; shape (J, T)."""
    result = tables.avoidable & (layout.missing == ABSENT)
    for r in range(len(tables.recipes)):
        if not tables.firm[r]:
            result[tables.job[r]] &= layout.alone[r] == ABSENT
    for g, group in enumerate(layout.groups):
        result[group.job] &= layout.served[g] == ABSENT
    for r, recipe in enumerate(tables.recipes):
        if tables.firm[r] and len(recipe.work) != 1:
            result[tables.job[r]] &= layout.alone[r] == ABSENT
    return np.asarray(result)


def _least_work(tables: Tables, layout: Layout, jobs: Place, month: int) -> Numbers:
    """Mean servers of each job in each pool, inf where it cannot go; shape (P, jobs)."""
    result = np.full((len(tables.pools), len(jobs)), np.inf)
    for r in np.flatnonzero(tables.firm & (layout.alone[:, month] != ABSENT)):
        at = np.flatnonzero(jobs == tables.job[r])
        for pool in tables.recipes[r].work:
            result[pool, at] = np.minimum(result[pool, at], tables.work[pool, r, month])
    return result


def _needs(tables: Tables, month: int, jobs: Place, work: Numbers) -> Iterator[Need]:
    """In units of the servers of each pool that could do all of it."""
    there = np.flatnonzero(np.isfinite(work).any(axis=1) & (work > 0).any(axis=1))
    for reference in there:
        own = work[reference]
        if not np.isfinite(own).all() or (own <= 0).any() or (work[there] <= 0).any():
            continue
        ratio = np.array([
            np.max(own[np.isfinite(work[at])] / work[at][np.isfinite(work[at])]) for at in there
        ])  # fmt: skip
        usable = tables.usable[there, month] / tables.usable[reference, month]
        realtime = ~tables.waits[jobs]
        hourly = own[realtime] @ tables.peaks[jobs[realtime]]
        daily = own @ np.where(tables.batch[jobs], 0.0, tables.busiest[jobs])
        need = max(float(hourly.max(initial=0.0)), float(daily), float(own.sum()))
        need /= float(tables.usable[reference, month])
        yield Need(there, ratio * usable, need - 1e-6 * max(need, 1.0))
