"""From a solution of the model to a decision and back."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pricing.optimise.engine.columns import Place, at
from pricing.optimise.engine.groups import Group
from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.engine.layout import Layout
from pricing.optimise.engine.outcome import Outcome, first_use, starts
from pricing.optimise.engine.rows import ABSENT
from pricing.optimise.engine.tables import Tables

FAINT = 1e-6
"""Shares below this are what the solver's tolerance leaves."""


def decode_servers(tables: Tables, layout: Layout, values: Numbers) -> Whole:
    """Servers in service of a solution whose servers are whole; shape (P, T)."""
    servers = np.zeros((len(tables.pools), tables.instance.months), dtype=np.int64)
    for place, pool in enumerate(tables.pools):
        taken = np.rint(at(values, layout.taken[place])).astype(np.int64)
        for start in np.flatnonzero(taken):
            servers[place, start : start + pool.term] += taken[start]
    return servers


def planned_answers(tables: Tables, layout: Layout, values: Numbers, shares: Numbers) -> Numbers:
    """Share that each recipe answers itself according to a solution; shape (R, T)."""
    planned = shares.copy()
    served = at(values, layout.served)
    for g, group in enumerate(layout.groups):
        members = list(group.members)
        given = shares[members].sum(axis=0)
        ratio = np.divide(served[g], given, out=np.zeros_like(given), where=given > 0)
        planned[members] *= np.minimum(ratio, 1.0)
    return planned


def decode_shares(tables: Tables, layout: Layout, values: Numbers) -> Numbers:
    """Shape (R, T): what each recipe is given.

    A group's share goes to its members as the job's requests overflow to the recipes outside pools.
    What these answer beyond that is sent to the pool as well where it has a member that overflows
    there: it may find room and costs nothing if it does not.
    """
    alone, served = at(values, layout.alone), at(values, layout.served)
    given = served / tables.up[[group.model for group in layout.groups]][:, None]
    routed = np.maximum(at(values, layout.routed), given)
    shares = np.where(alone > FAINT, alone, 0.0)
    for month in range(tables.instance.months):
        for g in np.flatnonzero(served[:, month] > FAINT):
            group = layout.groups[g]
            spill = max(routed[g, month] - served[g, month], 0.0)
            others = np.array(group.overflows)
            outside = shares[others, month]
            allowed = tables.allowed[list(group.members), month]
            total = outside[allowed].sum()
            if total > FAINT:
                part = np.where(allowed, outside, 0.0) / total
                take = part * min(spill, total)
                shares[others, month] = np.maximum(outside - take, 0.0)
                rest = routed[g, month]
            else:
                part = np.zeros(len(others))
                part[_standing_by(tables, layout, values, group, month)] = 1.0
                rest = given[g, month]
            for member, share in zip(group.members, part * rest, strict=True):
                shares[member, month] += share
    return _tidy(tables, shares, at(values, layout.missing))


def _standing_by(tables: Tables, layout: Layout, values: Numbers, group: Group, month: int) -> int:
    """The overflow of a share that is expected to find room: with a supplier in use, then cheap."""
    cost = tables.cost[list(group.overflows), month]
    closed = ~tables.allowed[list(group.members), month]
    used = at(values, layout.used[:, month])
    costly = layout.used[:, month] != ABSENT
    costly[: len(tables.pools)] = False
    new = [
        float((1 - used)[tables.uses[:, r] & costly].max(initial=0.0)) > 0.5
        for r in group.overflows
    ]
    return int(np.lexsort(np.array([cost, new, closed], dtype=float))[0])


def _tidy(tables: Tables, shares: Numbers, missing: Numbers) -> Numbers:
    """Shares without crumbs that sum to 1 less what is missing."""
    shares = np.where(shares > FAINT, shares, 0.0)
    total = np.zeros_like(tables.requests)
    np.add.at(total, tables.job, shares)
    aim = np.where(missing > FAINT, 1 - missing, 1.0)
    factor = np.divide(aim, total, out=np.ones_like(total), where=total > 0)
    return np.asarray(shares * factor[tables.job])


def best_order(tables: Tables, shares: Numbers, credit: Numbers | None = None) -> Whole:
    """Jobs of each pool ranked by what a server's work on them saves; shape (P, J), 0 first.

    Serving the job that saves most per server is best in each month; one order serves all, so that
    months count with the work that they are given.

    Args:
        tables: The instance.
        shares: Shape (R, T): what recipes are given.
        credit: Shape (R, T): what the answers of a recipe are worth for the buyer's rules beside
            their cost; none where no rule has a price.
    """
    cost = tables.cost if credit is None else tables.cost - credit
    size = len(tables.pools), len(tables.instance.jobs)
    saved, load = np.zeros(size), np.zeros(size)
    for r in np.flatnonzero((tables.overflow >= 0) & (shares > 0).any(axis=1)):
        months = (shares[r] > 0) & tables.allowed[r]
        gain = (cost[tables.overflow[r], months] - cost[r, months]) * tables.up[r]
        place = tables.pool[r], tables.job[r]
        saved[place] += gain @ shares[r, months]
        load[place] += tables.work[place[0], r, months] @ shares[r, months]
    value = np.divide(saved, load, out=np.full(size, -np.inf), where=load > 0)
    order = np.empty(size, dtype=np.int64)
    ranked = np.argsort(-value, axis=1, kind="stable")
    np.put_along_axis(order, ranked, np.arange(size[1])[None, :], axis=1)
    return order


def encode(tables: Tables, layout: Layout, choice: Choice, outcome: Outcome) -> Numbers:
    """Values of all columns for a decision, to start the solver from."""
    values = np.zeros(layout.columns.count)
    instance = tables.instance

    def put(places: Place, what: NDArray[Any]) -> None:
        kept = places != ABSENT
        values[places[kept]] = np.broadcast_to(what, places.shape)[kept]

    flexible = tables.overflow >= 0
    put(layout.alone, np.where(flexible[:, None], 0.0, outcome.answered))
    for g, group in enumerate(layout.groups):
        members = list(group.members)
        put(layout.routed[g], choice.shares[members].sum(axis=0))
        put(layout.served[g], outcome.answered[members].sum(axis=0))
    put(layout.missing, outcome.unserved / np.where(tables.requests > 0, tables.requests, 1.0))
    for place, pool in enumerate(tables.pools):
        put(layout.taken[place], starts(choice.servers[place], pool.term))
    put(layout.servers, choice.servers)
    working = np.minimum(
        np.maximum(choice.servers - tables.spares[:, None], 0), layout.most_working
    )
    put(layout.working, working)
    put(layout.running, working > 0)
    first = first_use(tables, choice)
    put(layout.used, np.arange(instance.months) >= first[:, None])
    for place, supplier in enumerate(instance.suppliers):
        spent = np.bincount(
            instance.years, (outcome.answered * tables.spend[place]).sum(axis=0),
            minlength=len(supplier.minimum),
        )  # fmt: skip
        last = np.array([np.flatnonzero(instance.years == y)[-1] for y in range(len(spent))])
        due = np.where(first[len(tables.pools) + place] <= last, supplier.minimum, 0.0)
        put(layout.short[place], np.maximum(due - spent, 0.0))
    tokens = (tables.bought @ (outcome.answered * tables.requests[tables.job])).sum(axis=1)
    put(layout.chosen, tokens >= instance.limits.vendor_least * tokens.sum())
    return values
