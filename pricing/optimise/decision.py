"""An answer of the solver as a decision of the plan: routes, fleets, and how good they are."""

from collections.abc import Iterator, Set
from dataclasses import replace
from datetime import date

import numpy as np

from pricing.optimise.engine.answer import Answer
from pricing.optimise.engine.instance import Choice, Numbers, Recipe, Whole
from pricing.optimise.engine.outcome import room_left
from pricing.optimise.engine.tables import Tables
from pricing.optimise.problem.stated import Problem
from pricing.optimise.problem.ways import Way
from pricing.plan.fingerprint import fingerprint
from pricing.plan.hybrid import Decision, Fleet, Hybrid, Route, ServersFrom, ShareFrom
from pricing.plan.plan import Plan

FAINT = 1e-9
"""Shares below this are rounding."""
DIGITS = 6
"""Decimals of a share in a plan; more say nothing."""
NOISE = 1e-3
"""What of a last decimal is a matter of arithmetic."""
THOUSAND = 1000.0


def plain(tables: Tables, choice: Choice) -> Choice:
    """A choice with shares of a few decimals that sum to the same.

    What must find room in servers is rounded down, so that it still does; the rest goes to what
    need not, or to the servers with most room.
    """
    scaled = choice.shares * 10**DIGITS
    down = np.floor(scaled + NOISE)
    units = np.where(tables.firm[:, None], down, np.rint(scaled))
    months = np.arange(units.shape[1])
    room = np.clip(room_left(tables, replace(choice, shares=down / 10**DIGITS)), 0.0, 1.0)
    for job in np.unique(tables.job):
        mine = np.flatnonzero(tables.job == job)
        whole = np.rint(scaled[mine].sum(axis=0))
        firm = NOISE * room[mine] * (units[mine] > 0) + FAINT * NOISE * units[mine]
        wanted = np.where(tables.firm[mine, None], firm, units[mine])
        taker = mine[np.argmax(wanted, axis=0)]
        units[taker, months] += whole - units[mine].sum(axis=0)
    return Choice(choice.servers, np.clip(units, 0.0, None) / 10**DIGITS, choice.order)


def decided(problem: Problem, choice: Choice, answer: Answer, today: date) -> Hybrid:
    """The hybrid with the routes and fleets of a choice.

    Args:
        problem: What was solved.
        choice: What was chosen, its shares in a few decimals.
        answer: How good it is.
        today: The day of the decision.
    """
    before = problem.hybrid.decision
    decision = Decision(
        made_by="optimiser",
        made_on=today,
        npv=answer.objective * THOUSAND,
        bound=answer.bound * THOUSAND if np.isfinite(answer.bound) else None,
        facts=fingerprint(with_hybrid(problem.plan, problem.hybrid), problem.hybrid.id),
        locked=before.locked if before is not None else False,
        note=before.note if before is not None else "",
    )
    routes = tuple(_routes(problem, choice))
    sent = {option for route in routes for option in route.recipe.uses}
    return problem.hybrid.model_copy(
        update={
            "routes": routes,
            "fleets": tuple(_fleets(problem, choice, sent)),
            "decision": decision,
        }
    )


def _routes(problem: Problem, choice: Choice) -> Iterator[Route]:
    instance = problem.instance
    for place, (recipe, way) in enumerate(zip(instance.recipes, problem.ways, strict=True)):
        shares = choice.shares[place]
        if shares.max(initial=0.0) > FAINT:
            yield _route(way, shares, _rank(recipe, choice))
    yield from _idle(problem, choice)


def _idle(problem: Problem, choice: Choice) -> Iterator[Route]:
    """A route without requests for each class that nobody serves but a result cache."""
    cached = {cache.request_class for cache in problem.hybrid.caches}
    recipes = problem.instance.recipes
    taken = {
        recipe.job
        for recipe, shares in zip(recipes, choice.shares, strict=True)
        if shares.max(initial=0.0) > FAINT
    }
    for job, it in enumerate(problem.instance.jobs):
        if it.key in cached and job not in taken:
            place = next(place for place, recipe in enumerate(recipes) if recipe.job == job)
            yield Route(
                request_class=it.key,
                recipe=problem.ways[place].candidate.recipe,
                shares=(ShareFrom(share=0.0),),
            )


def _rank(recipe: Recipe, choice: Choice) -> int:
    """Rank in which a route takes the servers of its pool; 1 where it overflows to nobody."""
    if recipe.overflow is None:
        return 1
    return int(choice.order[next(iter(recipe.work)), recipe.job]) + 1


def _route(way: Way, shares: Numbers, order: int) -> Route:
    return Route(
        request_class=way.candidate.request_class,
        recipe=way.candidate.recipe,
        shares=tuple(_share_steps(shares)),
        overflow=way.overflow,
        failover=way.failover,
        order=order,
    )


def _share_steps(shares: Numbers) -> Iterator[ShareFrom]:
    before = 0.0
    for month, share in enumerate(shares.tolist(), start=1):
        if share != before:
            yield ShareFrom(from_month=month, share=share)
        before = share


def _fleets(problem: Problem, choice: Choice, sent: Set[str]) -> Iterator[Fleet]:
    """Fleets of the servers that are in service, and of those that a route waits for in vain.

    A fleet that is left out would follow its load.
    """
    for option, servers in zip(problem.pools, choice.servers, strict=True):
        if servers.any() or option in sent:
            yield Fleet(option=option, servers=tuple(_server_steps(servers)))


def _server_steps(servers: Whole) -> Iterator[ServersFrom]:
    before = -1
    for month, number in enumerate(servers.tolist(), start=1):
        if number != before:
            yield ServersFrom(from_month=month, servers=number)
        before = number


def with_hybrid(plan: Plan, hybrid: Hybrid) -> Plan:
    """The plan with a hybrid in the place of the one of its id, or at the end."""
    known = any(option.id == hybrid.id for option in plan.options)
    options = tuple(hybrid if o.id == hybrid.id else o for o in plan.options)
    return Plan.model_validate(
        {**plan.model_dump(), "options": [
            o.model_dump() for o in (options if known else (*options, hybrid))
        ]}
    )  # fmt: skip
