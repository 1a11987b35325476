"""What an earlier decision hands on: a place to start from, and servers that must stay."""

import numpy as np

from pricing.optimise.instance import Choice, Whole
from pricing.optimise.problem import Problem
from pricing.optimise.ways import Way
from pricing.plan.hybrid import Hybrid, Route, ServersFrom, ShareFrom


def choice_of(problem: Problem, hybrid: Hybrid) -> Choice | None:
    """The decision in a hybrid as a choice; none if it has none or takes ways not offered."""
    if not hybrid.routes:
        return None
    instance = problem.instance
    shares = np.zeros((len(instance.recipes), instance.months))
    order = np.zeros(len(instance.jobs), dtype=np.int64)
    places = {_key(way): place for place, way in enumerate(problem.ways)}
    for route in hybrid.routes:
        place = places.get(_route_key(route))
        if place is None:
            return None
        shares[place] += _monthly(route.shares, instance.months)
        order[instance.recipes[place].job] = route.order - 1
    return Choice(_servers(problem, hybrid, 0), shares, order)


def locked_servers(problem: Problem, hybrid: Hybrid) -> Whole | None:
    """Shape (P, T): servers of a locked decision; none where everything is free."""
    if hybrid.decision is None or not hybrid.decision.locked:
        return None
    return _servers(problem, hybrid, 0)


def _servers(problem: Problem, hybrid: Hybrid, missing: int) -> Whole:
    months = problem.instance.months
    servers = np.full((len(problem.pools), months), missing, dtype=np.int64)
    for fleet in hybrid.fleets:
        if fleet.option in problem.pools:
            servers[problem.pools.index(fleet.option)] = np.rint(
                _monthly(fleet.servers, months)
            ).astype(np.int64)
    return servers


def _monthly(
    steps: tuple[ShareFrom, ...] | tuple[ServersFrom, ...], months: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = np.zeros(months)
    for step in steps:
        values[step.from_month - 1 :] = step.share if isinstance(step, ShareFrom) else step.servers
    return values


def _key(way: Way) -> tuple[object, ...]:
    return way.candidate.request_class, way.candidate.recipe.model_dump_json(), way.overflow


def _route_key(route: Route) -> tuple[object, ...]:
    return route.request_class, route.recipe.model_dump_json(), route.overflow
