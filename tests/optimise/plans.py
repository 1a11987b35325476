"""Plans to be decided on, and decisions drawn at random for them."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from pricing.optimise.instance import Choice, Instance, Pool
from pricing.optimise.outcome import outcome
from pricing.optimise.tables import Tables
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
    order = random.permutation(len(instance.jobs)).astype(np.int64)
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
