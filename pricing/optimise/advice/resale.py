"""What a decision costs if its machines fetch nothing: a short horizon pays for long-lived ones.

What machines are worth at the end of a plan is taken off their cost, and hardly anybody can promise
it. So the same decision is carried out once more with no resale at all, beside the single option
that would then be cheapest.
"""

from pricing.evaluate import evaluate
from pricing.optimise.advice.choices import Single, cheapest_single
from pricing.optimise.advice.picture import Picture
from pricing.optimise.statement import Fact, Statement, state
from pricing.plan.figure import Share
from pricing.plan.option import Appliance, OwnedServers
from pricing.plan.plan import Plan

NOTED = 1e-6
"""Share of the cost from which resale is told."""


def without_resale(plan: Plan) -> Plan:
    """The plan with machines that fetch nothing, neither when they retire nor at its end."""
    nothing = {"residual_share": Share.left_out(0)}
    options = tuple(
        option.model_copy(update=nothing)
        if isinstance(option, OwnedServers | Appliance)
        else option
        for option in plan.options
    )
    return plan.model_copy(update={"options": options})


def resale_statement(picture: Picture, cheapest: Single | None) -> Statement | None:
    """What the decision costs without resale, and whether another option would then be cheaper.

    Args:
        picture: The decision.
        cheapest: The cheapest single option that may serve everything, resale included.

    Returns:
        None where the decision counts on no resale.
    """
    if not any("resale" in member.categories for member in picture.lines.members):
        return None
    other = evaluate(without_resale(picture.plan), picture.catalogue)
    npv, alone = picture.bill.npv.value, other.bill_of(picture.hybrid.id).npv.value
    if alone - npv <= NOTED * abs(npv):
        return None
    facts: dict[str, Fact] = {
        "npv": npv, "resale": alone - npv, "without": alone, "currency": picture.currency,
    }  # fmt: skip
    found = cheapest_single(other, 1.0, picture.catalogue)
    ahead = cheapest is not None and cheapest.npv >= npv
    if ahead and found is not None and found.choice.npv < alone:
        name = picture.names[found.choice.option]
        return state("caution.resale_turns", single=name, single_npv=found.choice.npv, **facts)
    return state("caution.resale", **facts)
