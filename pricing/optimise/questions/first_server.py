"""The volume at which the first server pays: where the best decision without any begins to lose."""

import math
from dataclasses import dataclass, replace

import numpy as np

from pricing.optimise.engine.answer import Progress
from pricing.optimise.engine.instance import Instance
from pricing.optimise.engine.tables import Tables
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.watched import solve_until

THOUSAND = 1000.0
MOST_VOLUME = 1024.0
"""Largest multiple of the plan's volume at which the first server is looked for; its inverse is the
smallest."""
STRIDE = 4.0
"""Multiple by which the volume grows or shrinks until servers begin or cease to pay."""
NEAR = 1.003
"""Ratio of the volumes between which servers begin to pay, at which the search ends."""
EXACT = 1e-6
"""Gap to which decisions are compared: one server may be little of the bill."""


@dataclass(frozen=True, slots=True)
class FirstServer:
    """The volume at which servers of the plan's own options begin to pay."""

    multiple: float | None
    """Of the plan's volume; none if not up to `searched_to`, or where `forced` or nothing else
    is left. Not above the inverse of `searched_to` where servers pay at any volume."""
    requests_per_month: float | None
    """Mean requests a month over the horizon at that volume."""
    searched_to: float
    pools: bool = True
    """Whether the plan has any option with servers that may serve its work."""
    needed: tuple[str, ...] = ()
    """Ids of the classes that nothing but servers may serve; the volume is of the others alone."""
    others: bool = True
    """Whether there are others."""
    forced: bool = False
    """Whether the rules of the plan cannot be kept without servers, however small the volume."""


def first_server(asked: Asked) -> FirstServer:
    """The smallest multiple of the plan's volume at which the best decision has servers.

    Classes that only servers may serve need them at any volume; they are left out. Servers pay
    where a decision with some is cheaper than the cheapest one without any.
    """
    instance = asked.problem.instance
    if not instance.pools:
        return FirstServer(None, None, MOST_VOLUME, pools=False)
    needed = _needed(instance)
    rest = _without_jobs(instance, needed)
    keys = tuple(instance.jobs[place].key for place in needed)
    found = FirstServer(
        None, None, MOST_VOLUME, needed=keys, others=any(j.requests.any() for j in rest.jobs)
    )
    if not found.others:
        return found
    pays = _pays(asked, rest, 1.0)
    if pays is None:
        return replace(found, forced=True)
    return _between(asked, rest, found, pays)


def _between(asked: Asked, rest: Instance, found: FirstServer, pays: bool) -> FirstServer:
    """Bracket the volume, then halve the bracket."""
    low = high = 1.0
    while not asked.cancel():
        if pays:
            low = high / STRIDE
            if low < 1 / MOST_VOLUME:
                return _at_volume(rest, found, 1 / MOST_VOLUME)
        else:
            high = low * STRIDE
            if high > MOST_VOLUME:
                return found
        tried = low if pays else high
        if bool(_pays(asked, rest, tried)) != pays:
            break
        low = high = tried
    while high / low > NEAR and not asked.cancel():
        middle = math.sqrt(low * high)
        if _pays(asked, rest, middle):
            high = middle
        else:
            low = middle
    return _at_volume(rest, found, high)


def _at_volume(rest: Instance, found: FirstServer, multiple: float) -> FirstServer:
    requests = sum(float(job.requests.mean()) for job in rest.jobs) * THOUSAND
    return replace(found, multiple=multiple, requests_per_month=requests * multiple)


def _needed(instance: Instance) -> tuple[int, ...]:
    """Places of the jobs of which some requests have no way but servers."""
    lost = Tables(instance).avoidable & ~Tables(_closed(instance)).avoidable
    return tuple(int(place) for place in np.flatnonzero(lost.any(axis=1)))


def _without_jobs(instance: Instance, places: tuple[int, ...]) -> Instance:
    """The problem without some jobs and their recipes."""
    jobs = [place for place in range(len(instance.jobs)) if place not in places]
    kept = [at for at, recipe in enumerate(instance.recipes) if recipe.job in jobs]
    moved = {at: number for number, at in enumerate(kept)}
    recipes = tuple(
        replace(
            recipe, job=jobs.index(recipe.job),
            overflow=None if recipe.overflow is None else moved[recipe.overflow],
            covered=tuple(moved[at] for at in recipe.covered),
        )
        for recipe in (instance.recipes[at] for at in kept)
    )  # fmt: skip
    return replace(instance, jobs=tuple(instance.jobs[place] for place in jobs), recipes=recipes)


def _closed(instance: Instance) -> Instance:
    keys = {pool.key for pool in instance.pools}
    limits = replace(instance.limits, closed=instance.limits.closed | keys)
    return replace(instance, limits=limits)


def _pays(asked: Asked, rest: Instance, multiple: float) -> bool | None:
    """Whether servers pay at a multiple of the volume; none where it cannot do without them."""
    jobs = tuple(replace(job, requests=job.requests * multiple) for job in rest.jobs)
    pools = tuple(
        replace(pool, most=max(pool.most, math.ceil(pool.most * multiple))) for pool in rest.pools
    )
    instance = replace(rest, jobs=jobs, pools=pools)
    settings = replace(asked.settings, gap=EXACT)
    none = solve_until(_closed(instance), settings, lambda _: False, cancel=asked.cancel)
    if none.choice is None or (none.unserved > none.unavoidable + EXACT).any():
        return None
    least = none.objective - EXACT * abs(none.objective)

    def enough(progress: Progress) -> bool:
        return progress.objective < least or progress.bound >= least

    answer = solve_until(instance, settings, enough, cancel=asked.cancel, start=none.choice)
    return answer.choice is not None and answer.objective < least
