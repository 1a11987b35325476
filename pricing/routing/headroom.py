"""How much of a pool's capacity can be planned with: waiting, staffing and spare servers."""

import math

import numpy as np
from numpy.typing import ArrayLike

from pricing.ledger.normal import cumulative_normal
from pricing.routing.errors import RoutingError, share
from pricing.serving.columns import Numbers, numbers


def waiting_share(slots: int, busy: ArrayLike) -> Numbers:
    """Share of requests that must wait for a slot: Erlang's C formula for the queue M/M/c.

    A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
    automatic telephone exchanges", 1917; by the recursion of his B formula, which does not
    overflow. 1 where the load is as large as the slots, or larger.

    Args:
        slots: Requests that can be served at once, at least 1.
        busy: Offered load in slots kept busy (arrival rate times time of service), 0 or more.
    """
    if slots < 1:
        raise RoutingError("slots", f"slots is {slots}; 1 or more is possible")
    offered = numbers(busy)
    blocked = np.ones_like(offered)
    for slot in range(1, slots + 1):
        blocked = offered * blocked / (slot + offered * blocked)
    use = np.minimum(offered / slots, 1.0)
    return blocked / (1 - use * (1 - blocked))


def waiting_longer(
    slots: int, busy: ArrayLike, seconds: ArrayLike, service_seconds: ArrayLike
) -> Numbers:
    """Share of requests that wait longer than a time in the queue M/M/c: C e^(-(c - A) t / T).

    Args:
        slots: Requests that can be served at once, at least 1.
        busy: Offered load A in slots kept busy.
        seconds: The time t.
        service_seconds: Mean time T of serving one request.
    """
    free = np.maximum(slots - numbers(busy), 0.0)
    fading = np.exp(-free * numbers(seconds) / numbers(service_seconds))
    return waiting_share(slots, busy) * fading


def staffed_slots(busy: ArrayLike, margin: ArrayLike) -> Numbers:
    """Slots by the square-root rule, A + margin sqrt(A), not rounded.

    Args:
        busy: Offered load A in slots kept busy.
        margin: Slots above the load over its root; 1 to 2 is usual.
    """
    offered = numbers(busy)
    return offered + numbers(margin) * np.sqrt(offered)


def staffed_use(busy: ArrayLike, margin: ArrayLike) -> Numbers:
    """Share of the slots of the square-root rule that is busy: 1 / (1 + margin / sqrt(A))."""
    offered = numbers(busy)
    return np.sqrt(offered) / (np.sqrt(offered) + numbers(margin))


def staffed_waiting_share(margin: ArrayLike) -> Numbers:
    """Share of requests that must wait under the square-root rule, for many slots.

    S. Halfin and W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
    Operations Research 29(3), 1981: 1 / (1 + margin Phi(margin) / phi(margin)).

    Args:
        margin: Slots above the load over its root, above 0.
    """
    above = numbers(margin)
    density = np.exp(-(above**2) / 2) / math.sqrt(2 * math.pi)
    return density / (density + above * cumulative_normal(above))


def enough_up(needed: int, units: int, availability: ArrayLike) -> Numbers:
    """Chance that at least so many of the units are up, each of them independently.

    Args:
        needed: Units that must be up, 0 or more.
        units: Units there are.
        availability: Share of the time in which one unit is up.
    """
    up = share("availability", availability)
    if needed > units:
        return np.zeros_like(up)
    # log of the binomial coefficient, as these outgrow floats beyond 1,000 units
    counts = np.arange(max(needed, 0), units + 1)
    ways = np.array([_log_choose(units, int(count)) for count in counts])
    working = up[..., np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(counts > 0, counts * np.log(working), 0.0)
        logs = logs + np.where(counts < units, (units - counts) * np.log1p(-working), 0.0)
    chance: Numbers = np.exp(ways + logs).sum(axis=-1)
    return np.minimum(chance, 1.0)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
