"""Figures of a hybrid that a proposal is judged by."""

import numpy as np

from desktop.viewmodels.routing_costs import HybridCosts
from pricing.evaluation import Evaluation, FloatArray

PURCHASES = ("purchase", "installation", "network")
"""Categories of a bill that count as purchases."""


def purchases_of(costs: HybridCosts) -> float:
    """Purchases over the horizon, undiscounted."""
    return float(yearly_purchases(costs).sum())


def yearly_purchases(costs: HybridCosts) -> FloatArray:
    """Purchases by plan year, undiscounted."""
    spent = np.zeros(costs.evaluation.plan.months)
    for member in costs.lines.members:
        for name, line in member.categories.items():
            if name in PURCHASES:
                spent = spent + costs.monthly(line)
    return by_year(spent)


def by_year(monthly: FloatArray) -> FloatArray:
    """Sums by plan year; the last may be a part of one."""
    return np.add.reduceat(monthly, np.arange(0, len(monthly), 12))


def servers_at_end(costs: HybridCosts) -> float:
    """Servers in service in the last month."""
    return float(
        sum(
            costs.monthly(member.fleet.servers)[-1]
            for member in costs.lines.members
            if member.fleet is not None and member.fleet.servers is not None
        )
    )


def mean_score(costs: HybridCosts) -> float | None:
    """Mean score of all answers; none where one is not known."""
    line = costs.lines.quality
    return None if line is None else float(costs.evaluation.values.number(line))


def unserved_of(costs: HybridCosts) -> float:
    """Requests that nobody serves, over the horizon."""
    routed = sum(float(costs.monthly(line.unserved).sum()) for line in costs.lines.classes)
    known = {line.asked.request_class.id for line in costs.lines.classes}
    left = sum(
        float(costs.monthly(demand.requests).sum())
        for demand in costs.evaluation.bill.demand.classes
        if demand.request_class.id not in known
    )
    return routed + left


def single_of(evaluation: Evaluation) -> tuple[str, float, float | None, str] | None:
    """Name, NPV, score and id of the cheapest single option with nearly the best answers."""
    from pricing.optimise.advice.choices import cheapest_single

    found = cheapest_single(evaluation)
    if found is None:
        return None
    bill, choice = evaluation.bill_of(found.choice.option), found.choice
    return bill.name, choice.npv, choice.quality, choice.option
