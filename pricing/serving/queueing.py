"""From saturated to usable: how much load a replica bears under a service level.

Public names: `Replica` (what queueing needs to know), `load_limit`, `best_load`, `ttft_seconds`,
`ttft_factor`, `ttft_exceedance`, `tpot_seconds`, `tpot_tail`, `batch_growth`, `held_tokens`. All
work on arrays, none simulates: closed formulas with three constants fitted to an event simulation,
whose settings and errors are in resources/serving/queueing.json.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pricing.serving.columns import Numbers, numbers
from pricing.serving.queueing_replica import Loaded, Replica, batch_growth, held_tokens, loaded
from pricing.serving.queueing_tpot import tpot_seconds, tpot_tail
from pricing.serving.queueing_ttft import ttft_exceedance, ttft_factor, ttft_seconds

MOST_LOAD = 0.9
"""Load that is not planned beyond, whatever the targets: near the full rate every error in it,
and every swing of the traffic, turns into waiting without bound."""
_BEYOND = 2
"""Where the best limit on the batch is likely to be: so many above the largest that would keep the
time per output token at the highest load."""
_FEW = 2000
"""So many loads are faster found all at once than one after the other by what is still open."""
_HALVINGS = 10
"""The load is found to 1 / 1024 of the most."""


def load_limit(
    replica: Replica,
    *,
    ttft: Numbers | float,
    tpot: Numbers | float,
    percentile: float,
    most: float = MOST_LOAD,
) -> Numbers:
    """The largest load at which both targets are kept; 0 where none does.

    Args:
        replica: One or many.
        ttft: Longest time to first token in seconds, at the percentile; may be infinite.
        tpot: Longest time per output token in seconds, at the percentile; may be infinite.
        percentile: Share of requests in per cent that keep each target, 50 to 100.
        most: Load not to go beyond, below 1.
    """
    shape, targets = _targets(replica, ttft, tpot, percentile)
    everywhere = np.arange(targets.ttft.size)
    found = targets.largest(everywhere, np.zeros(everywhere.size), most)
    return found.reshape(shape)


def best_load(
    replica: Replica,
    *,
    ttft: Numbers | float,
    tpot: Numbers | float,
    percentile: float,
    most: float = MOST_LOAD,
) -> Numbers:
    """Which limit on the batch lets most requests through, and at which load.

    The last axis holds limits to choose from. The result is `load_limit` for the one with the most
    requests per second and 0 for all others; where none keeps the targets, it is 0 everywhere.
    Arguments are those of `load_limit`; it is much faster than that for all limits.
    """
    shape, targets = _targets(replica, ttft, tpot, percentile)
    rate = np.broadcast_to(replica.full_rate, shape).reshape(-1, shape[-1])
    if rate.size <= _FEW:
        load = targets.largest(np.arange(rate.size), np.zeros(rate.size), most).reshape(rate.shape)
        best = np.argmax(load * rate, axis=1)[:, None]
        return np.where(np.arange(shape[-1]) == best, load, 0.0).reshape(shape)
    return _best_of_many(targets, rate, most).reshape(shape)


def _best_of_many(targets: "_Targets", rate: Numbers, most: float) -> Numbers:
    limits = rate.shape[1]
    place = np.arange(rate.size).reshape(rate.shape)
    best, chosen = np.zeros(len(rate)), np.zeros(len(rate), dtype=np.intp)
    load = np.zeros(len(rate))

    def improve(rows: NDArray[np.intp], limit: NDArray[np.intp]) -> None:
        needed = best[rows] / rate[rows, limit]
        more = np.zeros(rows.shape)
        open_ = needed < most
        more[open_] = targets.largest(place[rows, limit][open_], needed[open_], most)
        better = more > needed
        rows, limit = rows[better], limit[better]
        chosen[rows], load[rows] = limit, more[better]
        best[rows] = load[rows] * rate[rows, limit]

    # a good first guess leaves one look at each other limit, whether it lets more through
    rows = np.arange(len(rate))
    fast = targets.fast(place, most)
    likely = np.where(fast.any(axis=1), limits - 1 - np.argmax(fast[:, ::-1], axis=1), 0)
    improve(rows, np.minimum(likely + _BEYOND, limits - 1))
    for limit in range(limits):
        improve(rows, np.full(rows.shape, limit))
    found = np.zeros(rate.shape)
    found[rows, chosen] = load
    return found


@dataclass(frozen=True, slots=True)
class _Targets:
    """Replicas with their targets, all flat."""

    replica: Replica
    ttft: Numbers
    tpot: Numbers
    percentile: float

    def kept(self, place: NDArray[np.intp], load: Numbers) -> NDArray[np.bool_]:
        """Whether these replicas keep both targets under a load."""
        these = self.replica.at(place)
        kept = tpot_seconds(these, load, self.percentile) <= self.tpot[place]
        fast = np.nonzero(kept)[0]
        late = ttft_exceedance(these.at(fast), load[fast], self.ttft[place][fast])
        kept[fast] = late <= 1 - self.percentile / 100
        return kept

    def fast(self, place: NDArray[np.intp], load: float) -> NDArray[np.bool_]:
        """Whether these replicas keep the time per output token under a load."""
        found = tpot_seconds(self.replica.at(place), numbers(load), self.percentile)
        return found <= self.tpot[place]

    def largest(self, place: NDArray[np.intp], least: Numbers, most: float) -> Numbers:
        """The largest load from `least` to `most` with both kept; 0 where `least` is too much."""
        found = np.zeros(place.shape)
        possible = np.nonzero(self.kept(place, least))[0]
        low, high = least[possible], np.full(possible.shape, most)
        whole = self.kept(place[possible], high)
        low[whole] = most
        between = np.nonzero(~whole)[0]
        for _ in range(_HALVINGS if between.size else 0):
            middle = (low[between] + high[between]) / 2
            good = self.kept(place[possible[between]], middle)
            low[between] = np.where(good, middle, low[between])
            high[between] = np.where(good, high[between], middle)
        found[possible] = low
        return found


def _targets(
    replica: Replica, ttft: Numbers | float, tpot: Numbers | float, percentile: float
) -> tuple[tuple[int, ...], _Targets]:
    columns = [getattr(replica, name) for name in replica.names()]
    wide = np.broadcast_arrays(*columns, numbers(ttft), numbers(tpot))
    *flat, soon, fast = (column.ravel() for column in wide)
    flat_replica = Replica(**dict(zip(replica.names(), flat, strict=True)))
    return wide[0].shape, _Targets(flat_replica, soon, fast, percentile)


__all__ = [
    "MOST_LOAD",
    "Loaded",
    "Replica",
    "batch_growth",
    "best_load",
    "held_tokens",
    "load_limit",
    "loaded",
    "tpot_seconds",
    "tpot_tail",
    "ttft_exceedance",
    "ttft_factor",
    "ttft_seconds",
]
