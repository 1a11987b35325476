"""Ways in which a decision could be made differently: each a rule that the best one breaks."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from pricing.optimise.engine.instance import Choice, Instance, Limits, Pool, Whole
from pricing.optimise.engine.tables import Tables
from pricing.optimise.problem.stated import Problem
from pricing.optimise.questions.asked import capex_by_year, mean_quality, share_at_home
from pricing.optimise.questions.portrait import Portrait

Family = Literal[
    "sources", "vendors", "recipes", "servers", "timing", "renting", "place", "quality", "classes",
    "dates",
]  # fmt: skip

THOUSAND = 1000.0
QUARTER = 3
LESS_SPENT = 0.75
"""Purchases of the dearest year, of those of the best decision."""
MUCH = 0.25
"""Share of a class's requests from which on an option is tried to be done without for it."""
MORE_AT_HOME = 0.05
BETTER = (0.01, 0.005)
ROUNDING = 1e-6
"""By how much less than a level is asked for, so that rounding cannot make it too much."""


@dataclass(frozen=True, slots=True)
class Variation:
    """A rule that the best decision breaks, and the problem with it."""

    code: str
    """Key of its phrase in `sentences`."""
    family: Family
    """What it is about."""
    instance: Instance
    facts: dict[str, str | float | tuple[str, ...]] = field(default_factory=dict)
    """What its phrase names: ids of options, vendors, numbers of servers and months."""
    keeps_servers: bool = False
    """Whether the servers of the best decision may stay as they are."""


def variations(problem: Problem, best: Choice, portrait: Portrait) -> tuple[Variation, ...]:
    """All rules that would make a decision structurally different from the best one.

    Those that leave requests without anybody to serve them are left out.

    Args:
        problem: What was decided on.
        best: The best decision.
        portrait: The same as a buyer describes it.
    """
    found = [
        *_sources(problem.instance, portrait), *_vendors(problem.instance, portrait),
        *_recipes(problem, portrait), *_servers(problem.instance, portrait),
        *_timing(problem.instance, best, portrait), *_place(problem.instance, best, portrait),
        *_quality(problem.instance, best), *_classes(problem.instance, portrait),
    ]  # fmt: skip
    everything = Tables(problem.instance).avoidable
    return tuple(
        replace(one, keeps_servers=_keeps_servers(one.instance, problem.instance, portrait))
        for one in found
        if (Tables(one.instance).avoidable >= everything).all()
    )


def _keeps_servers(instance: Instance, stated: Instance, portrait: Portrait) -> bool:
    return (
        instance.pools is stated.pools
        and instance.limits.capex is stated.limits.capex
        and not instance.limits.closed & portrait.servers.keys()
    )


def _within(instance: Instance, **changes: object) -> Instance:
    limits: Limits = replace(instance.limits, **changes)  # type: ignore[arg-type]
    return replace(instance, limits=limits)


def _closing(instance: Instance, keys: Set[str]) -> Instance:
    return _within(instance, closed=instance.limits.closed | keys)


def _sources(instance: Instance, portrait: Portrait) -> Iterator[Variation]:
    for key in portrait.sources:
        if len(instance.pools) + len(instance.suppliers) > 1:
            yield Variation("without", "sources", _closing(instance, {key}), {"option": key})


def without_more(kind: Variation, portrait: Portrait, best: Portrait) -> Iterator[Variation]:
    """The same without an option that a decision takes in the place of one it does without.

    Args:
        kind: What the decision was asked for.
        portrait: The decision.
        best: The best decision, which takes none of these.
    """
    if kind.family != "sources":
        return
    option = kind.facts.get("option")
    before = kind.facts.get("options", (option,) if isinstance(option, str) else ())
    if not isinstance(before, tuple):
        return
    for key in portrait.sources:
        if key not in best.sources:
            yield Variation("without_all", "sources", _closing(kind.instance, {key}),
                            {"options": (*before, key)})  # fmt: skip


def _vendors(instance: Instance, portrait: Portrait) -> Iterator[Variation]:
    everyone = (*instance.pools, *instance.suppliers)
    for vendor in portrait.vendors:
        keys = {one.key for one in everyone if one.vendor == vendor}
        if len(keys.intersection(portrait.sources)) > 1:
            yield Variation("without_vendor", "vendors", _closing(instance, keys),
                            {"vendor": vendor})  # fmt: skip
    more = len(portrait.vendors) + 1
    if more <= len({one.vendor for one in everyone}):
        yield Variation(
            "vendors", "vendors", _within(instance, vendors=more),
            {"vendors": float(more), "share": instance.limits.vendor_least},
        )  # fmt: skip


def _recipes(problem: Problem, portrait: Portrait) -> Iterator[Variation]:
    instance = problem.instance
    ways = tuple(zip(instance.recipes, problem.ways, strict=True))
    for kind in portrait.recipes:
        keys = {recipe.key for recipe, way in ways if way.candidate.recipe.kind == kind}
        yield Variation(f"without_{kind}", "recipes", _closing(instance, keys))
    overflowing = {recipe.key for recipe in instance.recipes if recipe.overflow is not None}
    if portrait.overflows:
        yield Variation("without_overflow", "recipes", _closing(instance, overflowing))
    if portrait.recipes and (portrait.overflows or len(portrait.recipes) > 1):
        mixed = {recipe.key for recipe, way in ways if way.candidate.recipe.kind != "direct"}
        yield Variation("direct", "recipes", _closing(instance, mixed | overflowing))


def _servers(instance: Instance, portrait: Portrait) -> Iterator[Variation]:
    for place, pool in enumerate(instance.pools):
        most = portrait.servers.get(pool.key, 0)
        if most > pool.spares + 1:
            fewer = replace(pool, most=most - 1)
            yield Variation(
                "fewer_servers", "servers", _with_pool(instance, place, fewer),
                {"option": pool.key, "servers": float(most - 1)},
            )  # fmt: skip
    pools = {pool.key for pool in instance.pools}
    if len(portrait.servers) > 1 and instance.suppliers:
        yield Variation("without_servers", "servers", _closing(instance, pools))


def _timing(instance: Instance, best: Choice, portrait: Portrait) -> Iterator[Variation]:
    for place, pool in enumerate(instance.pools):
        dates = portrait.starts.get(pool.key, ())
        if not dates:
            continue
        first, can_start = dates[0][0] - 1, np.flatnonzero(np.isfinite(pool.unit))
        later = can_start[can_start >= first + QUARTER]
        if len(later):
            yield Variation(
                "later", "timing", _starting(instance, place, later),
                {"option": pool.key, "month": float(later[0] + 1)},
            )  # fmt: skip
        if len(dates) > 1:
            yield Variation(
                "at_once", "timing", _starting(instance, place, np.array([first])),
                {"option": pool.key, "month": float(first + 1)},
            )  # fmt: skip
        last = dates[-1][0] - 1
        yield Variation(
            "not_then", "dates", _starting(instance, place, can_start[can_start != last]),
            {"option": pool.key, "month": float(last + 1)},
        )  # fmt: skip
    yield from _interim(instance, best, portrait)


def _interim(instance: Instance, best: Choice, portrait: Portrait) -> Iterator[Variation]:
    """Servers rented by the month only until the first bought or reserved ones are there."""
    there = min((dates[0][0] - 1 for dates in portrait.starts.values()), default=0)
    for place, pool in enumerate(instance.pools):
        running = best.servers[place] > 0
        if pool.term == 1 and running[:there].any() and running[there:].any():
            yield Variation(
                "interim", "renting", _starting(instance, place, np.arange(there)),
                {"option": pool.key, "month": float(there + 1)},
            )  # fmt: skip


def _starting(instance: Instance, place: int, months: Whole) -> Instance:
    """The problem with terms of a pool that may start in some months only."""
    pool = instance.pools[place]
    unit = np.full_like(pool.unit, np.inf)
    unit[months] = pool.unit[months]
    return _with_pool(instance, place, replace(pool, unit=unit))


def _place(instance: Instance, best: Choice, portrait: Portrait) -> Iterator[Variation]:
    home = {pool.key for pool in instance.pools if pool.on_premises}
    if len(home.intersection(portrait.sources)) > 1:
        yield Variation("nothing_at_home", "place", _closing(instance, home))
    if home:
        level = share_at_home(instance, best) + MORE_AT_HOME
        if level <= 1:
            yield Variation("at_home", "place", _within(instance, on_premises=level - ROUNDING),
                            {"share": level})  # fmt: skip
    yield from _spending(instance, best)


def _spending(instance: Instance, best: Choice) -> Iterator[Variation]:
    """One server less in the first year with purchases; less in every year."""
    spent, stated = capex_by_year(instance, best), instance.limits.capex
    most = spent if stated is None else stated
    if not spent.any():
        return
    year = int(np.argmax(spent > 0))
    prices = [float(price) for pool in instance.pools if (price := pool.capex[:, year].max()) > 0]
    less = most.copy()
    less[year] = min(float(most[year]), float(spent[year]) - ROUNDING * min(prices))
    yield Variation("less_in_year", "place", _within(instance, capex=less),
                    {"year": float(year + 1), "amount": float(spent[year]) * THOUSAND})  # fmt: skip
    cap = float(spent.max()) * LESS_SPENT
    yield Variation("capex", "place", _within(instance, capex=np.minimum(most, cap)),
                    {"amount": cap * THOUSAND})  # fmt: skip


def _quality(instance: Instance, best: Choice) -> Iterator[Variation]:
    for more in BETTER:
        level = mean_quality(instance, best) + more
        if level <= 1:
            yield Variation("quality", "quality", _within(instance, quality=level - ROUNDING),
                            {"quality": level})  # fmt: skip


def _classes(instance: Instance, portrait: Portrait) -> Iterator[Variation]:
    """Each class without each of the options that serve much of it."""
    for place, job in enumerate(instance.jobs):
        for key, share in portrait.serving[job.key].items():
            if share >= MUCH:
                mine = (r for r in instance.recipes if r.job == place and key in r.bought)
                yield Variation(
                    "class_without", "classes", _closing(instance, {r.key for r in mine}),
                    {"request_class": job.key, "option": key},
                )  # fmt: skip


def _with_pool(instance: Instance, place: int, pool: Pool) -> Instance:
    pools = (*instance.pools[:place], pool, *instance.pools[place + 1 :])
    return replace(instance, pools=pools)
