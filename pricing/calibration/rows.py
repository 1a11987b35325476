"""Measured points as arrays to fit: what was run, what came out, and what it is like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pricing.calibration.effects import ENGINES, Level, platform_of
from pricing.catalogue import Catalogue
from pricing.serving.chip import Chip, chip_of
from pricing.serving.columns import Numbers
from pricing.serving.counts import Counts, counts_of
from pricing.serving.evidence import stack_key
from pricing.serving.measured.measurement import Measurement
from pricing.serving.measured.predicted import offered, replicas_used, stack_of_row
from pricing.serving.measured.sources import source_labels
from pricing.serving.memory import memory_of
from pricing.serving.parameters import CLOSE_LINKS
from pricing.serving.point import Layout, Point, Traffic
from pricing.serving.requests import Requests
from pricing.serving.shape import Shape, shape_of


@dataclass(frozen=True)
class Rows:
    """Points of shape (rows,), ready to predict with any coefficients."""

    measured: tuple[Measurement, ...]
    point: Point
    counts: Counts
    replicas: Numbers
    """Replicas at work."""
    throughput: Numbers
    """Log of measured output tokens per second."""
    tpot: Numbers
    """Log of measured seconds per output token; NaN where it or the concurrency is not told."""
    labels: dict[Level, tuple[str, ...]]
    """Of each level, what a row is; empty where it is nothing of that level."""
    widths: tuple[tuple[int, int], ...]
    """Bits in which feed-forward and attention weights are multiplied."""
    speed: tuple[str, ...]
    """Kind of connection: "close" or "far"."""
    makers: tuple[str, ...]
    """Of the accelerators."""
    stacks: tuple[str, ...]
    """Model, accelerator and class of software."""
    groups: tuple[str, ...]
    """Source, model and accelerator: what is held out together."""

    def __len__(self) -> int:
        return len(self.measured)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where rows come from."""
        return self.labels["source"]

    @property
    def families(self) -> tuple[str, ...]:
        """Accelerator families."""
        return self.labels["family"]

    @property
    def software(self) -> tuple[str, ...]:
        """Classes of serving software."""
        return self.labels["software"]


def rows_of(measured: Sequence[Measurement], catalogue: Catalogue) -> Rows:
    """Arrays of measured points.

    Raises:
        ValueError: a point cannot be predicted; every one must be used.
        ServingError: the data sheet of an accelerator lacks what is needed.
    """
    for row in measured:
        if row.unknown:
            raise ValueError(f"line {row.line} cannot be used: {row.unknown}")
    stacks = [stack_of_row(row, catalogue) for row in measured]
    chips = [chip_of(stack.accelerator) for stack in stacks]
    point = Point(
        Shape.stack(shape_of(stack.model) for stack in stacks),
        Chip.stack(chips),
        Layout.stack(stack.layout(chip) for stack, chip in zip(stacks, chips, strict=True)),
        Traffic.stack(Requests(row.input_tokens, row.output_tokens).traffic() for row in measured),
    )
    replicas = np.array([replicas_used(row) for row in measured])
    memory = memory_of(point)
    if not memory.fits.all():
        lines = [row.line for row, fits in zip(measured, memory.fits, strict=True) if not fits]
        raise ValueError(f"lines {lines} do not fit into memory by our count")
    in_flight = np.array([offered(row) for row in measured]) / replicas
    batch = np.maximum(np.minimum(in_flight, memory.sequences), 1.0)
    sources = detailed_sources(measured)
    keys = tuple(stack_key(stack) for stack in stacks)
    software = tuple(row.stack for row in measured)
    tpot = np.array([row.tpot_ms if np.isfinite(row.concurrency) else np.nan for row in measured])
    return Rows(
        measured=tuple(measured),
        point=point,
        counts=counts_of(point, batch),
        replicas=replicas,
        throughput=np.log([row.output_tokens_per_s for row in measured]),
        tpot=np.log(tpot / 1000),
        labels={
            "family": tuple(stack.family for stack in stacks),
            "engine": tuple(ENGINES.get(name, "") for name in software),
            "platform": tuple(platform_of(name) for name in software),
            "software": software,
            "source": sources,
            "setup": tuple(
                f"{source}|{key}|{row.precision}"
                for source, key, row in zip(sources, keys, measured, strict=True)
            ),
        },
        widths=tuple(stack.widths(chip) for stack, chip in zip(stacks, chips, strict=True)),
        speed=tuple("close" if stack.link in CLOSE_LINKS else "far" for stack in stacks),
        makers=tuple(stack.accelerator.vendor for stack in stacks),
        stacks=keys,
        groups=tuple(
            f"{source}|{row.model}|{row.accelerator}"
            for source, row in zip(sources, measured, strict=True)
        ),
    )


def detailed_sources(measured: Sequence[Measurement]) -> tuple[str, ...]:
    """Sources by name; pages on different versions of a software count as different ones."""
    names = source_labels([row.source for row in measured], [row.kind for row in measured])
    return tuple(
        f"{name} {found[1]}"
        if name == "TensorRT-LLM docs" and (found := re.search(r"\((v[\d.]+)", row.source))
        else name
        for name, row in zip(names, measured, strict=True)
    )


def weights_of(groups: Sequence[str]) -> NDArray[np.float64]:
    """Weight of each row, mean 1: a group's total grows with the root of its size."""
    _, place, size = np.unique(np.array(groups), return_inverse=True, return_counts=True)
    weights = size[place].astype(np.float64) ** -0.5
    return np.asarray(weights / weights.mean())
