"""What the servers of a pool serve in a month: the one convention, shared with the ledger.

Capacity is `usable * max(servers - spares, 0)` in mean servers, the same in every slot. Real-time
work must be served in its slot, waiting work in any slot of the month. Jobs that have nowhere else
to go come first; those with overflow follow in the order of their rank, each taking what the ones
before it leave.
"""

from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.instance import Numbers


@dataclass(frozen=True, slots=True)
class Load:
    """What one pool is asked to serve in N months."""

    capacity: Numbers
    """Shape (N,): mean servers that may be kept busy."""
    firm: Numbers
    """Shape (N, S): real-time work that must find room, in servers, by slot."""
    firm_waiting: Numbers
    """Shape (N,): work that must find room in the month, in mean servers."""
    flexible: Numbers
    """Shape (K, N): work of each job with overflow in mean servers, in the order of rank."""
    shapes: Numbers
    """Shape (K, S): load of a slot over the mean load of those jobs."""
    waits: tuple[bool, ...]
    """Of those K jobs."""


def serve(load: Load) -> Numbers:
    """Mean servers that each job with overflow gets; shape (K, N).

    The real-time jobs of a pool are served like a flow with one capacity per slot: a job adds to
    the carried load what `min(capacity, load)` gains by it. That set of served loads is a
    polymatroid, so that serving the most valuable job first is best.
    """
    capacity = load.capacity[:, None]
    total = load.firm
    carried = np.minimum(capacity, total).mean(axis=1)
    waiting = np.minimum(load.firm_waiting, np.maximum(load.capacity - carried, 0.0))
    room = np.maximum(load.capacity - carried - waiting, 0.0)
    served = np.zeros_like(load.flexible)
    for place, waits in enumerate(load.waits):
        asked = load.flexible[place]
        if not waits:
            total = total + asked[:, None] * load.shapes[place]
            before, carried = carried, np.minimum(capacity, total).mean(axis=1)
            asked = np.maximum(carried - before, 0.0)
        served[place] = np.minimum(asked, room)
        room = room - served[place]
    return served


def needed(
    realtime: Numbers, peaks: Numbers, deferred: Numbers, busiest: Numbers, batch: Numbers
) -> Numbers:
    """Capacity that work with nowhere else to go needs, bursts and busiest days included.

    Args:
        realtime: Shape (A, N): mean servers of each real-time job.
        peaks: Shape (A, H): load of an hour of the busiest day over the mean load.
        deferred: Shape (B, N): mean servers of real-time and asynchronous jobs, any order.
        busiest: Shape (B,): load of the busiest day over a mean day.
        batch: Shape (N,): mean servers of jobs that can wait for another day.

    Returns:
        Shape (N,): mean servers.
    """
    hourly = np.einsum("an,ah->nh", realtime, peaks).max(axis=1, initial=0.0)
    daily = np.einsum("bn,b->n", deferred, busiest)
    monthly = deferred.sum(axis=0) + batch
    return np.asarray(np.maximum(np.maximum(hourly, daily), monthly))
