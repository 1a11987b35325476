"""A plan whose best answer is a mix: confidential work at home, the rest where it is cheapest."""

from pathlib import Path
from typing import Any

from pricing.plan.file import load_plan
from pricing.plan.hybrid import Hybrid

OFFICE = [0.2] * 7 + [1.0, 2.0, 2.4, 2.4, 2.2, 1.6, 2.0, 2.2, 2.0, 1.6, 1.0] + [0.4] * 6
HOURS = [weight * 24 / sum(OFFICE) for weight in OFFICE]


def mixed(**changes: Any) -> dict[str, Any]:
    """Four request classes and four options over two years; changes replace keys of the plan."""
    capacity = {"output_tokens_per_second": 2500, "input_tokens_per_second": 40000}
    office = {"kind": "hourly", "hours": HOURS, "within_hour_peak": 1.2}
    plan: dict[str, Any] = {
        "format": "reckoner-plan",
        "schema": 1,
        "name": "Mixed work 混合",
        "start": "2027-01",
        "months": 24,
        "electricity": 0.12,
        "people": {"loaded_cost_per_year": 150000},
        "workload": [
            {
                "id": "chat", "name": "Chat 客服", "requests": 60000, "input_tokens": 1500,
                "output_tokens": 300, "profile": office, "quality_floor": 0.85,
            },
            {
                "id": "contracts", "name": "Contracts", "requests": 30000, "input_tokens": 6000,
                "output_tokens": 600, "profile": office, "sensitivity": "confidential",
                "quality_floor": 0.7,
            },
            {
                "id": "reports", "name": "Reports", "requests": 40000, "input_tokens": 8000,
                "output_tokens": 900, "profile": office, "urgency": "asynchronous",
            },
            {
                "id": "archive", "name": "Archive", "requests": 900000, "per": "month",
                "input_tokens": 5000, "output_tokens": 300, "urgency": "batch",
                "profile": {"kind": "peak-to-average", "ratio": 1},
            },
        ],
        "options": [
            {
                "kind": "closed_api", "id": "api", "name": "Closed API", "vendor": "Alpha",
                "model": "alpha/large", "prices": {"input": 2.5, "output": 10, "cached_input": 1.2},
            },
            {
                "kind": "hosted_open", "id": "hosted", "name": "Hosted open model",
                "vendor": "Beta", "model": "beta/open", "prices": {"input": 0.9, "output": 2.8},
            },
            {
                "kind": "rented_gpus", "id": "rented", "name": "Rented servers", "vendor": "Gamma",
                "price_per_hour": 22, "capacity": capacity, "serves_model": "open-70b",
            },
            {
                "kind": "owned_servers", "id": "owned", "name": "Own servers", "vendor": "Delta",
                "price": 280000, "power_kw": 10.2, "pue": 1.4, "capacity": capacity,
                "serves_model": "open-70b", "lead_time_months": 2, "people_fte": 0.5,
                "maintenance_rate": 0.05, "residual_share": 0.2,
            },
        ],
        "qualities": [
            {"model": "alpha/large", "score": 0.9},
            {"model": "beta/open", "score": 0.78},
            {"model": "open-70b", "score": 0.76},
        ],
    }  # fmt: skip
    return plan | changes


def hybrid_of(path: Path) -> Hybrid:
    """The hybrid of a plan file."""
    return next(option for option in load_plan(path).options if isinstance(option, Hybrid))
