"""Work of one server: what each request class costs it in seconds, as figures for a bill."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.plan.figure import Amount, PositiveAmount, Share
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Serving
from pricing.plan.sheets import ModelSheet
from pricing.plan.workload import RequestClass
from pricing.serving.capacity import Level, Operation, Sweep
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction
from pricing.serving.extrapolation import beyond_measurements
from pricing.serving.layouts import Hardware, layouts
from pricing.serving.measured.anchors import Anchors
from pricing.serving.memory import memory_of
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.predict import why_it_does_not_fit
from pricing.serving.requests import Requests
from pricing.serving.rounding import rounded, rounded_up
from pricing.serving.stack import Stack, check_parallelism, point_of
from pricing.serving.sweeps import KEPT, Job, sweep_jobs
from pricing.serving.work_figures import Ends, seconds_figure, shares_of, usable_share

UNKNOWN_VARIATION = 1.23
"""Coefficient of variation of lengths that nobody stated: the median
variation of answers in the five workloads of resources/workload/servegen_tokens.csv."""


@dataclass(frozen=True, slots=True)
class ClassWork:
    """One request class on one server."""

    requests: Requests
    level: Level
    sweep: Sweep
    ends: Ends
    """What it does at the ends of the 80 % interval."""

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
    jobs: list[tuple[Job, ...]] = []
    corrections: dict[Stack, Correction] = {}
    anchors = Anchors(measurements, known)
    for stack in layouts(serving, hardware, model):
        try:
            correction = anchors.correction(stack)
            jobs.append(_jobs(stack, serving, classes, correction.factor))
            corrections[stack] = correction
        except ServingError as problem:
            problems.append(problem)
    every = [job for of_stack in jobs for job in of_stack]
    shipped = known is load_parameters()
    sweeps = dict(zip(every, KEPT.of(every) if shipped else sweep_jobs(every, known), strict=True))
    best: tuple[float, Stack, Sequence[Job]] | None = None
    for stack, of_stack in zip(corrections, jobs, strict=True):
        try:
            _check_targets(stack, classes, of_stack, sweeps, known)
        except ServingError as problem:
            problems.append(problem)
            continue
        replicas = hardware.accelerators // stack.accelerators
        need = sum(
            _volume(c) / float(sweeps[job].chosen.usable) / replicas
            for c, job in zip(classes, of_stack, strict=True)
        )
        if best is None or need < best[0]:
            best = (need, stack, of_stack)
    if best is None:
        raise problems[-1]
    _, stack, chosen = best
    correction = corrections[stack]
    replicas = hardware.accelerators // stack.accelerators
    ends = [
        replace(job, speed=job.speed * end)
        for job in chosen
        for end in (correction.low, correction.high)
    ]
    swept = KEPT.of(ends) if shipped else sweep_jobs(ends, known)
    work = {
        c.id: ClassWork(job.requests, job.level, sweeps[job], Ends(slow.chosen, fast.chosen))
        for c, job, slow, fast in zip(classes, chosen, swept[::2], swept[1::2], strict=True)
    }
    shares = shares_of((of_class.operation, of_class.ends) for of_class in work.values())
    return ServerWork(
        stack=stack,
        replicas=replicas,
        correction=correction,
        classes=work,
        seconds={
            id_: seconds_figure(
                stack,
                replicas,
                of_class.operation,
                of_class.ends,
                shares,
                correction,
                known,
                beyond=bool(beyond_measurements(stack, [of_class.requests])),
            )
            for id_, of_class in work.items()
        },
        usable_share=usable_share(shares.typical, serving, known),
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


def _jobs(
    stack: Stack, serving: Serving, classes: Sequence[RequestClass], factor: float
) -> tuple[Job, ...]:
    """What to sweep for each class on a layout that can hold them all."""
    check_parallelism(stack)
    jobs = []
    for request_class in classes:
        requests = requests_of(request_class, serving)
        requests.check(stack.model)
        memory = memory_of(point_of(stack, requests.traffic()))
        if not memory.fits.all():
            raise ServingError("accelerator", why_it_does_not_fit(stack, requests, memory))
        speed = serving.efficiency.value * factor
        jobs.append(Job(stack, requests, level_of(request_class, serving), speed))
    return tuple(jobs)


def _check_targets(
    stack: Stack,
    classes: Sequence[RequestClass],
    jobs: Sequence[Job],
    sweeps: Mapping[Job, Sweep],
    known: Parameters,
) -> None:
    """Raise ServingError where a class cannot keep its targets on a layout."""
    for request_class, job in zip(classes, jobs, strict=True):
        found = sweeps[job]
        if not found.chosen.load > 0:
            raise _too_slow(stack, request_class, job, found, known)


def _too_slow(
    stack: Stack, request_class: RequestClass, job: Job, found: Sweep, known: Parameters
) -> ServingError:
    where = f"{stack.accelerators} x {stack.accelerator.name}"
    level = job.level
    way_out = "allow more, or use more accelerators per replica."
    fastest = float(found.all.tpot_at.min()) * 1000
    target = f"{rounded(level.tpot * 1000)} ms"
    if fastest > level.tpot * 1000:
        return ServingError(
            "targets.tpot_milliseconds",
            f"{stack.model.name} on {where} needs at least {rounded_up(fastest)} ms per output "
            f"token at the {level.percentile}th percentile for {request_class.name}, and the "
            f"target is {target}; {way_out}",
        )
    patient = replace(job, level=replace(level, ttft=math.inf))
    if not sweep_jobs([patient], known)[0].chosen.load > 0:
        return ServingError(
            "targets.tpot_milliseconds",
            f"{stack.model.name} on {where} keeps the target of {target} per output token for "
            f"{request_class.name} only as long as nothing else is asked: prompts of others hold "
            f"up the answers; {way_out}",
        )
    first = float(found.all.ttft_unloaded.min())
    return ServingError(
        "targets.ttft_seconds",
        f"{stack.model.name} on {where} needs {rounded_up(first)} s to the first token of "
        f"{request_class.name} even without waiting, too close to the target of "
        f"{rounded(level.ttft)} s to carry any load; {way_out}",
    )


def _volume(request_class: RequestClass) -> float:
    """Requests per day, to weigh classes; those without any count a little."""
    days = 1.0 if request_class.per == "day" else 30.0
    return max(request_class.requests.value / days, 1e-6)
