"""Questions a meeting asks of a decision, each answered by deciding again.

Other decisions that cost hardly more are in `alternatives`, what a level costs in `frontier`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pricing.optimise.engine.answer import Answer, Settings
from pricing.optimise.engine.instance import Choice, Instance, Whole
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.problem.stated import Problem
from pricing.optimise.questions.asked import Asked, complete
from pricing.optimise.questions.rules import Rule, rules_of

THOUSAND = 1000.0
MOST_VOLUME = 1024.0
"""Largest multiple of the plan's volume at which the first server is looked for."""
VOLUME_STEPS = 12
"""Halvings of the range in which the first server starts to pay."""
ROUGH = Settings(gap=1e-2, seconds=10)
"""Enough to tell whether servers pay."""


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What one rule costs over the horizon."""

    rule: Rule
    price: float | None
    """Net present value with the rule less that without it, in the plan's currency; none where
    the plan cannot be served with the rule (or, for want of time, none was found without it)."""
    sure: float
    """The price is sure to within this: both decisions were found up to a gap."""
    unserved: float
    """Requests over the horizon that the rule leaves unserved, and that are served without it."""
    without: Answer
    problem: Problem
    """The plan without the rule, with what the answer's parts are in it."""


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
    answer: Answer


def rule_prices(
    asked: Asked, on_price: Callable[[RulePrice], None] | None = None
) -> tuple[RulePrice, ...]:
    """The price of each rule, by deciding without it.

    Args:
        asked: The plan.
        on_price: Called with each price as it is found.
    """
    best, prices = asked.answer(), []
    for rule in rules_of(asked.plan):
        if asked.cancel():
            break
        problem, answer = asked.other_plan(rule.lifted(asked.plan))
        served = complete(asked.problem, best) and complete(problem, answer)
        price = (best.objective - answer.objective) * THOUSAND if served else None
        unsure = (best.objective - best.bound + answer.objective - answer.bound) * THOUSAND
        lost = max(float(best.unserved.sum() - answer.unserved.sum()) * THOUSAND, 0.0)
        found = RulePrice(rule, max(price, 0.0) if price is not None else None, unsure, lost,
                          answer, problem)  # fmt: skip
        prices.append(found)
        if on_price is not None:
            on_price(found)
    return tuple(prices)


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
            answer,
        )
        found.append(one)
        if on_vendor is not None:
            on_vendor(one)
    return tuple(found)
