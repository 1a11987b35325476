"""Predicted work of the servers of an option, kept between evaluations of a changing plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import isnan

from pricing.bill.errors import BillError
from pricing.bill.setup import Setup, setup_of
from pricing.catalogue import Catalogue
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from pricing.serving.errors import ServingError
from pricing.serving.measured.anchors import Anchors
from pricing.serving.parameters import load_parameters
from pricing.serving.work import ServerWork, requests_of, server_work

KEPT = 256
"""Predictions kept; a plan has at most 50 options."""

OF_A_CLASS = frozenset({"input_tokens", "output_tokens"})
"""Parts of a setup that a request class states, not the option."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one server of an option does, and for which setup."""

    setup: Setup
    work: ServerWork
    anchors: tuple[OwnMeasurement, ...]
    """The buyer's own measurements that the work rests on."""
    left_out: tuple[OwnMeasurement, ...]
    """Own measurements of the same stack that do not count: far from the others, or beyond what
    memory can hold."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the serving model; equal where the answer must be."""

    setup: tuple[object, ...]
    lengths: tuple[object, ...]
    measurements: tuple[OwnMeasurement, ...]
    of: Setup = field(compare=False)
    classes: Sequence[RequestClass] = field(compare=False)


def predict_work(option: SelfHosted, plan: Plan, catalogue: Catalogue) -> Prediction:
    """Predict what one server of an option with `serving` does for the classes it serves.

    Args:
        option: An option of the plan.
        plan: Its plan, with classes, own data sheets and own measurements.
        catalogue: Where to look up what the plan does not hold.

    Raises:
        BillError: it cannot be served so; names the field and what would work.
    """
    setup = setup_of(option, plan, catalogue)
    classes = [c for c in plan.workload if not option.serves or c.id in option.serves]
    for request_class in classes:
        _check_length(option, setup, request_class)
    asked = _Asked(
        setup=_what_runs(setup),
        lengths=tuple(_what_matters(c, setup) for c in classes),
        measurements=tuple(
            m for m in plan.measurements if m.model == setup.model.id
            and m.accelerator == setup.hardware.accelerator.id
        ),
        of=setup,
        classes=classes,
    )  # fmt: skip
    try:
        return Prediction(setup, *_predicted(asked))
    except ServingError as error:
        path = f"options.{option.id}.serving.{error.field}"
        raise BillError(path, f"{option.name}: {error}") from None


@lru_cache(maxsize=KEPT)
def _predicted(
    asked: _Asked,
) -> tuple[ServerWork, tuple[OwnMeasurement, ...], tuple[OwnMeasurement, ...]]:
    of = asked.of
    work = server_work(of.serving, of.hardware, of.model, asked.classes, asked.measurements)
    if not asked.measurements:
        return work, (), ()
    anchors = Anchors(asked.measurements, load_parameters())
    expected, wild = anchors.predicted(work.stack), anchors.wild(work.stack)
    left_out = tuple(point for point, rate in expected.items() if isnan(rate) or point in wild)
    return work, tuple(point for point in expected if point not in left_out), left_out


def _check_length(option: SelfHosted, setup: Setup, request_class: RequestClass) -> None:
    try:
        requests_of(request_class, setup.serving).check(setup.model)
    except ServingError as error:
        field = error.field if error.field in OF_A_CLASS else "input_tokens"
        raise BillError(
            f"workload.{request_class.id}.{field}",
            f"{option.name}, {request_class.name}: {error}",
        ) from None


def _what_runs(setup: Setup) -> tuple[object, ...]:
    """Everything of a setup that a prediction depends on; who stated it does not matter."""
    of, hardware = setup.serving, setup.hardware
    targets, draft = of.targets, of.speculative
    return (
        setup.model, hardware.accelerator, hardware.accelerators, of.framework, of.precision,
        of.kv_precision, of.tensor_parallel, of.pipeline_parallel, of.data_parallel,
        targets.ttft_seconds and targets.ttft_seconds.value,
        targets.tpot_milliseconds and targets.tpot_milliseconds.value, targets.percentile,
        draft and (draft.draft_tokens, draft.acceptance.value, draft.draft_cost.value),
        of.efficiency.value, of.memory_overhead.value,
    )  # fmt: skip


def _what_matters(request_class: RequestClass, setup: Setup) -> tuple[object, ...]:
    """Everything of a class that a prediction depends on; volumes only weigh open layouts."""
    requests = requests_of(request_class, setup.serving)
    volume = (
        (request_class.requests.value, request_class.per)
        if setup.serving.tensor_parallel is None
        else ()
    )
    return (
        request_class.id, request_class.urgency, requests.input, requests.output,
        requests.input_variation, requests.output_variation, requests.cached, volume,
    )  # fmt: skip
