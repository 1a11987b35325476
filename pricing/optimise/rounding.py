"""Whole servers near a relaxed solution: the first decisions, long before the search has one."""

from collections.abc import Iterator

import numpy as np

from pricing.optimise.columns import at
from pricing.optimise.instance import Numbers, Pool, Whole
from pricing.optimise.layout import Layout
from pricing.optimise.rows import ABSENT
from pricing.optimise.tables import Tables

THRESHOLDS = (0.02, 0.25, 0.5)
"""From which fraction of a server on one more is taken, cautious first."""


def rounded_servers(
    tables: Tables, layout: Layout, values: Numbers, locked: Whole | None
) -> Iterator[Whole]:
    """Servers in service near those of a relaxed solution, shape (P, T), by several thresholds."""
    seen: set[bytes] = set()
    for threshold in THRESHOLDS:
        servers = np.zeros(layout.servers.shape, dtype=np.int64)
        for place, pool in enumerate(tables.pools):
            if locked is not None and (locked[place] >= 0).all():
                servers[place] = locked[place]
                continue
            firm = any(
                place in tables.recipes[r].work and (layout.alone[r] != ABSENT).any()
                for r in np.flatnonzero(tables.firm)
            )
            least = THRESHOLDS[0] if firm else threshold
            working = np.floor(at(values, layout.working[place]) + 1 - least)
            wanted = np.where(working > 0, working + pool.spares, 0)
            servers[place] = _staffed(pool, wanted, layout.taken[place] != ABSENT)
        key = servers.tobytes()
        if key not in seen:
            seen.add(key)
            yield servers


def _staffed(pool: Pool, wanted: Numbers, startable: Numbers) -> Whole:
    """Servers of terms that start just in time to have what is wanted in every month."""
    months = len(wanted)
    result = np.zeros(months, dtype=np.int64)
    starts = np.flatnonzero(startable)
    for start, after in zip(starts, [*starts[1:], months], strict=True):
        end = min(max(after, start + 1), start + pool.term, months)
        lacking = int(wanted[start:end].max()) - int(result[start])
        if lacking > 0:
            lacking = min(lacking, pool.most - int(result[start : start + pool.term].max()))
            result[start : start + pool.term] += max(lacking, 0)
    return result
