"""What a decision costs and serves, to the last digit: the judge of every answer of the solver."""

from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.dispatch import Load, needed, serve
from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.engine.tables import Tables

SLACK = 1e-6
"""Work that must find room may exceed the room by this ratio: the solver rounds."""
TINY = 1e-9
"""Shares and loads below this are rounding."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision carried out."""

    money: float
    """Present cost, all that is not served left out."""
    running: Numbers
    """Shape (T,): the part of `weighed` that depends on who answers."""
    answered: Numbers
    """Shape (R, T): share of its job's requests that each recipe answers, overflow included."""
    unserved: Numbers
    """Shape (J, T): thousand requests that find no room or no recipe."""
    lost: Numbers
    """Shape (J, T): thousand requests that find one, but in an outage that nobody covers."""
    forgone: float
    """What the lost ones weigh beside the money; see `outages`."""
    broken: tuple[str, ...]
    """Names of the fields of `Limits` (and "servers") that the decision does not keep."""

    @property
    def weighed(self) -> float:
        """What decisions are compared by: the present cost, and the weight of what is lost."""
        return self.money + self.forgone


def starts(servers: Whole, term: int) -> Whole:
    """Servers whose term starts in each month, from those in service; shape (T,).

    Negative where the servers in service fall faster than terms end.
    """
    taken = np.zeros_like(servers)
    for month in range(len(servers)):
        taken[month] = servers[month] - taken[max(0, month - term + 1) : month].sum()
    return taken


def room_left(tables: Tables, choice: Choice) -> Numbers:
    """Share of its job for which each recipe would still find room, shape (R, T).

    Of the room that firm work leaves, at its busiest moment and to the scale of the recipe's mean
    work; inf for recipes without servers, negative where there is too little.
    """
    left = _capacity(tables, choice) - _firm_need(tables, choice)
    result = np.full(choice.shares.shape, np.inf)
    for at, free in enumerate(left):
        work = tables.work[at]
        own = np.divide(free, work, out=np.full_like(work, np.inf), where=work > 0)
        result = np.minimum(result, own)
    return result


def _capacity(tables: Tables, choice: Choice) -> Numbers:
    """Shape (P, T): servers that may be kept busy."""
    working = np.maximum(choice.servers - tables.spares[:, None], 0)
    return np.asarray(tables.usable * working)


def _firm_need(tables: Tables, choice: Choice) -> Numbers:
    """Shape (P, T): servers that work which must find room asks for at its busiest moment."""
    result = np.zeros_like(tables.usable)
    for at in range(len(tables.pools)):
        asked = _by_job(tables, choice.shares * tables.work[at] * tables.firm[:, None])
        result[at] = needed(
            asked[~tables.waits], tables.peaks[~tables.waits], asked[~tables.batch],
            tables.busiest[~tables.batch], asked[tables.batch].sum(axis=0),
        )  # fmt: skip
    return result


def served_shares(tables: Tables, choice: Choice) -> tuple[Numbers, Numbers]:
    """Shares that recipes serve themselves and shares that spill from them; both (R, T)."""
    shares, own = choice.shares, choice.shares.copy()
    capacity, need = _capacity(tables, choice), _firm_need(tables, choice)
    short = need > capacity * (1 + SLACK)
    fits = np.ones_like(capacity)
    fits[short] = capacity[short] / need[short]
    for recipe in np.flatnonzero(tables.firm):
        for pool in tables.recipes[recipe].work:
            own[recipe] = np.minimum(own[recipe], shares[recipe] * fits[pool])
    for at, order in enumerate(choice.order):
        ranked = np.argsort(order, kind="stable")
        inside = tables.pool == at
        if not (shares[inside] > 0).any():
            continue
        firm = _by_job(tables, own * tables.work[at] * tables.firm[:, None])
        asked = _by_job(tables, shares * tables.work[at] * inside[:, None])
        there = [job for job in ranked if (asked[job] > 0).any()]
        realtime = firm * ~tables.waits[:, None]
        got = serve(
            Load(
                capacity[at],
                np.einsum("jn,js->ns", realtime, tables.shapes),
                (firm * tables.waits[:, None]).sum(axis=0),
                asked[there],
                tables.shapes[there],
                tuple(bool(wait) for wait in tables.waits[there]),
            )
        )
        part = np.zeros_like(asked)
        np.divide(got, asked[there], out=got, where=asked[there] > 0)
        part[there] = np.minimum(got, 1.0)
        own[inside] *= part[tables.job[inside]] * tables.up[inside, None]
    flexible = tables.overflow >= 0
    return own, (shares - own) * flexible[:, None]


def outcome(tables: Tables, choice: Choice) -> Outcome:
    """Carry a decision out."""
    instance = tables.instance
    answered, spilled = served_shares(tables, choice)
    flexible = np.flatnonzero(tables.overflow >= 0)
    answered = answered.copy()
    np.add.at(answered, tables.overflow[flexible], spilled[flexible])
    total = np.zeros_like(tables.requests)
    np.add.at(total, tables.job, answered)
    missing = np.where(1 - total > TINY, 1 - total, 0.0)
    money, broken = instance.constant, []
    if (~tables.allowed & (choice.shares > 0)).any():
        broken.append("closed")
    running = (answered * tables.weight).sum(axis=0)
    forgone = float((answered * tables.forgone).sum())
    money += float(running.sum()) - forgone
    for at, pool in enumerate(tables.pools):
        taken = starts(choice.servers[at], pool.term)
        open_months = taken > 0
        if (taken < 0).any() or not np.isfinite(pool.unit[open_months]).all():
            broken.append("servers")
        elif open_months.any():
            money += float(taken[open_months] @ pool.unit[open_months])
        if (choice.servers[at] > pool.most).any():
            broken.append("servers")
    used = first_use(tables, choice)
    for source, month in zip(tables.sources, used, strict=True):
        if month < instance.months:
            money += float(source.fixed[month])
    years = np.arange(int(instance.years.max()) + 1)
    for at, supplier in enumerate(instance.suppliers):
        month = used[len(tables.pools) + at]
        if month < instance.months:
            spent = (answered * tables.spend[at]).sum(axis=0)
            yearly = np.bincount(instance.years, spent, minlength=len(years))
            owed = np.maximum(supplier.minimum - yearly, 0.0) * supplier.shortfall
            money += float(owed[years >= instance.years[month]].sum())
    broken += _broken(tables, choice, answered)
    lost = _by_job(tables, answered * tables.lost) * tables.requests
    return Outcome(
        money, running, answered, missing * tables.requests, lost, forgone,
        tuple(dict.fromkeys(broken)),
    )  # fmt: skip


def first_use(tables: Tables, choice: Choice) -> Whole:
    """Month in which each source is first used, T where never; shape (U,).

    A pool is used while servers are in service, a supplier while a share goes to a recipe that
    buys from it or stands by with it for overflow.
    """
    months = tables.instance.months
    result = np.full(len(tables.sources), months, dtype=np.int64)
    for at in range(len(tables.sources)):
        if at < len(tables.pools):
            used = choice.servers[at] > 0
        else:
            used = (choice.shares[tables.uses[at]] > 0).any(axis=0)
        if used.any():
            result[at] = int(np.argmax(used))
    return result


def _by_job(tables: Tables, values: Numbers) -> Numbers:
    result = np.zeros((len(tables.instance.jobs), values.shape[1]))
    np.add.at(result, tables.job, values)
    return result


def _broken(tables: Tables, choice: Choice, answered: Numbers) -> list[str]:
    """Limits that are not kept, beyond rounding."""
    instance, limits = tables.instance, tables.instance.limits
    result: list[str] = []
    count = answered * tables.requests[tables.job]
    if limits.capex is not None:
        due = sum(
            np.maximum(starts(choice.servers[at], pool.term), 0) @ pool.capex
            for at, pool in enumerate(tables.pools)
        )
        if _above(due, limits.capex):
            result.append("capex")
    if limits.site_kw is not None:
        draw = sum(choice.servers[at] * pool.kw for at, pool in enumerate(tables.pools))
        if _above(draw, limits.site_kw):
            result.append("site_kw")
    tokens = tables.bought @ count
    if limits.vendor_share is not None:
        size = int(instance.years.max()) + 1
        by_year = np.array([np.bincount(instance.years, row, minlength=size) for row in tokens])
        if _above(by_year, limits.vendor_share * by_year.sum(axis=0)):
            result.append("vendor_share")
    if limits.vendors is not None:
        least = limits.vendor_least * tokens.sum()
        if (tokens.sum(axis=1) >= least * (1 - 1e-7)).sum() < limits.vendors:
            result.append("vendors")
    if limits.quality is not None:
        known = ~np.isnan(tables.quality)
        kept = count * (1.0 - tables.lost)
        weight = kept[known].sum(axis=1) * tables.answers[tables.job[known]]
        if weight @ (limits.quality - tables.quality[known]) > 1e-7 * weight.sum():
            result.append("quality")
    if limits.on_premises is not None:
        served = count.sum(axis=1)
        least = limits.on_premises * float(tables.bought_anywhere @ served)
        if tables.bought_at_home @ served < least * (1 - 1e-7):
            result.append("on_premises")
    return result


def _above(value: Numbers | float, limit: Numbers | float) -> bool:
    return bool(np.any(np.asarray(value) > np.asarray(limit) * (1 + 1e-7) + 1e-12))
