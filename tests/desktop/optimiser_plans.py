"""Plans to decide on: every figure is stated, so that nothing depends on the catalogue."""

import json

from pricing.plan.edit import edited
from pricing.plan.file import parse_plan
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from tests.desktop.conftest import PLAN

DAY = (
    0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.4, 1.9, 2.1, 2.0,
    1.6, 1.7, 1.9, 1.9, 1.8, 1.5, 1.2, 1.0, 0.8, 0.6, 0.4, 0.2,
)  # fmt: skip
"""Requests of each hour of a working day, in proportion to the mean."""

AT_API = Hybrid(
    id="mix", name="All at the API",
    routes=(
        Route(request_class="chat", recipe=Direct(option="api")),
        Route(request_class="docs", recipe=Direct(option="api")),
    ),
)  # fmt: skip


def help_desk() -> Plan:
    """Two classes, an API, rented and owned servers; decided in a fraction of a second."""
    return parse_plan(PLAN)


def at_api() -> Plan:
    """The help desk with a hybrid that sends everything to the API."""
    plan = help_desk()
    return edited(plan, "options", (*plan.options, AT_API))


def group(classes: int = 4, growth: float = 0.02) -> Plan:
    """Classes of several kinds, two APIs, and servers rented, committed, owned, and ready-made."""
    kinds = ("Customer chat", "Contracts", "Coding assistant", "Night reports")
    urgency = ("real-time", "asynchronous", "real-time", "batch")
    sensitivity = ("internal", "confidential", "internal", "internal")
    mean = sum(DAY) / 24
    workload = [
        {
            "id": f"class_{n}",
            "name": kinds[n % 4] + (f" {n // 4 + 1}" if n >= 4 else ""),
            "requests": 9000.0 + 7000.0 * ((n * 5) % 7),
            "input_tokens": 900.0 + 700.0 * ((n * 3) % 5),
            "output_tokens": 200.0 + 90.0 * ((n * 2) % 5),
            "urgency": urgency[n % 4],
            "sensitivity": sensitivity[n % 4],
            "growth": {"kind": "monthly", "rate": growth + 0.003 * (n % 3)},
            "profile": {"kind": "hourly", "hours": [
                DAY[(hour - n) % 24] / mean for hour in range(24)
            ]},
        }
        for n in range(classes)
    ]  # fmt: skip
    options = [
        {"kind": "closed_api", "id": "frontier", "name": "Frontier API", "vendor": "Alpha",
         "model": "alpha/frontier", "prices": {"input": 2.5, "output": 12}},
        {"kind": "hosted_open", "id": "small", "name": "Small hosted model", "vendor": "Beta",
         "model": "beta/small", "prices": {"input": 0.6, "output": 2.4}},
        {"kind": "rented_gpus", "id": "rented", "name": "Rented GPUs", "price_per_hour": 24,
         "vendor": "Gamma",
         "serves_model": "middle",
         "capacity": {"output_tokens_per_second": 2400, "usable_share": 0.7}},
        {"kind": "rented_gpus", "id": "committed", "name": "Committed GPUs", "vendor": "Gamma",
         "price_per_hour": 14, "terms": {"kind": "committed", "years": 1},
         "serves_model": "middle",
         "capacity": {"output_tokens_per_second": 2400, "usable_share": 0.7}},
        {"kind": "owned_servers", "id": "owned", "name": "Owned servers", "price": 260000,
         "vendor": "Delta", "gpus_per_server": 8, "power_kw": 8.1, "pue": 1.4, "people_fte": 0.6,
         "lead_time_months": 0, "residual_share": 0.1,
         "serves_model": "middle",
         "capacity": {"output_tokens_per_second": 2600, "usable_share": 0.7}},
    ]  # fmt: skip
    scores = {"alpha/frontier": 0.88, "beta/small": 0.71, "middle": 0.8}
    return Plan.model_validate_json(json.dumps({
        "name": "Group 2027", "start": "2027-01", "months": 36, "currency": "USD",
        "electricity": 0.12, "people": {"loaded_cost_per_year": 90000},
        "workload": workload, "options": options,
        "qualities": [
            {"model": model, "score": score} for model, score in scores.items()
        ],
    }))  # fmt: skip
