"""Questions a meeting asks of a decision, each answered by deciding again.

What rules cost is in `prices`, other decisions that cost hardly more in `alternatives`, what a
level costs in `frontier`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pricing.optimise.engine.answer import Answer, Settings
from pricing.optimise.engine.instance import Choice, Instance, Whole
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.questions.asked import Asked

THOUSAND = 1000.0
MOST_VOLUME = 1024.0
"""Largest multiple of the plan's volume at which the first server is looked for."""
VOLUME_STEPS = 12
"""Halvings of the range in which the first server starts to pay."""
ROUGH = Settings(gap=1e-2, seconds=10)
"""Enough to tell whether servers pay."""


@dataclass(frozen=True, slots=True)
class FirstServer:
    """The volume at which servers of the plan's own options begin to pay."""

    multiple: float | None
    """Of the plan's volume; none if not up to `searched_to`."""
    requests_per_month: float | None
    """Mean requests a month over the horizon at that volume."""
    searched_to: float


@dataclass(frozen=True, slots=True)
class WithoutVendor:
    """What the best decision is if one vendor is not taken."""

    vendor: str
    used: bool
    """Whether the best decision takes it."""
    npv: float | None
    """None if the work cannot all be served without it."""
    more: float | None
    """Dearer than the best decision by so much, in the plan's currency."""
    low: float
    """Doing without it costs no less than this."""
    high: float
    """Doing without it costs no more than this."""
    answer: Answer


def _closed(asked: Asked, *keys: str) -> frozenset[str]:
    return asked.problem.instance.limits.closed | frozenset(keys)


def used_sources(instance: Instance, choice: Choice) -> list[str]:
    """Keys of the pools and suppliers that a decision takes."""
    used = [
        pool.key
        for pool, servers in zip(instance.pools, choice.servers, strict=True)
        if servers.any()
    ]
    given = outcome(Tables(instance), choice).answered.max(axis=1) > 0
    bought = {key for recipe, taken in zip(instance.recipes, given, strict=True) if taken
              for key in recipe.bought}  # fmt: skip
    return used + [supplier.key for supplier in instance.suppliers if supplier.key in bought]


def first_server(asked: Asked) -> FirstServer:
    """The smallest multiple of the plan's volume at which the best decision has servers."""
    instance = asked.problem.instance
    if not instance.pools:
        return FirstServer(None, None, MOST_VOLUME)
    low, high = 1.0 / MOST_VOLUME, 1.0
    if _has_servers(asked, low):
        return _at_volume(instance, low)
    while not _has_servers(asked, high):
        low, high = high, high * 4
        if high > MOST_VOLUME or asked.cancel():
            return FirstServer(None, None, MOST_VOLUME)
    for _ in range(VOLUME_STEPS):
        if asked.cancel():
            break
        middle = float(np.sqrt(low * high))
        if _has_servers(asked, middle):
            high = middle
        else:
            low = middle
    return _at_volume(instance, high)


def _at_volume(instance: Instance, multiple: float) -> FirstServer:
    requests = sum(float(job.requests.mean()) for job in instance.jobs) * THOUSAND
    return FirstServer(multiple, requests * multiple, MOST_VOLUME)


def _has_servers(asked: Asked, multiple: float) -> bool:
    instance = asked.problem.instance
    jobs = tuple(replace(job, requests=job.requests * multiple) for job in instance.jobs)
    pools = tuple(
        replace(pool, most=max(pool.most, int(np.ceil(pool.most * multiple))))
        for pool in instance.pools
    )
    answer = asked.solve(replace(instance, jobs=jobs, pools=pools), fresh=True, settings=ROUGH)
    servers: Whole | None = None if answer.choice is None else answer.choice.servers
    return servers is not None and bool(servers.any())


def without_vendors(
    asked: Asked, on_vendor: Callable[[WithoutVendor], None] | None = None
) -> tuple[WithoutVendor, ...]:
    """What the best decision costs without each vendor in turn."""
    instance, best = asked.problem.instance, asked.answer()
    by_vendor: dict[str, list[str]] = {}
    for source in (*instance.pools, *instance.suppliers):
        by_vendor.setdefault(source.vendor, []).append(source.key)
    used = set(used_sources(instance, best.choice)) if best.choice is not None else set()
    found = []
    for vendor, keys in by_vendor.items():
        if asked.cancel():
            break
        taken = bool(used.intersection(keys))
        answer = asked.within(closed=_closed(asked, *keys)) if taken else best
        served = asked.serves_as_much(answer)
        one = WithoutVendor(
            vendor,
            taken,
            answer.objective * THOUSAND if served else None,
            (answer.objective - best.objective) * THOUSAND if served else None,
            max((answer.bound - best.objective) * THOUSAND, 0.0) if taken else 0.0,
            max((answer.objective - best.bound) * THOUSAND, 0.0) if taken else 0.0,
            answer,
        )
        found.append(one)
        if on_vendor is not None:
            on_vendor(one)
    return tuple(found)
