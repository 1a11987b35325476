"""What an earlier decision hands on: a place to start from, and servers that must stay."""

from collections.abc import Set

import numpy as np

from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.problem.stated import Problem
from pricing.optimise.problem.terms import in_service
from pricing.optimise.problem.ways import Way
from pricing.plan.hybrid import Hybrid, Route, ShareFrom
from pricing.plan.option import SelfHosted


def choice_of(problem: Problem, hybrid: Hybrid) -> Choice | None:
    """The decision in a hybrid as a choice; none if it has none or takes ways not offered."""
    if not hybrid.routes:
        return None
    instance = problem.instance
    shares = np.zeros((len(instance.recipes), instance.months))
    order = np.zeros((len(instance.pools), len(instance.jobs)), dtype=np.int64)
    places = {_key(way): place for place, way in enumerate(problem.ways)}
    always_up = {option.id for option in problem.plan.options if option.availability is None}
    for route in hybrid.routes:
        place = places.get(_route_key(route, always_up))
        if place is None:
            return None
        shares[place] += _monthly(route.shares, instance.months)
        recipe = instance.recipes[place]
        if recipe.overflow is not None:
            order[next(iter(recipe.work)), recipe.job] = route.order - 1
    requests = np.array([job.requests for job in instance.jobs])
    jobs = np.array([recipe.job for recipe in instance.recipes], dtype=np.int64)
    return Choice(_servers(problem, hybrid), np.where(requests[jobs] > 0, shares, 0.0), order)


def locked_servers(problem: Problem, hybrid: Hybrid) -> Whole | None:
    """Shape (P, T): servers of a locked decision; none where everything is free."""
    if hybrid.decision is None or not hybrid.decision.locked:
        return None
    return _servers(problem, hybrid)


def _servers(problem: Problem, hybrid: Hybrid) -> Whole:
    months = problem.instance.months
    options = {o.id: o for o in problem.plan.options if isinstance(o, SelfHosted)}
    servers = np.zeros((len(problem.pools), months), dtype=np.int64)
    for fleet in hybrid.fleets:
        if fleet.option in problem.pools:
            running = in_service(options[fleet.option], fleet.servers, months)
            servers[problem.pools.index(fleet.option)] = running
    return servers


def _monthly(steps: tuple[ShareFrom, ...], months: int) -> Numbers:
    values = np.zeros(months)
    for step in steps:
        values[step.from_month - 1 :] = step.share
    return values


def _key(way: Way) -> tuple[object, ...]:
    recipe = way.candidate.recipe.model_dump_json()
    return way.candidate.request_class, recipe, way.overflow, way.failover


def _route_key(route: Route, always_up: Set[str]) -> tuple[object, ...]:
    """The same of a route, without a failover that can do nothing."""
    recipe, failover = route.recipe.model_dump_json(), route.failover
    if route.overflow is not None and route.overflow in {failover, *always_up}:
        failover = None
    return route.request_class, recipe, route.overflow, failover
