"""A routing problem whose best decision anybody can work out by hand.

Twelve months of 30 days of 24 hours, no discount. A rented server costs 2 an hour, 1,440 a month,
and answers 1,000 output tokens a second; an API costs 2 per million tokens of input and 8 of
output. A million chats a month (1,000 tokens in, 500 out) keep one server busy for a fifth of its
time, or cost 6,000 at the API. Ten thousand documents (1,000 in, 250 out) must reach a score of
0.85, which only the API's model does: 40 a month.
"""

import json
from datetime import date
from typing import Any, Final

from pricing.plan.plan import Plan

TODAY: Final = date(2027, 1, 1)
CHEAPEST: Final = 12 * (1440.0 + 40.0)
"""Chats on one server, documents at the API."""
BEST_QUALITY: Final = 12 * (6000.0 + 40.0)
"""Everything at the API, whose model scores best."""

_EVEN: Final = {"kind": "peak-to-average", "ratio": 1}
_DOCUMENT: Final[dict[str, Any]] = {
    "name": "Self-test",
    "start": "2027-01",
    "months": 12,
    "currency": "USD",
    "calendar": {"days_per_month": 30, "hours_per_day": 24},
    "finance": {"discount_rate": 0},
    "workload": [
        {
            "id": "chat", "name": "Chat 聊天", "requests": 1_000_000, "per": "month",
            "input_tokens": 1000, "output_tokens": 500, "profile": _EVEN,
        },
        {
            "id": "documents", "name": "Documents", "requests": 10_000, "per": "month",
            "input_tokens": 1000, "output_tokens": 250, "profile": _EVEN, "quality_floor": 0.85,
        },
    ],
    "options": [
        {
            "kind": "closed_api", "id": "api", "name": "API", "vendor": "Alpha", "model": "large",
            "prices": {"input": 2, "output": 8},
        },
        {
            "kind": "rented_gpus", "id": "rented", "name": "Rented server", "vendor": "Beta",
            "price_per_hour": 2, "serves_model": "small",
            "capacity": {"output_tokens_per_second": 1000, "usable_share": 1},
        },
    ],
    "qualities": [{"model": "large", "score": 0.9}, {"model": "small", "score": 0.8}],
}  # fmt: skip


def small_plan() -> Plan:
    """The plan, without a hybrid."""
    return Plan.model_validate_json(json.dumps(_DOCUMENT))
