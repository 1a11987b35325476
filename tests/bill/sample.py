"""A plan of six options over 36 months, of the size a buyer would enter; kept for speed tests."""

from pricing.plan.plan import Plan

WORKING_DAY = (
    0.1, 0.05, 0.05, 0.05, 0.1, 0.2, 0.5, 1.0, 1.8, 2.2, 2.3, 2.1,
    1.8, 2.0, 2.2, 2.1, 1.8, 1.3, 0.8, 0.5, 0.4, 0.3, 0.2, 0.15,
)  # fmt: skip


def six_options() -> Plan:
    """Three request classes; two token-priced, two rented, one owned option and an appliance."""
    hosted = {
        "capacity": {"output_tokens_per_second": 2500, "input_tokens_per_second": 40000,
                     "usable_share": 0.7},
        "spare_servers": 1,
        "people_fte": 0.5,
        "bridge": "api",
    }  # fmt: skip
    machine = {"power_kw": 10.2, "pue": 1.4, "useful_life_months": 48, "residual_share": 0.1}
    return Plan.model_validate(
        {
            "name": "Six ways to serve",
            "start": "2027-01",
            "months": 36,
            "electricity": 0.12,
            "people": {"loaded_cost_per_year": 160000},
            "workload": [
                {
                    "id": "chat", "name": "Chat", "requests": 60000,
                    "input_tokens": 1800, "output_tokens": 350, "input_variation": 1.2,
                    "cacheable_share": 0.5, "cache_hit_rate": 0.8,
                    "growth": {"kind": "monthly", "rate": 0.03},
                    "profile": {"kind": "hourly", "hours": [w * 24 / sum(WORKING_DAY)
                                                            for w in WORKING_DAY],
                                "within_hour_peak": 1.3},
                },
                {
                    "id": "search", "name": "Retrieval", "requests": 20000,
                    "input_tokens": 6000, "output_tokens": 400, "cacheable_share": 0.3,
                    "profile": {"kind": "peak-to-average", "ratio": 3.0},
                    "urgency": "asynchronous",
                },
                {
                    "id": "documents", "name": "Documents", "requests": 200000, "per": "month",
                    "input_tokens": 9000, "output_tokens": 800, "urgency": "batch",
                    "growth": {"kind": "yearly", "factors": [1.0, 1.5, 2.0]},
                    "profile": {"kind": "peak-to-average", "ratio": 1.0},
                },
            ],
            "options": [
                {"kind": "closed_api", "id": "api", "name": "Closed API",
                 "model": "openai/gpt-5.4", "price_change_per_year": -0.2, "discount": 0.1},
                {"kind": "hosted_open", "id": "hosted", "name": "Hosted open model",
                 "prices": {"input": 0.3, "output": 1.1, "cached_input": 0.1},
                 "fixed_monthly_cost": 500},
                {"kind": "rented_gpus", "id": "rented", "name": "Rented", "price_per_hour": 24,
                 **hosted},
                {"kind": "rented_gpus", "id": "reserved", "name": "Reserved", "price_per_hour": 15,
                 "terms": {"kind": "committed", "years": 1}, **hosted},
                {"kind": "owned_servers", "id": "owned", "name": "Owned", "price": 320000,
                 "installation": 8000, "network_share": 0.1, "deposit_share": 0.3,
                 "lead_time_months": 4, "maintenance_rate": 0.05, "colocation": 180,
                 "gpus_per_server": 8, "software_per_gpu": 4500, **machine, **hosted},
                {"kind": "appliance", "id": "appliance", "name": "Appliance", "price": 260000,
                 "support_rate": 0.12, "servers": 4, "facility_per_server": 700,
                 **machine, **hosted},
            ],
        }
    )  # fmt: skip


def six_predicted_options() -> Plan:
    """Four request classes on six kinds of servers whose work is predicted; nothing else."""
    document = six_options().model_dump(mode="json")
    chat = document["workload"][0]
    document["workload"].append({**chat, "id": "agents", "name": "Agents", "input_tokens": 12_000})
    rented = next(option for option in document["options"] if option["id"] == "rented")
    document["options"] = [
        {
            **rented, "id": f"rented-{number}", "name": f"Rented {number}", "capacity": None,
            "bridge": None,
            "serving": {
                "model": "llama-3.3-70b", "accelerator": accelerator, "accelerators": 8,
                "precision": "fp8", "targets": {"ttft_seconds": 4, "tpot_milliseconds": 80},
            },
        }
        for number, accelerator in enumerate(
            ("h100-sxm", "h200", "b200", "mi300x", "a100-sxm-80gb", "b300"), start=1
        )
    ]  # fmt: skip
    return Plan.model_validate(document)
