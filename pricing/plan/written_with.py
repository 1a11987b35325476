"""Which catalogue a plan was written with, so that its figures stay what they were."""

from pricing.plan.fingerprint import fingerprint
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.plan.recorded import CatalogueReference

__all__ = ["written_with"]


def written_with(
    plan: Plan, reference: CatalogueReference | None, *, same_facts: bool = False
) -> Plan:
    """The plan with another catalogue.

    Args:
        plan: The plan.
        reference: The catalogue; none means the one that comes with Reckoner.
        same_facts: Whether that is the catalogue it was evaluated with anyway, so that decisions
            that held still hold.
    """
    after = plan.model_copy(update={"catalogue": reference})
    if not same_facts:
        return after
    return after.model_copy(
        update={
            "options": tuple(
                option.model_copy(
                    update={
                        "decision": option.decision.model_copy(
                            update={"facts": fingerprint(after, option.id)}
                        )
                    }
                )
                if isinstance(option, Hybrid)
                and option.decision is not None
                and option.decision.facts == fingerprint(plan, option.id)
                else option
                for option in plan.options
            )
        }
    )
