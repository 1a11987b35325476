"""What a buyer names of a decision: who serves, how many servers and when, where, how well."""

from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.instance import Choice, Instance, Numbers
from pricing.optimise.engine.outcome import outcome, starts
from pricing.optimise.engine.tables import Tables
from pricing.optimise.problem.stated import Problem
from pricing.optimise.questions.asked import capex, mean_quality, share_at_home

FAINT = 0.01
"""Share of a class's requests below which a source or a kind of recipe is not named."""
MOVED = 0.25
"""Share of a class's requests that must go elsewhere for it to be told as served otherwise."""
PLACES = 0.05
"""Shares on premises that differ by less are told as one."""
SCORES = 0.0045
"""The same of mean quality."""
SPENT = 0.05
"""The same of purchases, as a share of the larger."""
ROUNDING = 1e-6

Start = tuple[int, int]
"""Month, from 1, and the servers whose term starts in it."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A decision as a buyer would describe it."""

    sources: tuple[str, ...]
    """Ids of the options that are bought from, in the order of the problem."""
    vendors: tuple[str, ...]
    recipes: tuple[str, ...]
    """Kinds of recipes beside direct ones: cascade, layered, router."""
    overflows: bool
    """Whether anything that servers have no room for goes to a supplier."""
    servers: dict[str, int]
    """Most servers in service at a time, by the id of their option; those without left out."""
    starts: dict[str, tuple[Start, ...]]
    """When servers that stay longer than a month come into service, by the id of their option."""
    serving: dict[str, dict[str, float]]
    """Share of each class's requests over the horizon by option: of those it asks anything of."""
    at_home: float
    """Share of all tokens that is served on premises."""
    quality: float
    """Mean score of all answers; not a number where it is not known."""
    purchases: float
    """Purchases over the horizon in the plan's currency, undiscounted."""


def portrait_of(problem: Problem, choice: Choice) -> Portrait:
    """Describe a decision."""
    instance = problem.instance
    answered = outcome(Tables(instance), choice).answered
    given = _of_requests(instance, answered)
    over = np.array([recipe.overflow is not None for recipe in instance.recipes], dtype=bool)
    spilled = _of_requests(instance, np.maximum(choice.shares - answered, 0.0) * over[:, None])
    pools = list(zip(instance.pools, choice.servers, strict=True))
    servers = {pool.key: int(running.max()) for pool, running in pools if running.any()}
    used = {key for recipe, share in zip(instance.recipes, given, strict=True) if share >= FAINT
            for key in recipe.bought}  # fmt: skip
    everyone = (*instance.pools, *instance.suppliers)
    taken = [one for one in everyone if one.key in servers or one.key in used]
    ways = zip(problem.ways, given, strict=True)
    kinds = {way.candidate.recipe.kind for way, share in ways if share >= FAINT}
    return Portrait(
        sources=tuple(one.key for one in taken),
        vendors=tuple(dict.fromkeys(one.vendor for one in taken)),
        recipes=tuple(sorted(kinds - {"direct"})),
        overflows=bool((spilled >= FAINT).any()),
        servers=servers,
        starts={
            pool.key: tuple(
                (int(month) + 1, int(taken_on[month])) for month in np.flatnonzero(taken_on > 0)
            )
            for pool, running in pools
            if running.any() and pool.term > 1
            for taken_on in [starts(running, pool.term)]
        },
        serving=_serving(instance, given),
        at_home=share_at_home(instance, choice),
        quality=mean_quality(instance, choice),
        purchases=capex(instance, choice) * 1000,
    )  # fmt: skip


def _serving(instance: Instance, given: Numbers) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {job.key: {} for job in instance.jobs}
    for recipe, share in zip(instance.recipes, given.tolist(), strict=True):
        mine = found[instance.jobs[recipe.job].key]
        for key in recipe.bought:
            mine[key] = mine.get(key, 0.0) + share
    return found


def _of_requests(instance: Instance, shares: Numbers) -> Numbers:
    """Shape (R,): shares of each job's requests over the horizon."""
    result = np.zeros(len(instance.recipes))
    for place, recipe in enumerate(instance.recipes):
        requests = instance.jobs[recipe.job].requests
        total = float(requests.sum())
        result[place] = float(shares[place] @ requests) / total if total > 0 else 0.0
    return result


def moved(one: Portrait, other: Portrait, request_class: str) -> float:
    """Share of a class's requests that goes elsewhere in one decision than in the other."""
    mine, its = one.serving[request_class], other.serving[request_class]
    return max((abs(mine.get(key, 0.0) - its.get(key, 0.0)) for key in {*mine, *its}), default=0.0)


def apart(one: Portrait, other: Portrait) -> tuple[str, ...]:
    """Names of the fields in which two decisions differ enough to be told apart."""
    fields = [
        name
        for name in ("sources", "vendors", "recipes", "overflows", "servers", "starts")
        if getattr(one, name) != getattr(other, name)
    ]
    if any(moved(one, other, name) >= MOVED for name in one.serving):
        fields.append("serving")
    if abs(one.at_home - other.at_home) >= PLACES - ROUNDING:
        fields.append("at_home")
    if abs(one.quality - other.quality) >= SCORES - ROUNDING:
        fields.append("quality")
    most = max(one.purchases, other.purchases)
    if abs(one.purchases - other.purchases) > SPENT * most:
        fields.append("purchases")
    return tuple(fields)
