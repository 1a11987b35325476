"""Capacity under a service level: the operating point that meets the targets and does most work."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Columns, Numbers, numbers
from pricing.serving.counts import CHUNK
from pricing.serving.memory import memory_of
from pricing.serving.point import Point
from pricing.serving.queueing import Replica, batch_growth, best_load, tpot_seconds
from pricing.serving.run import Run, run
from pricing.serving.steady import prompts_at_once

ColumnsT = TypeVar("ColumnsT", bound=Columns)

STEPS = 24
"""Batch sizes looked at between 1 and the most that fits, in equal ratios. As each is held against
the targets with its load, a finer choice gains less than 1 %."""
MOST_SEQUENCES = 4096
"""Sequences that serving software schedules at once at most."""


@dataclass(frozen=True, slots=True)
class Level:
    """Service level of a request class."""

    ttft: float = np.inf
    """Longest time to first token in seconds, at the percentile."""
    tpot: float = np.inf
    """Longest time per output token in seconds, at the percentile."""
    percentile: int = 95
    """Share of requests in per cent that keep both."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Service levels of many replicas, with the same percentile."""

    ttft: Numbers
    """As in `Level`, of the replicas' shape."""
    tpot: Numbers
    percentile: int


@dataclass(frozen=True, slots=True)
class Operation(Columns):
    """One replica at every batch size looked at, shape (..., STEPS), or at the one chosen."""

    batch: Numbers
    """Sequences decoding at once."""
    requests: Numbers
    """Requests per second with the batch always full."""
    output_tokens: Numbers
    """Output tokens per second with the batch always full."""
    tpot: Numbers
    """Mean seconds per output token with the batch always full."""
    tpot_at: Numbers
    """Seconds per output token at the percentile, under the load of this batch; of a request alone
    where that is 0."""
    ttft_unloaded: Numbers
    """Seconds to the first token of a request that does not wait."""
    load: Numbers
    """Share of the throughput that may be planned with; 0 where a target cannot be met, or where
    another batch lets more requests through."""

    @property
    def usable(self) -> Numbers:
        """Requests per second that may be planned with."""
        return self.requests * self.load


@dataclass(frozen=True, slots=True)
class Sweep:
    """A replica over batch sizes, and which of them the service level picks."""

    run: Run
    all: Operation
    chosen: Operation
    """The batch with the most usable requests; its load is 0 where no batch meets the level."""
    index: NDArray[np.intp]
    """Position in `all` of the chosen batch."""

    def at(self, place: int) -> "Sweep":
        """One of many replicas that were swept together."""
        return Sweep(
            self.run.at(place), self.all.at(place), self.chosen.at(place), self.index[place]
        )


def sweep(
    point: Point,
    by: Coefficients,
    speed: Numbers,
    level: Level | Levels,
    input_variation: Numbers,
) -> Sweep:
    """Look at batch sizes from 1 to the most that fits and choose one.

    Larger batches do more work per step but answer more slowly; a replica that is loaded less
    makes requests wait less and has smaller batches most of the time. Of all limits on the batch,
    the one is chosen whose load within the targets leaves most requests per second.

    Args:
        point: Replicas of shape (...).
        by: Their measured factors, of the same shape.
        speed: Factor on throughput, of the same shape.
        level: What must be kept, by all or by each.
        input_variation: Coefficient of variation of the input length.
    """
    memory = memory_of(point)
    most = np.clip(memory.sequences, 1.0, MOST_SEQUENCES)[..., None]
    batch = most ** (np.arange(STEPS) / (STEPS - 1))
    wide = Point(_wide(point.shape), _wide(point.chip), _wide(point.layout), _wide(point.traffic))
    at = run(wide, _wide(by), batch, numbers(speed)[..., None])
    steady, traffic = at.steady, wide.traffic
    replica = Replica.of(
        slots=batch,
        step=steady.decoding,
        growth=batch_growth(batch, steady.decoding),
        prefill=steady.prefill,
        chunks=traffic.input * (1 - traffic.cached) / CHUNK,
        output=traffic.output,
        input_variation=numbers(input_variation)[..., None],
        output_variation=traffic.output_variation,
        ranks=prompts_at_once(wide),
    )
    load = best_load(
        replica,
        ttft=numbers(level.ttft)[..., None],
        tpot=numbers(level.tpot)[..., None],
        percentile=level.percentile,
    )
    load = np.where(memory.fits[..., None], load, 0.0)
    columns = {
        "batch": batch,
        "requests": steady.requests,
        "output_tokens": steady.output_tokens,
        "tpot": steady.tpot,
        "tpot_at": tpot_seconds(replica, load, level.percentile),
        "ttft_unloaded": steady.ttft,
        "load": load,
    }
    every = Operation(
        **{name: np.broadcast_to(column, load.shape) for name, column in columns.items()}
    )
    index = np.argmax(load, axis=-1)
    chosen = Operation(
        **{
            name: np.take_along_axis(getattr(every, name), index[..., None], -1)[..., 0]
            for name in Operation.names()
        }
    )
    return Sweep(at, every, chosen, index)


def _wide(columns: ColumnsT) -> ColumnsT:
    """The same records with an axis for batch sizes at the end."""
    return columns.at((..., None))
