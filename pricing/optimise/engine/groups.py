"""Recipes that differ only in where they overflow to, taken together, and recipes never worth it.

The model gives a group one routed share and one served share; the overflow is bought like a direct
share. Which member of the group carries it is settled when the solution is read back.
"""

from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.instance import Numbers, Recipe
from pricing.optimise.engine.tables import Flags, Tables


@dataclass(frozen=True, slots=True)
class Group:
    """Recipes of one job that send the same work to one pool."""

    job: int
    pool: int
    members: tuple[int, ...]
    overflows: tuple[int, ...]
    """Where each member overflows to."""

    @property
    def model(self) -> int:
        """A member that stands for all of them."""
        return self.members[0]


def groups_of(tables: Tables) -> tuple[Group, ...]:
    """All groups of recipes that may ever be used, in the order of their first member."""
    found: list[list[int]] = []
    for at in np.flatnonzero((tables.overflow >= 0) & tables.allowed.any(axis=1)):
        for members in found:
            if _alike(tables.recipes[members[0]], tables.recipes[at]):
                members.append(int(at))
                break
        else:
            found.append([int(at)])
    return tuple(
        Group(
            int(tables.job[members[0]]),
            int(tables.pool[members[0]]),
            tuple(members),
            tuple(int(tables.overflow[at]) for at in members),
        )
        for members in found
    )


def _alike(one: Recipe, other: Recipe) -> bool:
    return (
        one.job == other.job
        and one.work.keys() == other.work.keys()
        and one.bought == other.bought
        and one.spend.keys() == other.spend.keys()
        and one.down == other.down
        and np.array_equal(_lost(one), _lost(other))
        and (one.quality == other.quality or (np.isnan(one.quality) and np.isnan(other.quality)))
        and np.array_equal(one.cost, other.cost)
        and all(np.array_equal(work, other.work[pool]) for pool, work in one.work.items())
        and all(np.array_equal(spend, other.spend[key]) for key, spend in one.spend.items())
    )


def _lost(recipe: Recipe) -> Numbers:
    return np.zeros_like(recipe.cost) if recipe.lost is None else recipe.lost


def coupled(tables: Tables) -> bool:
    """Whether a rule looks at who serves what, so that the dearer recipe may be the right one."""
    limits = tables.instance.limits
    return any(
        limit is not None
        for limit in (limits.vendor_share, limits.vendors, limits.quality, limits.on_premises)
    )


def worthwhile(tables: Tables, groups: tuple[Group, ...]) -> Flags:
    """Which recipes outside pools may be part of a best decision; shape (R, T).

    One is left out in a month where another of the job costs no more, needs no
    supplier that costs anything to have, and can take over all overflow of the former.
    """
    keep = tables.allowed.copy()
    if coupled(tables):
        return keep
    burden = np.array([bool(source.fixed.any()) for source in tables.sources])
    for at, supplier in enumerate(tables.instance.suppliers):
        burden[len(tables.pools) + at] |= bool(supplier.minimum.any())
    free = ~tables.uses[burden].any(axis=0)
    minimum = np.array([bool(s.minimum.any()) for s in tables.instance.suppliers], dtype=bool)
    committed = tables.uses[len(tables.pools) :][minimum].any(axis=0)
    direct = [at for at, recipe in enumerate(tables.recipes) if not recipe.work]
    taking = {at: {g for g, group in enumerate(groups) if at in group.overflows} for at in direct}
    for at in direct:
        for other in direct:
            if other == at or tables.job[other] != tables.job[at] or not free[other]:
                continue
            if committed[at] or not taking[at] <= taking[other]:
                continue
            better = _cheaper(tables.cost[other], tables.cost[at], other < at)
            keep[at] &= ~(better & keep[other])
    return keep


def _cheaper(one: Numbers, other: Numbers, earlier: bool) -> Flags:
    return np.asarray(one <= other if earlier else one < other)
