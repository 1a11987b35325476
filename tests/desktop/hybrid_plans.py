"""The small plan of these tests with a hybrid in it, and one with every kind of recipe."""

from typing import Any

from pricing.plan.plan import Plan

MIX: dict[str, Any] = {
    "kind": "hybrid", "id": "mix", "name": "Mix", "fixed_monthly_cost": 300,
    "routes": [
        {"request_class": "chat", "recipe": {"kind": "direct", "option": "rented"},
         "overflow": "api", "shares": [{"share": 0.75}]},
        {"request_class": "chat", "recipe": {"kind": "direct", "option": "api"},
         "shares": [{"share": 0.25}]},
        {"request_class": "docs", "recipe": {"kind": "direct", "option": "rented"}},
    ],
    "fleets": [{"option": "rented", "servers": [{"from_month": 1, "servers": 1},
                                                {"from_month": 13, "servers": 2}]}],
    "caches": [{"request_class": "chat", "hit_rate": 0.2, "peak_hit_rate": 0.1,
                "false_hits": 0.03}],
    "lookup_cost": 0.00001,
}  # fmt: skip


def with_mix(plan: Plan, **changes: Any) -> Plan:
    """The plan with the hybrid, some of its fields changed."""
    document = plan.model_dump()
    document["options"] = [*document["options"], {**MIX, **changes}]
    return Plan.model_validate(document)


def with_recipes(plan: Plan) -> Plan:
    """A hybrid that answers by cascade, router and layers, with outages and scores."""
    cascade = {"kind": "cascade", "small": "rented", "large": "api", "accepts_right": 0.9,
               "accepts_wrong": 0.1, "correlation": 0.1, "verifier_cost": 0.001}  # fmt: skip
    router = {"kind": "router", "weak": "rented", "strong": "api", "strong_share": 0.3,
              "apgr": 0.62}  # fmt: skip
    layered = {"kind": "layered", "base": "rented", "enhancement": "api", "enhanced_share": 0.2}
    routes = [
        {"request_class": "chat", "recipe": cascade, "shares": [{"share": 0.5}],
         "overflow": "api", "failover": None},
        {"request_class": "chat", "recipe": router, "shares": [{"share": 0.5}]},
        {"request_class": "docs", "recipe": layered},
    ]  # fmt: skip
    document = with_mix(plan, routes=routes, fleets=[]).model_dump()
    for option in document["options"]:
        if option["id"] == "rented":
            option["serves_model"], option["availability"] = "weak", {"value": 0.99}
        if option["id"] == "api":
            option["model"] = "openai/gpt-5.4"
    document["qualities"] = [
        {"model": "weak", "score": 0.7}, {"model": "openai/gpt-5.4", "score": 0.9},
    ]  # fmt: skip
    return Plan.model_validate(document)
