"""Decisions that people can carry out: round shares that change seldom, at hardly any cost.

A solver splits to the last digit and anew in every month, because each split saves a little. What
is kept here of an answer is the cheapest decision among much simpler ones, job by job, as long as
all of it together stays within a small share of the cost; servers stay as they are.
"""

from collections.abc import Iterator

import numpy as np

from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.engine.outcome import Outcome, outcome, served_shares
from pricing.optimise.engine.tables import Tables
from pricing.optimise.steady import steadied

ROUND = 0.05
"""Shares are rounded to so much where that is possible."""
ALLOWED = 5e-4
"""How much dearer a simpler decision may be, as a share of the cost."""
EXCESS = 1e-6
"""Share that may be given beyond the room: rounding."""
UNSERVED = 1e-6
"""Thousand requests that may stay unserved more than before: rounding."""


def simplified(tables: Tables, choice: Choice, allowed: float = ALLOWED) -> Choice:
    """A simpler decision that keeps the same rules and serves as much.

    Args:
        tables: The problem.
        choice: A decision that keeps its limits.
        allowed: How much dearer it may become in all, as a share of the cost.
    """
    now = outcome(tables, choice)
    limit = now.weighed + allowed * abs(now.money)
    requests = tables.requests.sum(axis=1)
    for job in np.argsort(-requests, kind="stable"):
        for shares in _variants(tables, choice, int(job)):
            tried = Choice(choice.servers, shares, choice.order)
            found = outcome(tables, tried)
            if _as_good(found, now) and found.weighed <= limit and _has_room(tables, tried):
                choice, now = tried, found
                break
        choice, now = _month_by_month(tables, choice, now, int(job), limit)

    def accept(tried: Choice, found: Outcome) -> bool:
        return _as_good(found, now) and found.weighed <= limit and _has_room(tables, tried)

    return steadied(tables, choice, accept)


def _month_by_month(
    tables: Tables, choice: Choice, now: Outcome, job: int, limit: float
) -> tuple[Choice, Outcome]:
    """Simpler shares of one job in those months in which they cost next to nothing.

    Without servers to decide on, months do not touch each other, so all are tried at once.
    """
    mine = np.flatnonzero(tables.job == job)
    own = _without_twins(tables, choice.shares, mine)
    for shares in (_rounded(tables, own, mine), _largest_only(own)):
        changed = choice.shares.copy()
        changed[mine] = shares
        found = outcome(tables, Choice(choice.servers, changed, choice.order))
        dearer = found.running - now.running
        cheap = dearer <= (limit - now.weighed) / tables.instance.months
        served = (found.unserved <= now.unserved + UNSERVED).all(axis=0)
        changed[:, ~(cheap & served)] = choice.shares[:, ~(cheap & served)]
        tried = Choice(choice.servers, changed, choice.order)
        found = outcome(tables, tried)
        if _as_good(found, now) and found.weighed <= limit and _has_room(tables, tried):
            choice, now = tried, found
    return choice, now


def _as_good(found: Outcome, before: Outcome) -> bool:
    """Whether no other rule is broken, and no more is left unserved."""
    if set(found.broken) - set(before.broken):
        return False
    return bool((found.unserved <= before.unserved + UNSERVED).all())


def _has_room(tables: Tables, choice: Choice) -> bool:
    """Whether work that has nowhere else to go is given no more than fits.

    What is cut down to the room is judged alike whatever was given, but the ledger cuts hour by
    hour, and the plan's own check finds the room missing.
    """
    own, _ = served_shares(tables, choice)
    return bool((choice.shares - own <= EXCESS)[tables.firm].all())


def _variants(tables: Tables, choice: Choice, job: int) -> Iterator[Numbers]:
    """Shares with one job made simpler, the simplest first."""
    mine = np.flatnonzero(tables.job == job)
    own = _without_twins(tables, choice.shares, mine)
    months = np.arange(own.shape[1])
    whole = np.zeros(own.shape[1], dtype=np.int64)
    quarters: Whole = (months // 3).astype(np.int64)
    for phases in (whole, tables.instance.years, _by_servers(choice), quarters, months):
        means = _phase_means(own, phases, tables.requests[job])
        for shares in (_largest_only(means), _rounded(tables, means, mine)):
            changed = choice.shares.copy()
            changed[mine] = shares
            yield changed
    phases_of_means = (whole, tables.instance.years, _by_servers(choice), quarters)
    means_of = (_phase_means(own, phases, tables.requests[job]) for phases in phases_of_means)
    for shares in (*means_of, own):
        changed = choice.shares.copy()
        changed[mine] = shares
        yield changed


def _without_twins(tables: Tables, shares: Numbers, mine: Whole) -> Numbers:
    """Shares of a job where a pool with overflow also takes what goes to the same pool without."""
    own = shares[mine].copy()
    for at, place in enumerate(mine):
        if tables.overflow[place] < 0:
            continue
        for other, twin in enumerate(mine):
            same = set(tables.recipes[twin].work) == set(tables.recipes[place].work)
            direct = tables.firm[twin] and len(tables.recipes[twin].work) == 1
            if same and direct and tables.recipes[twin].bought == tables.recipes[place].bought:
                moved = np.where(own[at] > 0, own[other], 0.0)
                own[at] += moved
                own[other] -= moved
    return own


def _by_servers(choice: Choice) -> Whole:
    """Number of the phase of each month; a new one begins where servers change."""
    if not len(choice.servers):
        return np.zeros(choice.shares.shape[1], dtype=np.int64)
    changes = (np.diff(choice.servers, axis=1) != 0).any(axis=0)
    return np.concatenate([[0], np.cumsum(changes)]).astype(np.int64)


def _phase_means(own: Numbers, phases: Whole, requests: Numbers) -> Numbers:
    """Shares that are the same in all months of a phase: their mean, weighted with requests.

    Nothing is taken in months without requests.
    """
    means = np.zeros_like(own)
    for phase in np.unique(phases):
        inside = phases == phase
        weight = requests[inside] + 1e-12
        means[:, inside] = (own[:, inside] @ weight / weight.sum())[:, None]
    return np.where(requests > 0, means, 0.0)


def _largest_only(shares: Numbers) -> Numbers:
    """Everything by the recipe with the largest share; nothing where nothing was given."""
    alone = np.zeros_like(shares)
    months = np.flatnonzero(shares.sum(axis=0) > 0.5)
    alone[shares[:, months].argmax(axis=0), months] = 1.0
    return alone


def _rounded(tables: Tables, shares: Numbers, mine: Whole) -> Numbers:
    """Shares in steps of 5 %: what needs room in servers goes down, one other takes the rest."""
    needs_room = tables.firm[mine]
    steps = shares / ROUND
    result = np.where(needs_room[:, None], np.floor(steps + 1e-9), np.rint(steps)) * ROUND
    months = np.flatnonzero(shares.sum(axis=0) > 0.5)
    takers = np.where(needs_room[:, None], -1.0, shares)
    taker = takers[:, months].argmax(axis=0)
    rest = 1.0 - (result[:, months].sum(axis=0) - result[taker, months])
    result[taker, months] = np.clip(rest, 0.0, 1.0)
    return np.round(result, 6)
