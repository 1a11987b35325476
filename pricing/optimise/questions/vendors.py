"""What the best decision is with and without each vendor, by deciding without what it sells."""

from collections.abc import Callable
from dataclasses import dataclass

from pricing.optimise.engine.answer import Answer
from pricing.optimise.engine.instance import Choice, Instance
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.questions.asked import Asked

THOUSAND = 1000.0
LEAST = 0.5e-3
"""Thousand requests that must stay unserved for a class to be named."""


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
    left: tuple[str, ...]
    """Ids of the classes of which it serves what nobody else can within the rules."""
    answer: Answer
    outages: float = 0.0
    """Requests over the horizon lost in outages beyond those that the best decision loses."""


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
        lost = (answer.unserved - best.unserved).max(axis=1)
        left = [job.key for job, most in zip(instance.jobs, lost, strict=True) if most > LEAST]
        one = WithoutVendor(
            vendor,
            taken,
            answer.objective * THOUSAND if served else None,
            (answer.objective - best.objective) * THOUSAND if served else None,
            max((answer.bound - best.objective) * THOUSAND, 0.0) if taken else 0.0,
            max((answer.objective - best.bound) * THOUSAND, 0.0) if taken else 0.0,
            () if served else tuple(left),
            answer,
            max(float(answer.lost.sum() - best.lost.sum()), 0.0) * THOUSAND,
        )
        found.append(one)
        if on_vendor is not None:
            on_vendor(one)
    return tuple(found)
