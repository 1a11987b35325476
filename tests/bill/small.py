"""Small plans for examples worked by hand: 730-hour months, one class, one option."""

from typing import Any

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.plan import Plan

HOURS = 730.0
"""Hours in a twelfth of a year of 365 days."""
DAYS = 365 / 12


def request_class(**changes: Any) -> dict[str, Any]:
    """73,000 requests a month (100 an hour) of 1,000 input and 200 output tokens, flat."""
    return {
        "id": "use",
        "name": "Use",
        "requests": 73_000,
        "per": "month",
        "input_tokens": 1000,
        "output_tokens": 200,
        "profile": {"kind": "peak-to-average", "ratio": 1.0},
        **changes,
    }


def api(**changes: Any) -> dict[str, Any]:
    """3 USD per million input tokens, 15 USD per million output tokens."""
    return {
        "kind": "closed_api",
        "id": "api",
        "name": "API",
        "prices": {"input": 3, "output": 15},
        **changes,
    }


def owned(**changes: Any) -> dict[str, Any]:
    """A server of 100,000 USD that does 100 requests an hour, and draws no power."""
    return {
        "kind": "owned_servers",
        "id": "owned",
        "name": "Owned",
        "capacity": {"requests_per_hour": 100},
        "price": 100_000,
        "power_kw": 0,
        "pue": 1,
        **changes,
    }


def rented(**changes: Any) -> dict[str, Any]:
    """A server of 10 USD an hour that does 100 requests an hour."""
    return {
        "kind": "rented_gpus",
        "id": "rented",
        "name": "Rented",
        "capacity": {"requests_per_hour": 100},
        "price_per_hour": 10,
        **changes,
    }


def plan(
    *options: dict[str, Any], classes: list[dict[str, Any]] | None = None, **changes: Any
) -> Plan:
    """A plan of 12 months of 730 hours with these options."""
    return Plan.model_validate(
        {
            "name": "Small",
            "start": "2027-01",
            "months": 12,
            "calendar": {"days_per_month": DAYS},
            "electricity": 0.12,
            "workload": classes or [request_class()],
            "options": list(options),
            **changes,
        }
    )


def bill(*options: dict[str, Any], **changes: Any) -> Evaluation:
    """The evaluation of such a plan."""
    return evaluate(plan(*options, **changes))
