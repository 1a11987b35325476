"""Why nothing serves everything: a smallest set of rules that cannot be kept together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.optimise.engine.answer import Answer, Settings
from pricing.optimise.engine.instance import Instance
from pricing.optimise.engine.solve import can_serve, solve
from pricing.optimise.problem.stated import Problem, problem_of
from pricing.optimise.questions.asked import complete, left_out
from pricing.optimise.questions.loosened import Loosened, loosened
from pricing.optimise.questions.rules import Rule, rules_of
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

ANY = Settings(gap=0.5, seconds=10)
"""Any decision answers the question whether there is one."""
THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all be kept, while without any one of them the rest of them could."""

    rules: tuple[Rule, ...]
    """None can be left out, if irreducible; empty where even without any rule some work cannot be
    served."""
    classes: tuple[str, ...]
    """Names of the request classes that are not served in full with all rules."""
    unserved: float
    """Requests over the horizon that are not served with all rules."""
    loosened: tuple[Loosened, ...]
    """For rules that state a number: the number that would do, the other rules kept."""
    irreducible: bool = True
    """Whether each rule was found to be in the way; else some of them may not be."""
    lifting: tuple[Rule, ...] = ()
    """Rules to lift so that everything can be served, the plan's others kept: each of them alone
    is enough, unless `together`; empty where that could not be told."""
    together: bool = False
    """Whether no single rule of the set is enough, as others are in the way too: `lifting` is then
    a smallest set of rules to lift."""


def conflict_of(
    plan: Plan,
    catalogue: Catalogue,
    hybrid: Hybrid,
    today: date,
    cancel: Callable[[], bool] = lambda: False,
) -> Conflict | None:
    """The rules in the way of serving everything; none where nothing is in the way.

    A rule is left out of the set as soon as the rest is in the way without it, so that what
    remains is irreducible: without any one of its rules the others could be kept. Where a plan has
    several such sets, lifting a rule of one of them need not be enough; so it is tried.

    Args:
        plan: The plan.
        catalogue: Facts to look up.
        hybrid: The hybrid that is decided on.
        today: The day from which figures age.
        cancel: Asked often; True ends the search with the rules that may be in the way.
    """
    tester = Tester(catalogue, hybrid, today, cancel)
    problem, answer = tester.decide(plan)
    if complete(problem, answer):
        return None
    short, unserved = _short(problem, answer, evaluate(plan, catalogue, today))
    rules = rules_of(plan)
    if tester.possible(without(plan, rules)) is False:
        return Conflict((), short, unserved, ())
    needed, irreducible = in_the_way(
        rules, lambda kept: tester.possible(without(plan, others(plan, kept)))
    )
    numbers = tuple(loosened(plan, needed, tester)) if irreducible else ()
    lifting, together = _lifting(plan, needed, tester) if irreducible else ((), False)
    return Conflict(tuple(needed), short, unserved, numbers, irreducible, lifting, together)


def in_the_way(
    rules: Sequence[Rule], possible: Callable[[Sequence[Rule]], bool | None]
) -> tuple[list[Rule], bool]:
    """A smallest set of rules that cannot all be kept, in their order.

    Halves are looked at before single rules (QuickXplain, U. Junker 2004), so that few of many
    rules are found by few trials.

    Args:
        rules: Cannot all be kept.
        possible: Whether some of them can; none where that could not be told.

    Returns:
        The set, and whether each of its rules was found to be in the way.
    """
    sure = True

    def can(kept: Sequence[Rule]) -> bool:
        nonlocal sure
        found = possible(kept)
        sure = sure and found is not None
        return found is not False

    def explain(kept: list[Rule], added: bool, looked_at: list[Rule]) -> list[Rule]:
        if added and not can(kept):
            return []
        if len(looked_at) == 1:
            return looked_at
        half = len(looked_at) // 2
        first, second = looked_at[:half], looked_at[half:]
        late = explain([*kept, *first], True, second)
        early = explain([*kept, *late], bool(late), first)
        return [*early, *late]

    found = explain([], False, list(rules)) if rules else []
    paths = {rule.path for rule in found}
    return [rule for rule in rules if rule.path in paths], sure


def _lifting(plan: Plan, needed: Sequence[Rule], tester: "Tester") -> tuple[tuple[Rule, ...], bool]:
    """Rules of which each alone is enough to lift; where none is, a smallest set of all rules."""
    alone = tuple(rule for rule in needed if tester.possible(rule.lifted(plan)))
    if alone or tester.cancel():
        return alone, False
    lifted = list(rules_of(plan))
    for rule in tuple(lifted):
        fewer = [one for one in lifted if one is not rule]
        if tester.possible(without(plan, fewer)):
            lifted = fewer
    return tuple(lifted), True


@dataclass(frozen=True, slots=True)
class Tester:
    """Tries plans with other rules."""

    catalogue: Catalogue
    hybrid: Hybrid
    today: date
    cancel: Callable[[], bool]
    within: Callable[[Instance], Instance] = lambda instance: instance
    """Limits to keep beside those of the plan."""

    def decide(self, plan: Plan) -> tuple[Problem, Answer]:
        """A decision on a plan, however dear."""
        problem = problem_of(plan, self.catalogue, self.hybrid, self.today)
        return problem, solve(problem.instance, ANY, cancel=self.cancel)

    def possible(self, plan: Plan) -> bool | None:
        """Whether everything can be served; none where that could not be told."""
        if self.cancel():
            return None
        problem = problem_of(plan, self.catalogue, self.hybrid, self.today)
        if left_out(problem):
            return False
        return can_serve(self.within(problem.instance), ANY, self.cancel)


def _short(
    problem: Problem, answer: Answer, evaluation: Evaluation
) -> tuple[tuple[str, ...], float]:
    """Names of the classes that are not served in full, and requests that could be but are not."""
    places = {job.key: place for place, job in enumerate(problem.instance.jobs)}
    names, unserved = [], 0.0
    for demand in evaluation.bill.demand.classes:
        one = demand.request_class
        if one.id in places:
            place = places[one.id]
            missing = answer.unserved[place] - answer.unavoidable[place]
            lost = float(missing.sum()) * THOUSAND
        else:
            lost = float(np.sum(evaluation.values.monthly(demand.requests)))
        if lost > 1e-3:
            names.append(one.name)
            unserved += lost
    return tuple(names), unserved


def others(plan: Plan, kept: Sequence[Rule]) -> list[Rule]:
    """All rules of a plan but some."""
    paths = {rule.path for rule in kept}
    return [rule for rule in rules_of(plan) if rule.path not in paths]


def without(plan: Plan, rules: Sequence[Rule]) -> Plan:
    """A plan without some of its rules."""
    for rule in rules:
        plan = rule.lifted(plan)
    return plan
