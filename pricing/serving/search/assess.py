"""How far each candidate gets: whether it fits, and which targets it meets under which load."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from pricing.serving.capacity import Level, Operation, Sweep, sweep
from pricing.serving.columns import Numbers, numbers
from pricing.serving.errors import ServingError
from pricing.serving.memory import Memory, memory_of
from pricing.serving.point import Point
from pricing.serving.requests import Requests
from pricing.serving.search.candidates import Candidates

MOST_REQUESTS = 1_000_000_000
"""Requests per second above which a rate is taken for a slip."""


@dataclass(frozen=True, slots=True)
class Load:
    """The requests of one class that servers must answer."""

    name: str
    requests: Requests
    level: Level
    rates: tuple[float, ...]
    """Requests per second in each moment that servers must carry, the same moments for all
    classes; one rate if there is but a peak."""
    mean: float | None = None
    """Requests per second over a month, for the cost of a token; none means a flat load."""

    @property
    def output_tokens_per_second(self) -> float:
        """Mean output tokens per second over a month."""
        return self.requests.output * (max(self.rates) if self.mean is None else self.mean)

    def check(self) -> None:
        """Refuse rates that cannot be.

        Raises:
            ServingError: naming the value and what would be right.
        """
        for field, value in (*(("rates", rate) for rate in self.rates), ("mean", self.mean or 0.0)):
            if not 0 <= value <= MOST_REQUESTS:
                raise ServingError(
                    field,
                    f"The load of {self.name} is {value:,.6g} requests per second; enter 0 "
                    f"to {MOST_REQUESTS:,}.",
                )


def check_loads(loads: Sequence[Load]) -> None:
    """Refuse loads that cannot be.

    Raises:
        ServingError: there is none, they differ in their moments, or a rate or length cannot be.
    """
    if not loads:
        raise ServingError("loads", "There is no load to serve; give at least one request class.")
    counts = {len(load.rates) for load in loads}
    if counts == {0} or len(counts) > 1:
        raise ServingError(
            "rates",
            "The classes state their load at different numbers of moments "
            f"({', '.join(str(len(load.rates)) for load in loads)}); give each the same, at least "
            "one.",
        )
    for load in loads:
        load.check()
        load.requests.check()


class Outcome(IntEnum):
    """The furthest a candidate gets."""

    MEMORY = 0
    """It does not fit."""
    TPOT = 1
    """No load, not even one request alone, keeps the time per output token."""
    TTFT = 2
    """The time per output token could be kept, but the time to first token leaves no room for any
    load."""
    MEETS = 3
    """It meets every target."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How every candidate does for every class; shapes (candidates,) and (classes, candidates)."""

    outcome: NDArray[np.int64]
    failing: NDArray[np.int64]
    """Position of the class in which a candidate gets least far."""
    memory: tuple[Memory, ...]
    """Of each class."""
    run: NDArray[np.int64]
    """Position of a candidate in `operations`; -1 where it was not run."""
    operations: tuple[Operation, ...]
    """Of each class: the chosen batch of the candidates that were run."""
    least_tpot: Numbers
    """Fewest seconds per output token at the percentile that any batch reaches; of those run."""
    least_ttft: Numbers
    """Fewest seconds to the first token that any batch reaches; of those run."""
    busy: Numbers
    """Replicas kept busy in the busiest moment, all classes together; infinite where not all
    targets are met."""
    share: Numbers
    """Share of a replica's time that may be planned with; 0 where not all targets are met."""
    need: Numbers
    """Replicas needed in the busiest moment, not rounded; infinite where not all targets are
    met."""


def assess(candidates: Candidates, loads: Sequence[Load]) -> Assessment:
    """Run what fits into memory at every batch size and see which targets it meets."""
    count, classes = len(candidates.setup), len(loads)
    points = [
        Point(candidates.shape, candidates.chip, candidates.layout, load.requests.traffic())
        for load in loads
    ]
    memory = tuple(memory_of(point) for point in points)
    stage = np.array([np.where(of.fits, Outcome.TPOT, Outcome.MEMORY) for of in memory])
    chosen = np.nonzero((stage > Outcome.MEMORY).all(axis=0))[0]
    place = np.full(count, -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    operations = []
    least_tpot, least_ttft = (np.empty((classes, len(chosen))) for _ in range(2))
    for number, (load, point) in enumerate(zip(loads, points, strict=True)):
        found = swept(candidates, point, load, load.level, chosen)
        least_tpot[number] = found.all.tpot_at.min(axis=-1, initial=np.inf)
        least_ttft[number] = found.all.ttft_unloaded.min(axis=-1, initial=np.inf)
        operations.append(found.chosen)
        met = found.chosen.load > 0
        stage[number, chosen[met]] = Outcome.MEETS
        failed = chosen[~met]
        if failed.size and np.isfinite(load.level.ttft):
            patient = replace(load.level, ttft=np.inf)
            again = swept(candidates, point, load, patient, failed).chosen.load > 0
            stage[number, failed[again]] = Outcome.TTFT
    outcome = stage.min(axis=0)
    busy, share, need = np.full(count, np.inf), np.zeros(count), np.full(count, np.inf)
    rates = numbers([load.rates for load in loads])
    seconds = 1 / numbers([of.requests for of in operations])
    busy[chosen] = (rates.T @ seconds).max(axis=0)
    share[chosen] = np.min([of.load for of in operations], axis=0)
    meets = outcome == Outcome.MEETS
    need[meets] = busy[meets] / share[meets]
    return Assessment(
        outcome=outcome,
        failing=stage.argmin(axis=0),
        memory=memory,
        run=place,
        operations=tuple(operations),
        least_tpot=least_tpot,
        least_ttft=least_ttft,
        busy=np.where(meets, busy, np.inf),
        share=np.where(meets, share, 0.0),
        need=need,
    )


def swept(
    candidates: Candidates,
    point: Point,
    load: Load,
    level: Level,
    these: NDArray[np.int64],
    speed: Numbers | float = 1.0,
) -> Sweep:
    """Some candidates at every batch size."""
    return sweep(
        Point(point.shape, candidates.chip.at(these), candidates.layout.at(these), point.traffic),
        candidates.by.at(these),
        candidates.speed[these] * speed,
        level,
        numbers(load.requests.input_variation),
    )
