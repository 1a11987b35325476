"""What the Explain panel says of a number that somebody chose."""

import pytest

from desktop.viewmodels.explanation import tell
from pricing.evaluate import evaluate
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import MIX


@pytest.mark.parametrize(
    ("made_by", "said"),
    [
        ("optimiser", "Decision: chosen by the optimiser on 2026-11-20"),
        ("hand", "Decision: entered by hand on 2026-11-20"),
        ("", "Decision: entered by hand"),
    ],
)
def test_that_a_decision_is_told_with_who_made_it_in_place_of_a_confidence(
    plan: Plan, made_by: str, said: str
) -> None:
    decision = {"made_by": made_by, "made_on": "2026-11-20", "npv": 1.0} if made_by else None
    document = plan.model_dump()
    document["options"] = [*document["options"], {**MIX, "decision": decision}]
    evaluation = evaluate(Plan.model_validate(document))
    told = tell(evaluation.explain("option.mix.route_1.share"), evaluation)
    assert told.origin == said
    servers = tell(evaluation.explain("option.mix.rented.decided", 3), evaluation)
    assert servers.origin.splitlines()[0] == said
    assert "onfidence" not in servers.origin
