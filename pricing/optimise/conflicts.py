"""Why nothing serves everything: a smallest set of rules that cannot be kept together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pricing.catalogue import Catalogue
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.optimise.answer import Answer, Settings
from pricing.optimise.asked import capex_by_year, complete, site_draw
from pricing.optimise.limits import in_currency
from pricing.optimise.problem import Problem, problem_of
from pricing.optimise.rules import Rule, rules_of
from pricing.optimise.solve import solve
from pricing.plan.figure import Figure
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

ANY = Settings(gap=0.5, seconds=10)
"""Any decision answers the question whether there is one."""
THOUSAND = 1000.0
ROUNDED_UP = 1 + 1e-6
"""What a number is raised by, so that arithmetic cannot make it too small."""
LOOSENINGS = 8
"""Halvings of the range in which a rule is loosened."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all be kept, while any of them could be lifted to make it possible."""

    rules: tuple[Rule, ...]
    """None can be left out; empty where even without any rule some work cannot be served."""
    classes: tuple[str, ...]
    """Names of the request classes that are not served in full with all rules."""
    unserved: float
    """Requests over the horizon that are not served with all rules."""
    loosened: tuple["Loosened", ...]
    """For rules that state a number: the number that would do, the other rules kept."""


@dataclass(frozen=True, slots=True)
class Loosened:
    """A number that would make a rule possible to keep."""

    rule: Rule
    stated: float
    enough: float


def conflict_of(
    plan: Plan,
    catalogue: Catalogue,
    hybrid: Hybrid,
    today: date,
    cancel: Callable[[], bool] = lambda: False,
) -> Conflict | None:
    """The rules in the way of serving everything; none where nothing is in the way.

    A rule is left out of the set as soon as the rest is in the way without it, so that what
    remains is irreducible: lift any one of its rules and everything can be served.
    """

    def attempt(tried: Plan) -> _Tried:
        problem = problem_of(tried, catalogue, hybrid, today)
        return _Tried(problem, solve(problem.instance, ANY, cancel=cancel))

    first = attempt(plan)
    if first.complete:
        return None
    short, unserved = _short(first, evaluate(plan, catalogue, today))
    rules = list(rules_of(plan))
    if not attempt(_without(plan, rules)).complete:
        return Conflict((), short, unserved, ())
    needed: list[Rule] = []
    while rules and not cancel():
        rule, *rules = rules
        if attempt(_without(plan, [rule, *_others(plan, needed, rules)])).complete:
            needed.append(rule)
    return Conflict(tuple(needed), short, unserved, tuple(_loosened(plan, needed, attempt, cancel)))


@dataclass(frozen=True, slots=True)
class _Tried:
    """A plan that was attempted."""

    problem: Problem
    answer: Answer

    @property
    def complete(self) -> bool:
        return complete(self.problem, self.answer)


Attempt = Callable[[Plan], _Tried]


def _short(tried: _Tried, evaluation: Evaluation) -> tuple[tuple[str, ...], float]:
    """Names of the classes that are not served in full, and requests that could be but are not."""
    places = {job.key: place for place, job in enumerate(tried.problem.instance.jobs)}
    names, unserved = [], 0.0
    for demand in evaluation.bill.demand.classes:
        one = demand.request_class
        if one.id in places:
            place = places[one.id]
            missing = tried.answer.unserved[place] - tried.answer.unavoidable[place]
            lost = float(missing.sum()) * THOUSAND
        else:
            lost = float(np.sum(evaluation.values.monthly(demand.requests)))
        if lost > 1e-3:
            names.append(one.name)
            unserved += lost
    return tuple(names), unserved


def _others(plan: Plan, needed: Sequence[Rule], undecided: Sequence[Rule]) -> list[Rule]:
    """Rules already found not to be needed for the conflict."""
    kept = {rule.path for rule in (*needed, *undecided)}
    return [rule for rule in rules_of(plan) if rule.path not in kept]


def _without(plan: Plan, rules: Sequence[Rule]) -> Plan:
    for rule in rules:
        plan = rule.lifted(plan)
    return plan


NUMBERS = {
    "capex": "capex_per_year",
    "site_power": "site_power_kw",
    "most_vendor_share": "most_vendor_share",
    "quality": "quality",
    "on_premises": "on_premises",
}
"""Rules that state a number of the whole decision, and its field."""


def _loosened(
    plan: Plan, rules: Sequence[Rule], attempt: Attempt, cancel: Callable[[], bool]
) -> Iterator[Loosened]:
    for rule in rules:
        if rule.code not in NUMBERS or cancel():
            continue
        name = NUMBERS[rule.code]
        stated, enough = _stated(plan, name), _surely_enough(rule, attempt(rule.lifted(plan)))
        if enough is None or not attempt(_with(plan, name, enough)).complete:
            continue
        low, high = stated, enough
        for _ in range(LOOSENINGS):
            if cancel():
                break
            middle = (low + high) / 2
            if attempt(_with(plan, name, middle)).complete:
                high = middle
            else:
                low = middle
        yield Loosened(rule, stated, high)


def _surely_enough(rule: Rule, without: _Tried) -> float | None:
    """A number that a decision without the rule keeps; none where there is no such decision."""
    choice, instance = without.answer.choice, without.problem.instance
    if choice is None:
        return None
    if rule.code == "capex":
        return float(capex_by_year(instance, choice).max(initial=0.0)) * THOUSAND * ROUNDED_UP
    if rule.code == "site_power":
        return float(site_draw(instance, choice).max(initial=0.0)) * ROUNDED_UP
    return 1.0 if rule.code == "most_vendor_share" else 0.0


def _stated(plan: Plan, name: str) -> float:
    """The number of a rule; of several years' caps the largest, in the plan's currency."""
    figure = getattr(plan.rules, name)
    if isinstance(figure, tuple):
        return max(in_currency(plan, one) for one in figure)
    assert isinstance(figure, Figure)
    return figure.value


def _with(plan: Plan, name: str, value: float) -> Plan:
    """The plan with another number in a rule; caps of several years become the same."""
    figure = getattr(plan.rules, name)
    changed: object
    if isinstance(figure, tuple):
        changed = tuple(
            one.model_copy(
                update={"value": max(value, in_currency(plan, one)), "currency": plan.currency}
            )
            for one in figure
        )
    else:
        changed = figure.model_copy(update={"value": value})
    return plan.model_copy(update={"rules": plan.rules.model_copy(update={name: changed})})
