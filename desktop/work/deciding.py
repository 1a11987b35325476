"""The search for a decision; what it needs is imported where it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from desktop.work.optimiser import Reporter
from pricing import today as clock
from pricing.plan.hybrid import Decision, Fleet, Hybrid, ServersFrom
from pricing.plan.option import Option
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.evaluation import Evaluation
    from pricing.optimise.engine.answer import Answer, Settings
    from pricing.optimise.optimise import Optimised
    from pricing.optimise.problem.stated import Problem
    from pricing.optimise.questions.conflicts import Conflict

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
    within: float | None = None
    """Gap among the decisions that keep the same condition; none where there is none."""


def settings_of(effort: Effort) -> "Settings":
    """How long, and how near to the best."""
    from pricing.optimise.engine.answer import Settings

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
        from pricing.optimise.errors import NothingFoundError
        from pricing.optimise.optimise import hybrid_of, optimise
        from pricing.optimise.questions.asked import serves_all

        asked = plan
        if effort == "reroute" and hybrid is not None:
            asked = with_servers_kept(plan, hybrid, evaluation)
        check_offers(asked, hybrid_of(asked, hybrid))
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


def check_offers(plan: Plan, hybrid: Hybrid) -> None:
    """Raise NothingOfferedError where no option may serve anything."""
    from pricing.catalogue import catalogue_for
    from pricing.optimise.problem.candidates import candidates_of

    if not candidates_of(plan, catalogue_for(plan)).allowed:
        raise NothingOfferedError(hybrid.name)


def _conflict(plan: Plan, problem: "Problem", reporter: Reporter) -> "Conflict | None":
    from pricing.catalogue import catalogue_for
    from pricing.optimise.questions.conflicts import conflict_of

    reporter.at("conflict")
    return conflict_of(
        plan, catalogue_for(plan), problem.hybrid, clock.today(), cancel=reporter.cancelled
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
