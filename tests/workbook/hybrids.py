"""The plan of the other tests with a hybrid of every recipe, rules and a decision."""

from functools import cache
from typing import Any

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from tests.workbook.plans import TODAY, plan

SCORES = [
    {"model": "light edition", "score": 0.71},
    {"model": "vendor/large", "score": 0.86},
    {"model": "vendor/small", "score": 0.74, "request_class": "summaries"},
    {"model": "vendor/small", "score": 0.7},
]


def _options() -> list[dict[str, Any]]:
    document = plan().model_dump()
    named = {"api": "vendor/large", "hosted": "vendor/small"}
    options = [dict(option) for option in document["options"]]
    for option in options:
        if option["id"] in named:
            option["model"] = named[option["id"]]
        elif option["kind"] != "hybrid":
            option["serves_model"] = "light edition"
        if option["id"] == "hosted":
            option |= {"availability": 0.995, "minimum_spend": 60_000}
    return [*options, _hybrid()]


def _hybrid() -> dict[str, Any]:
    return {
        "kind": "hybrid", "id": "mix", "name": "Mix", "fixed_monthly_cost": 900,
        "lookup_cost": 0.00002, "store_cost": 0.00001,
        "caches": [
            {"request_class": "chat", "zone": "Frankfurt", "zone_share": 0.6, "hit_rate": 0.25,
             "peak_hit_rate": 0.15, "false_hits": 0.03},
            {"request_class": "chat", "zone": "Zürich", "zone_share": 0.4, "hit_rate": 0.1},
        ],
        "routes": [
            {"request_class": "chat", "recipe": {"kind": "direct", "option": "reserved"},
             "overflow": "api", "order": 1,
             "shares": [{"from_month": 1, "share": 0.35}, {"from_month": 14, "share": 0.6}]},
            {"request_class": "chat",
             "recipe": {"kind": "router", "weak": "hosted", "strong": "api", "strong_share": 0.3,
                        "apgr": 0.62, "router_cost": 0.000005},
             "failover": "api",
             "shares": [{"from_month": 1, "share": 0.25}, {"from_month": 14, "share": 0.1}]},
            {"request_class": "chat",
             "recipe": {"kind": "cascade", "small": "hosted", "large": "api", "accepts_right": 0.9,
                        "accepts_wrong": 0.12, "correlation": 0.43},
             "failover": "api", "shares": [{"share": 0.2}]},
            {"request_class": "chat",
             "recipe": {"kind": "layered", "base": "hosted", "enhancement": "api",
                        "enhanced_share": 0.4},
             "failover": "api", "shares": [{"share": 0.1}]},
            {"request_class": "summaries", "recipe": {"kind": "direct", "option": "reserved"},
             "overflow": "hosted", "order": 2},
        ],
        "fleets": [{"option": "reserved", "servers": [
            {"from_month": 1, "servers": 4}, {"from_month": 14, "servers": 7}]}],
    }  # fmt: skip


@cache
def hybrid_service() -> Evaluation:
    """The evaluated plan with the hybrid."""
    changed = plan(
        options=_options(),
        qualities=SCORES,
        rules={
            "capex_per_year": [200_000], "site_power_kw": 40, "vendors": 2,
            "most_vendor_share": 0.7, "quality": 0.72, "on_premises": 0,
        },
    )  # fmt: skip
    return evaluate(changed, today=TODAY)
