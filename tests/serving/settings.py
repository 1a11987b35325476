"""Random replicas under random loads, as the queueing formulas and as the simulation see them.

What queueing depends on has no unit: times are in decode steps of a full batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pricing.serving.queueing import Replica
from tests.serving.simulation import Arrivals, Engine, Run, random_arrivals, simulate

CHUNK = 8192
LOADS = (0.3, 0.5, 0.7, 0.8, 0.85, 0.9)
VARIATIONS = (0.0, 0.5, 1.0, 1.5)
RANGES = {
    "slots": (4, 1024),
    "prefill share of a full replica": (0.03, 0.8),
    "mean prompt in chunks": (2**-7, 4.0),
    "prefill of a chunk in decode steps": (1.0, 45.0),
    "elasticity of the decode step in the batch": (0.05, 0.9),
    "mean answer in tokens": (10, 4000),
    "load": LOADS,
    "coefficient of variation of prompts and answers": VARIATIONS,
}
"""What is drawn; the first, third and fourth evenly in their logarithm."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One replica under one load."""

    slots: int
    share: float
    chunks: float
    chunk_steps: float
    growth: float
    load: float
    input_variation: float = 1.0
    output_variation: float = 1.0
    sharing: int = 1

    @property
    def prefill(self) -> float:
        return self.chunks * self.chunk_steps

    @property
    def output(self) -> float:
        return self.slots * self.prefill * (1 - self.share) / self.share

    @property
    def rate(self) -> float:
        return self.load * self.slots / (self.output + self.slots * self.prefill)

    def engine(self) -> Engine:
        """As the simulation takes it."""
        alone, marginal = 1 - self.growth, self.growth / self.slots
        per_token = self.chunk_steps / CHUNK
        return Engine(
            lambda batch, _held: alone + marginal * batch,
            lambda tokens: per_token * tokens,
            self.slots,
            CHUNK,
        )

    def arrivals(self, rng: np.random.Generator, count: int) -> Arrivals:
        """Requests for all replicas together."""
        return random_arrivals(
            rng,
            self.rate * self.sharing,
            count,
            (self.chunks * CHUNK, self.input_variation),
            (self.output, self.output_variation),
        )

    def run(self, rng: np.random.Generator, count: int) -> Run:
        return simulate(self.engine(), self.arrivals(rng, count), replicas=self.sharing)


def random_settings(rng: np.random.Generator, most_steps: float) -> Iterator[tuple[Setting, int]]:
    """Settings without end, with so many requests as a stable percentile needs.

    Those that need more steps of the simulation than `most_steps`, or whose prompts need more
    than half the chunks there are, are drawn again.
    """
    while True:
        setting = Setting(
            slots=round(2 ** rng.uniform(2, 10)),
            share=rng.uniform(0.03, 0.8),
            chunks=2 ** rng.uniform(-7, 2),
            chunk_steps=2 ** rng.uniform(0, 5.5),
            growth=rng.uniform(0.05, 0.9),
            load=float(rng.choice(LOADS)),
            input_variation=float(rng.choice(VARIATIONS)),
            output_variation=float(rng.choice(VARIATIONS)),
        )
        count = round(max(8000, 60 * setting.slots) * (1 - setting.load) ** -0.7)
        if (
            10 <= setting.output <= 4000
            and setting.share / (1 - setting.share) < setting.chunk_steps / 2
            and count <= 60_000
            and count * setting.output / setting.slots <= most_steps
        ):
            yield setting, count


def replicas_of(settings: Sequence[Setting]) -> Replica:
    """As the formulas take them, shape (settings,)."""
    return Replica.of(
        slots=[s.slots for s in settings],
        step=1.0,
        growth=[s.growth for s in settings],
        prefill=[s.prefill for s in settings],
        chunks=[s.chunks for s in settings],
        output=[s.output for s in settings],
        input_variation=[s.input_variation for s in settings],
        output_variation=[s.output_variation for s in settings],
        sharing=[s.sharing for s in settings],
    )
