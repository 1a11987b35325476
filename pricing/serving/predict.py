"""Prediction of one stack: throughput, latency, memory and what limits it, with error bars."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.plan.measurement import OwnMeasurement
from pricing.serving.columns import Numbers, numbers
from pricing.serving.errors import ServingError
from pricing.serving.evidence import Correction
from pricing.serving.measured.anchors import Anchors
from pricing.serving.memory import Memory, memory_of
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.requests import Requests
from pricing.serving.run import Run, run
from pricing.serving.stack import Stack, check_parallelism, point_of


@dataclass(frozen=True, slots=True)
class Interval:
    """A typical value with the ends of its 80 % interval."""

    low: float
    typical: float
    high: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """One replica of a stack at one or several concurrencies (shape (points,) or ())."""

    stack: Stack
    requests: Requests
    correction: Correction
    run: Run

    @property
    def memory(self) -> Memory:
        """Memory of one accelerator."""
        return self.run.memory

    @property
    def throughput(self) -> Interval:
        """Output tokens per second of the replica; of a single point only."""
        return self._spread(float(self.run.steady.output_tokens))

    @property
    def tpot(self) -> Interval:
        """Mean seconds per output token; low is the fast end."""
        return self._inverse(float(self.run.steady.tpot))

    @property
    def ttft(self) -> Interval:
        """Seconds to the first token without waiting; low is the fast end."""
        return self._inverse(float(self.run.steady.ttft))

    @property
    def joules_per_token(self) -> Numbers:
        """Energy per output token with all accelerators at full power, in joules."""
        power = numbers(self._power * self.stack.accelerators)
        return power / np.maximum(self.run.steady.output_tokens, 1e-12)

    @property
    def _power(self) -> float:
        sheet = self.stack.accelerator
        if sheet.all_in_kw is not None:
            return sheet.all_in_kw.value * 1000
        return sheet.tdp_w.value if sheet.tdp_w is not None else np.nan

    def _spread(self, typical: float) -> Interval:
        return Interval(typical * self.correction.low, typical, typical * self.correction.high)

    def _inverse(self, typical: float) -> Interval:
        return Interval(typical / self.correction.high, typical, typical / self.correction.low)


def predict(
    stack: Stack,
    requests: Requests,
    concurrency: float | Numbers = np.inf,
    *,
    speed: float = 1.0,
    measurements: Sequence[OwnMeasurement] = (),
    parameters: Parameters | None = None,
) -> Prediction:
    """Predict one replica of a stack.

    Args:
        stack: Model, accelerator, software, precision and parallelism.
        requests: What it answers.
        concurrency: Requests in flight; infinite asks for as many as fit into memory.
        speed: Throughput over that of the calibrated software, as the buyer states it.
        measurements: Benchmark points the buyer measured.
        parameters: The calibration; none means the one shipped.

    Raises:
        ServingError: the parallelism is impossible, the lengths cannot be, or it does not fit.
    """
    requests.check(stack.model)
    check_parallelism(stack)
    known = parameters or load_parameters()
    point = point_of(stack, requests.traffic())
    memory = memory_of(point)
    if not memory.fits.all():
        raise ServingError("accelerator", why_it_does_not_fit(stack, requests, memory))
    correction = Anchors(measurements, known).correction(stack)
    by = known.coefficients(stack.family, stack.link, stack.framework, stack.widths(point.chip))
    at = run(point, by, numbers(concurrency), numbers(speed * correction.factor))
    return Prediction(stack, requests, correction, at)


def why_it_does_not_fit(stack: Stack, requests: Requests, memory: Memory) -> str:
    """One sentence: what fills the memory, and what would make room."""
    gib = 2**30
    budget, weights = float(memory.budget) / gib, float(memory.weights) / gib
    rest = budget - weights - float(memory.activations) / gib
    where = f"{stack.accelerators} x {stack.accelerator.name}"
    if rest <= 0:
        return (
            f"The weights of {stack.model.name} in {stack.precision} take {weights:,.0f} GiB of "
            f"each accelerator, and {where} leave {budget:,.0f} GiB each for serving; use more "
            "accelerators per replica, a lower precision or a larger accelerator."
        )
    need = rest / max(float(memory.sequences), 1e-9)
    return (
        f"A request of {requests.input:,.0f} + {requests.output:,.0f} tokens needs "
        f"{need:,.1f} GiB of KV cache on each accelerator, and {where} have {rest:,.1f} GiB left "
        f"beside the weights of {stack.model.name} in {stack.precision}; use more accelerators "
        "per replica, a lower precision of weights or cache, or shorter requests."
    )
