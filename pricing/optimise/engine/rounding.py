"""Whole servers near a relaxed solution: the first decisions, long before the search has one."""

from itertools import pairwise

import numpy as np

from pricing.optimise.engine.columns import at
from pricing.optimise.engine.instance import Numbers, Pool, Whole
from pricing.optimise.engine.layout import Layout
from pricing.optimise.engine.rows import ABSENT
from pricing.optimise.engine.tables import Tables

THRESHOLDS = (0.3, 0.02, 0.6)
"""From which fraction of a server on one more is taken."""
CAUTIOUS = 0.02


def rounded(tables: Tables, layout: Layout, values: Numbers, place: int, threshold: float) -> Whole:
    """Servers of a pool near those of a relaxed solution; shape (T,)."""
    pool = tables.pools[place]
    working = np.floor(at(values, layout.working[place]) + 1 - threshold)
    wanted = np.where(working > 0, working + pool.spares, 0)
    return _staffed(pool, wanted, layout.taken[place] != ABSENT)


def diving_order(tables: Tables) -> list[int]:
    """Pools whose servers stay longest first: what comes later makes up for their rounding."""
    return sorted(range(len(tables.pools)), key=lambda place: -tables.pools[place].term)


def _staffed(pool: Pool, wanted: Numbers, startable: Numbers) -> Whole:
    """Servers of terms that start just in time to have what is wanted in every month."""
    months = len(wanted)
    result = np.zeros(months, dtype=np.int64)
    starts = [int(start) for start in np.flatnonzero(startable)]
    for start, after in pairwise([*starts, months]):
        end = min(max(after, start + 1), start + pool.term, months)
        lacking = int(wanted[start:end].max()) - int(result[start])
        if lacking > 0:
            lacking = min(lacking, pool.most - int(result[start : start + pool.term].max()))
            result[start : start + pool.term] += max(lacking, 0)
    return result
