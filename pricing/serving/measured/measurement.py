"""Measured points: what a benchmark ran, and what came out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pricing.plan.serving import KvPrecision, Precision
from pricing.serving.columns import Numbers

MAXIMUM = math.inf
"""Concurrency of a point that was driven as hard as its memory let it."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured configuration; repeats of it are one point."""

    line: int
    """Line of the file."""
    model: str
    """Id in the catalogue; empty where the name means no entry (see `unknown`)."""
    accelerator: str
    """Id in the catalogue; empty where the name means no entry (see `unknown`)."""
    precision: Precision
    kv_precision: KvPrecision
    tensor: int
    """Accelerators that share each layer."""
    data: int
    """Groups that hold whole attention layers and share the experts."""
    pipeline: int
    """Groups that hold consecutive layers."""
    replicas: int
    """Copies of all this; throughput and concurrency are those of all together."""
    input_tokens: float
    """Mean per request."""
    output_tokens: float
    """Mean per request."""
    concurrency: float
    """Requests in flight; `MAXIMUM` where the file has none."""
    output_tokens_per_s: float
    """Of the whole system."""
    ttft_ms: float = math.nan
    """Mean time to first token; NaN where it was not measured."""
    tpot_ms: float = math.nan
    """Mean time per output token after the first; NaN where it was not measured."""
    repeats: int = 1
    """Runs whose median this is."""
    source: str = ""
    source_date: str = ""
    kind: str = ""
    framework: str = ""
    """Serving software as the file names it."""
    stack: str = ""
    """Class of serving software in the calibration, like "vllm_2025"."""
    model_name: str = ""
    """As the file has it."""
    accelerator_name: str = ""
    """As the file has it."""
    unknown: str = ""
    """Why the model or accelerator is not known, as a sentence; empty where both are."""
    peers: Mapping[str, float] = field(default_factory=dict)
    """Output tokens per second that other tools predict for this point, by their names."""

    @property
    def accelerators(self) -> int:
        """Accelerators of the whole system."""
        return self.tensor * self.data * self.pipeline * self.replicas


HEADING_LINE = 1
"""Line of a file that names its columns."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A point that does not agree with itself, or a heading that looks wrong; it is kept."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Measurements(Sequence[Measurement]):
    """The points of one file, as rows and as columns of shape (points,)."""

    name: str
    """Of the file."""
    rows: tuple[Measurement, ...]
    doubts: tuple[Doubt, ...] = ()
    """Points that look wrong, for a person to check."""

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Measurement:  # type: ignore[override]
        return self.rows[index]

    def numbers(self, name: str) -> Numbers:
        """A field of every point as floats.

        Raises:
            ValueError: the field is a text.
        """
        return np.array([getattr(row, name) for row in self.rows], dtype=np.float64)

    def texts(self, name: str) -> tuple[str, ...]:
        """A field of every point as text."""
        return tuple(str(getattr(row, name)) for row in self.rows)

    @cached_property
    def output_tokens_per_s(self) -> Numbers:
        """What was measured."""
        return self.numbers("output_tokens_per_s")

    @cached_property
    def peers(self) -> dict[str, Numbers]:
        """Predictions of other tools by their names; NaN where a tool has none."""
        names = dict.fromkeys(name for row in self.rows for name in row.peers)
        return {
            name: np.array([row.peers.get(name, math.nan) for row in self.rows]) for name in names
        }

    def only(self, wanted: NDArray[np.bool_]) -> "Measurements":
        """The points where a mask of shape (points,) is true."""
        rows = tuple(row for row, keep in zip(self.rows, wanted, strict=True) if keep)
        lines = {row.line for row in rows}
        doubts = tuple(doubt for doubt in self.doubts if doubt.line in lines)
        return Measurements(self.name, rows, doubts)
