"""Changes of a hybrid that take more than one field: checked plans, or an error that says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from pricing.catalogue import Catalogue
from pricing.plan.edit import edited, fresh_id
from pricing.plan.figure import Share
from pricing.plan.hybrid import Fleet, Hybrid, ResultCache, Route, ShareFrom
from pricing.plan.option import PureOption
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from pricing.plan.workload import RequestClass
from pricing.routing.eligibility import reasons

Decided = TypeVar("Decided", Route, Fleet)
EXACT = 1e-9
HITS = "GPT Semantic Cache and field reports, 2024: 5 to 40 % of requests"
RIGHT_HITS = "GPT Semantic Cache, 2024: more than 97 % of its answers were right"


@dataclass(frozen=True, slots=True)
class FirstRoute:
    """Where a request class goes to begin with."""

    request_class: RequestClass
    option: PureOption | None
    """None where no option may serve it."""


def first_routes(plan: Plan, catalogue: Catalogue) -> tuple[FirstRoute, ...]:
    """Each class to the first option of the plan that may serve it."""
    pure = [option for option in plan.options if not isinstance(option, Hybrid)]

    def may(option: PureOption, item: RequestClass) -> bool:
        found = reasons(plan, catalogue, option, item)
        return all(reason.severity != "excluded" for reason in found)

    return tuple(
        FirstRoute(item, next((option for option in pure if may(option, item)), None))
        for item in plan.workload
    )


def new_hybrid(plan: Plan, name: str, routes: tuple[FirstRoute, ...]) -> Hybrid:
    """A hybrid with these routes; raises ValidationError for an empty name."""
    return Hybrid(
        id=fresh_id(plan, "options", name),
        name=name,
        routes=tuple(
            Route(request_class=one.request_class.id, recipe=Direct(option=one.option.id))
            for one in routes
            if one.option is not None
        ),
    )


def free_share(hybrid: Hybrid, request_class: str) -> float:
    """Share of a class that no route takes in the month that is taken most."""
    mine = [route for route in hybrid.routes if route.request_class == request_class]
    months = {1, *(step.from_month for route in mine for step in route.shares)}
    taken = max((sum(_in_force(route, month) for route in mine) for month in months), default=0.0)
    return round(max(0.0, 1.0 - taken), 9)


def _in_force(route: Route, month: int) -> float:
    held = [step.share for step in route.shares if step.from_month <= month]
    return held[-1] if held else 0.0


def with_route_added(plan: Plan, hybrid: Hybrid) -> Plan:
    """A draft with one more route: for the class of which most is left, by one that serves it.

    Raises EditError where no option serves that class.
    """
    left = max(plan.workload, key=lambda item: free_share(hybrid, item.id))
    pure = [option for option in plan.options if not isinstance(option, Hybrid)]
    serving = [option for option in pure if not option.serves or left.id in option.serves]
    answering = (serving or pure)[0]
    route = Route(
        request_class=left.id,
        recipe=Direct(option=answering.id),
        shares=(ShareFrom(share=free_share(hybrid, left.id)),),
    )
    return edited(plan, f"options.{hybrid.id}.routes", (*hybrid.routes, route))


def with_cache_added(plan: Plan, hybrid: Hybrid) -> Plan:
    """A draft with one more result cache, for the first class without one."""
    cached = {cache.request_class for cache in hybrid.caches}
    item = next((c for c in plan.workload if c.id not in cached), plan.workload[0])
    left = _zone_left(hybrid, len(hybrid.caches), item.id)
    cache = ResultCache(
        request_class=item.id,
        zone_share=Share.left_out(1) if left == 1 else Share(value=left),
        hit_rate=Share(value=0.2, low=0.05, high=0.4, source=HITS, confidence="low"),
        false_hits=Share(value=0.03, source=RIGHT_HITS, confidence="low"),
    )
    return edited(plan, f"options.{hybrid.id}.caches", (*hybrid.caches, cache))


def moved_route(hybrid: Hybrid, number: int, request_class: str) -> Route:
    """A route for another class, with no more of it than the other routes leave."""
    route = hybrid.routes[number]
    others = (*hybrid.routes[:number], *hybrid.routes[number + 1 :])
    free = free_share(hybrid.model_copy(update={"routes": others}), request_class)
    changes: dict[str, object] = {"request_class": request_class}
    if max(step.share for step in route.shares) > free:
        changes["shares"] = (ShareFrom(share=free),)
    return route.model_copy(update=changes)


def moved_cache(hybrid: Hybrid, number: int, request_class: str) -> ResultCache:
    """A result cache for another class, of a zone no larger than the other zones leave."""
    cache = hybrid.caches[number]
    left = _zone_left(hybrid, number, request_class)
    changes: dict[str, object] = {"request_class": request_class}
    if cache.zone_share.value > left:
        changes["zone_share"] = Share(value=left)
    return cache.model_copy(update=changes)


def _zone_left(hybrid: Hybrid, number: int, request_class: str) -> float:
    """Share of a class outside the zones of all caches but one."""
    taken = sum(
        cache.zone_share.value
        for place, cache in enumerate(hybrid.caches)
        if cache.request_class == request_class and place != number
    )
    return round(max(0.0, 1 - taken), 9)


def without(plan: Plan, hybrid: Hybrid, field: str, number: int) -> Plan:
    """A plan without one entry of a list of a hybrid."""
    entries = getattr(hybrid, field)
    return edited(plan, f"options.{hybrid.id}.{field}", (*entries[:number], *entries[number + 1 :]))


def with_share(plan: Plan, hybrid: Hybrid, number: int, share: float) -> Plan:
    """A plan in which a route takes another share of its class all the time.

    Where the routes of the class would take more than all together, the others give way in
    proportion, as far as their shares are the same in all months; raises EditError where not.
    """
    routes = list(hybrid.routes)
    routes[number] = _at(routes[number], share)
    name = routes[number].request_class
    others = [n for n, route in enumerate(routes) if route.request_class == name and n != number]
    taken = sum(routes[n].shares[0].share for n in others)
    steady = all(_is_steady(routes[n]) for n in others)
    if steady and taken > 0 and share + taken > 1 + EXACT:
        for n in others:
            routes[n] = _at(routes[n], round((1 - share) * routes[n].shares[0].share / taken, 9))
    return edited(plan, f"options.{hybrid.id}.routes", tuple(routes))


def known_as_edited(before: Plan, after: Plan, name: str) -> Plan:
    """The plan after a change by hand: what it changed is told, and no longer called proven.

    Args:
        before: The plan before the change.
        after: The plan after it.
        name: Id of the hybrid.
    """
    was, now = _hybrid(before, name), _hybrid(after, name)
    if was is None or now is None or now.decision is None or now.decision.made_by == "hand":
        return after
    if (was.routes, was.fleets, was.caches) == (now.routes, now.fleets, now.caches):
        return after
    note = QCoreApplication.translate(
        "RouteEdits", "Changed by hand since, so nothing is proven of it any more."
    )
    decision = now.decision.model_copy(update={"bound": None, "question": None, "note": note})
    changes = {
        "decision": decision,
        "routes": tuple(_by_hand(one, was.routes) for one in now.routes),
        "fleets": tuple(_by_hand(one, was.fleets) for one in now.fleets),
    }
    for field, value in changes.items():
        after = edited(after, f"options.{name}.{field}", value)
    return after


def _by_hand(one: Decided, before: Sequence[Decided]) -> Decided:
    """A route or a fleet, marked where it is not one of those before."""
    return one if one in before else one.model_copy(update={"by_hand": True})


def _hybrid(plan: Plan, name: str) -> Hybrid | None:
    return next((o for o in plan.options if o.id == name and isinstance(o, Hybrid)), None)


def _is_steady(route: Route) -> bool:
    return len(route.shares) == 1 and route.shares[0].from_month == 1


def _at(route: Route, share: float) -> Route:
    return route.model_copy(update={"shares": (ShareFrom(share=share),)})
