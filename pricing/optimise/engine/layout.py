"""The variables of the model and what they mean."""

from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.columns import Columns, Place
from pricing.optimise.engine.groups import Group, groups_of, worthwhile
from pricing.optimise.engine.instance import Numbers, Whole
from pricing.optimise.engine.rows import ABSENT
from pricing.optimise.engine.tables import Flags, Tables


@dataclass(frozen=True)
class Layout:
    """Places of the columns; every share is a share of the job's requests of the month."""

    groups: tuple[Group, ...]
    alone: Place
    """Shape (R, T): share that a recipe answers: outside pools, overflow included, or firm."""
    routed: Place
    """Shape (G, T): share of real-time work that a group sends to its pool."""
    served: Place
    """Shape (G, T): share that the pool serves of it."""
    missing: Place
    """Shape (J, T): share that nobody serves."""
    taken: Place
    """Shape (P, T): servers whose term starts."""
    servers: Place
    """Shape (P, T): servers in service."""
    working: Place
    """Shape (P, T): those that carry load."""
    running: Place
    """Shape (P, T): whether any carry load, of pools with spares; see `_standing`."""
    used: Place
    """Shape (U, T): whether a source has been used by a month, where that costs anything."""
    short: Place
    """Shape (suppliers, Y): what is missing to the minimum spend."""
    chosen: Place
    """Shape (V,): whether a vendor counts towards the least number of them."""
    most_working: Whole
    """Shape (P, T): most servers that can carry load: more would stand idle."""
    kept: Flags
    """Shape (R, T): recipes that are part of the model."""
    columns: Columns


def most_working(tables: Tables) -> Whole:
    """Servers that carry all that all jobs together could ever ask of a pool; shape (P, T)."""
    size = (len(tables.pools), tables.instance.months)
    result = np.zeros(size, dtype=np.int64)
    for at, pool in enumerate(tables.pools):
        asked = np.zeros_like(tables.requests)
        np.maximum.at(asked, tables.job, tables.work[at] * tables.allowed)
        firm = np.zeros_like(tables.requests)
        np.maximum.at(firm, tables.job, tables.work[at] * (tables.allowed & tables.firm[:, None]))
        realtime = ~tables.waits
        slots = np.einsum("jt,js->ts", asked[realtime], tables.shapes[realtime]).max(axis=1)
        hours = np.einsum("jt,jh->th", firm[realtime], tables.peaks[realtime]).max(axis=1)
        days = np.einsum("jt,j->t", firm, np.maximum(tables.busiest, 1.0))
        need = np.maximum(np.maximum(slots, hours), np.maximum(days, asked.sum(axis=0)))
        enough = np.ceil(need / np.where(pool.usable > 0, pool.usable, 1.0) - 1e-9)
        result[at] = np.where(
            tables.present[at], np.minimum(np.maximum(enough, 0), pool.most - pool.spares), 0
        )
    return result


def _standing(tables: Tables) -> Flags:
    """Pools whose one spare is there as soon as they are used, and stays; shape (P,).

    Their servers never leave, so that being used from a month on tells whether the spare is there.
    """
    months = tables.instance.months
    return np.array(
        [
            pool.spares == 1 and pool.term >= months and bool((pool.usable > 0).all())
            and bool(pool.fixed.any())
            for pool in tables.pools
        ],
        dtype=bool,
    )  # fmt: skip


def lay_out(tables: Tables, missing: Numbers | None, locked: Whole | None) -> Layout:
    """Add all columns.

    Args:
        tables: The instance.
        missing: Shape (J, T): share of each job that may stay unserved; none: nothing may.
        locked: Shape (P, T): servers in service that must be kept, -1 where free.
    """
    instance, columns = tables.instance, Columns()
    months = instance.months
    groups = groups_of(tables)
    kept = worthwhile(tables, groups)
    needs_room = np.array([bool(recipe.work) for recipe in tables.recipes], dtype=bool)
    solo = kept & (tables.firm | ~needs_room)[:, None]
    model = np.array([group.model for group in groups], dtype=np.int64)
    job = np.array([group.job for group in groups], dtype=np.int64)
    reached = [kept[list(group.members)].any(axis=0) for group in groups]
    reachable = np.array(reached, dtype=bool).reshape(-1, months)
    cost = np.where(np.isfinite(tables.cost), tables.cost, 0.0)
    alone = columns.add(solo, cost=cost)
    routed = columns.add(reachable & ~tables.waits[job][:, None])
    served = columns.add(reachable, cost=cost[model])
    room = np.zeros_like(tables.requests) if missing is None else missing
    lacking = columns.add(tables.avoidable & (room > 0), upper=room)
    unit = np.array([pool.unit for pool in tables.pools]).reshape(-1, months)
    most = np.array([pool.most for pool in tables.pools], dtype=float)[:, None]
    starts = np.isfinite(unit) & tables.present
    taken = columns.add(starts, upper=most, cost=np.where(starts, unit, 0.0), whole=True)
    low = np.zeros((len(tables.pools), months))
    high = np.broadcast_to(most, low.shape).copy()
    if locked is not None:
        low = np.where(locked >= 0, locked, low)
        high = np.where(locked >= 0, locked, high)
    lasting = np.array([pool.term > 1 for pool in tables.pools], dtype=bool)[:, None]
    servers = columns.add(tables.present, lower=low, upper=high, whole=lasting)
    top = most_working(tables)
    working = columns.add(tables.present, upper=top, whole=True)
    standing = _standing(tables)
    spare = ((tables.spares > 0) & ~standing)[:, None] & tables.present
    running = columns.add(spare, whole=True)
    fixed = np.array([source.fixed for source in tables.sources])
    burden = np.asarray(fixed.any(axis=1))
    pools = len(tables.pools)
    for at, supplier in enumerate(instance.suppliers):
        burden[pools + at] |= bool(supplier.minimum.any())
    step = fixed - np.concatenate([fixed[:, 1:], np.zeros((len(fixed), 1))], axis=1)
    used = columns.add(np.repeat(burden[:, None], months, axis=1), cost=step, whole=True)
    running[standing] = np.where(tables.present[standing], used[:pools][standing], ABSENT)
    years = int(instance.years.max()) + 1
    minimum = np.array([s.minimum for s in instance.suppliers]).reshape(-1, years)
    shortfall = np.array([s.shortfall for s in instance.suppliers]).reshape(-1, years)
    short = columns.add(minimum > 0, upper=minimum, cost=shortfall)
    vendors = np.full(len(tables.vendors), instance.limits.vendors is not None)
    chosen = columns.add(vendors, whole=True)
    return Layout(
        groups, alone, routed, served, lacking, taken, servers, working, running, used, short,
        chosen, top, kept, columns,
    )  # fmt: skip
