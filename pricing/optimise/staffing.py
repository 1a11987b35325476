"""Least whole servers for work that has nowhere else to go, over all pools that could do it.

Firm work of jobs that no recipe outside pools can serve needs, at its worst hour, `need` mean
servers of one pool, or more or fewer of another. Written for one pool after the other in units of
its servers this reads `sum of ratio x servers >= need`, and as servers are whole it may be rounded
up (mixed-integer rounding). The solver sees the pieces of that row, not the row.
"""

import numpy as np

from pricing.optimise.columns import Place
from pricing.optimise.instance import Numbers
from pricing.optimise.layout import Layout
from pricing.optimise.rows import ABSENT, Rows
from pricing.optimise.tables import Flags, Tables


def add_staffing(tables: Tables, layout: Layout, rows: Rows) -> None:
    """Add the rounded rows of each month and pool."""
    captive = _captive(tables, layout)
    for month in range(tables.instance.months):
        jobs = np.flatnonzero(captive[:, month])
        if not len(jobs):
            continue
        work = _least_work(tables, layout, jobs, month)
        for some in (jobs, *(jobs[at : at + 1] for at in range(len(jobs)) if len(jobs) > 1)):
            _add(tables, layout, rows, month, some, work[:, np.isin(jobs, some)])


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


def _add(
    tables: Tables, layout: Layout, rows: Rows, month: int, jobs: Place, work: Numbers
) -> None:
    there = np.flatnonzero(np.isfinite(work).any(axis=1) & (work > 0).any(axis=1))
    for reference in there:
        own = work[reference]
        if not np.isfinite(own).all() or (own <= 0).any() or (work[there] <= 0).any():
            continue
        ratio = np.array([
            np.max(own[np.isfinite(work[at])] / work[at][np.isfinite(work[at])]) for at in there
        ])  # fmt: skip
        usable = tables.usable[there, month] / tables.usable[reference, month]
        factor = ratio * usable
        realtime = ~tables.waits[jobs]
        hourly = own[realtime] @ tables.peaks[jobs[realtime]]
        daily = own @ np.where(tables.batch[jobs], 0.0, tables.busiest[jobs])
        need = max(float(hourly.max(initial=0.0)), float(daily), float(own.sum()))
        need /= float(tables.usable[reference, month])
        need -= 1e-6 * max(need, 1.0)
        fraction = need - np.floor(need)
        if fraction < 1e-4:
            continue
        part = factor - np.floor(factor)
        rounded = np.floor(factor) + np.minimum(part / fraction, 1.0)
        working = layout.working[there, month]
        rows.add(np.ceil(need), np.inf, (working[None], rounded))
