"""Work of one server: what each request class costs it in seconds, as figures for a bill."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pricing.plan.figure import Amount, Confidence, PositiveAmount, Share
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Serving
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.plan.workload import RequestClass
from pricing.serving.anchors import Anchors
from pricing.serving.capacity import Level, Operation, Sweep, sweep
from pricing.serving.columns import numbers
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction, Evidence
from pricing.serving.memory import memory_of
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.predict import why_it_does_not_fit
from pricing.serving.requests import Requests
from pricing.serving.software import stack_of
from pricing.serving.stack import Stack, check_parallelism, point_of

UNKNOWN_VARIATION = 1.23
"""Coefficient of variation of lengths that nobody stated: the median
variation of answers in the five workloads of resources/workload/servegen_tokens.csv."""

KEPT = 1024
"""Sweeps over batch sizes that are kept between predictions."""

NAMED = 3
"""Files of own measurements that a source names; of further ones it tells the number."""

CONFIDENCE: Mapping[Evidence, Confidence] = {
    "measured": "high",
    "interpolated": "medium",
    "unseen stack": "low",
    "unseen accelerator": "assumption",
}


@dataclass(frozen=True, slots=True)
class Hardware:
    """One server as far as serving goes."""

    accelerator: AcceleratorSheet
    accelerators: int


@dataclass(frozen=True, slots=True)
class ClassWork:
    """One request class on one server."""

    requests: Requests
    level: Level
    sweep: Sweep

    @property
    def operation(self) -> Operation:
        """The chosen batch of one replica."""
        return self.sweep.chosen


@dataclass(frozen=True, slots=True)
class ServerWork:
    """What one server does, and how it is set up for it."""

    stack: Stack
    """One replica."""
    replicas: int
    """Replicas on one server."""
    correction: Correction
    classes: Mapping[str, ClassWork]
    """By the id of the class."""
    seconds: Mapping[str, PositiveAmount]
    """Server-seconds of one request, with its 80 % interval, by the id of the class."""
    usable_share: Share
    """Share of a server's time that may be planned with."""


def server_work(
    serving: Serving,
    hardware: Hardware,
    model: ModelSheet,
    classes: Sequence[RequestClass],
    measurements: Sequence[OwnMeasurement] = (),
    parameters: Parameters | None = None,
) -> ServerWork:
    """Predict the work of one server for the classes it serves.

    Where the plan leaves tensor parallelism open, the layout is taken that needs least server time
    for the whole load.

    Args:
        serving: What runs on the server and how fast it must answer.
        hardware: The server.
        model: The model that `serving` names.
        classes: What it serves; all share its time.
        measurements: Benchmark points the buyer measured.
        parameters: The calibration; none means the one shipped.

    Raises:
        ServingError: it does not fit, the parallelism is impossible, or no batch meets the targets.
    """
    known = parameters or load_parameters()
    problems: list[ServingError] = []
    best: tuple[float, Stack, Mapping[str, ClassWork], Correction] | None = None
    anchors = Anchors(measurements, known)
    for stack in _stacks(serving, hardware, model):
        try:
            work, correction = _classes_on(stack, serving, classes, anchors, known)
        except ServingError as problem:
            problems.append(problem)
            continue
        replicas = hardware.accelerators // stack.accelerators
        need = sum(_volume(c) / float(work[c.id].operation.usable) / replicas for c in classes)
        if best is None or need < best[0]:
            best = (need, stack, work, correction)
    if best is None:
        raise problems[-1]
    _, stack, work, correction = best
    replicas = hardware.accelerators // stack.accelerators
    return ServerWork(
        stack=stack,
        replicas=replicas,
        correction=correction,
        classes=work,
        seconds={
            id_: _seconds(stack, replicas, of_class, correction, known)
            for id_, of_class in work.items()
        },
        usable_share=_usable(work, serving, known),
    )


def requests_of(request_class: RequestClass, serving: Serving) -> Requests:
    """The lengths of a class as serving sees them."""

    def variation(stated: Amount | None) -> float:
        return UNKNOWN_VARIATION if stated is None else stated.value

    return Requests(
        input=request_class.input_tokens.value,
        output=request_class.output_tokens.value,
        input_variation=variation(request_class.input_variation),
        output_variation=variation(request_class.output_variation),
        cached=request_class.cacheable_share.value * request_class.cache_hit_rate.value,
        speculative=serving.speculative,
    )


def level_of(request_class: RequestClass, serving: Serving) -> Level:
    """The service level of a class; work that can wait has none."""
    targets = serving.targets
    if request_class.urgency != "real-time":
        return Level(percentile=targets.percentile)
    ttft, tpot = targets.ttft_seconds, targets.tpot_milliseconds
    return Level(
        ttft=np.inf if ttft is None else ttft.value,
        tpot=np.inf if tpot is None else tpot.value / 1000,
        percentile=targets.percentile,
    )


def _stacks(serving: Serving, hardware: Hardware, model: ModelSheet) -> Iterable[Stack]:
    """Layouts to look at; the stated one, or every power of two that the server can hold."""
    across = serving.pipeline_parallel * serving.data_parallel
    if serving.tensor_parallel is not None:
        ways = [serving.tensor_parallel]
    else:
        most = min(hardware.accelerators // across, hardware.accelerator.max_scale_up or 1)
        ways = [2**n for n in range(11) if 2**n <= most and model.n_heads % 2**n == 0] or [1]
    for tensor in ways:
        stack = Stack(
            model=model,
            accelerator=hardware.accelerator,
            framework=stack_of(serving.framework, hardware.accelerator.vendor),
            precision=serving.precision,
            kv_precision=serving.kv_precision,
            tensor=tensor,
            data=serving.data_parallel,
            pipeline=serving.pipeline_parallel,
            memory_overhead=serving.memory_overhead.value,
        )
        if stack.accelerators > hardware.accelerators:
            raise ServingError(
                "tensor_parallel",
                f"Tensor parallel {tensor} x pipeline parallel {stack.pipeline} x data parallel "
                f"{stack.data} needs {stack.accelerators} accelerators, but one server has "
                f"{hardware.accelerators}; their product must not be more.",
            )
        yield stack


def _classes_on(
    stack: Stack,
    serving: Serving,
    classes: Sequence[RequestClass],
    anchors: Anchors,
    parameters: Parameters,
) -> tuple[Mapping[str, ClassWork], Correction]:
    check_parallelism(stack)
    correction = anchors.correction(stack)
    work = {}
    for request_class in classes:
        requests, level = requests_of(request_class, serving), level_of(request_class, serving)
        requests.check(stack.model)
        point = point_of(stack, requests.traffic())
        memory = memory_of(point)
        if not memory.fits.all():
            raise ServingError("accelerator", why_it_does_not_fit(stack, requests, memory))
        speed = serving.efficiency.value * correction.factor
        found = (
            _kept_sweep(stack, requests, level, speed)
            if parameters is load_parameters()
            else _sweep(stack, requests, level, speed, parameters)
        )
        if not found.chosen.load > 0:
            raise _too_slow(stack, request_class, level, found)
        work[request_class.id] = ClassWork(requests, level, found)
    return work, correction


@lru_cache(maxsize=KEPT)
def _kept_sweep(stack: Stack, requests: Requests, level: Level, speed: float) -> Sweep:
    """By the shipped parameters; a plan that is edited asks for the same again and again."""
    return _sweep(stack, requests, level, speed, load_parameters())


def _sweep(
    stack: Stack, requests: Requests, level: Level, speed: float, parameters: Parameters
) -> Sweep:
    point = point_of(stack, requests.traffic())
    by = parameters.coefficients(
        stack.family, stack.link, stack.framework, stack.widths(point.chip)
    )
    return sweep(point, by, numbers(speed), level, numbers(requests.input_variation))


def _too_slow(
    stack: Stack, request_class: RequestClass, level: Level, found: Sweep
) -> ServingError:
    where = f"{stack.accelerators} x {stack.accelerator.name}"
    fastest = float(found.all.tpot_at.min()) * 1000
    if fastest > level.tpot * 1000:
        return ServingError(
            "targets.tpot_milliseconds",
            f"{stack.model.name} on {where} needs at least {fastest:,.0f} ms per output token at "
            f"the {level.percentile}th percentile for {request_class.name}, and the target is "
            f"{level.tpot * 1000:,.0f} ms; allow more, or use more accelerators per replica.",
        )
    first = float(found.all.ttft_unloaded.min())
    return ServingError(
        "targets.ttft_seconds",
        f"{stack.model.name} on {where} needs {first:,.2f} s to the first token of "
        f"{request_class.name} even without waiting, too close to the target of {level.ttft:,.2f} "
        "s to carry any load; allow more, or use more accelerators per replica.",
    )


def _volume(request_class: RequestClass) -> float:
    """Requests per day, to weigh classes; those without any count a little."""
    days = 1.0 if request_class.per == "day" else 30.0
    return max(request_class.requests.value / days, 1e-6)


def _seconds(
    stack: Stack, replicas: int, work: ClassWork, correction: Correction, parameters: Parameters
) -> PositiveAmount:
    operation = work.operation
    typical = 1 / (float(operation.requests) * replicas)
    layout = f"{replicas} x {stack.accelerators}" if replicas > 1 else f"{stack.accelerators}"
    return PositiveAmount(
        value=typical,
        low=typical / correction.high,
        high=typical / correction.low,
        unit="server·seconds/request",
        source=_source(correction, parameters),
        as_of=parameters.data_date,
        confidence=CONFIDENCE[correction.evidence],
        note=(
            f"{stack.model.name} in {stack.precision} on {layout} {stack.accelerator.name}, "
            f"when full with {float(operation.batch):,.0f} requests at once per replica: "
            f"{float(operation.output_tokens):,.0f} output tokens/s and "
            f"{float(operation.tpot) * 1000:,.1f} ms per token of each; 80 % interval, "
            f"{correction.evidence}"
        ),
    )


def _source(correction: Correction, parameters: Parameters) -> str:
    """What the prediction rests on, in words."""
    text = f"Reckoner's serving model, calibrated on {parameters.rows:,} measurements"
    if published := correction.rows - correction.own:
        text += f", {published:,} of this very stack"
    if correction.own:
        named = ", ".join(correction.own_sources[:NAMED])
        if (further := len(correction.own_sources) - NAMED) > 0:
            named += f" and {further:,} more"
        points = "1 measurement" if correction.own == 1 else f"{correction.own:,} measurements"
        text += f", anchored on {points} of your own ({named})"
    return text


def _usable(work: Mapping[str, ClassWork], serving: Serving, parameters: Parameters) -> Share:
    """The class that can bear least load decides: all wait in the same queue."""
    share = min(float(of_class.operation.load) for of_class in work.values())
    targets = serving.targets
    words = [
        f"TTFT {targets.ttft_seconds.value:g} s" if targets.ttft_seconds else "",
        f"TPOT {targets.tpot_milliseconds.value:g} ms" if targets.tpot_milliseconds else "",
    ]
    kept = " and ".join(word for word in words if word) or "no target"
    return Share(
        value=share,
        source="queueing in Reckoner's serving model",
        as_of=parameters.data_date,
        confidence="medium",
        note=f"load at which real-time classes keep {kept} for {targets.percentile} % of requests",
    )
