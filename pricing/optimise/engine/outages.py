"""What requests weigh that are lost in outages, and why they are neither free nor forbidden.

Who takes over during outages is part of a recipe; where somebody may, somebody does. What is left
are recipes during whose outages nobody answers. If losing requests cost nothing, they would look
cheaper than they are: each lost request saves its price. If they were avoided at any price, an
option that states an availability of 99.9 % would lose to one that states none, and servers would
be bought for a thousandth of the work. So a lost request weighs what it would cost to have it
answered by the dearest way that is open to its class. No recipe looks better for losing requests,
and to lose fewer never costs more than to answer them. The weight is no money: bills leave it out.
"""

from typing import TYPE_CHECKING

import numpy as np

from pricing.optimise.engine.instance import Numbers, Pool, Recipe

if TYPE_CHECKING:
    from pricing.optimise.engine.tables import Tables


def worth_of_answers(tables: "Tables") -> Numbers:
    """What it would cost to have a thousand lost requests answered, by the dearest way; (J, T).

    Servers count with their part of a month, at the busiest moment that they must be enough for.
    What limits close counts too, so that it is the same whatever limits are asked for.
    """
    result = np.zeros_like(tables.requests)
    if not tables.lost.any():
        return result
    rates = [_monthly_rate(pool, tables.instance.months) for pool in tables.pools]
    for at, recipe in enumerate(tables.recipes):
        if recipe.overflow is not None:
            continue
        each = tables.per_request[at] + _servers(tables, recipe, rates)
        answered = 1.0 - tables.lost[at]
        there = np.isfinite(each) & (answered > 0)
        whole = np.divide(each, answered, out=np.zeros_like(each), where=there)
        result[recipe.job] = np.maximum(result[recipe.job], whole)
    return result


def _servers(tables: "Tables", recipe: Recipe, rates: list[float]) -> Numbers:
    """Cost of the servers that a thousand requests a month ask for, shape (T,)."""
    job = tables.instance.jobs[recipe.job]
    busiest = max(1.0 if job.waits else float(job.peak.max(initial=1.0)), job.busiest_day)
    total = np.zeros(tables.instance.months)
    for pool, work in recipe.work.items():
        usable = tables.usable[pool]
        servers = np.divide(work, usable, out=np.zeros_like(total), where=usable > 0)
        total += servers * busiest * rates[pool]
    return total


def _monthly_rate(pool: Pool, months: int) -> float:
    """Cost of one server for a month, of the terms that may start the dearest; 0 without any."""
    starts = np.flatnonzero(np.isfinite(pool.unit))
    each = pool.unit[starts] / np.minimum(pool.term, months - starts)
    return float(each.max(initial=0.0))
