"""What each rule costs: the best decision with it against the best one without it.

Neither is known exactly, only a decision and a bound for each: with the rule the least cost lies
between `bound` and `objective` of the best decision, without it between those of the answer without
it, and the price between the differences. The best decision keeps all rules, so it is a decision
without the rule too, and no rule can cost less than nothing.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np

from pricing.optimise.engine.answer import Answer, Progress
from pricing.optimise.engine.instance import Instance
from pricing.optimise.problem.stated import Problem, problem_of
from pricing.optimise.questions.asked import Asked, complete
from pricing.optimise.questions.better import adopt_from, carried, raise_bound, serves_alike
from pricing.optimise.questions.rules import Rule, rules_of
from pricing.optimise.questions.watched import solve_until, with_servers_kept

THOUSAND = 1000.0
TRIFLE = 1e-3
"""Share of the bill below which a rule is not worth discussing."""
PRECISE = 0.1
"""Error of a price, as a share of it, that is good enough."""
FIRST_LOOK = 0.5
"""Time for a first look at each rule, as a part of what a decision is given."""
KEPT = 0.4
"""Most time with the servers of the best decision kept, likewise."""
EARLY = 0.2
"""Time before which no price is called known, likewise: a moment more may tell it exactly."""
NO_DROP = 3e-3
"""Fall of the bound, as a share of the bill, up to which a rule is thought to cost nothing."""
GROUP = 0.6
"""Part of the time that rules thought to cost nothing are given together."""
FIRST = ("data", "on_premises", "quality", "quality_floor", "capex", "site_power", "vendors",
         "most_vendor_share", "answer_limit", "first_token_limit", "most_servers")  # fmt: skip
"""Kinds of rules in the order in which a meeting asks for them."""


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What one rule costs over the horizon, as net present value in the plan's currency."""

    rule: Rule
    price: float | None
    """The difference of the decisions found; none where the plan cannot be served with the rule
    (or, for want of time, none was found without it)."""
    low: float
    """The rule costs no less than this."""
    high: float
    """The rule costs no more than this; inf where no bound is known."""
    bill: float
    """Net present value of the best decision, which the price is a part of."""
    idle: bool
    """Whether the problem without the rule is the same: it excludes nothing."""
    unserved: float
    """Requests over the horizon that nobody answers for the rule, and somebody without it."""
    answer: Answer | None
    """The best decision without it; none where it is the same as with it."""


@dataclass(slots=True)
class _Open:
    """A rule whose price is looked for."""

    rule: Rule
    problem: Problem
    answer: Answer | None = None
    bound: float = -np.inf
    """Of this answer or of one without more rules."""


def rule_prices(
    asked: Asked, on_price: Callable[[RulePrice], None] | None = None
) -> tuple[RulePrice, ...]:
    """The price of each rule, by deciding without it; rules of most interest first.

    Rules without which the problem is the same are told apart without deciding. The others share
    the time of as many decisions as there are rules. After a first look at each, those that seem to
    cost nothing are lifted all together: none of them can cost more than that saves. A price is
    looked for until it is known to a tenth, or to be a trifle; where the settings ask for a gap
    below that of a trifle, each is decided to that gap.

    Args:
        asked: The plan; its settings hold for each rule.
        on_price: Called with each price as it is found; it may be told closer at the end.
    """
    return _Pricing(asked, on_price).prices()


class _Pricing:
    def __init__(self, asked: Asked, on_price: Callable[[RulePrice], None] | None) -> None:
        self._asked, self._on_price = asked, on_price
        asked.answer()
        self._rules = sorted(rules_of(asked.plan), key=lambda rule: FIRST.index(rule.code))
        self._open: list[_Open] = []
        self._idle: list[Rule] = []
        self._told: set[str] = set()
        self._ends = 0.0
        self._rough = asked.settings.gap >= TRIFLE

    def prices(self) -> tuple[RulePrice, ...]:
        self._screen()
        self._ends = time.monotonic() + self._asked.settings.seconds * len(self._rules)
        if self._rough:
            for one in self._open:
                self._look(one, self._asked.settings.seconds * FIRST_LOOK, glance=True)
            self._lift_together()
        self._look_closer()
        for one in self._open:
            self._tell(one)
        found = {one.rule.path: self._price(one) for one in self._open if one.answer is not None}
        found |= {rule.path: self._idle_price(rule) for rule in self._idle}
        return tuple(found[rule.path] for rule in self._rules if rule.path in found)

    # --- steps ------------------------------------------------------------------------------------

    def _screen(self) -> None:
        """Tell rules apart without which the problem is the same."""
        asked = self._asked
        for rule in self._rules:
            if asked.cancel():
                return
            problem = self._without((rule,))
            if excludes_nothing(asked.problem.instance, problem.instance):
                self._idle.append(rule)
                if self._on_price is not None:
                    self._on_price(self._idle_price(rule))
            else:
                self._open.append(_Open(rule, problem))

    def _look(self, one: _Open, seconds: float, *, glance: bool = False) -> None:
        """Decide without a rule; a glance ends where whole numbers would be searched."""
        if self._over:
            return
        asked, best = self._asked, self._asked.answer()
        served = complete(asked.problem, best)

        def enough(progress: Progress) -> bool:
            if glance and progress.stage == "searching":
                return True
            early = progress.seconds < EARLY * asked.settings.seconds
            return (
                served
                and not early
                and self._known(progress.objective, max(progress.bound, one.bound))
            )

        cheaper = one.answer is not None and one.answer.objective < best.objective
        kept = 0.0 if cheaper else KEPT * asked.settings.seconds
        one.answer = answer = self._solve(one.problem, one.answer, seconds, enough, kept)
        one.bound = max(one.bound, answer.bound)
        adopt_from(asked, one.problem, answer)
        raise_bound(asked, answer)
        if self._known(answer.objective, one.bound):
            self._tell(one)

    def _lift_together(self) -> None:
        """Lift the rules that seem to cost nothing all at once: a bound for each of them."""
        asked, best = self._asked, self._asked.answer()
        seen = [one for one in self._open if one.answer is not None]
        if not seen or not complete(asked.problem, best):
            return
        least = max(one.bound for one in seen) - NO_DROP * abs(best.objective)
        cheap = [
            one for one in seen
            if one.bound >= least and one.answer is not None and serves_alike(one.answer, best)
            and one.answer.objective >= best.objective - TRIFLE * abs(best.objective)
            and not self._settled(one)
        ]  # fmt: skip
        if len(cheap) < 2 or self._over:
            return
        problem = self._without([one.rule for one in cheap])

        def enough(progress: Progress) -> bool:
            saved = best.objective - progress.objective
            return best.objective - progress.bound <= TRIFLE * abs(
                best.objective
            ) or saved > NO_DROP * abs(best.objective)

        left = self._ends - time.monotonic()
        answer = self._solve(problem, None, left * GROUP, enough)
        adopt_from(asked, problem, answer)
        raise_bound(asked, answer)
        if serves_alike(answer, asked.answer()):
            for one in cheap:
                one.bound = max(one.bound, answer.bound)
                if self._settled(one):
                    self._tell(one)

    def _look_closer(self) -> None:
        """Share the time left between rules whose price is not known well."""
        rest = [one for one in self._open if not self._settled(one)]
        if self._rough:
            rest.sort(key=lambda one: one.bound)
        for number, one in enumerate(rest):
            left = self._ends - time.monotonic()
            self._look(one, left / (len(rest) - number))
            self._tell(one)

    # --- what is known ----------------------------------------------------------------------------

    @property
    def _over(self) -> bool:
        return self._asked.cancel() or (self._ends > 0 and time.monotonic() >= self._ends)

    def _without(self, rules: Sequence[Rule]) -> Problem:
        asked, plan = self._asked, self._asked.plan
        for rule in rules:
            plan = rule.lifted(plan)
        return problem_of(plan, asked.catalogue, asked.hybrid, asked.today)

    def _solve(
        self, problem: Problem, before: Answer | None, seconds: float,
        enough: Callable[[Progress], bool], kept: float = 0.0,
    ) -> Answer:  # fmt: skip
        """Decide on a problem from the best start known; `kept`: seconds with its servers kept."""
        asked, start = self._asked, None
        best = asked.answer()
        if best.choice is not None:
            start = carried(asked.problem, best.choice, problem)
        if before is not None and before.choice is not None and before.objective < best.objective:
            start = before.choice
        settings = replace(asked.settings, seconds=max(seconds, 0.1))
        if kept and start is not None:
            short = replace(settings, seconds=kept)
            start = with_servers_kept(problem.instance, start, short, asked.cancel)
        return solve_until(problem.instance, settings, enough, cancel=asked.cancel, start=start)

    def _known(self, objective: float, bound: float) -> bool:
        """Whether a price is told well enough by the least cost without the rule."""
        best = self._asked.answer().objective
        sure = PRECISE * (best - objective)
        trifle = best - bound <= TRIFLE * abs(best)
        return self._rough and (trifle or objective - bound <= sure)

    def _settled(self, one: _Open) -> bool:
        return one.answer is not None and self._known(one.answer.objective, one.bound)

    def _tell(self, one: _Open) -> None:
        if (
            self._on_price is not None
            and one.answer is not None
            and one.rule.path not in self._told
        ):
            self._told.add(one.rule.path)
            self._on_price(self._price(one))

    def _idle_price(self, rule: Rule) -> RulePrice:
        bill = self._asked.answer().objective * THOUSAND
        return RulePrice(rule, 0.0, 0.0, 0.0, bill, True, 0.0, None)

    def _price(self, one: _Open) -> RulePrice:
        asked, best, answer = self._asked, self._asked.answer(), one.answer
        assert answer is not None
        bill = best.objective * THOUSAND
        missing = best.answered_by_nobody.sum() - answer.answered_by_nobody.sum()
        lost = max(float(missing) * THOUSAND, 0.0)
        if not (complete(asked.problem, best) and complete(one.problem, answer)):
            return RulePrice(one.rule, None, 0.0, np.inf, bill, False, lost, answer)
        low = max((best.bound - answer.objective) * THOUSAND, 0.0)
        high = max((best.objective - one.bound) * THOUSAND, low)
        price = min(max((best.objective - answer.objective) * THOUSAND, low), high)
        return RulePrice(one.rule, price, low, high, bill, False, lost, answer)


def excludes_nothing(stated: Instance, lifted: Instance) -> bool:
    """Whether a problem without a rule is the same, so that the rule costs nothing.

    A pool that may have more servers by the rule than are ever asked for, or than the power at the
    site feeds, is not restricted by it.
    """
    if len(stated.pools) != len(lifted.pools):
        return False
    same = []
    for mine, other in zip(stated.pools, lifted.pools, strict=True):
        if _fed(lifted, other.most, other.kw) > _fed(stated, mine.most, mine.kw):
            return False
        same.append(replace(other, most=mine.most))
    return _equal(stated, replace(lifted, pools=tuple(same)))


def _fed(instance: Instance, most: int, kw: float) -> int:
    """Servers of a pool that may be in service and that the site can feed."""
    site = instance.limits.site_kw
    return most if site is None or kw <= 0 else min(most, int(site * (1 + 1e-9) / kw))


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401 (values of any field)
    """Whether two parts of an instance are the same to the last digit."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        both = isinstance(one, np.ndarray) and isinstance(other, np.ndarray)
        return both and bool(np.array_equal(one, other, equal_nan=True))
    if is_dataclass(one) and is_dataclass(other):
        names = [it.name for it in fields(one)]
        return all(_equal(getattr(one, name), getattr(other, name)) for name in names)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, float) and isinstance(other, float) and np.isnan(one):
        return bool(np.isnan(other))
    return bool(one == other)
