"""A plan with every kind of option, every figure stated, so that no price list can change it."""

from datetime import date
from functools import cache
from typing import Any

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.plan import Plan

TODAY = date(2026, 11, 22)

_OFFICE_HOURS = [0.2] * 7 + [0.8, 1.6, 2.2, 2.4, 2.2, 1.6, 2.0, 2.2, 2.2, 1.8, 1.2] + [0.4] * 6


def _quoted(value: float, source: str, **more: Any) -> dict[str, Any]:
    return {
        "value": value, "source": source, "as_of": "2026-10-14", "confidence": "high",
        "url": "https://example.org/quotes/17", **more,
    }  # fmt: skip


def _document() -> dict[str, Any]:
    hours = [round(weight * 24 / sum(_OFFICE_HOURS), 6) for weight in _OFFICE_HOURS]
    capacity = {
        "output_tokens_per_second": _quoted(2400, "load test of 8 x H100"),
        "input_tokens_per_second": _quoted(52_000, "load test of 8 x H100"),
        "usable_share": 0.7,
    }
    people = {"people_fte": _quoted(0.8, "IT department")}
    return {
        "name": "Customer service 2027",
        "note": "Assistant for the hotline and a nightly summary of all calls.",
        "start": "2027-01",
        "months": 36,
        "currency": "EUR",
        "fx": {"eur_per_usd": _quoted(0.92, "treasury rate"), "cny_per_usd": 7.1},
        "electricity": _quoted(0.21, "supply contract", region="DE", low=0.17, high=0.3),
        "people": {"loaded_cost_per_year": _quoted(98_000, "payroll")},
        "finance": {"discount_rate": _quoted(0.08, "treasury"), "payment_timing": "mid-month"},
        "workload": [
            {
                "id": "chat", "name": "Hotline chat", "requests": _quoted(190_000, "usage log"),
                "input_tokens": 1850, "output_tokens": 320, "cacheable_share": 0.55,
                "cache_hit_rate": 0.8, "growth": {"kind": "monthly", "rate": 0.02},
                "profile": {"kind": "hourly", "hours": hours, "within_hour_peak": 1.3,
                            "weekdays": [1.25, 1.2, 1.15, 1.1, 1.1, 0.7, 0.5]},
            },
            {
                "id": "summaries", "name": "Nightly summaries", "requests": 900_000, "per": "month",
                "input_tokens": 5200, "output_tokens": 410, "urgency": "batch",
                "growth": {"kind": "yearly", "factors": [1, 1.4, 1.8]},
                "profile": {"kind": "peak-to-average", "ratio": 1.0},
            },
        ],
        "options": [
            {
                "kind": "closed_api", "id": "api", "name": "Closed API (list price)",
                "prices": {
                    "input": _quoted(2.5, "price list", currency="USD"),
                    "output": _quoted(10, "price list", currency="USD"),
                    "cached_input": _quoted(0.25, "price list", currency="USD"),
                    "batch_input": _quoted(1.25, "price list", currency="USD"),
                    "batch_output": _quoted(5, "price list", currency="USD"),
                },
                "discount": 0.05, "price_change_per_year": -0.1, "setup_cost": 25_000,
            },
            {
                "kind": "hosted_open", "id": "hosted", "name": "Hosted open model",
                "prices": {"input": _quoted(0.9, "quote"), "output": _quoted(2.7, "quote")},
                "setup_cost": 40_000, "fixed_monthly_cost": 800,
            },
            {
                "kind": "rented_gpus", "id": "rented", "name": "Rented H100, on demand",
                "capacity": capacity, "price_per_hour": _quoted(24.5, "quote 3"), **people,
                "spare_servers": 1,
            },
            {
                "kind": "rented_gpus", "id": "reserved", "name": "Rented H100, 1 year terms",
                "capacity": capacity, "price_per_hour": _quoted(16.9, "quote 3"), **people,
                "terms": {"kind": "committed", "years": 1}, "spare_servers": 1,
            },
            {
                "kind": "owned_servers", "id": "owned", "name": "Owned H100 (Dell's offer)",
                "capacity": capacity, "price": _quoted(287_400, "quote 17", low=270e3, high=310e3),
                "gpus_per_server": 8, "power_kw": _quoted(8.1, "metered"), "pue": 1.35,
                "colocation": _quoted(165, "hosting quote"), "maintenance_rate": 0.08,
                "software_per_gpu": 4100, "network_share": 0.12, "installation": 6500,
                "useful_life_months": 48, "residual_share": 0.12, "lead_time_months": 3,
                "bridge": "hosted", "spare_servers": 1, "setup_cost": 120_000, **people,
            },
            {
                "kind": "appliance", "id": "appliance", "name": "All-in-one appliance",
                "capacity": {"requests_per_hour": _quoted(9_800, "vendor, light edition")},
                "price": _quoted(198_000, "quote 21"), "support_rate": 0.12, "servers": 3,
                "power_kw": 5.2, "pue": 1.4, "useful_life_months": 60, "residual_share": 0.05,
                "facility_per_server": 350, "bridge": "hosted", "people_fte": 0.3,
            },
        ],
    }  # fmt: skip


def plan(**changes: Any) -> Plan:
    """The plan, with top-level fields changed."""
    return Plan.model_validate({**_document(), **changes})


@cache
def customer_service() -> Evaluation:
    """The evaluated plan."""
    return evaluate(plan(), today=TODAY)
