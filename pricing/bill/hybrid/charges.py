"""What verifiers and routers charge for the requests they look at."""

from collections.abc import Sequence

from pricing.bill.costs import Costs
from pricing.bill.hybrid.routes import Routed
from pricing.plan.figure import Price
from pricing.plan.recipe import Cascade, Router


def write_charges(costs: Costs, routed: Sequence[Routed]) -> None:
    """Write the charges of routes, known once their servers are filled."""
    for one in routed:
        recipe = one.route.recipe
        if isinstance(recipe, Cascade):
            _write(costs, one, "verifier_cost", "verifying one answer", recipe.verifier_cost)
        elif isinstance(recipe, Router):
            _write(costs, one, "router_cost", "routing one request", recipe.router_cost)


def _write(costs: Costs, one: Routed, field: str, label: str, price: Price) -> None:
    if price.is_left_out:
        return
    book, section, key = costs.book, costs.section, f"route_{one.number}"
    section.block("Verifying and routing")
    each = book.money(
        section, f"{one.name}: cost of {label}", price, "/request",
        f"{costs.path}.routes.{one.number - 1}.recipe.{field}", f"{key}.{field}",
    )  # fmt: skip
    looked_at = one.works if one.answered is None else one.answered
    costs.add(
        "gateway",
        section.line(f"{one.name}: {label}", looked_at * each, book.currency, key=f"{key}.charge"),
    )
