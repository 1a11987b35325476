"""The largest load that a replica bears under its targets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pricing.serving.columns import Numbers, numbers
from pricing.serving.queueing.replica import Replica
from pricing.serving.queueing.tpot import tpot_seconds
from pricing.serving.queueing.ttft import ttft_exceedance

MOST_LOAD = 0.9
"""Load that is not planned beyond, whatever the targets: near the full rate every error in it,
and every swing of the traffic, turns into waiting without bound."""
_BEYOND = 2
"""Where the best limit on the batch is likely to be: so many above the largest that would keep the
time per output token at the highest load."""
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
    limits = shape[-1]
    rate = np.broadcast_to(replica.full_rate, shape).reshape(-1, limits)
    place = np.arange(rate.size).reshape(rate.shape)
    rows = np.arange(len(rate))
    # a good first guess leaves one look at each other limit, whether it lets more through
    fast = targets.fast(place, most)
    likely = np.where(fast.any(axis=1), limits - 1 - np.argmax(fast[:, ::-1], axis=1), 0)
    guess = place[rows, np.minimum(likely + _BEYOND, limits - 1)]
    load = np.zeros(rate.shape)
    _race(targets, rate, load, guess, most)
    needed = (load * rate).max(axis=1, keepdims=True) / rate
    may_win = needed < most
    may_win[rows, guess % limits] = False
    others = place[may_win]
    others = others[targets.kept(others, needed[may_win])]
    _race(targets, rate, load, others, most)
    best = np.argmax(load * rate, axis=1)[:, None]
    return np.where(np.arange(limits) == best, load, 0.0).reshape(shape)


def _race(
    targets: "_Targets", rate: Numbers, load: Numbers, place: NDArray[np.intp], most: float
) -> None:
    """Find the loads of some places as `load_limit` does, except of those that cannot win a row.

    Writes into `load`; what is found there of a place that drops out is too low, but no load of it
    would let more requests through than another place of its row.
    """
    limits = rate.shape[1]
    loads, rates = load.reshape(-1), rate.reshape(-1)
    whole = targets.kept(place, np.full(place.shape, most))
    loads[place[whole]] = most
    place = place[~whole]
    high = np.full(place.shape, most)
    best = (load * rate).max(axis=1)
    for _ in range(_HALVINGS):
        open_ = high * rates[place] >= best[place // limits]
        place, high = place[open_], high[open_]
        middle = (loads[place] + high) / 2
        good = targets.kept(place, middle)
        loads[place] = np.where(good, middle, loads[place])
        high = np.where(good, high, middle)
        np.maximum.at(best, place // limits, loads[place] * rates[place])


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
