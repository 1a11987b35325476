"""Every way to set up a model on the accelerators of a market, as one table of arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Framework, KvPrecision, Precision
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.anchors import Anchors
from pricing.serving.chip import Chip, chip_of
from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Numbers, numbers
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction, correction_of
from pricing.serving.parameters import Parameters
from pricing.serving.point import Layout
from pricing.serving.search_formats import formats_for, is_lossless
from pricing.serving.shape import Shape, shape_of
from pricing.serving.software import stack_of
from pricing.serving.stack import Stack

Whole = NDArray[np.int64]
"""Whole numbers, one per candidate."""

WAYS = tuple(2**n for n in range(7))
"""Ways to split a model that are looked at."""
MOST_STAGES = 8
"""Pipeline stages that are looked at; more only add waiting inside one server."""


@dataclass(frozen=True, slots=True)
class Software:
    """What is the same for every candidate."""

    framework: Framework = "vllm"
    kv_precision: KvPrecision = "fp16"
    precisions: tuple[Precision, ...] | None = None
    """Precisions of the weights that are looked at; none means all that make sense."""
    efficiency: float = 1.0
    """Throughput over that of the calibrated software."""
    memory_overhead: float = 0.0
    """More memory for cache and activations than predicted, as a share."""


@dataclass(frozen=True, slots=True)
class Setup:
    """A model in one precision on one kind of accelerator."""

    stack: Stack
    """On a single accelerator."""
    grade: int
    """How many steps of precision it lies below the best that the accelerator computes."""
    lossless: bool
    """Whether the weights keep what is published."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """One replica per candidate; all arrays have shape (candidates,)."""

    model: ModelSheet
    setups: tuple[Setup, ...]
    setup: Whole
    """Position in `setups`."""
    tensor: Whole
    data: Whole
    pipeline: Whole
    shape: Shape
    """Of the model: single numbers."""
    chip: Chip
    layout: Layout
    by: Coefficients
    speed: Numbers
    """Factor on throughput: what is stated and what is known of the stack."""
    corrections: tuple[Correction, ...]
    correction: Whole
    """Position in `corrections`."""
    without_data: dict[str, str]
    """Accelerators that cannot be predicted, by id, and why."""

    @property
    def accelerators(self) -> Whole:
        """Accelerators of each replica."""
        return self.tensor * self.data * self.pipeline

    def stack(self, at: int) -> Stack:
        """One candidate as a stack."""
        stack = self.setups[int(self.setup[at])].stack
        return _spread(stack, int(self.tensor[at]), int(self.data[at]), int(self.pipeline[at]))


def candidates_of(
    model: ModelSheet,
    accelerators: Sequence[tuple[AcceleratorSheet, int]],
    software: Software,
    parameters: Parameters,
    measurements: Sequence[OwnMeasurement] = (),
) -> Candidates:
    """Every sensible precision and layout of a model on each accelerator.

    Args:
        model: What is served.
        accelerators: Data sheets, each with the most accelerators that one server has of it.
        software: What is the same for all.
        parameters: The calibration.
        measurements: Benchmark points the buyer measured.
    """
    setups: list[Setup] = []
    parts: list[tuple[Layout, tuple[int, int], Chip]] = []
    most: list[int] = []
    domains: list[int] = []
    without: dict[str, str] = {}
    for sheet, count in accelerators:
        try:
            chip = _chip(sheet)
        except ServingError as problem:
            without[sheet.id] = str(problem)
            continue
        for setup in _setups(model, sheet, software):
            setups.append(setup)
            parts.append((*_on_one(setup.stack), chip))
            most.append(count)
            domains.append(sheet.max_scale_up or 1)
    layouts = np.array(_layouts(model), dtype=np.int64).reshape(-1, 3)
    possible = (layouts.prod(axis=1) <= np.array(most, dtype=np.int64)[:, None]) & (
        layouts[:, :2].prod(axis=1) <= np.array(domains, dtype=np.int64)[:, None]
    )
    setup_of, chosen = np.nonzero(possible)
    ways = layouts[chosen]
    tensor, data, pipeline = ways.T
    base = Layout.stack(layout for layout, _, _ in parts).at(setup_of)
    kinds = [
        (s.stack.family, s.stack.link, s.stack.framework, widths)
        for s, (_, widths, _) in zip(setups, parts, strict=True)
    ]
    different = list(dict.fromkeys(kinds))
    factors = Coefficients.stack(parameters.coefficients(*kind) for kind in different)
    kind_of = np.array([different.index(kind) for kind in kinds], dtype=np.int64)[setup_of]
    corrections, correction = _corrections(setups, setup_of, ways, parameters, measurements)
    known = np.array([of.factor for of in corrections], dtype=np.float64)
    return Candidates(
        model=model,
        setups=tuple(setups),
        setup=setup_of,
        tensor=tensor,
        data=data,
        pipeline=pipeline,
        shape=shape_of(model),
        chip=Chip.stack(chip for _, _, chip in parts).at(setup_of),
        layout=replace(
            base, tensor=numbers(tensor), data=numbers(data), pipeline=numbers(pipeline)
        ),
        by=factors.at(kind_of),
        speed=software.efficiency * known[correction],
        corrections=corrections,
        correction=correction,
        without_data=without,
    )


@lru_cache(maxsize=256)
def _chip(sheet: AcceleratorSheet) -> Chip:
    """Numbers of an accelerator, looked up once."""
    return chip_of(sheet)


_class_of = lru_cache(maxsize=64)(stack_of)


@lru_cache(maxsize=4096)
def _on_one(stack: Stack) -> tuple[Layout, tuple[int, int]]:
    """Layout on one accelerator, and widths of its arithmetic, looked up once."""
    chip = _chip(stack.accelerator)
    return stack.layout(chip), stack.widths(chip)


def _spread(stack: Stack, tensor: int, data: int, pipeline: int) -> Stack:
    """A stack over more accelerators."""
    return replace(stack, tensor=tensor, data=data, pipeline=pipeline)


def _corrections(
    setups: Sequence[Setup],
    setup_of: Whole,
    ways: Whole,
    parameters: Parameters,
    measurements: Sequence[OwnMeasurement],
) -> tuple[tuple[Correction, ...], Whole]:
    """What is known of each candidate beyond the formulas, and which of it holds for which.

    `ways` holds tensor, data and pipeline parallelism, shape (candidates, 3). Only the
    buyer's own points tell layouts apart.
    """
    found = [correction_of(setup.stack, parameters) for setup in setups]
    index = setup_of.copy()
    measured = {(point.model, point.accelerator) for point in measurements}
    anchors = Anchors(measurements, parameters) if measured else None
    for number, setup in enumerate(setups):
        stack = setup.stack
        if anchors is None or (stack.model.id, stack.accelerator.id) not in measured:
            continue
        for at in np.nonzero(setup_of == number)[0]:
            index[at] = len(found)
            found.append(anchors.correction(_spread(stack, *map(int, ways[at]))))
    return tuple(found), index


def _setups(model: ModelSheet, sheet: AcceleratorSheet, software: Software) -> Iterator[Setup]:
    for grade, precision in enumerate(formats_for(model, sheet)):
        if software.precisions is not None and precision not in software.precisions:
            continue
        stack = Stack(
            model=model,
            accelerator=sheet,
            framework=_class_of(software.framework, sheet.vendor),
            precision=precision,
            kv_precision=software.kv_precision,
            memory_overhead=software.memory_overhead,
        )
        yield Setup(stack, grade, is_lossless(model, precision))


def _layouts(model: ModelSheet) -> list[tuple[int, int, int]]:
    """Tensor, data and pipeline parallelism that the model allows (see `check_parallelism`)."""
    return [
        (tensor, data, pipeline)
        for tensor, data, pipeline in product(WAYS, WAYS, WAYS)
        if model.n_heads % tensor == 0
        and (data == 1 or model.n_experts)
        and pipeline <= min(model.layers, MOST_STAGES)
    ]
