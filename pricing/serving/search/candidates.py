"""Every way to set up a model on the accelerators of a market, as one table of arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Framework, KvPrecision, Precision
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.chip import Chip
from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Numbers, numbers
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction, correction_of
from pricing.serving.measured.anchors import Anchors
from pricing.serving.parameters import Parameters
from pricing.serving.point import Layout
from pricing.serving.search.formats import formats_for, is_lossless
from pricing.serving.search.layouts import Form, Whole, form_of, possible_layouts
from pricing.serving.shape import Shape, shape_of
from pricing.serving.software import stack_of
from pricing.serving.stack import ONE_SERVER, Stack


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
    forms: list[Form] = []
    limits: list[tuple[int, int]] = []
    without: dict[str, str] = {}
    for sheet, count in accelerators:
        domain = sheet.max_scale_up or 1
        try:
            for setup in _setups(model, sheet, software):
                within = form_of(setup.stack)
                wider = _spread(setup.stack, domain + 1, 1, 1)
                bus = count > domain and domain < ONE_SERVER
                forms += [within, form_of(wider) if bus else within]
                setups.append(setup)
                limits.append((count, domain))
        except ServingError as problem:
            without[sheet.id] = str(problem)
    setup_of, ways, beyond = possible_layouts(model, limits)
    tensor, data, pipeline = ways.T
    place = 2 * setup_of + beyond
    base = Layout.stack(form.layout for form in forms).at(place)
    different = list(dict.fromkeys(form.kind for form in forms))
    factors = Coefficients.stack(parameters.coefficients(*kind) for kind in different)
    kinds = np.array([different.index(form.kind) for form in forms], dtype=np.int64)
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
        chip=Chip.stack(form.chip for form in forms).at(place),
        layout=replace(
            base, tensor=numbers(tensor), data=numbers(data), pipeline=numbers(pipeline)
        ),
        by=factors.at(kinds[place]),
        speed=software.efficiency * known[correction],
        corrections=corrections,
        correction=correction,
        without_data=without,
    )


_class_of = lru_cache(maxsize=64)(stack_of)


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
