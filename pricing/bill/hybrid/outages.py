"""Outages: who answers instead of whom, and what nobody answers.

Options fail independently of one another. What servers leave, and what arrives while an option of
the recipe is down, goes to the overflow; what arrives while that is down too goes to the failover,
and is lost without one. A failover counts as up whenever it is needed.
"""

from collections.abc import Iterable
from dataclasses import replace

from pricing.bill.costs import Costs
from pricing.bill.hybrid.routes import Routed
from pricing.bill.hybrid.uptime import Uptime
from pricing.ledger import Expression, Line, total


def with_stand_ins(costs: Costs, uptime: Uptime, routed: Iterable[Routed]) -> tuple[Routed, ...]:
    """Write for each route what its overflow and its failover answer, and what is lost.

    Args:
        costs: The bill of the hybrid.
        uptime: Of its options.
        routed: Routes with what their servers leave.
    """
    costs.section.block("Overflow and outages")
    stand_ins = _StandIns(costs, uptime)
    return tuple(stand_ins.write(one) for one in routed)


class _StandIns:
    def __init__(self, costs: Costs, uptime: Uptime) -> None:
        self._costs, self._uptime = costs, uptime

    def write(self, one: Routed) -> Routed:
        failover, overflow, left = one.route.failover, one.route.overflow, one.left
        if overflow is None or left is None:
            beyond = one.down
        else:
            overflowed, beyond = self._overflow(one, overflow, left)
            one = replace(one, overflowed=overflowed)
            failover = None if failover == overflow else failover
        if failover is None:
            return replace(one, lost=beyond)
        return replace(one, stood_in=beyond)

    def _overflow(self, one: Routed, overflow: str, left: Line) -> tuple[Line, Line | None]:
        """What an overflow answers, and what arrives while it is down; none if it never is."""
        up = self._uptime.of(overflow)
        if up is None and one.down is None:
            return left, None
        wanted = left
        if one.down is not None:
            wanted = self._line(
                one, "beyond the servers, or during outages", total([left, one.down]), "wanted"
            )
        if up is None:
            return wanted, None
        # servers overflow while all options of the recipe are up
        own = overflow in one.route.recipe.uses
        beyond = self._line(
            one, "while its overflow is down", (one.assigned if own else wanted) * (1 - up),
            "beyond",
        )  # fmt: skip
        return self._line(one, "to its overflow", wanted - beyond, "overflowed"), beyond

    def _line(self, one: Routed, what: str, requests: Expression, key: str) -> Line:
        return self._costs.section.line(
            f"{one.name}: requests {what}", requests, "requests", key=f"route_{one.number}.{key}",
            flow=True,
        )  # fmt: skip
