"""Numbers that would make a rule possible to keep, the other rules kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pricing.optimise.engine.answer import Answer
from pricing.optimise.problem.stated import Problem
from pricing.optimise.questions.asked import capex_by_year, site_draw
from pricing.optimise.questions.rules import Rule
from pricing.plan.currency import in_currency
from pricing.plan.figure import Figure
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan

THOUSAND = 1000.0
ROUNDED_UP = 1 + 1e-6
"""What a number is raised by, so that arithmetic cannot make it too small."""
HALVINGS = 8
"""Of the range in which a rule is loosened."""
EASIEST = {
    "quality": 0.0, "quality_floor": 0.0, "on_premises": 0.0, "most_vendor_share": 1.0,
    "vendors": 1.0,
}  # fmt: skip
"""Numbers of rules that are easiest to keep."""
DOUBLINGS = 12
"""Of a waiting limit, until it is no longer in the way."""


@dataclass(frozen=True, slots=True)
class Loosened:
    """A number that would make a rule possible to keep."""

    rule: Rule
    stated: float
    enough: float


class Tester(Protocol):
    """Tries plans with other rules."""

    @property
    def cancel(self) -> Callable[[], bool]:
        """Asked often; True ends the search."""

    def decide(self, plan: Plan) -> tuple[Problem, Answer]:
        """A decision on a plan, however dear."""

    def possible(self, plan: Plan) -> bool | None:
        """Whether everything can be served; none where that could not be told."""


@dataclass(frozen=True, slots=True)
class _Number:
    """The number that a rule states, and the plan with another one."""

    stated: float
    to: Callable[[float], Plan]
    whole: bool = False


def loosened(plan: Plan, rules: Sequence[Rule], tester: Tester) -> Iterator[Loosened]:
    """For each rule that states a number, the number that would do, as near as trials tell.

    Args:
        plan: Breaks its rules.
        rules: A smallest set of those in the way.
        tester: Tries the plan with other numbers.
    """
    for rule in rules:
        number = _number_of(plan, rule)
        if number is None or tester.cancel():
            continue
        enough = _surely_enough(plan, rule, number, tester)
        if enough is None or not tester.possible(number.to(enough)):
            continue
        yield Loosened(rule, number.stated, _nearest(number, enough, tester))


def _nearest(number: _Number, enough: float, tester: Tester) -> float:
    """Between what is stated and what is enough, by halves."""
    low, high = number.stated, enough
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if number.whole:
            middle = float(round(middle))
            if middle in {low, high}:
                break
        if tester.possible(number.to(middle)):
            high = middle
        else:
            low = middle
    return high


def _surely_enough(plan: Plan, rule: Rule, number: _Number, tester: Tester) -> float | None:
    """A number that can be kept; none where none was found."""
    if rule.code in EASIEST:
        return EASIEST[rule.code]
    if rule.code in {"first_token_limit", "answer_limit"}:
        limits = (number.stated * 2.0**times for times in range(1, DOUBLINGS + 1))
        return next((seconds for seconds in limits if tester.possible(number.to(seconds))), None)
    problem, answer = tester.decide(rule.lifted(plan))
    if answer.choice is None:
        return None
    instance, choice = problem.instance, answer.choice
    if rule.code == "capex":
        return float(capex_by_year(instance, choice).max(initial=0.0)) * THOUSAND * ROUNDED_UP
    if rule.code == "site_power":
        return float(site_draw(instance, choice).max(initial=0.0)) * ROUNDED_UP
    return float(choice.servers[problem.pools.index(_item(rule))].max(initial=0))


def _item(rule: Rule) -> str:
    """Id of the request class or option whose field states a rule."""
    return rule.path.split(".")[1]


def _number_of(plan: Plan, rule: Rule) -> _Number | None:
    """None for rules that state no number."""
    field = rule.path.rsplit(".", 1)[1]
    if rule.code in {"quality_floor", "first_token_limit", "answer_limit"}:
        one = next(c for c in plan.workload if c.id == _item(rule))
        return _Number(getattr(one, field).value, lambda value: _in_class(plan, rule, value))
    if rule.code == "most_servers":
        option = next(o for o in plan.options if o.id == _item(rule))
        assert isinstance(option, SelfHosted)
        assert option.most_servers is not None
        most = float(option.most_servers)
        return _Number(most, lambda value: _in_option(plan, rule, value), whole=True)
    if rule.code == "vendors":
        least = float(plan.rules.vendors)
        return _Number(least, lambda value: _in_rules(plan, field, int(value)), whole=True)
    if rule.path.startswith("rules."):
        return _Number(_stated(plan, field), lambda value: _with(plan, field, value))
    return None


def _in_class(plan: Plan, rule: Rule, value: float) -> Plan:
    name, field = _item(rule), rule.path.rsplit(".", 1)[1]
    changed = (
        one if one.id != name else one.model_copy(
            update={field: getattr(one, field).model_copy(update={"value": value})}
        )
        for one in plan.workload
    )  # fmt: skip
    return plan.model_copy(update={"workload": tuple(changed)})


def _in_option(plan: Plan, rule: Rule, value: float) -> Plan:
    changed = (
        one if one.id != _item(rule) else one.model_copy(update={"most_servers": int(value)})
        for one in plan.options
    )
    return plan.model_copy(update={"options": tuple(changed)})


def _in_rules(plan: Plan, field: str, value: object) -> Plan:
    return plan.model_copy(update={"rules": plan.rules.model_copy(update={field: value})})


def _stated(plan: Plan, field: str) -> float:
    """The number of a rule; of several years' caps the largest, in the plan's currency."""
    figure = getattr(plan.rules, field)
    if isinstance(figure, tuple):
        return max(in_currency(plan, one) for one in figure)
    assert isinstance(figure, Figure)
    return figure.value


def _with(plan: Plan, field: str, value: float) -> Plan:
    """The plan with another number in a rule; caps of several years are raised to it."""
    figure = getattr(plan.rules, field)
    if isinstance(figure, tuple):
        caps = tuple(
            one.model_copy(
                update={"value": max(value, in_currency(plan, one)), "currency": plan.currency}
            )
            for one in figure
        )
        return _in_rules(plan, field, caps)
    return _in_rules(plan, field, figure.model_copy(update={"value": value}))
