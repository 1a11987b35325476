"""The own benchmark points of a plan, ready to correct the prediction of any stack."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import KvPrecision, Precision
from pricing.serving.chip import chip_of
from pricing.serving.columns import Numbers, numbers
from pricing.serving.evidence import Correction, correction_of
from pricing.serving.measured.anchor import Anchoring, Own, Way, way_of
from pricing.serving.parameters import Parameters
from pricing.serving.point import Point
from pricing.serving.requests import Requests
from pricing.serving.run import run
from pricing.serving.shape import shape_of
from pricing.serving.software import stack_of
from pricing.serving.stack import Stack


@dataclass(frozen=True, slots=True)
class _Known:
    """What own points say of one model, accelerator and class of software."""

    base: Correction
    """Without them."""
    predicted: Mapping[OwnMeasurement, float]
    """Output tokens per second without them; NaN where a point does not fit by our count."""
    anchoring: Anchoring | None
    """With those that have a prediction; none where there are none."""
    corrections: dict[Way, Correction] = field(default_factory=dict)


class Anchors:
    """Corrections of predictions by own points.

    A point counts for the stacks of its model, accelerator and class of software; less where the
    precision or the parallelism is another. Those of other models say nothing of a stack: in the
    published measurements, residuals of different models on one accelerator with one software are
    not correlated once its family and the software have factors of their own.
    """

    def __init__(self, measurements: Iterable[OwnMeasurement], parameters: Parameters) -> None:
        self._parameters = parameters
        self._points: Mapping[tuple[str, str], list[OwnMeasurement]] = defaultdict(list)
        for point in measurements:
            self._points[point.model, point.accelerator].append(point)
        self._known: dict[tuple[object, ...], _Known] = {}

    def correction(self, stack: Stack) -> Correction:
        """What the calibration and the own points say of a stack.

        Raises:
            ServingError: there are own points, and the accelerator's data sheet lacks what is
                needed to predict them.
        """
        if (stack.model.id, stack.accelerator.id) not in self._points:
            return correction_of(stack, self._parameters)
        known, way = self._of(stack), way_of(stack)
        if known.anchoring is None:
            return known.base
        if way not in known.corrections:
            known.corrections[way] = known.anchoring.correction(way)
        return known.corrections[way]

    def predicted(self, stack: Stack) -> Mapping[OwnMeasurement, float]:
        """Own points of a stack's model, accelerator and software, predicted without own points.

        Returns:
            Output tokens per second of all replicas; NaN where a point does not fit by our count.

        Raises:
            ServingError: the accelerator's data sheet lacks what is needed.
        """
        return self._of(stack).predicted

    def wild(self, stack: Stack) -> frozenset[OwnMeasurement]:
        """Own points that do not count, because they are far from most others of their stack.

        Raises:
            ServingError: the accelerator's data sheet lacks what is needed.
        """
        anchoring = self._of(stack).anchoring
        return frozenset() if anchoring is None else anchoring.wild

    def _of(self, stack: Stack) -> _Known:
        of = (stack.model.id, stack.accelerator.id)
        key = (*of, stack.framework, stack.memory_share, stack.memory_overhead)
        if key not in self._known:
            vendor = stack.accelerator.vendor
            points = [
                point
                for point in self._points.get(of, ())
                if stack_of(point.framework, vendor) == stack.framework
            ]
            base = correction_of(stack, self._parameters)
            throughput = _predicted(stack, points, self._parameters)
            predicted = dict(zip(points, throughput, strict=True))
            own = [Own(*pair) for pair in zip(points, throughput, strict=True) if pair[1] > 0]
            anchoring = Anchoring(base, own, self._parameters.anchor) if own else None
            self._known[key] = _Known(base, predicted, anchoring)
        return self._known[key]


def _predicted(
    stack: Stack, points: Sequence[OwnMeasurement], parameters: Parameters
) -> Sequence[float]:
    """Output tokens per second of points of one model, accelerator and class of software."""
    groups: Mapping[tuple[Precision, KvPrecision], list[int]] = defaultdict(list)
    for place, point in enumerate(points):
        groups[point.precision, point.kv_precision].append(place)
    throughput = np.full(len(points), np.nan)
    for (precision, kv_precision), places in groups.items():
        like = replace(stack, precision=precision, kv_precision=kv_precision)
        throughput[places] = _throughput(like, [points[place] for place in places], parameters)
    found: list[float] = throughput.tolist()
    return found


def _throughput(stack: Stack, points: Sequence[OwnMeasurement], parameters: Parameters) -> Numbers:
    """Output tokens per second of points that differ in parallelism and requests only."""

    def column(name: str) -> Numbers:
        return numbers([getattr(point, name) for point in points])

    chip = chip_of(stack.accelerator)
    layout = replace(
        stack.layout(chip),
        tensor=column("tensor_parallel"),
        data=column("data_parallel"),
        pipeline=column("pipeline_parallel"),
    )
    traffic = replace(
        Requests(1, 1).traffic(), input=column("input_tokens"), output=column("output_tokens")
    )
    by = parameters.coefficients(stack.family, stack.link, stack.framework, stack.widths(chip))
    offered = numbers([point.concurrency or np.inf for point in points])
    replicas = np.minimum(column("replicas"), np.maximum(offered, 1))
    at = run(
        Point(shape_of(stack.model), chip, layout, traffic),
        by,
        offered / replicas,
        numbers(correction_of(stack, parameters).factor),
    )
    return np.where(at.memory.fits, at.steady.output_tokens * replicas, np.nan)
