"""The optimiser's door: a plan in, the plan with its decision out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from threading import Event

from pricing import today as clock
from pricing.catalogue import Catalogue, catalogue_for
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.optimise.decision import decided, plain, with_hybrid
from pricing.optimise.engine.answer import Answer, Progress, Settings, relative_gap
from pricing.optimise.engine.instance import Instance, Limits
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.solve import solve
from pricing.optimise.engine.tables import tables_of
from pricing.optimise.errors import NothingFoundError
from pricing.optimise.kept import choice_of, locked_servers
from pricing.optimise.problem.stated import Problem, problem_of
from pricing.optimise.simplify import simplified
from pricing.plan.edit import fresh_id
from pricing.plan.hybrid import Hybrid, Question
from pricing.plan.plan import Plan

NAME = "Optimised hybrid"

THOUSAND = 1000.0
SOLVER_PART = 0.75
"""Part of the gap that the solver may leave; the rest is for making its decision simple."""
LEAST, MOST = 1e-4, 5e-4
"""How much dearer a simple decision may be, as shares of the cost."""


@dataclass(frozen=True, slots=True)
class Optimised:
    """A plan with the decision that was found for one of its hybrids."""

    plan: Plan
    hybrid: str
    """Id of the hybrid."""
    answer: Answer
    problem: Problem
    evaluation: Evaluation
    """Of the plan with the decision, by the ledger."""

    @property
    def npv(self) -> float:
        """Net present value of the hybrid's cost, by the ledger."""
        return self.evaluation.bill_of(self.hybrid).npv.value


def optimise(
    plan: Plan,
    hybrid: str | None = None,
    settings: Settings | None = None,
    *,
    catalogue: Catalogue | None = None,
    today: date | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Event | Callable[[], bool] | None = None,
) -> Optimised:
    """Find the cheapest decision within the plan's rules and put it into the plan.

    Args:
        plan: The plan.
        hybrid: Id of the hybrid to decide on; none takes the plan's first, or adds one.
        settings: When to stop.
        catalogue: Facts to look up; none means those of the plan.
        today: The day of the decision; none means the system's.
        on_progress: Called with every better decision and bound, from the thread of the call.
        cancel: An event, or a function, that ends the search with the best decision so far.

    Raises:
        BillError: for a figure that is missing.
        NothingFoundError: no decision keeps the rules, or none was found in time.
    """
    day, facts = today or clock.today(), catalogue or catalogue_for(plan)
    target = hybrid_of(plan, hybrid)
    problem = problem_of(plan, facts, target, day)
    wanted = settings or Settings()
    answer = solve(
        problem.instance,
        replace(wanted, gap=wanted.gap * SOLVER_PART),
        on_progress=on_progress,
        cancel=cancel,
        start=choice_of(problem, target),
        locked_servers=locked_servers(problem, target),
    )
    return finished(problem, answer, facts, day, wanted.gap)


def finished(
    problem: Problem, answer: Answer, catalogue: Catalogue, today: date, gap: float = 0.0,
    question: Question | None = None, *, simple: bool = False,
) -> Optimised:  # fmt: skip
    """Put an answer into the plan, made simple, and let the ledger evaluate it.

    Args:
        problem: What was solved.
        answer: What was found.
        catalogue: Facts to look up.
        today: The day of the decision.
        gap: Proven distance to the best that a simpler decision may use up.
        question: What it is the cheapest decision for, beside the rules of the plan.
        simple: Whether the answer has been made simple already.

    Raises:
        NothingFoundError: there is no decision in the answer.
    """
    if answer.choice is None:
        raise NothingFoundError(answer, problem)
    if not simple:
        answer = made_simple(problem, answer, gap)
    assert answer.choice is not None
    hybrid = decided(problem, answer.choice, answer, today)
    assert hybrid.decision is not None
    lost = float(answer.lost.sum()) * THOUSAND
    decision = hybrid.decision.model_copy(update={"question": question, "lost": lost})
    new = with_hybrid(problem.plan, hybrid.model_copy(update={"decision": decision}))
    return Optimised(new, problem.hybrid.id, answer, problem, evaluate(new, catalogue, today))


def made_simple(problem: Problem, answer: Answer, gap: float = 0.0) -> Answer:
    """The answer with a decision that people can carry out, as it is put into the plan.

    Args:
        problem: What was solved.
        answer: What was found; one without a decision stays as it is.
        gap: Proven distance to the best that a simpler decision may use up.
    """
    if answer.choice is None:
        return answer
    asked = (
        problem.instance if answer.limits is None else with_limits(problem.instance, answer.limits)
    )
    tables = tables_of(asked, answer.choice)
    simple = simplified(tables, answer.choice, min(max(gap - answer.gap, LEAST), MOST))
    choice = plain(tables, simple)
    found = outcome(tables, choice)
    weight = outcome(tables, answer.choice).forgone - found.forgone
    bound = min(answer.bound + weight, found.money)
    return replace(
        answer, choice=choice, objective=found.money, bound=bound,
        gap=relative_gap(found.money, bound), unserved=found.unserved, lost=found.lost,
    )  # fmt: skip


def hybrid_of(plan: Plan, identifier: str | None) -> Hybrid:
    """The hybrid of that id; without one the plan's first, or a new one.

    Raises:
        KeyError: there is no hybrid of that id.
    """
    hybrids = [option for option in plan.options if isinstance(option, Hybrid)]
    if identifier is not None:
        for option in hybrids:
            if option.id == identifier:
                return option
        raise KeyError(identifier)
    if hybrids:
        return hybrids[0]
    return Hybrid(id=fresh_id(plan, "options", "optimised"), name=NAME)


def with_limits(instance: Instance, limits: Limits) -> Instance:
    """The same problem within other limits."""
    return replace(instance, limits=limits)
