"""What the plan's own decision costs beside the best one found, which answers are held against."""

from pricing.evaluate import evaluate
from pricing.optimise.questions.asked import Asked
from pricing.optimise.statement import Fact, Statement

SAME = 5e-4
"""Relative difference below which two costs are one."""
THOUSAND = 1000.0


def own_statement(best: float, own: float, currency: str) -> Statement | None:
    """Both costs, where the plan's own decision is not the best one found.

    Args:
        best: Net present value of the best decision found.
        own: That of the decision in the plan.
        currency: Of both.
    """
    if best <= 0 or abs(own - best) <= SAME * best:
        return None
    facts: dict[str, Fact] = {
        "best": best, "own": own, "apart": abs(own / best - 1), "currency": currency,
    }  # fmt: skip
    return Statement("own.dearer" if own > best else "own.cheaper", facts)


def own_decision(asked: Asked) -> Statement | None:
    """The same of a plan that was asked; none without a decision of its own."""
    if not asked.hybrid.routes:
        return None
    bill = evaluate(asked.plan, asked.catalogue, asked.today).bill_of(asked.hybrid.id)
    best = asked.answer().objective * THOUSAND
    return own_statement(best, bill.npv.value, asked.plan.currency)
