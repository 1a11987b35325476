"""One pool and one supplier under a year's load curve: the optimum is known in closed form.

A server pays while the hours in which it would be busy, counted in full hours, are at least its
cost over what an hour on it saves (screening curve of generation planning).
"""

import numpy as np
import pytest

from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.instance import Instance, Job, Pool, Recipe, Supplier
from pricing.optimise.engine.solve import solve

HOURS = 8760


@pytest.mark.parametrize(("seed", "unit", "saving"), [(1, 1.1, 3.2), (2, 4.0, 6.0), (3, 1.0, 0.9)])
def test_that_as_many_servers_are_bought_as_pay_for_themselves(
    seed: int, unit: float, saving: float
) -> None:
    random = np.random.default_rng(seed)
    hour = np.arange(HOURS)
    load = 3.0 * (1.2 + np.sin(hour * 2 * np.pi / 24)) * random.uniform(0.5, 1.5, HOURS)
    mean = load.mean()
    own = 0.1
    year = np.ones(1)
    instance = Instance(
        months=1,
        years=np.zeros(1, dtype=np.int64),
        jobs=(Job("chat", mean * year, False, load / mean, np.ones(24), 1.0, 1.0),),
        pools=(
            Pool(
                "owned",
                "maker",
                np.zeros(1),
                True,
                unit * year,
                1,
                year,
                0,
                40,
                np.zeros((1, 1)),
                1.0,
            ),
        ),
        suppliers=(Supplier("api", "seller", np.zeros(1), False, np.zeros(1), np.zeros(1)),),
        recipes=(
            Recipe("api", 0, (own + saving) * year, {}, 0.8, {"api": 1.0}, {"api": year}),
            Recipe("owned", 0, own * year, {0: year}, 0.8, {"owned": 1.0}, {}, 0),
        ),
    )
    busy = np.array([np.clip(load - n, 0.0, 1.0).mean() for n in range(40)])
    best = int((busy * saving >= unit).sum())
    cost = best * unit + own * mean + saving * np.maximum(load - best, 0).mean()
    answer = solve(instance, Settings(gap=1e-9))
    assert answer.choice is not None
    assert answer.choice.servers[0, 0] == best
    assert answer.objective == pytest.approx(cost, rel=1e-9)
    assert answer.status == "optimal"
