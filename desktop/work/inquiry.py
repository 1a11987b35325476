"""Questions asked of one plan, in the background; what they need is imported where they run."""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

from desktop.work.deciding import Decided, check_offers
from desktop.work.optimiser import Reporter
from pricing import today as clock
from pricing.plan.edit import edited
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation
    from pricing.optimise.advice.advise import Advice
    from pricing.optimise.engine.answer import Answer
    from pricing.optimise.engine.instance import Limits
    from pricing.optimise.questions.alternatives import Alternative, Alternatives
    from pricing.optimise.questions.asked import Asked
    from pricing.optimise.questions.first_server import FirstServer
    from pricing.optimise.questions.frontier import Frontier
    from pricing.optimise.questions.levels import Axis
    from pricing.optimise.questions.points import Point
    from pricing.optimise.questions.prices import RulePrice
    from pricing.optimise.questions.vendors import WithoutVendor
    from pricing.plan.hybrid import Question

THOUSAND = 1000.0
POINT_SECONDS, ANSWER_SECONDS = 7.0, 10.0
"""Time for each point of a frontier, a minute for eight, and for each decision of a question."""


class Inquiry:
    """A plan that questions are asked of; what they have in common is worked out once.

    Its methods give functions that run in the background, one at a time.

    Args:
        plan: The plan.
        hybrid: Id of the hybrid that is decided on.
        known: The best decision, where it has been found already.
    """

    def __init__(self, plan: Plan, hybrid: str, known: "Answer | None" = None) -> None:
        self.plan, self.hybrid = plan, hybrid
        self._known = known
        self._asked: Asked | None = None

    @property
    def asked(self) -> "Asked | None":
        """The plan with what was found of it; none before anything was asked."""
        return self._asked

    @property
    def best(self) -> "Answer | None":
        """The best decision for the plan as it is, where it has been looked for."""
        return self._asked.best if self._asked is not None else None

    def _ask(self, reporter: Reporter) -> "Asked | None":
        """The plan with its best decision; none if it was stopped before that was found."""
        from pricing.catalogue import catalogue_for
        from pricing.optimise.engine.answer import Settings
        from pricing.optimise.engine.solve import solve
        from pricing.optimise.kept import choice_of
        from pricing.optimise.optimise import hybrid_of
        from pricing.optimise.questions.asked import Asked

        if self._asked is None:
            hybrid = hybrid_of(self.plan, self.hybrid)
            check_offers(self.plan, hybrid)
            reporter.at("best")
            asked = Asked(self.plan, catalogue_for(self.plan), hybrid, clock.today())
            asked.best = self._known or solve(
                asked.problem.instance, asked.settings, on_progress=reporter.progress,
                cancel=reporter.cancel, start=choice_of(asked.problem, hybrid),
            )  # fmt: skip
            if reporter.cancelled():
                return None
            self._asked = asked
        self._asked.cancel = reporter.cancelled
        self._asked.settings = Settings(5e-3, ANSWER_SECONDS)
        return self._asked

    def frontier(self, axis: "Axis", points: int) -> Callable[[Reporter], "Frontier | None"]:
        """The least cost at every level; each `Point` is told as it is found."""

        def work(reporter: Reporter) -> "Frontier | None":
            from pricing.optimise.questions.frontier import frontier

            asked = self._ask(reporter)
            if asked is None:
                return None
            asked.settings = replace(asked.settings, seconds=POINT_SECONDS)
            count = 0

            def on_point(point: "Point") -> None:
                nonlocal count
                count += 1
                reporter.found(point)
                reporter.at("point", count + 1, points)

            reporter.at("point", 1, points)
            return frontier(asked, axis, points, on_point, POINT_SECONDS * points)

        return work

    def rules(self) -> Callable[[Reporter], "tuple[RulePrice, ...]"]:
        """What each rule costs."""

        def work(reporter: Reporter) -> "tuple[RulePrice, ...]":
            from pricing.optimise.questions.prices import rule_prices
            from pricing.optimise.questions.rules import rules_of

            asked = self._ask(reporter)
            if asked is None:
                return ()
            return rule_prices(asked, self._counting("rule", len(rules_of(asked.plan)), reporter))

        return work

    def vendors(self) -> Callable[[Reporter], "tuple[WithoutVendor, ...]"]:
        """What the best decision is without each vendor."""

        def work(reporter: Reporter) -> "tuple[WithoutVendor, ...]":
            from pricing.optimise.questions.vendors import without_vendors

            asked = self._ask(reporter)
            if asked is None:
                return ()
            instance = asked.problem.instance
            count = len({one.vendor for one in (*instance.pools, *instance.suppliers)})
            return without_vendors(asked, self._counting("vendor", count, reporter))

        return work

    @staticmethod
    def _counting(code: str, of: int, reporter: Reporter) -> Callable[[object], None]:
        count = 0

        def on_one(one: object) -> None:
            nonlocal count
            count += 1
            reporter.found(one)
            reporter.at(code, min(count + 1, of), of)

        reporter.at(code, 1, of)
        return on_one

    def alternatives(self) -> Callable[[Reporter], "Alternatives | None"]:
        """Other decisions that cost little more."""

        def work(reporter: Reporter) -> "Alternatives | None":
            from pricing.optimise.questions.alternatives import alternatives

            asked = self._ask(reporter)
            if asked is None:
                return None
            return alternatives(asked, on_kind=lambda n, of: reporter.at("alternative", n + 1, of))

        return work

    def first_server(self) -> Callable[[Reporter], "FirstServer | None"]:
        """The volume at which servers begin to pay."""

        def work(reporter: Reporter) -> "FirstServer | None":
            from pricing.optimise.questions.first_server import first_server

            asked = self._ask(reporter)
            if asked is None:
                return None
            reporter.at("volume")
            found = first_server(asked)
            return None if reporter.cancelled() else found

        return work

    def at_point(self, axis: "Axis", point: "Point", note: str) -> Callable[[Reporter], Decided]:
        """The decision behind a point of a frontier, evaluated; `note` sets it apart.

        The plan keeps what it was asked for, with how near it is to the cheapest that keeps that.
        """
        from pricing.optimise.questions.levels import limits_at
        from pricing.optimise.questions.points import answer_of, question_of

        assert self._asked is not None
        instance = self._asked.problem.instance
        limits = replace(instance.limits, **limits_at(instance, axis, point.level))
        question = question_of(axis, point)
        return self._proposed(answer_of(point), limits, note, question, simple=True)

    def without(self, other: "Alternative", note: str) -> Callable[[Reporter], Decided]:
        """An alternative as a decision of the plan, evaluated; `note` sets it apart."""
        assert self._asked is not None
        return self._proposed(other.answer, other.limits, note)

    def _proposed(
        self, answer: "Answer", limits: "Limits", note: str, question: "Question | None" = None,
        *, simple: bool = False,
    ) -> Callable[[Reporter], Decided]:  # fmt: skip
        """An answer found within some limits; `simple` tells whether it was made so already.

        Without a question the plan keeps of it how much cheaper the best decision of all may be,
        not the best one within those limits.
        """

        def work(reporter: Reporter) -> Decided:
            from pricing.catalogue import catalogue_for
            from pricing.optimise.engine.answer import relative_gap
            from pricing.optimise.optimise import finished, with_limits

            asked = self._asked
            assert asked is not None
            assert asked.best is not None
            reporter.at("single")
            problem = replace(asked.problem, instance=with_limits(asked.problem.instance, limits))
            facts, day = catalogue_for(self.plan), clock.today()
            found = finished(problem, answer, facts, day, question=question, simple=simple)
            money, within = found.answer.objective, found.answer.gap
            bound, plan = min(asked.best.bound, money), found.plan
            if question is None:
                path = f"options.{found.hybrid}.decision.bound"
                known = bound * THOUSAND if isfinite(bound) else None
                plan = edited(plan, path, known)
            proven = replace(found.answer, bound=bound, gap=relative_gap(money, bound))
            found = replace(found, plan=plan, answer=proven)
            return Decided(self.plan, "quick", proven, problem, found, None, note, within)

        return work


def advice_on(evaluation: "Evaluation", hybrid: str) -> Callable[[], "Advice"]:
    """What to say of a hybrid as it is in an evaluated plan."""

    def work() -> "Advice":
        from pricing.optimise.advice.advise import advise

        return advise(evaluation, hybrid)

    return work
