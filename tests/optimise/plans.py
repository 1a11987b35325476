"""Plans to be decided on, and decisions drawn at random for them."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from pricing.optimise.engine.instance import Choice, Instance, Pool
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.plan.figure import Amount, PositiveAmount, Price, Share
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from pricing.plan.rules import Rules
from tests.bill.hybrid_strategies import caches, named, recipes, scores
from tests.bill.strategies import (
    amounts,
    around,
    fields,
    prices,
    request_classes,
    self_hosted,
    token_priced,
)

HYBRID = "mix"


limits = fields(
    {},
    {
        "capex_per_year": st.lists(prices(3_000_000), min_size=1, max_size=3).map(tuple),
        "site_power_kw": amounts(PositiveAmount, 1, 500),
        "vendors": st.just(2),
        "most_vendor_share": amounts(Share, 0.3, 1),
        "quality": amounts(Share, 0, 1),
        "on_premises": amounts(Share, 0, 1),
    },
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One or two classes, two token-priced options, one or two with servers; recipes and caches."""
    classes = [draw(request_classes(name)) for name in ["a", "b"][: draw(st.integers(1, 2))]]
    apis = ["api", "spare"][: draw(st.integers(1, 2))]
    pools = ["first", "second"][: draw(st.integers(0, 2))]
    known: list[Any] = [draw(token_priced(name)) for name in apis]
    known += [draw(self_hosted(name, "api")) for name in pools]
    known = [named(option, draw(st.none() | amounts(Share, 0.8, 1))) for option in known]
    ids = [cls.id for cls in classes]
    both = [*apis, *pools]
    pairs = st.permutations(both).map(lambda order: order[:2])
    offered = tuple(
        draw(pairs.flatmap(lambda pair: recipes(*pair)))
        for _ in range(draw(st.integers(0, 2)) if len(both) > 1 else 0)
    )
    plan = around(
        draw, classes, known,
        qualities=tuple(scores(draw, known, ids)),
        rules=Rules(
            outside="restricted", recipes=tuple(r for r in offered if r.kind != "direct"),
            purchases=draw(st.sampled_from(["month", "quarter"])),
            **draw(limits),
        ),
    )  # fmt: skip
    hybrid = Hybrid(
        id=HYBRID,
        name="Mix",
        caches=tuple(cache for name in ids for cache in caches(draw, name)),
        lookup_cost=draw(prices(0.01)),
        store_cost=draw(st.just(Price.left_out(0)) | prices(0.01)),
        setup_cost=draw(prices(50_000)),
        fixed_monthly_cost=draw(prices(5000)),
        people_fte=draw(amounts(Amount, 0, 3)),
    )
    months = 12 + plan.months % 25
    plan = plan.model_copy(update={"options": (*plan.options, hybrid), "months": months})
    return Plan.model_validate(plan.model_dump())


def random_servers(random: np.random.Generator, pool: Pool, months: int) -> np.ndarray:
    """Servers of a pool by terms that start at random."""
    servers = np.zeros(months, dtype=np.int64)
    starts = np.flatnonzero(np.isfinite(pool.unit))
    if random.random() < 0.2 or not len(starts):
        return servers
    for start in random.choice(starts, size=min(len(starts), int(random.integers(1, 6)))):
        room = pool.most - servers[start : start + pool.term].max()
        taken = min(int(room), int(random.integers(0, max(2, min(pool.most, 200)) + 1)))
        servers[start : start + pool.term] += taken
    return servers


def random_choice(instance: Instance, seed: int) -> Choice:
    """Shares that change now and then, servers, and an order; work that does not fit is dropped."""
    random = np.random.default_rng(seed)
    tables = Tables(instance)
    months, count = instance.months, len(instance.recipes)
    servers = np.array([random_servers(random, p, months) for p in instance.pools])
    servers = servers.reshape(len(instance.pools), months)
    shares = np.zeros((count, months))
    for job in range(len(instance.jobs)):
        mine = np.flatnonzero(tables.job == job)
        starts = [0, *sorted(random.integers(1, months, size=int(random.integers(0, 3))).tolist())]
        for start in starts:
            weight = random.integers(0, 4, len(mine)) * (random.random(len(mine)) < 0.4)
            if not weight.sum():
                weight[int(random.integers(len(mine)))] = 1
            shares[mine, start:] = (np.floor(1000 * weight / weight.sum()) / 1000)[:, None]
    shares = np.where(tables.allowed, shares, 0.0)
    order = np.array([random.permutation(len(instance.jobs)) for _ in instance.pools])
    order = order.reshape(len(instance.pools), len(instance.jobs)).astype(np.int64)
    firm = np.flatnonzero(tables.firm)
    for _ in range(3):
        found = outcome(tables, Choice(servers, shares, order))
        short = shares[firm] - found.answered[firm] > 0
        shares[firm] = np.where(
            short, np.floor(found.answered[firm] * 0.99 * 1000) / 1000, shares[firm]
        )
    found = outcome(tables, Choice(servers, shares, order))
    shares[firm] = np.where(shares[firm] - found.answered[firm] > 0, 0.0, shares[firm])
    return Choice(servers, shares, order)


WORKING_DAY = (
    0.1, 0.05, 0.05, 0.05, 0.1, 0.2, 0.5, 1.0, 1.8, 2.2, 2.3, 2.1,
    1.8, 2.0, 2.2, 2.1, 1.8, 1.3, 0.8, 0.5, 0.4, 0.3, 0.2, 0.15,
)  # fmt: skip


def mixed(**rules: Any) -> Plan:
    """Three classes and five options of which a buyer would take several.

    Chat is confidential and stays on own servers, which take three months to arrive and need a
    spare; search and documents may go anywhere.
    """
    capacity = {
        "output_tokens_per_second": 2500, "input_tokens_per_second": 40000, "usable_share": 0.7,
    }  # fmt: skip
    machine = {"power_kw": 10.2, "pue": 1.4, "useful_life_months": 48, "residual_share": 0.1}
    hosted = {"capacity": capacity, "spare_servers": 1, "people_fte": 0.25}
    return Plan.model_validate(
        {
            "name": "A mix", "start": "2027-01", "months": 24, "electricity": 0.12,
            "people": {"loaded_cost_per_year": 160000},
            "rules": {"outside": "internal", **rules},
            "workload": [
                {
                    "id": "chat", "name": "Chat", "requests": 150000, "sensitivity": "confidential",
                    "input_tokens": 1800, "output_tokens": 350,
                    "growth": {"kind": "monthly", "rate": 0.02},
                    "profile": {"kind": "hourly", "within_hour_peak": 1.3,
                                "hours": [w * 24 / sum(WORKING_DAY) for w in WORKING_DAY]},
                },
                {
                    "id": "search", "name": "Search", "requests": 60000,
                    "input_tokens": 6000, "output_tokens": 400,
                    "profile": {"kind": "peak-to-average", "ratio": 3.0},
                    "urgency": "asynchronous",
                },
                {
                    "id": "documents", "name": "Documents", "requests": 900000, "per": "month",
                    "input_tokens": 9000, "output_tokens": 800, "urgency": "batch",
                    "growth": {"kind": "yearly", "factors": [1.0, 1.5]},
                    "profile": {"kind": "peak-to-average", "ratio": 1.0},
                },
            ],
            "options": [
                {"kind": "closed_api", "id": "api", "name": "Closed API", "vendor": "One",
                 "model": "large", "prices": {"input": 1.25, "output": 10}},
                {"kind": "hosted_open", "id": "hosted", "name": "Hosted open model",
                 "vendor": "Two", "model": "open", "prices": {"input": 0.6, "output": 1.8}},
                {"kind": "rented_gpus", "id": "rented", "name": "Rented", "vendor": "Three",
                 "price_per_hour": 18, "serves_model": "open", **hosted},
                {"kind": "rented_gpus", "id": "reserved", "name": "Reserved", "vendor": "Three",
                 "price_per_hour": 11, "terms": {"kind": "committed", "years": 1},
                 "serves_model": "open", **hosted},
                {"kind": "owned_servers", "id": "owned", "name": "Owned", "vendor": "Four",
                 "price": 300000, "lead_time_months": 3, "maintenance_rate": 0.05,
                 "colocation": 180, "serves_model": "open", **machine, **hosted},
            ],
            "qualities": [{"model": "large", "score": 0.9}, {"model": "open", "score": 0.8}],
        }
    )  # fmt: skip


def broad(classes: int = 12, months: int = 36) -> Plan:
    """Many classes on ten options: four suppliers, three rented, two owned, one appliance."""
    small = mixed().model_dump(mode="json")
    kinds, given = small["workload"], {option["id"]: option for option in small["options"]}
    workload = [
        {
            **kinds[number % 3], "id": f"class{number}", "name": f"Class {number}",
            "requests": {"value": kinds[number % 3]["requests"]["value"] * (0.3 + 0.1 * number)},
        }
        for number in range(classes)
    ]  # fmt: skip
    options = [
        {**given["hosted"], "id": f"api{number}", "name": f"Supplier {number}", "vendor": "",
         "prices": {"input": 0.4 + 0.3 * number, "output": 3.0 - 0.5 * number}}
        for number in range(4)
    ]  # fmt: skip
    for kind, count, field in (("rented", 2, "price_per_hour"), ("reserved", 1, "price_per_hour"),
                               ("owned", 2, "price")):  # fmt: skip
        for number in range(count):
            price = given[kind][field]["value"] * (1 + 0.1 * number)
            speed = 2500 * (1 + 0.15 * number)
            capacity = {**given[kind]["capacity"], "output_tokens_per_second": {"value": speed}}
            options.append(
                {**given[kind], "id": f"{kind}{number}", "name": f"{kind} {number}",
                 "capacity": capacity, field: {"value": price}}
            )  # fmt: skip
    drop = ("installation", "network_share", "deposit_share", "gpus_per_server", "server",
            "maintenance_rate", "colocation", "software_per_gpu")  # fmt: skip
    appliance = {key: value for key, value in given["owned"].items() if key not in drop}
    options.append(
        {**appliance, "kind": "appliance", "id": "appliance", "name": "Appliance",
         "vendor": "Five", "price": {"value": 240000}, "support_rate": {"value": 0.1}}
    )  # fmt: skip
    return Plan.model_validate(
        {**small, "name": "A broad plan", "months": months, "workload": workload,
         "options": options, "baseline": None}
    )  # fmt: skip
