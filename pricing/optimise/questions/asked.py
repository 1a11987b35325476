"""One plan asked many times: what is the same is computed once, and each answer helps the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Answer, Settings
from pricing.optimise.engine.instance import Choice, Instance, Limits, Numbers
from pricing.optimise.engine.outcome import outcome, starts
from pricing.optimise.engine.solve import serving, solve
from pricing.optimise.engine.tables import Tables
from pricing.optimise.problem.stated import Problem, problem_of
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

Cancel = Callable[[], bool]
ENDED = ("optimal", "gap", "infeasible")
"""How a search ends that was not cut short."""


@dataclass(slots=True)
class Asked:
    """A plan, its problem, and what was found so far."""

    plan: Plan
    catalogue: Catalogue
    hybrid: Hybrid
    today: date
    settings: Settings = field(default_factory=lambda: Settings(gap=5e-3, seconds=20))
    cancel: Cancel = field(default=lambda: False)
    problem: Problem = field(init=False)
    best: Answer | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """State the problem of the plan as it is."""
        self.problem = problem_of(self.plan, self.catalogue, self.hybrid, self.today)

    def answer(self) -> Answer:
        """The best decision for the plan as it is."""
        if self.best is None:
            self.best = self.solve(self.problem.instance)
        return self.best

    def within(self, start: Choice | None = None, **changes: object) -> Answer:
        """The best decision within other limits; see `Limits`.

        Args:
            start: A decision that keeps them, where one is known.
            changes: Fields of the limits.
        """
        instance = self._within(changes)
        return replace(self.solve(instance, start=start), limits=instance.limits)

    def within_reach(self, changes: Mapping[str, object]) -> tuple[Choice | None, bool | None]:
        """A decision within other limits that leaves no more unserved than there must be.

        Returns:
            The decision, or none; whether there is one, None where that could not be told in time.
        """
        instance = self._within(changes)
        settings = replace(self.settings, gap=0.5)
        if serves_all(self.answer()):
            return serving(instance, settings, self.cancel)
        answer = self.solve(instance, settings=settings)
        if self.serves_as_much(answer):
            return answer.choice, True
        return None, False if answer.status in ENDED else None

    def _within(self, changes: Mapping[str, object]) -> Instance:
        limits: Limits = replace(self.problem.instance.limits, **changes)  # type: ignore[arg-type]
        return replace(self.problem.instance, limits=limits)

    def serves_as_much(self, answer: Answer) -> bool:
        """Whether a decision within other limits leaves no more unserved than it must without them.

        Of an answer within limits that close an option, `unavoidable` also counts what only that
        option could serve.
        """
        return answer.choice is not None and _nearly_none(
            answer.unserved - self.answer().unavoidable, answer.unserved
        )

    def solve(
        self, instance: Instance, *, fresh: bool = False, settings: Settings | None = None,
        start: Choice | None = None,
    ) -> Answer:  # fmt: skip
        """Solve an instance from a decision on, else from the best one unless asked afresh.

        The instance has the shape of the plan's problem.
        """
        if start is None and not fresh and self.best is not None:
            start = self.best.choice
        return solve(instance, settings or self.settings, cancel=self.cancel, start=start)


def serves_all(answer: Answer) -> bool:
    """Whether a decision was found that leaves nothing unserved that could be served."""
    return answer.choice is not None and _nearly_none(
        answer.unserved - answer.unavoidable, answer.unserved
    )


def _nearly_none(missing: Numbers, unserved: Numbers) -> bool:
    most = max(1.0, float(unserved.max(initial=0.0)))
    return bool(missing.max(initial=0.0) <= 1e-6 * most)


def left_out(problem: Problem) -> tuple[str, ...]:
    """Ids of the request classes that no recipe at all may serve."""
    served = {job.key for job in problem.instance.jobs}
    return tuple(one.id for one in problem.plan.workload if one.id not in served)


def complete(problem: Problem, answer: Answer) -> bool:
    """Whether an answer serves every class, and all of it that could be served in its month."""
    return not left_out(problem) and serves_all(answer)


def share_at_home(instance: Instance, choice: Choice) -> float:
    """Share of all tokens bought over the horizon that is served on premises."""
    found = outcome(Tables(instance), choice)
    home = {pool.key for pool in instance.pools if pool.on_premises}
    mine = everything = 0.0
    for place, recipe in enumerate(instance.recipes):
        requests = float(found.answered[place] @ instance.jobs[recipe.job].requests)
        for source, tokens in recipe.bought.items():
            everything += requests * tokens
            mine += requests * tokens * (source in home)
    return mine / everything if everything > 0 else 0.0


def mean_quality(instance: Instance, choice: Choice) -> float:
    """Mean score of all answers over the horizon, those of result caches included.

    Not a number where the score of a recipe that is used is not known.
    """
    tables = Tables(instance)
    found = outcome(tables, choice)
    answered = found.answered * (1.0 - tables.lost)
    total = weighted = 0.0
    for place, recipe in enumerate(instance.recipes):
        requests = float(answered[place] @ instance.jobs[recipe.job].requests)
        if requests > 0:
            answers = requests * instance.jobs[recipe.job].answers
            total += answers
            weighted += answers * recipe.quality
    return weighted / total if total > 0 else float("nan")


def unscored(problem: Problem, choice: Choice) -> tuple[str, ...]:
    """Ids of the options whose answers a decision takes though their score is not known."""
    answered = outcome(Tables(problem.instance), choice).answered.max(axis=1) > 0
    found: dict[str, None] = {}
    ways = zip(problem.instance.recipes, problem.ways, answered, strict=True)
    for recipe, way, taken in ways:
        if taken and np.isnan(recipe.quality):
            found |= dict.fromkeys(way.candidate.recipe.uses)
    return tuple(found)


def capex(instance: Instance, choice: Choice) -> float:
    """Purchases over the horizon, undiscounted, in thousands."""
    return float(capex_by_year(instance, choice).sum())


def capex_by_year(instance: Instance, choice: Choice) -> Numbers:
    """Purchases of each plan year, undiscounted, in thousands; shape (Y,)."""
    spent = np.zeros(int(instance.years[-1]) + 1)
    for pool, servers in zip(instance.pools, choice.servers, strict=True):
        spent += np.maximum(starts(servers, pool.term), 0) @ pool.capex
    return spent


def site_draw(instance: Instance, choice: Choice) -> Numbers:
    """IT power of the servers on premises, in kW; shape (T,)."""
    draw = np.zeros(instance.months)
    for pool, servers in zip(instance.pools, choice.servers, strict=True):
        draw += servers * pool.kw
    return draw
