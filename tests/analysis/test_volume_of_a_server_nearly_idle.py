"""A rented server costs its rent however little it does."""

import pytest

from pricing.analysis import break_even_volume
from pricing.evaluate import evaluate
from pricing.plan.plan import Plan


@pytest.mark.parametrize("requests", [1e-3, 1.0, 1e6])
def test_that_a_server_is_not_free_at_next_to_no_volume(requests: float) -> None:
    """4 USD an hour for 730 h over 0.002 USD a request: 1,460,000 requests a month.

    However small the plan's own volume is, the search must not find a load of no server.
    """
    plan = Plan.model_validate(
        {
            "name": "One server",
            "start": "2026-01",
            "months": 12,
            "calendar": {"days_per_month": 365 / 12},
            "workload": [
                {
                    "id": "use",
                    "name": "Use",
                    "requests": requests,
                    "per": "month",
                    "input_tokens": 1000,
                    "output_tokens": 250,
                    "profile": {"kind": "peak-to-average"},
                }
            ],
            "options": [
                {
                    "kind": "closed_api",
                    "id": "api",
                    "name": "API",
                    "prices": {"input": 1.5, "output": 2},
                },
                {
                    "kind": "rented_gpus",
                    "id": "server",
                    "name": "Server",
                    "price_per_hour": 4,
                    "capacity": {"requests_per_hour": 8000},
                },
            ],
        }
    )
    found = break_even_volume(evaluate(plan), "server", "api")
    if found.searched_to * requests < 1_460_000:
        assert found.answer == "never"
    else:
        assert found.requests_per_month == pytest.approx(1_460_000)
