"""Steps of a decision as numbers for every month."""

from collections.abc import Sequence

from pricing.bill.costs import Costs
from pricing.ledger import DECISION, Expression, Provenance, Schedule
from pricing.plan.figure import OPTIMISER
from pricing.plan.hybrid import Fleet, Hybrid, ServersFrom, ShareFrom


def monthly(steps: Sequence[ShareFrom] | Sequence[ServersFrom], months: int) -> list[float]:
    """The value in force in each month; 0 before the first step."""
    values = [0.0] * months
    for step in steps:
        value = step.share if isinstance(step, ShareFrom) else step.servers
        for month in range(step.from_month - 1, months):
            values[month] = float(value)
    return values


CHOSEN_BY = {"optimiser": OPTIMISER, "hand": "entered by hand"}
"""Who chose a share or a number of servers, in words."""


def origin(hybrid: Hybrid, *, by_hand: bool) -> Provenance:
    """Who chose shares or servers of a hybrid, and when where that is known.

    Args:
        hybrid: The hybrid with its decision.
        by_hand: Whether a person changed them after the decision.
    """
    decision = hybrid.decision
    if decision is None or by_hand:
        return Provenance(source=CHOSEN_BY["hand"], confidence=DECISION)
    return Provenance(
        source=CHOSEN_BY[decision.made_by], as_of=decision.made_on, confidence=DECISION
    )


def write_share(costs: Costs, number: int, label: str, key: str) -> Expression:
    """Enter the share of a route: one number where it never changes, else one a month."""
    hybrid, section = costs.option, costs.section
    assert isinstance(hybrid, Hybrid)
    route, path = hybrid.routes[number], f"{costs.path}.routes.{number}.shares"
    steps, chosen = route.shares, origin(hybrid, by_hand=route.by_hand)
    if len(steps) == 1 and steps[0].from_month == 1:
        return costs.book.given(
            section, label, steps[0].share, "share", chosen, f"{path}.0.share", key
        )
    values = monthly(steps, costs.book.plan.months)
    return section.schedule(label, values, "share", chosen, key=key, path=path)


def write_decided(costs: Costs, hybrid: Hybrid, fleet: Fleet, path: str) -> Schedule:
    """Enter the servers of a fleet that was decided on."""
    return costs.section.schedule(
        "Servers decided on",
        monthly(fleet.servers, costs.book.plan.months),
        "servers",
        origin(hybrid, by_hand=fleet.by_hand),
        key="decided",
        path=path,
        note="servers in service month by month, spares included",
    )
