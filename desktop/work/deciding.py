"""The searches behind the routing page; what they need is imported where they run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from desktop.work.optimiser import Reporter
from pricing import today as clock
from pricing.plan.hybrid import Decision, Fleet, Hybrid, ServersFrom
from pricing.plan.option import Option
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation
    from pricing.optimise.answer import Answer, Settings
    from pricing.optimise.asked import Asked
    from pricing.optimise.conflicts import Conflict
    from pricing.optimise.frontier import Axis, Frontier, Point
    from pricing.optimise.optimise import Optimised
    from pricing.optimise.problem import Problem
    from pricing.optimise.questions import Alternative, FirstServer, RulePrice, WithoutVendor

Effort = Literal["quick", "thorough", "reroute"]


class NothingOfferedError(Exception):
    """No option may serve any request class."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a search for a decision brought."""

    plan: Plan
    """The plan it was asked of."""
    effort: Effort
    answer: "Answer"
    problem: "Problem"
    optimised: "Optimised | None"
    """None if no decision keeps the rules, or none was found in time."""
    conflict: "Conflict | None"
    """Rules in the way of serving everything."""
    note: str = ""
    """What sets it apart, where it is not simply the best decision."""


def settings_of(effort: Effort) -> "Settings":
    """How long, and how near to the best."""
    from pricing.optimise.answer import Settings

    return Settings(gap=1e-3, seconds=60) if effort == "thorough" else Settings(5e-3, 20)


def decide(
    plan: Plan, hybrid: str | None, effort: Effort, evaluation: "Evaluation | None" = None
) -> Callable[[Reporter], Decided]:
    """A search for the best decision on a hybrid.

    Args:
        plan: The plan.
        hybrid: Id of the hybrid; none makes one.
        effort: How long; `reroute` keeps the servers as they are.
        evaluation: Of the plan, for servers that follow their load.
    """

    def work(reporter: Reporter) -> Decided:
        from pricing.optimise.asked import serves_all
        from pricing.optimise.errors import NothingFoundError
        from pricing.optimise.optimise import hybrid_of, optimise

        asked = plan
        if effort == "reroute" and hybrid is not None:
            asked = with_servers_kept(plan, hybrid, evaluation)
        _check_offers(asked, hybrid_of(asked, hybrid))
        reporter.at("best")
        try:
            found = optimise(
                asked, hybrid, settings_of(effort),
                on_progress=reporter.progress, cancel=reporter.cancel,
            )  # fmt: skip
            answer, problem = found.answer, found.problem
        except NothingFoundError as error:
            found, answer, problem = None, error.answer, error.problem
        conflict = None
        hindered = (
            answer.status == "infeasible" if answer.choice is None else not serves_all(answer)
        )
        if hindered and not reporter.cancelled():
            conflict = _conflict(asked, problem, reporter)
        return Decided(plan, effort, answer, problem, found, conflict)

    return work


def _check_offers(plan: Plan, hybrid: Hybrid) -> None:
    from pricing.catalogue import load_catalogue
    from pricing.optimise.candidates import candidates_of

    if not candidates_of(plan, load_catalogue()).allowed:
        raise NothingOfferedError(hybrid.name)


def _conflict(plan: Plan, problem: "Problem", reporter: Reporter) -> "Conflict | None":
    from pricing.catalogue import load_catalogue
    from pricing.optimise.conflicts import conflict_of

    reporter.at("conflict")
    return conflict_of(
        plan, load_catalogue(), problem.hybrid, clock.today(), cancel=reporter.cancelled
    )


def with_servers_kept(plan: Plan, identifier: str, evaluation: "Evaluation | None") -> Plan:
    """The plan with the hybrid's servers as they are now, and its decision locked.

    Servers that follow their load are taken from the evaluation.
    """
    options: list[Option] = []
    for option in plan.options:
        if isinstance(option, Hybrid) and option.id == identifier:
            decision = option.decision or Decision(made_by="hand", made_on=clock.today(), npv=0.0)
            options.append(
                option.model_copy(
                    update={
                        "fleets": _kept(option, evaluation),
                        "decision": decision.model_copy(update={"locked": True}),
                    }
                )
            )
        else:
            options.append(option)
    return plan.model_copy(update={"options": tuple(options)})


def _kept(hybrid: Hybrid, evaluation: "Evaluation | None") -> tuple[Fleet, ...]:
    stated = {fleet.option: fleet for fleet in hybrid.fleets if fleet.servers}
    if evaluation is None:
        return tuple(stated.values())
    found = [bill for bill in evaluation.bill.options if bill.option.id == hybrid.id]
    lines = found[0].hybrid if found else None
    for member in lines.members if lines is not None else ():
        fleet = member.fleet
        if member.option.id in stated or fleet is None or fleet.servers is None:
            continue
        steps: list[ServersFrom] = []
        for month, count in enumerate(evaluation.values.monthly(fleet.servers), start=1):
            whole = round(float(count))
            if not steps or steps[-1].servers != whole:
                steps.append(ServersFrom(from_month=month, servers=whole))
        stated[member.option.id] = Fleet(option=member.option.id, servers=tuple(steps))
    return tuple(stated.values())


class Inquiry:
    """A plan that questions are asked of; what they have in common is worked out once.

    Its methods give functions that run in the background, one at a time.
    """

    def __init__(self, plan: Plan, hybrid: str) -> None:
        self.plan, self.hybrid = plan, hybrid
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
        from pricing.catalogue import load_catalogue
        from pricing.optimise.asked import Asked
        from pricing.optimise.kept import choice_of
        from pricing.optimise.optimise import hybrid_of
        from pricing.optimise.solve import solve

        if self._asked is None:
            hybrid = hybrid_of(self.plan, self.hybrid)
            _check_offers(self.plan, hybrid)
            reporter.at("best")
            asked = Asked(self.plan, load_catalogue(), hybrid, clock.today())
            best = solve(
                asked.problem.instance, asked.settings, on_progress=reporter.progress,
                cancel=reporter.cancel, start=choice_of(asked.problem, hybrid),
            )  # fmt: skip
            if reporter.cancelled():
                return None
            asked.best = best
            self._asked = asked
        self._asked.cancel = reporter.cancelled
        return self._asked

    def frontier(self, axis: "Axis", points: int) -> Callable[[Reporter], "Frontier | None"]:
        """The least cost at every level; each `Point` is told as it is found."""

        def work(reporter: Reporter) -> "Frontier | None":
            from pricing.optimise.frontier import frontier

            asked = self._ask(reporter)
            if asked is None:
                return None
            count = 0

            def on_point(point: "Point") -> None:
                nonlocal count
                count += 1
                reporter.found(point)
                reporter.at("point", count + 1, points)

            reporter.at("point", 1, points)
            return frontier(asked, axis, points, on_point)

        return work

    def rules(self) -> Callable[[Reporter], "tuple[RulePrice, ...]"]:
        """What each rule costs."""

        def work(reporter: Reporter) -> "tuple[RulePrice, ...]":
            from pricing.optimise.questions import rule_prices
            from pricing.optimise.rules import rules_of

            asked = self._ask(reporter)
            if asked is None:
                return ()
            return rule_prices(asked, self._counting("rule", len(rules_of(asked.plan)), reporter))

        return work

    def vendors(self) -> Callable[[Reporter], "tuple[WithoutVendor, ...]"]:
        """What the best decision is without each vendor."""

        def work(reporter: Reporter) -> "tuple[WithoutVendor, ...]":
            from pricing.optimise.questions import without_vendors

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

    def alternatives(self) -> Callable[[Reporter], "tuple[Alternative, ...]"]:
        """Other decisions that cost little more."""

        def work(reporter: Reporter) -> "tuple[Alternative, ...]":
            from pricing.optimise.questions import alternatives

            asked = self._ask(reporter)
            if asked is None:
                return ()
            reporter.at("alternative")
            return alternatives(asked)

        return work

    def first_server(self) -> Callable[[Reporter], "FirstServer | None"]:
        """The volume at which servers begin to pay."""

        def work(reporter: Reporter) -> "FirstServer | None":
            from pricing.optimise.questions import first_server

            asked = self._ask(reporter)
            if asked is None:
                return None
            reporter.at("volume")
            found = first_server(asked)
            return None if reporter.cancelled() else found

        return work

    def proposed(self, answer: "Answer", note: str) -> Callable[[Reporter], Decided]:
        """An answer to a question as a decision of the plan, evaluated.

        What is proven of it is how much cheaper the best decision may be, not the best one under
        the condition of the question.
        """

        def work(reporter: Reporter) -> Decided:
            from pricing.catalogue import load_catalogue
            from pricing.optimise.optimise import finished

            asked = self._ask(reporter)
            assert asked is not None
            assert asked.best is not None
            proven = replace(answer, bound=min(asked.best.bound, answer.objective), status="gap")
            found = finished(asked.problem, proven, load_catalogue(), clock.today())
            return Decided(self.plan, "quick", found.answer, asked.problem, found, None, note)

        return work
