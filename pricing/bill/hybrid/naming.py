"""What lines call routes: number and class, the same words on every sheet."""

from pricing.plan.hybrid import Route
from pricing.plan.plan import Plan


def route_name(plan: Plan, route: Route, number: int) -> str:
    """What labels call a route; `number` counts from 1."""
    name = next(c.name for c in plan.workload if c.id == route.request_class)
    return f"Route {number}, {name}"
