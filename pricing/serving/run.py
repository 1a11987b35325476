"""The chain from a point to its throughput and latency, for one point or many at once."""

from dataclasses import dataclass

import numpy as np

from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Numbers
from pricing.serving.counts import counts_of
from pricing.serving.memory import Memory, memory_of
from pricing.serving.point import Point
from pricing.serving.steady import Steady, steady_of
from pricing.serving.step import Step, step_of


@dataclass(frozen=True, slots=True)
class Run:
    """One replica, or one per point, at a number of sequences decoding at once."""

    memory: Memory
    step: Step
    steady: Steady

    def at(self, place: int) -> "Run":
        """One of many points."""
        return Run(self.memory.at(place), self.step.at(place), self.steady.at(place))


def run(point: Point, by: Coefficients, concurrency: Numbers, speed: Numbers) -> Run:
    """Run points at a concurrency.

    Args:
        point: What is run.
        by: Measured factors of each point.
        concurrency: Requests in flight per replica; more than fit into memory wait outside.
            Infinite asks for the most that fits.
        speed: Factor on throughput that is known of the stack beside the coefficients.
    """
    memory = memory_of(point)
    batch = np.maximum(np.minimum(concurrency, memory.sequences), 1.0)
    counts = counts_of(point, batch)
    step = step_of(point, counts, by).faster(speed)
    return Run(memory, step, steady_of(point, counts, step, by.synchrony))
