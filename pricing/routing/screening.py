"""How many servers to own when the rest of the load can be bought by the hour of work.

The screening curves of power planning (R. Turvey, "Optimal Pricing and Investment in Electricity
Supply", 1968): a technology costs its fixed cost plus its cost per hour of work, so each slice of
the load goes to the one that is cheapest for the hours which that slice is busy. With whole servers
a slice is as wide as one server.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pricing.ledger.normal import normal_quantile
from pricing.routing.errors import RoutingError, share
from pricing.serving.columns import Numbers, numbers


@dataclass(frozen=True, slots=True)
class Technology:
    """A kind of server; one of it does one unit of work per hour."""

    fixed: float
    """Cost of having one for the whole time, 0 or more."""
    hourly: float
    """What an hour of work of it costs on top: its energy."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What to have of each technology, and what that costs."""

    units: tuple[int, ...]
    """Whole servers of each technology."""
    work: tuple[float, ...]
    """Server-hours of work of each technology."""
    bought: float
    """Server-hours of work that are bought."""
    cost: float
    """Fixed cost, cost of work and of what is bought."""


def full_hours(load: ArrayLike, hours: ArrayLike = 1.0) -> Numbers:
    """Equivalent full hours of the first, second, ... server: shape (servers,), falling.

    The last one is the server that carries the top of the highest load.

    Args:
        load: Shape (periods,): load of each period in servers kept busy, 0 or more.
        hours: Length of each period in hours; one for all, or one each.
    """
    busy = numbers(load)
    if not ((busy >= 0) & np.isfinite(busy)).all():
        raise RoutingError("load", "load must be 0 or more in every period")
    length = np.broadcast_to(numbers(hours), busy.shape)
    order = np.argsort(busy)
    busy, length = busy[order], length[order]
    done = np.append(0.0, np.cumsum(busy * length))
    after = np.append(np.cumsum(length[::-1])[::-1], 0.0)
    servers = np.arange(np.ceil(busy[-1]) + 1 if busy.size else 1)
    up_to = np.searchsorted(busy, servers, side="right")
    carried = done[up_to] + servers * after[up_to]
    more: Numbers = np.diff(carried)
    return np.maximum(more, 0.0)


def break_even_hours(fixed: ArrayLike, hourly: ArrayLike, overflow: ArrayLike) -> Numbers:
    """Hours of work from which a server is cheaper than buying its work; infinite where never.

    Args:
        fixed: Cost of having the server for the whole time.
        hourly: What an hour of its work costs on top.
        overflow: What an hour of bought work costs.
    """
    less = numbers(overflow) - numbers(hourly)
    gains = less > 0
    return np.where(gains, numbers(fixed) / np.where(gains, less, 1.0), np.inf)


def best_mix(
    load: ArrayLike,
    technologies: Sequence[Technology],
    overflow: float | None,
    hours: ArrayLike = 1.0,
) -> Mix:
    """The cheapest servers for a load, exactly.

    The slice of each server goes to the technology whose fixed cost plus cost of work is least (the
    lower envelope), or is bought. Slices that are busy longer go to technologies with cheaper work,
    so stacking them in that order is how they would be run. Of equal costs the first technology is
    taken, and having before buying.

    Args:
        load: Shape (periods,): load of each period in servers kept busy.
        technologies: What servers there are.
        overflow: What a bought server-hour of work costs; none where no work may be bought.
        hours: Length of each period in hours; one for all, or one each.

    Raises:
        RoutingError: where nothing can serve the load.
    """
    if not technologies and overflow is None:
        raise RoutingError("technologies", "nothing can serve the load: no servers and no overflow")
    slices = full_hours(load, hours)
    lines = [technology.fixed + technology.hourly * slices for technology in technologies]
    if overflow is not None:
        lines.append(overflow * slices)
    costs = np.stack(lines)
    chosen = np.argmin(costs, axis=0)
    units = [int((chosen == place).sum()) for place in range(len(lines))]
    work = [float(slices[chosen == place].sum()) for place in range(len(lines))]
    count = len(technologies)
    return Mix(
        units=tuple(units[:count]),
        work=tuple(work[:count]),
        bought=sum(work[count:]),
        cost=float(costs.min(axis=0).sum()),
    )


def critical_ratio(
    fixed: ArrayLike, hourly: ArrayLike, overflow: ArrayLike, hours: ArrayLike
) -> Numbers:
    """Share of the time in which the servers should be enough when the load is uncertain.

    The newsvendor's rule: the last server is busy in the rest of the time, and that must pay its
    fixed cost (K. J. Arrow, T. Harris and J. Marschak, "Optimal Inventory Policy", Econometrica
    19(3), 1951). 0 where a server never pays.

    Args:
        fixed: Cost of having a server for the whole time.
        hourly: What an hour of its work costs on top.
        overflow: What an hour of bought work costs.
        hours: Hours of the whole time; 8,760 in a year.
    """
    needed = break_even_hours(fixed, hourly, overflow)
    return np.clip(1 - needed / numbers(hours), 0.0, 1.0)


def units_for_normal_load(mean: ArrayLike, deviation: ArrayLike, ratio: ArrayLike) -> Numbers:
    """Servers (not rounded) that are enough in a share of the time when the load is normal.

    None where they would never pay; infinite for all of the time.

    Args:
        mean: Mean load in servers kept busy.
        deviation: Standard deviation of the load, above 0.
        ratio: Share of the time, as `critical_ratio` says.
    """
    enough = share("ratio", ratio)
    return np.maximum(numbers(mean) + numbers(deviation) * normal_quantile(enough), 0.0)
