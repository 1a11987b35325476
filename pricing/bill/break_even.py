"""Whether a cascade costs less than asking its large model alone: computed, not assumed."""

from collections.abc import Iterator

from pricing.bill.costs import BillLines
from pricing.bill.hybrid.lines import HybridLines, RouteLines, StageLines
from pricing.finding import Finding
from pricing.ledger import Ledger, LedgerError, Line, Values
from pricing.plan.recipe import Cascade


def cascades_that_cost_more(
    lines: BillLines, ledger: Ledger, values: Values
) -> Iterator[Finding]:  # fmt: skip
    """Find cascades that are dearer than their large model alone would be.

    A cascade costs k_small + k_check + e k_large a request; that is less than k_large only where
    the escalation e is below 1 - (k_small + k_check) / k_large. All are means over the horizon of
    what the members of the hybrid cost.
    """
    hybrid = lines.hybrid
    if hybrid is None:
        return
    for route in hybrid.routes:
        if not isinstance(route.route.recipe, Cascade):
            continue
        small, large = route.stages
        asked = _sum(values, small.demand.requests)
        alone, first = (_per_request(hybrid, stage, values) for stage in (large, small))
        if asked <= 0 or alone is None or first is None or alone <= 0:
            continue
        check = _charge(lines, route, ledger, values) / asked
        escalated = _sum(values, large.demand.requests) / asked
        together = first + check + escalated * alone
        if together > alone * (1 + 1e-9):
            names = {member.option.id: member.option.name for member in hybrid.members}
            yield Finding(
                "cascade.dearer",
                "warning",
                f"options.{lines.option.id}.routes.{route.number - 1}.recipe",
                {
                    "option": lines.option.name, "route": route.number,
                    "large": names[large.option], "cascade": _rounded(together),
                    "alone": _rounded(alone), "escalation": _rounded(100 * escalated),
                    "most": _rounded(100 * max(1 - (first + check) / alone, 0.0)),
                },
            )  # fmt: skip


def _per_request(hybrid: HybridLines, stage: StageLines, values: Values) -> float | None:
    """What a request of a stage costs its member; none where it serves none."""
    member = hybrid.member(stage.option)
    if member is None:
        return None
    keys = (stage.demand.key, stage.demand.request_class.id)
    demand = next((d for d in member.served if d.key in keys), None)
    if demand is None:
        return None
    served = _sum(values, demand.requests)
    if stage.left is not None and demand.key == stage.demand.key:
        served -= _sum(values, stage.left)
    return values.number(member.costs[demand.key]) / served if served > 0 else None


def _charge(lines: BillLines, route: RouteLines, ledger: Ledger, values: Values) -> float:
    """What verifying costs over the horizon; 0 where the plan says nothing of it."""
    try:
        line = ledger.line(f"{lines.section.key}.route_{route.number}.charge")
    except LedgerError:
        return 0.0
    return _sum(values, line)


def _sum(values: Values, line: Line) -> float:
    return float(values.monthly(line).sum())


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
