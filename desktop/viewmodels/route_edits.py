"""Changes of a hybrid that take more than one field: checked plans, or an error that says why."""

from dataclasses import dataclass

from pricing.catalogue import Catalogue
from pricing.plan.edit import edited, fresh_id
from pricing.plan.figure import Share
from pricing.plan.hybrid import Hybrid, ResultCache, Route, ShareFrom
from pricing.plan.option import PureOption
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from pricing.plan.workload import RequestClass
from pricing.routing.eligibility import reasons

EXACT = 1e-9


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
    taken = sum(c.zone_share.value for c in hybrid.caches if c.request_class == item.id)
    published = "GPT Semantic Cache and field reports, 2024: 5 to 40 % of requests"
    cache = ResultCache(
        request_class=item.id,
        zone_share=Share.left_out(1) if taken == 0 else Share(value=max(0.0, 1 - taken)),
        hit_rate=Share(value=0.2, low=0.05, high=0.4, source=published, confidence="low"),
        false_hits=Share(value=0.03, source=published, confidence="low"),
    )
    return edited(plan, f"options.{hybrid.id}.caches", (*hybrid.caches, cache))


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


def _is_steady(route: Route) -> bool:
    return len(route.shares) == 1 and route.shares[0].from_month == 1


def _at(route: Route, share: float) -> Route:
    return route.model_copy(update={"shares": (ShareFrom(share=share),)})
