"""What nobody entered stays unentered when a plan is edited, saved and opened again."""

import pytest

from pricing.bill import BillError
from pricing.evaluate import evaluate
from pricing.plan.edit import edited
from pricing.plan.file import parse_plan, plan_text
from pricing.plan.plan import Plan

PLAN = Plan.model_validate(
    {
        "name": "Small",
        "start": "2026-01",
        "months": 12,
        "electricity": 0.1,
        "workload": [
            {
                "id": "use",
                "name": "Use",
                "requests": 1000,
                "input_tokens": 100,
                "output_tokens": 10,
                "profile": {"kind": "peak-to-average", "ratio": 2.0},
            }
        ],
        "options": [
            {
                "kind": "owned_servers",
                "id": "owned",
                "name": "Owned",
                "price": 1000,
                "power_kw": 1,
                "pue": 1,
                "capacity": {"requests_per_hour": 1000},
            },
            {
                "kind": "closed_api",
                "id": "api",
                "name": "API",
                "prices": {"input": 1, "output": 2},
            },
        ],
    }
)


@pytest.mark.parametrize(
    "plan",
    [edited(PLAN, "name", "Renamed"), parse_plan(plan_text(edited(PLAN, "name", "Renamed")))],
    ids=["edited", "saved"],
)
def test_that_editing_one_field_enters_no_other(plan: Plan) -> None:
    """A software licence nobody entered would ask for the number of GPUs."""
    before, after = evaluate(PLAN), evaluate(plan)
    assert [line.key for line in after.ledger.lines] == [line.key for line in before.ledger.lines]
    assert [bill.tco.value for bill in after.bills] == [bill.tco.value for bill in before.bills]


def test_that_people_without_their_cost_are_refused_in_an_edited_plan_too() -> None:
    plan = edited(PLAN, "options.owned.people_fte", 1.0)
    with pytest.raises(BillError, match="yearly cost of one full-time person"):
        evaluate(plan)


def test_that_a_figure_entered_as_its_default_is_billed_as_entered() -> None:
    plan = edited(PLAN, "options.owned.setup_cost", {"value": 0.0})
    assert "setup" in evaluate(plan).bill_of("owned").categories
