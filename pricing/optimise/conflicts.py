"""Why nothing serves everything: a smallest set of rules that cannot be kept together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pricing.catalogue import Catalogue
from pricing.optimise.answer import Answer, Settings
from pricing.optimise.asked import serves_all
from pricing.optimise.problem import problem_of
from pricing.optimise.rules import Rule, rules_of
from pricing.optimise.solve import solve
from pricing.plan.figure import Figure
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan

ANY = Settings(gap=0.5, seconds=10)
"""Any decision answers the question whether there is one."""
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

    def attempt(tried: Plan) -> Answer:
        instance = problem_of(tried, catalogue, hybrid, today).instance
        return solve(instance, ANY, cancel=cancel)

    answer = attempt(plan)
    if serves_all(answer):
        return None
    names = [c.name for c in plan.workload]
    problem = problem_of(plan, catalogue, hybrid, today)
    keys = {job.key: place for place, job in enumerate(problem.instance.jobs)}
    missing = answer.unserved - answer.unavoidable
    short = tuple(
        name
        for name, one in zip(names, plan.workload, strict=True)
        if one.id not in keys or missing[keys[one.id]].sum() > 1e-6
    )
    rules = list(rules_of(plan))
    if not serves_all(attempt(_without(plan, rules))):
        return Conflict((), short, float(answer.unserved.sum()) * 1000, ())
    needed: list[Rule] = []
    while rules and not cancel():
        rule, *rules = rules
        if serves_all(attempt(_without(plan, [rule, *_others(plan, needed, rules)]))):
            needed.append(rule)
    return Conflict(
        tuple(needed),
        short,
        float(answer.unserved.sum()) * 1000,
        tuple(_loosened(plan, needed, attempt, cancel)),
    )


def _others(plan: Plan, needed: Sequence[Rule], undecided: Sequence[Rule]) -> list[Rule]:
    """Rules already found not to be needed for the conflict."""
    kept = {rule.path for rule in (*needed, *undecided)}
    return [rule for rule in rules_of(plan) if rule.path not in kept]


def _without(plan: Plan, rules: Sequence[Rule]) -> Plan:
    for rule in rules:
        plan = rule.lifted(plan)
    return plan


NUMBERS = {
    "capex": ("capex_per_year", True),
    "site_power": ("site_power_kw", True),
    "most_vendor_share": ("most_vendor_share", True),
    "quality": ("quality", False),
    "on_premises": ("on_premises", False),
}
"""Rules that state a number of the whole decision: its field, and whether more is looser."""


def _loosened(
    plan: Plan, rules: Sequence[Rule], attempt: Callable[[Plan], Answer],
    cancel: Callable[[], bool],
) -> list[Loosened]:  # fmt: skip
    found = []
    for rule in rules:
        if rule.code not in NUMBERS or cancel():
            continue
        name, upwards = NUMBERS[rule.code]
        stated = _stated(plan, name)
        low, high = stated, (stated * 64 + 1 if upwards else 0.0)
        if name in {"most_vendor_share"}:
            high = 1.0
        for _ in range(LOOSENINGS):
            middle = (low * high) ** 0.5 if upwards and low > 0 else (low + high) / 2
            if serves_all(attempt(_with(plan, name, middle))):
                high = middle
            else:
                low = middle
        if high not in {stated * 64 + 1, 0.0}:
            found.append(Loosened(rule, stated, high))
    return found


def _stated(plan: Plan, name: str) -> float:
    figure = getattr(plan.rules, name)
    if isinstance(figure, tuple):
        return float(max(one.value for one in figure))
    assert isinstance(figure, Figure)
    return figure.value


def _with(plan: Plan, name: str, value: float) -> Plan:
    """The plan with another number in a rule; caps of several years grow together."""
    figure = getattr(plan.rules, name)
    changed: object
    if isinstance(figure, tuple):
        factor = value / max(_stated(plan, name), 1e-12)
        changed = tuple(
            one.model_copy(update={"value": one.value * factor if one.value else value})
            for one in figure
        )
    else:
        changed = figure.model_copy(update={"value": value})
    return plan.model_copy(update={"rules": plan.rules.model_copy(update={name: changed})})
