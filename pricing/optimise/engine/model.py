"""The decision as a mixed-integer linear model: a relaxation that is exact up to cuts.

Columns are recipes by month, not by hour. What a pool can serve of work that varies over the week
is a concave function of its servers and of the shares routed to it; the linear rows that bound it
are found by `cuts` where a solution breaks them. So every bound of the model is a bound on the true
optimum, over all slots.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.columns import Place
from pricing.optimise.engine.groups import Group
from pricing.optimise.engine.instance import Numbers, Whole
from pricing.optimise.engine.layout import Layout, lay_out
from pricing.optimise.engine.rows import ABSENT, Matrix, Rows
from pricing.optimise.engine.staffing import add_staffing
from pricing.optimise.engine.tables import Tables

SMALLEST = 1e-12
"""Least number by which rows are scaled."""


@dataclass(frozen=True)
class Model:
    """Columns and the rows that hold before any cut."""

    tables: Tables
    layout: Layout
    matrix: Matrix
    rules: slice
    """Rows of the buyer's rules."""


def build_model(
    tables: Tables,
    missing: Numbers | None = None,
    locked: Whole | None = None,
) -> Model:
    """Write the model; for the arguments see `lay_out`."""
    layout, rows = lay_out(tables, missing, locked), Rows()
    _demand(tables, layout, rows)
    _overflow(tables, layout, rows)
    _inventory(tables, layout, rows)
    _room(tables, layout, rows)
    add_staffing(tables, layout, rows)
    _use(tables, layout, rows)
    _stand_by(tables, layout, rows)
    _minimum_spend(tables, layout, rows)
    first = rows.count
    _limits(tables, layout, rows)
    rules = slice(first, rows.count)
    return Model(tables, layout, rows.build(layout.columns.count), rules)


def _stack(rows: list[Place], months: int) -> Place:
    """Places of several rows of columns as (T, n)."""
    return np.array(rows, dtype=np.int64).reshape(-1, months).T


def _demand(tables: Tables, layout: Layout, rows: Rows) -> None:
    """Every request is served once; what a group serves, it was sent."""
    months = tables.instance.months
    for job in range(len(tables.instance.jobs)):
        own = np.flatnonzero(tables.job == job)
        groups = [at for at, group in enumerate(layout.groups) if group.job == job]
        there = tables.avoidable[job]
        alone, served = _stack([layout.alone[at] for at in own], months), layout.served[groups].T
        rows.add(1.0, 1.0, (alone[there], 1.0), (served[there], 1.0),
                 (layout.missing[job][there][:, None], 1.0))  # fmt: skip
        routed = layout.routed[groups].T
        firm = _stack([layout.alone[at] for at in own if tables.firm[at]], months)
        up = _up(tables, [layout.groups[at] for at in groups])
        given, each = (served, 1 / up) if tables.waits[job] else (routed, np.ones_like(up))
        busy = (given != ABSENT).any(axis=1)
        if busy.any() and not (tables.waits[job] and (up == 1).all()):
            rows.add(-np.inf, 1.0, (given[busy], each), (firm[busy], 1.0))
    pair = layout.routed != ABSENT
    up = np.broadcast_to(_up(tables, layout.groups)[:, None], pair.shape)
    rows.add(-np.inf, 0.0, (layout.served[pair], 1.0), (layout.routed[pair], -up[pair]))


def _up(tables: Tables, groups: Sequence[Group]) -> Numbers:
    """Share of what each group is given that its pool may serve."""
    return tables.up[[group.model for group in groups]] if groups else np.ones(0)


def _overflow(tables: Tables, layout: Layout, rows: Rows) -> None:
    """Where a group cannot overflow to every recipe, what it spills goes to those it can."""
    direct = (layout.alone != ABSENT) & ~tables.firm[:, None]
    for at, group in enumerate(layout.groups):
        other = direct & (tables.job == group.job)[:, None]
        other[list(group.overflows)] = False
        if tables.waits[group.job]:
            given, up = layout.served[at], tables.up[group.model]
            spill: tuple[tuple[Place, float], ...] = ((given, -(1 - up) / up),)
            months = other.any(axis=0) & (given != ABSENT) & (up < 1)
        else:
            given = layout.routed[at]
            spill = (given, -1.0), (layout.served[at], 1.0)
            months = other.any(axis=0) & (given != ABSENT)
        if months.any():
            rows.add(
                0.0, np.inf, (layout.alone[list(group.overflows)].T[months], 1.0),
                *((places[months][:, None], value) for places, value in spill),
            )  # fmt: skip


def _inventory(tables: Tables, layout: Layout, rows: Rows) -> None:
    """Servers in service are those whose term has started and not ended; spares carry no load."""
    months = tables.instance.months
    for at, pool in enumerate(tables.pools):
        there = np.flatnonzero(tables.present[at])
        if not len(there):
            continue
        age = there[:, None] - np.arange(months)
        window = np.where((age >= 0) & (age < pool.term), layout.taken[at], ABSENT)
        n, k = layout.servers[at][there][:, None], layout.working[at][there][:, None]
        rows.add(0.0, 0.0, (n, 1.0), (window, -1.0))
        y = layout.running[at][there][:, None]
        rows.add(-np.inf, 0.0, (k, 1.0), (n, -1.0), (y, float(pool.spares)))
        if pool.spares:
            rows.add(-np.inf, 0.0, (k, 1.0), (y, -layout.most_working[at][there][:, None]))
            if (layout.running[at] != layout.used[at]).any():
                rows.add(0.0, np.inf, (k, 1.0), (y, -1.0))


def _room(tables: Tables, layout: Layout, rows: Rows) -> None:
    """All work finds room in the month, firm work also in the busiest hour and day."""
    months = tables.instance.months
    for at in range(len(tables.pools)):
        groups = [g for g, group in enumerate(layout.groups) if group.pool == at]
        firm = [r for r in np.flatnonzero(tables.firm) if at in tables.recipes[r].work]
        served, alone = layout.served[groups].T, _stack([layout.alone[r] for r in firm], months)
        models = [layout.groups[g].model for g in groups]
        work = (tables.work[at][models] / tables.up[models][:, None]).T
        asked = tables.work[at][firm].T
        room = layout.working[at][:, None], -tables.usable[at][:, None]
        busy = tables.present[at] & ((served != ABSENT).any(axis=1) | (alone != ABSENT).any(axis=1))
        if not busy.any():
            continue
        room = room[0][busy], room[1][busy]
        rows.add(-np.inf, 0.0, (served[busy], work[busy]), (alone[busy], asked[busy]), room)
        busy &= (alone != ABSENT).any(axis=1)
        if not busy.any():
            continue
        room = layout.working[at][busy][:, None], -tables.usable[at][busy][:, None]
        job = tables.job[firm]
        daily = np.where(tables.batch, 0.0, tables.busiest)[job]
        rows.add(-np.inf, 0.0, (alone[busy], asked[busy] * daily), room)
        hourly = np.where(tables.waits[:, None], 0.0, tables.peaks)[job]
        for peak in _outer(hourly.T):
            rows.add(-np.inf, 0.0, (alone[busy], asked[busy] * peak), room)


def _outer(points: Numbers) -> Numbers:
    """Rows that are not below another one everywhere."""
    unique = np.unique(points, axis=0)
    below = np.asarray((unique[:, None] <= unique[None]).all(axis=2))
    np.fill_diagonal(below, False)
    return unique[~below.any(axis=1)]


def _use(tables: Tables, layout: Layout, rows: Rows) -> None:
    """A source that costs something to have counts as used from its first month on.

    Shares of one job are bounded together, so that a job served wholly makes a source wholly used.
    """
    months, pools = tables.instance.months, len(tables.pools)
    for at in range(len(tables.sources)):
        used = layout.used[at]
        switch = used
        if at < pools and tables.spares[at]:
            switch = layout.running[at]
        if (used != ABSENT).all():
            rows.add(-np.inf, 0.0, (used[:-1, None], 1.0), (used[1:, None], -1.0))
            if at < pools:
                there = tables.present[at]
                rows.add(-np.inf, 0.0, (layout.servers[at][there][:, None], 1.0),
                         (used[there][:, None], -float(tables.pools[at].most)))  # fmt: skip
                if tables.spares[at] and (switch[there] != used[there]).any():
                    rows.add(-np.inf, 0.0, (switch[there][:, None], 1.0),
                             (used[there][:, None], -1.0))  # fmt: skip
        if (switch == ABSENT).all():
            continue
        for job in range(len(tables.instance.jobs)):
            shares = [layout.alone[r] for r in _alone_with(tables, at) if tables.job[r] == job]
            for g, group in enumerate(layout.groups):
                if group.job != job:
                    continue
                if group.pool == at:
                    shares.append(
                        np.where(layout.routed[g] == ABSENT, layout.served[g], layout.routed[g])
                    )
                elif at >= pools and _buys(tables, at, group.model):
                    shares.append(layout.served[g])
            places = _stack(shares, months)
            there = (switch != ABSENT) & (places != ABSENT).any(axis=1)
            if there.any():
                rows.add(-np.inf, 0.0, (places[there], 1.0), (switch[there][:, None], -1.0))


def _stand_by(tables: Tables, layout: Layout, rows: Rows) -> None:
    """Where every overflow of a group needs sources that cost something, so many of them are used.

    What a job gives to such groups and to such recipes outside pools, times the least number that
    any of these needs, is at most what is used; likewise with one source of each.
    """
    months = tables.instance.months
    costly = (layout.used != ABSENT).all(axis=1)
    costly[: len(tables.pools)] = False
    all_of = [
        frozenset(np.flatnonzero(tables.uses[:, r] & costly).tolist())
        for r in range(len(tables.recipes))
    ]
    one_of = [frozenset(sorted(needs)[:1]) for needs in all_of]
    for needs in (all_of, one_of):
        for job, sources, least in _behind(layout, needs):
            counts = [len(own) >= least and own <= sources for own in needs]
            shares = [
                layout.served[at]
                for at, group in enumerate(layout.groups)
                if group.job == job and all(counts[r] for r in group.overflows)
            ]
            shares += [
                layout.alone[r]
                for r in np.flatnonzero((tables.job == job) & (tables.overflow < 0))
                if counts[r]
            ]
            places = _stack(shares, months)
            there = (places != ABSENT).any(axis=1)
            used = layout.used[sorted(sources)].T
            rows.add(-np.inf, 0.0, (places[there], float(least)), (used[there], -1.0))


def _behind(
    layout: Layout, needs: Sequence[frozenset[int]]
) -> dict[tuple[int, frozenset[int], int], None]:
    """Job, sources that its overflows need, and how many each needs at least; once each."""
    found: dict[tuple[int, frozenset[int], int], None] = {}
    for group in layout.groups:
        behind = [needs[r] for r in group.overflows]
        least = min(len(sources) for sources in behind)
        if least:
            found[group.job, frozenset[int]().union(*behind), least] = None
    return found


def _alone_with(tables: Tables, source: int) -> Place:
    """Recipes without overflow that need a source."""
    return np.flatnonzero(tables.uses[source] & (tables.overflow < 0))


def _buys(tables: Tables, source: int, recipe: int) -> bool:
    """Whether a recipe itself, not its overflow, buys from a source."""
    key, it = tables.sources[source].key, tables.recipes[recipe]
    return key in it.bought or key in it.spend


def _minimum_spend(tables: Tables, layout: Layout, rows: Rows) -> None:
    """What is missing to the minimum of a supplier that is used is paid all the same."""
    instance = tables.instance
    model = [group.model for group in layout.groups]
    for at, supplier in enumerate(instance.suppliers):
        for year in np.flatnonzero(supplier.minimum > 0):
            months = np.flatnonzero(instance.years == year)
            spend = tables.spend[at]
            used = layout.used[len(tables.pools) + at][months[-1]]
            rows.add(
                0.0, np.inf,
                (layout.short[at][year].reshape(1, 1), 1.0),
                (layout.alone[:, months].reshape(1, -1), spend[:, months].reshape(1, -1)),
                (layout.served[:, months].reshape(1, -1), spend[model][:, months].reshape(1, -1)),
                (np.array([[used]]), -float(supplier.minimum[year])),
            )  # fmt: skip


def _limits(tables: Tables, layout: Layout, rows: Rows) -> None:
    """The buyer's rules."""
    instance, limits = tables.instance, tables.instance.limits
    years = int(instance.years.max()) + 1
    if limits.capex is not None and tables.pools:
        due = np.array([pool.capex for pool in tables.pools])
        taken = np.broadcast_to(layout.taken.reshape(1, -1), (years, layout.taken.size))
        rows.add(-np.inf, limits.capex, (taken, due.reshape(-1, years).T))
    if limits.site_kw is not None and tables.pools:
        kw = np.array([pool.kw for pool in tables.pools])
        rows.add(-np.inf, limits.site_kw, (layout.servers.T, kw[None, :]))
    model = [group.model for group in layout.groups]
    count = tables.requests[tables.job]
    places = np.concatenate([layout.alone, layout.served])
    requests = np.concatenate([count, count[model]])

    def total(weight: Numbers, months: Place) -> tuple[Place, Numbers]:
        each = weight.reshape(len(count), -1)
        values = np.concatenate([each, each[model]]) * requests
        return places[:, months].reshape(1, -1), values[:, months].reshape(1, -1)

    everything = np.arange(instance.months)
    if limits.vendor_share is not None:
        for year in range(years):
            months = np.flatnonzero(instance.years == year)
            tokens = max(tables.tokens[months].sum(), SMALLEST)
            for bought in tables.bought:
                beyond = bought - limits.vendor_share * tables.bought_anywhere
                rows.add(-np.inf, 0.0, total(beyond / tokens, months))
    tokens = max(tables.tokens.sum(), SMALLEST)
    if limits.vendors is not None:
        most = limits.vendor_least * tables.most_bought / tokens
        for vendor, bought in enumerate(tables.bought):
            beyond = bought - limits.vendor_least * tables.bought_anywhere
            rows.add(-most, np.inf, total(beyond / tokens, everything),
                     (layout.chosen[vendor].reshape(1, 1), -most))  # fmt: skip
        rows.add(float(limits.vendors), np.inf, (layout.chosen[None, :], 1.0))
    if limits.quality is not None:
        margin = np.where(np.isnan(tables.quality), 0.0, tables.quality - limits.quality)
        margin = (margin * tables.answers[tables.job])[:, None] * (1.0 - tables.lost)
        rows.add(0.0, np.inf, total(margin / max(tables.requests.sum(), SMALLEST), everything))
    if limits.on_premises is not None:
        beyond = tables.bought_at_home - limits.on_premises * tables.bought_anywhere
        rows.add(0.0, np.inf, total(beyond / tokens, everything))
