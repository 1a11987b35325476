"""One solve under way: its clock, the best decision so far and the bound."""

import time

import numpy as np

from pricing.optimise.engine.answer import (
    PROVEN,
    Cancel,
    Progress,
    Report,
    Settings,
    Stage,
    relative_gap,
)
from pricing.optimise.engine.instance import Choice
from pricing.optimise.engine.outcome import Outcome, outcome
from pricing.optimise.engine.tables import Tables


class Run:
    """One solve: the clock, the best decision so far and the bound."""

    def __init__(
        self, tables: Tables, settings: Settings, report: Report | None, cancel: Cancel | None
    ) -> None:
        self.tables, self.settings = tables, settings
        self._report, self._cancel = report, cancel
        self._started = time.monotonic()
        self.stage: Stage = "bounding"
        self.bound = -np.inf
        self.choice: Choice | None = None
        self.outcome: Outcome | None = None
        self.first = np.inf
        self.allowed_missing = np.zeros_like(tables.requests)
        self._told = -np.inf

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def left(self) -> float:
        return self.settings.seconds - self.seconds

    @property
    def objective(self) -> float:
        return np.inf if self.outcome is None else self.outcome.money

    @property
    def weighed(self) -> float:
        """What the best decision is compared by."""
        return np.inf if self.outcome is None else self.outcome.weighed

    @property
    def forgone(self) -> float:
        """What the lost requests of the best decision weigh; the bound is of cost and weight."""
        return 0.0 if self.outcome is None else self.outcome.forgone

    @property
    def proven(self) -> float:
        """What no decision costs less than that loses no more than the best one."""
        return min(self.bound - self.forgone, self.objective)

    @property
    def gap(self) -> float:
        return relative_gap(self.objective, self.bound - self.forgone)

    @property
    def cancelled(self) -> bool:
        return self._cancel is not None and self._cancel()

    @property
    def interrupted(self) -> bool:
        return self.left <= 0 or self.cancelled

    @property
    def done(self) -> bool:
        return self.gap <= max(self.settings.gap, PROVEN) or self.interrupted

    def raise_bound(self, bound: float) -> None:
        if bound > self.bound and np.isfinite(bound):
            self.bound = bound
            self.tell()

    def consider(self, choice: Choice) -> None:
        """Carry a decision out; keep it if it keeps all limits and is the best so far."""
        it = outcome(self.tables, choice)
        most = self.allowed_missing * self.tables.requests * (1 + 1e-6) + 1e-9
        if it.broken or (it.unserved[self.tables.avoidable] > most[self.tables.avoidable]).any():
            return
        if it.weighed < self.weighed:
            self.first = min(self.first, self.seconds)
            self.choice, self.outcome = choice, it
            self.tell()

    def tell(self) -> None:
        if self._report is not None:
            self._report(
                Progress(
                    self.seconds,
                    self.objective,
                    self.proven,
                    self.gap,
                    self.stage,
                )
            )
