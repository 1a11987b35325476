"""A plan with a hybrid that was decided on, by hand and by the optimiser."""

from datetime import date
from functools import cache
from typing import Any

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.fingerprint import fingerprint
from pricing.plan.hybrid import Decision, Hybrid, Route
from pricing.plan.plan import Plan
from tests.workbook.hybrids import hybrid_service
from tests.workbook.plans import TODAY

DAY = date(2026, 11, 20)
MEMBERS, LAST_MONTH = ("api", "hosted", "reserved"), 15
"""Options that the hybrid is made of; months enough for its second step in month 14."""
BELOW = 0.0125
"""How far the stored bound lies below the stored cost, as a share of the cost."""


@cache
def entered() -> Evaluation:
    """The plan with a hybrid that keeps every rule, entered by hand."""
    plan = hybrid_service().plan
    few = tuple(option for option in plan.options if option.id in {*MEMBERS, "mix"})
    plan = plan.model_copy(update={"options": few, "months": LAST_MONTH})
    return evaluate(_with(plan, routes=_whole(plan)), today=TODAY)


def _whole(plan: Plan) -> tuple[Route, ...]:
    """Routes whose shares add up to one in every month."""
    first, *others = hybrid_in(plan).routes
    step, *later = first.shares
    shares = (step.model_copy(update={"share": 0.45}), *later)
    return (first.model_copy(update={"shares": shares}), *others)


def hybrid_in(plan: Plan) -> Hybrid:
    return next(option for option in plan.options if isinstance(option, Hybrid))


def _with(plan: Plan, **changes: Any) -> Plan:
    """The plan with fields of its hybrid changed."""
    options = [
        option.model_copy(update=changes) if isinstance(option, Hybrid) else option
        for option in plan.options
    ]
    return plan.model_copy(update={"options": tuple(options)})


@cache
def as_made() -> Evaluation:
    """The same with a decision of the optimiser that costs what the bill says."""
    return decided()


def decided(**changes: Any) -> Evaluation:
    """The same with some fields of that decision changed."""
    plan, npv = entered().plan, entered().bill_of("mix").npv.value
    decision: dict[str, Any] = {
        "made_by": "optimiser", "made_on": DAY, "npv": npv, "bound": npv * (1 - BELOW),
        "facts": fingerprint(plan, "mix"), **changes,
    }  # fmt: skip
    return evaluate(_with(plan, decision=Decision.model_validate(decision)), today=TODAY)
