"""Sweeps over batch sizes for many setups at once, kept for the next time they are asked for."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from pricing.serving.capacity import Level, Levels, Sweep, sweep
from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import numbers
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.point import Point, Traffic
from pricing.serving.requests import Requests
from pricing.serving.stack import Stack, point_of

MOST_KEPT = 1024
"""Sweeps that are kept; a plan that is edited asks for the same again and again."""


@dataclass(frozen=True, slots=True)
class Job:
    """One setup to sweep."""

    stack: Stack
    requests: Requests
    level: Level
    speed: float
    """Factor on throughput."""


class KeptSweeps:
    """Sweeps by the shipped parameters, the latest asked for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Job, Sweep] = OrderedDict()
        self._lock = Lock()

    def of(self, jobs: Sequence[Job]) -> list[Sweep]:
        """The sweep of every job, in their order; those not kept are swept together."""
        with self._lock:
            found = {job: self._kept[job] for job in jobs if job in self._kept}
        missing = [job for job in dict.fromkeys(jobs) if job not in found]
        if missing:
            found |= dict(zip(missing, sweep_jobs(missing, load_parameters()), strict=True))
        with self._lock:
            for job in jobs:
                self._kept[job] = found[job]
                self._kept.move_to_end(job)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return [found[job] for job in jobs]


KEPT = KeptSweeps()


def sweep_jobs(jobs: Sequence[Job], parameters: Parameters) -> list[Sweep]:
    """Sweep many setups; one pass for each percentile among them."""
    found: dict[int, Sweep] = {}
    for percentile in {job.level.percentile for job in jobs}:
        places = [n for n, job in enumerate(jobs) if job.level.percentile == percentile]
        together = _together([jobs[place] for place in places], percentile, parameters)
        found |= {place: together.at(row) for row, place in enumerate(places)}
    return [found[place] for place in range(len(jobs))]


def _together(jobs: Sequence[Job], percentile: int, parameters: Parameters) -> Sweep:
    points = [point_of(job.stack, job.requests.traffic()) for job in jobs]
    by = [
        parameters.coefficients(
            job.stack.family, job.stack.link, job.stack.framework, job.stack.widths(point.chip)
        )
        for job, point in zip(jobs, points, strict=True)
    ]
    whole = Point(
        type(points[0].shape).stack([point.shape for point in points]),
        type(points[0].chip).stack([point.chip for point in points]),
        type(points[0].layout).stack([point.layout for point in points]),
        Traffic.stack([point.traffic for point in points]),
    )
    return sweep(
        whole,
        Coefficients.stack(by),
        numbers([job.speed for job in jobs]),
        Levels(
            numbers([job.level.ttft for job in jobs]),
            numbers([job.level.tpot for job in jobs]),
            percentile,
        ),
        numbers([job.requests.input_variation for job in jobs]),
    )
