"""Capacity under a service level: the operating point that meets the targets and does most work."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Columns, Numbers, numbers
from pricing.serving.memory import memory_of
from pricing.serving.point import Point
from pricing.serving.queueing import load_limit, tpot_tail
from pricing.serving.run import Run, run

ColumnsT = TypeVar("ColumnsT", bound=Columns)

STEPS = 32
"""Batch sizes looked at between 1 and the most that fits, in equal ratios."""
FINE_STEPS = 8
"""Batch sizes looked at between the best of them and the next."""
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
class Operation(Columns):
    """One replica at every batch size looked at, shape (..., STEPS), or at the one chosen."""

    batch: Numbers
    """Sequences decoding at once."""
    requests: Numbers
    """Requests per second with the batch always full."""
    output_tokens: Numbers
    """Output tokens per second with the batch always full."""
    tpot: Numbers
    """Mean seconds per output token."""
    tpot_at: Numbers
    """Seconds per output token at the percentile."""
    ttft_unloaded: Numbers
    """Seconds to the first token of a request that does not wait."""
    load: Numbers
    """Share of the throughput that may be planned with; 0 where a target cannot be met."""

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
    """Position in `all` of the batch at or just below the chosen one."""


def sweep(
    point: Point, by: Coefficients, speed: Numbers, level: Level, input_variation: Numbers
) -> Sweep:
    """Look at batch sizes from 1 to the most that fits and choose one.

    Larger batches do more work per step but answer more slowly; a replica that is loaded less
    makes requests wait less. Of all batches that keep the time per output token, the one is
    chosen whose load under the time to first token leaves most requests per second.

    Args:
        point: Replicas of shape (...).
        by: Their measured factors, of the same shape.
        speed: Factor on throughput, of the same shape.
        level: What must be kept.
        input_variation: Coefficient of variation of the input length.
    """
    memory = memory_of(point)
    most = np.clip(memory.sequences, 1.0, MOST_SEQUENCES)[..., None]
    look = _Look(point, by, numbers(speed)[..., None], level, numbers(input_variation)[..., None])
    at, every = look.at(most ** (np.arange(STEPS) / (STEPS - 1)), memory.fits[..., None])
    index = np.argmax(every.usable, axis=-1)
    best = np.take_along_axis(every.batch, index[..., None], -1)
    # the best batch lies less than one step above; its neighbour below is no better
    closer = best * most ** (np.arange(FINE_STEPS) / (FINE_STEPS * (STEPS - 1)))
    _, fine = look.at(np.minimum(closer, most), memory.fits[..., None])
    finest = np.argmax(fine.usable, axis=-1)[..., None]
    chosen = Operation(
        **{
            name: np.take_along_axis(getattr(fine, name), finest, -1)[..., 0]
            for name in Operation.names()
        }
    )
    return Sweep(at, every, chosen, index)


class _Look:
    """Replicas with an axis for batch sizes at the end."""

    def __init__(
        self, point: Point, by: Coefficients, speed: Numbers, level: Level, variation: Numbers
    ) -> None:
        self._point = Point(
            _wide(point.shape), _wide(point.chip), _wide(point.layout), _wide(point.traffic)
        )
        self._by = _wide(by)
        self._speed = speed
        self._level = level
        self._variation = variation

    def at(self, batch: Numbers, fits: NDArray[np.bool_]) -> tuple[Run, Operation]:
        """The replicas at batch sizes of shape (..., batches)."""
        level = self._level
        found = run(self._point, self._by, batch, self._speed)
        steady = found.steady
        prefill_share = 1 - steady.decoding / steady.tpot
        tpot_at = steady.tpot * tpot_tail(level.percentile, prefill_share)
        load = load_limit(
            level.ttft,
            level.percentile,
            prefill=steady.prefill * self._point.layout.data,
            decoding=steady.decoding,
            variation=self._variation,
        )
        columns = {
            "batch": batch,
            "requests": steady.requests,
            "output_tokens": steady.output_tokens,
            "tpot": steady.tpot,
            "tpot_at": tpot_at,
            "ttft_unloaded": steady.ttft,
            "load": np.where((tpot_at <= level.tpot) & fits, load, 0.0),
        }
        shape = np.broadcast_shapes(*(column.shape for column in columns.values()))
        return found, Operation(
            **{name: np.broadcast_to(column, shape) for name, column in columns.items()}
        )


def _wide(columns: ColumnsT) -> ColumnsT:
    """The same records with an axis for batch sizes at the end."""
    return columns.at((..., None))
