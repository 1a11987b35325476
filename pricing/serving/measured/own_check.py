"""Own benchmark points held against predictions: before they count, and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from pricing.plan.measurement import OwnMeasurement
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction, correction_of
from pricing.serving.measured.anchor import way_of
from pricing.serving.measured.anchors import Anchors
from pricing.serving.measured.names import Names
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.predict import Interval
from pricing.serving.software import stack_of
from pricing.serving.stack import Stack, check_parallelism

FAR = 2.0
"""Widths of the 80 % interval from which a point is so far from its prediction that a slip is
likely: one in a hundred, were errors normal."""


@dataclass(frozen=True, slots=True)
class Held:
    """A point, and what is predicted for what it ran, in output tokens per second."""

    point: OwnMeasurement
    before: Interval | None
    """Without the points that are added; none where nothing can be predicted."""
    after: Interval | None
    """With them."""
    reason: str = ""
    """Why nothing can be predicted, so the point does not count; one sentence."""
    wild: bool = False
    """Whether it does not count, because it is far from most others of its stack."""

    @property
    def error(self) -> float:
        """How far the prediction before was from what was measured, as a share of that."""
        return self._off(self.before)

    @property
    def error_after(self) -> float:
        """How far the prediction with the points is."""
        return self._off(self.after)

    @property
    def far(self) -> bool:
        """Whether a unit or a setting may be wrong."""
        if self.before is None:
            return False
        typical, measured = self.before.typical, self.point.output_tokens_per_second
        end = self.before.low if measured < typical else self.before.high
        return abs(log(measured / typical)) > FAR * abs(log(end / typical))

    def _off(self, predicted: Interval | None) -> float:
        if predicted is None:
            return float("nan")
        return predicted.typical / self.point.output_tokens_per_second - 1


@dataclass(frozen=True, slots=True)
class Setup:
    """One replica that was measured, and what the prediction of it becomes."""

    stack: Stack
    before: Correction
    """Without the points that are added."""
    after: Correction
    """With them."""

    @property
    def moved(self) -> float:
        """Throughput predicted afterwards over that before."""
        return self.after.factor / self.before.factor


def hold(
    points: Sequence[OwnMeasurement],
    names: Names,
    before: Sequence[OwnMeasurement] = (),
    after: Sequence[OwnMeasurement] | None = None,
    parameters: Parameters | None = None,
) -> tuple[Held, ...]:
    """Hold points against predictions.

    Args:
        points: The points to tell of.
        names: Data sheets of the models and accelerators they name.
        before: Points that anchor the prediction before.
        after: Points that anchor it afterwards; none means `before` and `points`.
        parameters: The calibration; none means the one shipped.
    """
    known = parameters or load_parameters()
    anchors = Anchors(before, known), Anchors((*before, *points) if after is None else after, known)
    plain = Anchors(points, known)
    return tuple(_held(point, names, known, plain, *anchors) for point in points)


def setups_of(
    points: Sequence[OwnMeasurement],
    names: Names,
    before: Sequence[OwnMeasurement] = (),
    after: Sequence[OwnMeasurement] | None = None,
    parameters: Parameters | None = None,
) -> tuple[Setup, ...]:
    """What becomes of the predictions of everything that was measured, arguments as of `hold`.

    Points whose model or accelerator is not known are left out.
    """
    known = parameters or load_parameters()
    old, new = (
        Anchors(before, known),
        Anchors((*before, *points) if after is None else after, known),
    )
    found: dict[tuple[object, ...], Setup] = {}
    for point in points:
        try:
            stack = stack_of_point(point, names)
            key = (stack.model.id, stack.accelerator.id, stack.framework, *way_of(stack))
            if key not in found:
                found[key] = Setup(stack, old.correction(stack), new.correction(stack))
        except ServingError:
            continue
    return tuple(found.values())


def stack_of_point(point: OwnMeasurement, names: Names) -> Stack:
    """What a point ran.

    Raises:
        ServingError: there is no data sheet of its model or accelerator.
    """
    model = names.models.get(point.model)
    accelerator = names.accelerators.get(point.accelerator)
    if model is None or accelerator is None:
        kind, name = ("model", point.model) if model is None else ("accelerator", point.accelerator)
        raise ServingError(
            kind, f"There is no {kind} {name!r} in the plan or the catalogue any more; add it."
        )
    return Stack(
        model=model,
        accelerator=accelerator,
        framework=stack_of(point.framework, accelerator.vendor),
        precision=point.precision,
        kv_precision=point.kv_precision,
        tensor=point.tensor_parallel,
        data=point.data_parallel,
        pipeline=point.pipeline_parallel,
    )


def _held(
    point: OwnMeasurement,
    names: Names,
    parameters: Parameters,
    plain: Anchors,
    before: Anchors,
    after: Anchors,
) -> Held:
    try:
        stack = stack_of_point(point, names)
        check_parallelism(stack)
        predicted = plain.predicted(stack)[point]
    except ServingError as problem:
        return Held(point, None, None, str(problem))
    if not predicted > 0:
        where = f"{stack.accelerators} x {stack.accelerator.name}"
        return Held(
            point, None, None,
            f"By our count {stack.model.name} in {stack.precision} does not fit on {where}; check "
            "precision and parallelism.",
        )  # fmt: skip
    plainly = predicted / correction_of(stack, parameters).factor
    return Held(
        point,
        _interval(plainly, before.correction(stack)),
        _interval(plainly, after.correction(stack)),
        wild=point in after.wild(stack),
    )


def _interval(plainly: float, correction: Correction) -> Interval:
    typical = plainly * correction.factor
    return Interval(typical * correction.low, typical, typical * correction.high)
