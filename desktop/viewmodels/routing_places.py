"""Where the routing page edits what: tabs by field, and paths of the plan that lead there."""

from typing import Final

from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

FLOW, ROUTES, SERVERS, CACHES, RULES, CHOICES, QUESTIONS = range(7)
FIELDS: Final = {
    "routes": ROUTES,
    "fleets": SERVERS,
    "caches": CACHES,
    "lookup_cost": CACHES,
    "store_cost": CACHES,
    "decision": FLOW,
}
"""On which tab a field of a hybrid is edited."""


def hybrid_at(plan: Plan, path: str) -> tuple[str, str, list[str]] | None:
    """Hybrid, field and the rest of a path into what this page edits of a hybrid."""
    listed, _, rest = path.partition(".")
    if listed != "options":
        return None
    for place, option in enumerate(plan.options):
        if not isinstance(option, Hybrid):
            continue
        for start in (f"{option.id}.", f"{place}."):
            field, *tail = rest.removeprefix(start).split(".")
            if rest.startswith(start) and field in FIELDS:
                return option.id, field, tail
    return None
