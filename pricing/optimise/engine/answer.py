"""What a solve is asked and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pricing.optimise.engine.instance import Choice, Limits, Numbers

Status = Literal["optimal", "gap", "time", "cancelled", "stuck", "infeasible"]
"""Proven best, as close as asked for, out of time, stopped, no closer by this search, or none."""
Stage = Literal["bounding", "rounding", "searching", "polishing"]

PROVEN = 1e-6
"""Relative gap from which on an answer is called optimal: what rounding leaves."""


@dataclass(frozen=True, slots=True)
class Settings:
    """When to stop."""

    gap: float = 1e-3
    """Proven distance to the best possible, relative to the cost of the answer."""
    seconds: float = 60.0
    threads: int = 1
    """The solver's scheduler is shared by the process: the same number in every solve of it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come."""

    seconds: float
    objective: float
    """Present cost of the best decision so far; inf before the first."""
    bound: float
    """What no decision can undercut; -inf before it is known."""
    gap: float
    stage: Stage


@dataclass(frozen=True, slots=True)
class Answer:
    """The best decision found."""

    choice: Choice | None
    """None if nothing keeps the limits, or if there was no time to find anything."""
    objective: float
    """Its present cost, carried out over all slots; inf without one."""
    bound: float
    """No decision costs less that keeps the limits, leaves no more unserved and loses no more."""
    gap: float
    """(objective - bound) / |objective|."""
    status: Status
    unserved: Numbers
    """Shape (J, T): thousand requests that find no room or no recipe in the decision."""
    unavoidable: Numbers
    """Shape (J, T): those of them that no recipe can serve in that month, whatever is decided."""
    seconds: float
    first: float
    """Seconds until the first decision; inf without one."""
    sizes: tuple[int, int, int]
    """Columns, rows with cuts, and whole numbers of the model."""
    lost: Numbers
    """Shape (J, T): thousand requests beside those that arrive in outages nobody covers."""
    limits: Limits | None = None
    """What it was asked to keep, where that is not what the instance says."""

    @property
    def answered_by_nobody(self) -> Numbers:
        """Shape (J, T): thousand requests that nobody answers: unserved, or lost in outages."""
        return self.unserved + self.lost


def nothing_to_choose(months: int) -> Answer:
    """What a problem without any recipe is answered: there is no decision."""
    nobody = np.zeros((0, months))
    infinite = float("inf")
    return Answer(None, infinite, -infinite, infinite, "infeasible", nobody, nobody, 0.0, infinite,
                  (0, 0, 0), nobody)  # fmt: skip


def relative_gap(objective: float, bound: float) -> float:
    """Distance between a cost and its bound; 0 if the bound is reached, inf if one is missing."""
    if objective == float("inf") or bound == -float("inf"):
        return float("inf")
    return max(0.0, objective - bound) / max(abs(objective), 1e-9)


Report = Callable[[Progress], None]
Cancel = Callable[[], bool]
