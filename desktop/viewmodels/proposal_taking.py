"""Whether a decision still fits the plan, and the plan with the decision in it."""

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.questions import same_question
from pricing.plan.edit import edited
from pricing.plan.entries import with_item_added
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from desktop.work.deciding import Decided


class Fit(Enum):
    """How a decision stands to the plan as it is now."""

    NOW = "now"
    """It was found for this plan."""
    OLD = "old"
    """Something has changed that it rests on, but it can still be taken."""
    NOT = "not"
    """Options or request classes are others: it means nothing any more."""


def _t(text: str) -> str:
    return QCoreApplication.translate("ProposalTaking", text)


def fit_of(plan: Plan, decided: "Decided") -> Fit:
    """How a decision stands to a plan."""
    before, name = decided.plan, decided.problem.hybrid.id
    if same_question(plan, before, name):
        return Fit.NOW
    known = any(option.id == name for option in before.options)
    there = any(option.id == name and isinstance(option, Hybrid) for option in plan.options)
    if known != there and not there:
        return Fit.NOT
    return Fit.OLD if offers_alike(plan, before) else Fit.NOT


def offers_alike(plan: Plan, before: Plan) -> bool:
    """Whether what is found for a plan could be taken into it as it is now."""
    return _offered(plan) == _offered(before)


def _offered(plan: Plan) -> tuple[object, ...]:
    pure = tuple(option for option in plan.options if not isinstance(option, Hybrid))
    return pure, plan.workload, plan.months, plan.start


def serves_something(decided: "Decided") -> bool:
    """Whether there is a decision, and one worth a look."""
    if decided.optimised is None or decided.answer.choice is None:
        return False
    return bool(decided.answer.choice.shares.any())


def taken(plan: Plan, decided: "Decided") -> Plan:
    """The plan with the decision in its hybrid, or in a new one; raises EditError."""
    assert decided.optimised is not None
    found = next(o for o in decided.optimised.plan.options if o.id == decided.optimised.hybrid)
    assert isinstance(found, Hybrid)
    assert found.decision is not None
    # what it was asked for is kept as such, so that no note need say it
    note = "" if found.decision.question is not None else decided.note
    decision = found.decision.model_copy(update={"note": note})
    for option in plan.options:
        if option.id == found.id and isinstance(option, Hybrid):
            locked = option.decision is not None and option.decision.locked
            new = option.model_copy(
                update={
                    "routes": found.routes,
                    "fleets": found.fleets,
                    "decision": decision.model_copy(update={"locked": locked}),
                }
            )
            return edited(plan, f"options.{option.id}", new)
    return with_item_added(plan, "options", found.model_copy(update={"decision": decision})).plan


def nothing_found(decided: "Decided") -> str:
    """Why there is no decision."""
    if decided.answer.status == "cancelled":
        return _t("Stopped before a decision was found")
    if decided.answer.status == "infeasible":
        if decided.effort == "reroute":
            return _t("No routing within the rules fits the servers as they are")
        return _t("No decision keeps all rules of the plan")
    return _t("No decision was found in the time allowed; a thorough search has more of it")
