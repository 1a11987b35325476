"""Generated instances: a family of the size that a large buyer has, and tiny ones to enumerate.

The large ones have 4 suppliers, 2 pools rented by the month, 1 reserved for a year, 2 owned (three
months of lead time, 48 of life, bought by the quarter) and 1 appliance. A quarter of the jobs is
confidential and may use what stands on the premises only; some wait; some accept few recipes.
Prices and speeds are of the order of those on the market, drawn at random around them.
"""

from dataclasses import replace

import numpy as np

from pricing.optimise.engine.instance import (
    Instance,
    Job,
    Limits,
    Numbers,
    Pool,
    Recipe,
    Supplier,
)

HOURS = 730.0
DISCOUNT = 0.08
WEEK = 168


def week_shape(random: np.random.Generator, weekend: float, swing: float) -> Numbers:
    """A working day's hump on weekdays, lower at weekends; mean 1 over 168 hours."""
    hour = np.arange(WEEK) % 24
    day = np.arange(WEEK) // 24
    centre = random.uniform(11, 16)
    hump = (
        1
        + swing * np.cos((hour - centre) * 2 * np.pi / 24)
        + 0.3 * swing * np.cos((hour - centre) * 4 * np.pi / 24)
    )
    shape = np.maximum(hump, 0.05) * np.where(day >= 5, weekend, 1.0)
    shape *= random.uniform(0.95, 1.05, WEEK)
    return np.asarray(shape / shape.mean())


def jobs_of(random: np.random.Generator, count: int, months: int) -> tuple[list[Job], list[float]]:
    """Jobs, and the share of their tokens that is output."""
    jobs, output = [], []
    for at in range(count):
        waits = at % 4 == 3
        growth = random.uniform(1.0, 1.04)
        first = 10 ** random.uniform(3.2, 4.6) * (0.3 if at % 4 == 2 else 1.0)
        shape = week_shape(random, random.uniform(0.2, 0.9), random.uniform(0.4, 0.9))
        batch = waits and at % 8 == 7
        jobs.append(
            Job(
                key=f"job{at}",
                requests=first * growth ** np.arange(months),
                waits=waits,
                shape=np.ones(WEEK) if waits else shape,
                peak=shape.reshape(7, 24).max(axis=0) * random.uniform(1.1, 1.4),
                busiest_day=1.0 if batch else random.uniform(1.2, 1.6),
                tokens=10 ** random.uniform(3.0, 3.9),
                batch=batch,
            )
        )
        output.append(random.uniform(0.1, 0.4))
    return jobs, output


def pools_of(random: np.random.Generator, months: int) -> list[Pool]:
    """Two rented, one reserved, two owned, one appliance; costs in thousands."""
    month = np.arange(months)
    discount = (1 + DISCOUNT) ** (-month / 12)
    years = month // 12
    quarterly = month % 3 == 0
    pools = []

    def pool(key: str, unit: Numbers, term: int, **more: object) -> None:
        details: dict[str, object] = {
            "vendor": key, "fixed": np.zeros(months), "on_premises": False,
            "usable": np.full(months, 0.7), "spares": 0, "most": 40, "kw": 0.0,
            "capex": np.zeros((months, int(years.max()) + 1)),
        }  # fmt: skip
        details.update(more)
        pools.append(Pool(key=key, unit=unit, term=term, **details))  # type: ignore[arg-type]

    for at, (price, fall) in enumerate(((11.5, 0.15), (7.0, 0.12))):
        rent = price * random.uniform(0.9, 1.1) * (1 - fall) ** (month / 12)
        people = random.uniform(0.2, 1.0) * np.array([discount[at:].sum() for at in month])
        pool(f"rented{at}", rent * discount, 1, fixed=people, spares=at)
    reserved = np.array(
        [(9.0 * 0.9 ** (at / 12) * discount[at : at + 12]).sum() for at in month]
    ) * random.uniform(0.9, 1.1)
    pool("reserved", reserved, 12)
    for at, (usual, energy, kw) in enumerate(((300.0, 3.4, 10.0), (200.0, 2.6, 8.0))):
        price = usual * random.uniform(0.9, 1.1)
        unit = np.full(months, np.inf)
        capex = np.zeros((months, int(years.max()) + 1))
        for start in month[quarterly & (month >= 3)]:
            left = months - start
            run = (energy * discount[start:]).sum()
            residual = price * max(0.0, 1 - left / 48) * 0.6 * discount[-1]
            unit[start] = price * discount[start - 3] + run - residual
            capex[start, years[start - 3]] = price
        people = random.uniform(4.0, 8.0) * np.array([discount[at:].sum() for at in month])
        pool(f"owned{at}", unit, 48, fixed=people + 40, spares=1, on_premises=True, kw=kw,
             capex=capex)  # fmt: skip
    unit = np.full(months, np.inf)
    capex = np.zeros((months, int(years.max()) + 1))
    for start in month[quarterly & (month >= 1)]:
        unit[start] = 105.0 * discount[start - 1] + (1.1 * discount[start:]).sum()
        capex[start, years[start - 1]] = 95.0
    pool("appliance", unit, 60, fixed=np.full(months, 10.0), on_premises=True, kw=3.0,
         capex=capex)  # fmt: skip
    return pools


def suppliers_of(random: np.random.Generator, months: int) -> list[Supplier]:
    """Four; the second has a yearly minimum, all but the first cost something to have."""
    month = np.arange(months)
    discount = (1 + DISCOUNT) ** (-month / 12)
    size = int((month // 12).max()) + 1
    suppliers = []
    for at in range(4):
        people = random.uniform(0.2, 1.0) * np.array([discount[at:].sum() for at in month])
        suppliers.append(
            Supplier(
                key=f"api{at}",
                vendor=f"api{at}",
                fixed=np.zeros(months) if at == 0 else people,
                on_premises=False,
                minimum=np.full(size, 60.0 if at == 1 else 0.0),
                shortfall=(1 + DISCOUNT) ** -(np.arange(size) + 1.0),
            )
        )
    return suppliers


def large(
    seed: int, jobs: int = 12, months: int = 36, pools: int = 6, suppliers: int = 4,
    limits: Limits | None = None,
) -> Instance:  # fmt: skip
    """The family of the speed targets; `pools` and `suppliers` keep the last and first ones."""
    random = np.random.default_rng(20_261_122 + seed)
    month = np.arange(months)
    discount = (1 + DISCOUNT) ** (-month / 12)
    years = month // 12
    work, output = jobs_of(random, jobs, months)
    fleet, apis = pools_of(random, months)[-pools:], suppliers_of(random, months)[:suppliers]
    speed = {"rented0": 11e3, "rented1": 7e3, "reserved": 11e3, "owned0": 12e3, "owned1": 8e3,
             "appliance": 3.2e3}  # fmt: skip
    price = [(0.55, 2.2), (0.7, 1.6), (0.25, 1.0), (1.5, 6.0)]
    quality = {"rented0": 0.78, "rented1": 0.72, "reserved": 0.78, "owned0": 0.8, "owned1": 0.74,
               "appliance": 0.7}  # fmt: skip
    recipes: list[Recipe] = []
    for at, job in enumerate(work):
        confidential = at % 4 == 2
        floor = 0.75 if at % 3 == 1 and not confidential else 0.0
        direct: list[int] = []
        for place, api in enumerate(apis):
            score = (0.8, 0.76, 0.7, 0.9)[place]
            if confidential or score < floor:
                continue
            per_token = price[place][0] * (1 - output[at]) + price[place][1] * output[at]
            per_token *= random.uniform(0.9, 1.1) * (0.5 if job.waits else 1.0)
            spend = job.tokens * per_token / 1e6 * 0.9 ** (month / 12)
            direct.append(len(recipes))
            recipes.append(
                Recipe(
                    f"{job.key}.{api.key}",
                    at,
                    spend * discount,
                    {},
                    score,
                    {api.key: job.tokens},
                    {api.key: spend},
                )
            )
        for place, pool in enumerate(fleet):
            if (confidential and not pool.on_premises) or quality[pool.key] < floor:
                continue
            rate = speed[pool.key] * random.uniform(0.85, 1.15) / (0.4 + 2 * output[at])
            servers = 1000 * job.tokens / (rate * 3600 * HOURS)
            for spill in direct or [None]:
                recipes.append(
                    Recipe(
                        f"{job.key}.{pool.key}"
                        + ("" if spill is None else f".{recipes[spill].key}"),
                        at,
                        0.001 * discount,
                        {place: np.full(months, servers)},
                        quality[pool.key],
                        {pool.key: job.tokens},
                        {},
                        spill,
                    )
                )
    if limits is None:
        servers = sum(
            job.requests[-1] * job.tokens * 1000 / (12e3 * 3600 * HOURS) * job.peak.max() * 1.4
            for at, job in enumerate(work)
            if at % 4 == 2
        )
        limits = Limits(
            capex=np.full(int(years.max()) + 1, 900.0 + 400.0 * servers),
            site_kw=60.0 + 15.0 * servers,
        )
    return Instance(months, years, tuple(work), tuple(fleet), tuple(apis), tuple(recipes), limits)


def mixed(seed: int, **size: int) -> Instance:
    """The family with what real plans have: two kinds of terms for firm work, and cascades.

    Confidential jobs may be served on servers rented by the month as well as on those owned, and
    every other job that has a supplier may go to a pool first and, for part of its requests, on to
    the best supplier. A floor on quality ties all months together.
    """
    plain = large(seed, **size)
    random = np.random.default_rng(seed)
    month, recipes = np.arange(plain.months), list(plain.recipes)
    discount = (1 + DISCOUNT) ** (-month / 12)
    rented = next(at for at, pool in enumerate(plain.pools) if not pool.on_premises)
    for at, job in enumerate(plain.jobs):
        own = [r for r in plain.recipes if r.job == at]
        outside = [r for r in own if not r.work]
        inside = next(r for r in own if r.work)
        work = next(iter(inside.work.values())) * random.uniform(0.9, 1.2)
        if not outside:
            recipes.append(
                Recipe(
                    f"{job.key}.{plain.pools[rented].key}", at, 0.001 * discount, {rented: work},
                    0.75, {plain.pools[rented].key: job.tokens}, {},
                )
            )  # fmt: skip
        elif at % 2 == 0:
            best = max(outside, key=lambda it: it.quality)
            escalated = random.uniform(0.15, 0.4)
            pool, servers = next(iter(inside.work.items()))
            recipes.append(
                Recipe(
                    f"{job.key}.cascade", at, inside.cost + escalated * best.cost,
                    {pool: servers}, min(best.quality, inside.quality + 0.08),
                    {plain.pools[pool].key: job.tokens,
                     **{key: escalated * count for key, count in best.bought.items()}},
                    {key: escalated * spend for key, spend in best.spend.items()},
                )
            )  # fmt: skip
    limits = replace(plain.limits, quality=0.76)
    return replace(plain, recipes=tuple(recipes), limits=limits)


def tiny(seed: int, *, limits: Limits | None = None, months: int = 2) -> Instance:
    """Two or three jobs, two pools and two suppliers over a few months of four slots."""
    random = np.random.default_rng(seed)
    slots, count = 4, int(random.integers(2, 4))
    jobs = []
    for at in range(count):
        waits = bool(random.random() < 0.3)
        shape = np.ones(slots) if waits else random.uniform(0.1, 2.0, slots)
        shape /= shape.mean()
        jobs.append(
            Job(
                f"job{at}",
                random.uniform(1, 10, months),
                waits,
                shape,
                shape[:2] * 1.1,
                1.0 if waits else 1.2,
                1000.0,
                waits and at == 0,
            )
        )
    pools = [
        Pool(
            key=f"pool{at}", vendor=f"pool{at}", fixed=random.choice([0.0, 3.0]) * np.ones(months),
            on_premises=at == 0, unit=random.uniform(1, 12, months),
            term=int(random.choice([1, months])), usable=np.full(months, random.uniform(0.5, 1.0)),
            spares=int(random.random() < 0.3), most=2 + at % 1,
            capex=np.arange(1.0, months + 1)[:, None] * (5.0 if at == 0 else 0.0), kw=3.0,
        )
        for at in range(2)
    ]  # fmt: skip
    suppliers = [
        Supplier(
            key=f"api{at}", vendor=f"api{at}",
            fixed=np.linspace(2.0, 1.0, months) * (at and random.integers(0, 2)),
            on_premises=False, minimum=np.array([float(random.choice([0.0, 15.0]))]),
            shortfall=np.array([0.9]),
        )
        for at in range(2)
    ]  # fmt: skip
    recipes: list[Recipe] = []
    for at in range(count):
        direct = []
        for place, api in enumerate(suppliers):
            if random.random() < 0.8 or place == 0:
                direct.append(len(recipes))
                spend = random.uniform(0.5, 3.0, months)
                recipes.append(
                    Recipe(
                        f"{at}.{api.key}",
                        at,
                        spend * 0.95,
                        {},
                        random.uniform(0.5, 0.9),
                        {api.key: 1000.0},
                        {api.key: spend},
                    )
                )
        for place, pool in enumerate(pools):
            work = {place: random.uniform(0.05, 0.25, months)}
            quality = random.uniform(0.5, 0.9)
            spills: list[int | None] = [*direct[: int(random.integers(0, 3))]]
            if random.random() < 0.5:
                spills.append(None)
            recipes.extend(
                Recipe(
                    f"{at}.{pool.key}.{spill}",
                    at,
                    np.full(months, 0.01),
                    work,
                    quality,
                    {pool.key: 1000.0},
                    {},
                    spill,
                )
                for spill in spills
            )
    return Instance(
        months, np.zeros(months, dtype=np.int64), tuple(jobs), tuple(pools), tuple(suppliers),
        tuple(recipes), limits or Limits(), constant=1.0,
    )  # fmt: skip


def lossy(instance: Instance, seed: int) -> Instance:
    """The instance with outages: who serves outside or needs room may lose part of its requests.

    So is a little of what servers serve that overflow to such a recipe. One outside pools is also
    offered with another supplier taking over, if there is one, and by itself no longer; what
    overflows to it likewise.
    """
    random = np.random.default_rng(1000 + seed)
    recipes = list(instance.recipes)
    for at, recipe in enumerate(instance.recipes):
        if recipe.overflow is not None or random.random() < 0.3:
            continue
        down = random.choice([0.001, 0.01, 0.05])
        lost, up = np.full(instance.months, down), 1 - down
        recipes[at] = replace(
            recipe, lost=lost, cost=recipe.cost * up,
            work={pool: work * up for pool, work in recipe.work.items()},
            bought={key: tokens * up for key, tokens in recipe.bought.items()},
            spend={key: spend * up for key, spend in recipe.spend.items()},
        )  # fmt: skip
        spilling = [r for r, it in enumerate(recipes) if it.overflow == at]
        whole = {r: recipes[r] for r in spilling}
        whole |= {r: replace(it, down=float(random.choice([0.0, 0.02]))) for r, it in whole.items()}
        for r in spilling:
            recipes[r] = replace(whole[r], lost=lost * random.choice([0.0, 0.1]))
        other = next((it for it in instance.recipes if not it.work and it.job == recipe.job
                      and it.key != recipe.key), None)  # fmt: skip
        if other is not None and not recipe.work:
            key = next(iter(other.spend))
            kept = replace(
                recipes[at], key=f"{recipe.key}~", lost=None,
                cost=recipe.cost * up + other.cost * down,
                quality=recipe.quality * up + other.quality * down,
                bought={**recipes[at].bought, key: other.bought[key] * down},
                spend={**recipes[at].spend, key: other.spend[key] * down},
            )  # fmt: skip
            place = len(recipes)
            recipes[at] = replace(recipes[at], covered=(place,))
            recipes.append(kept)
            for r in spilling:
                recipes[r] = replace(recipes[r], covered=(len(recipes),))
                recipes.append(replace(whole[r], key=f"{recipes[r].key}~", overflow=place))
    # as in a real plan, no hour of the week is busier than the busiest one
    jobs = (replace(it, peak=np.maximum(it.peak, it.shape.max())) for it in instance.jobs)
    return replace(instance, jobs=tuple(jobs), recipes=tuple(recipes))
