"""A hybrid's bill in the figures that advice rests on: who does which work, at what cost, how well.

Every figure is read off the ledger, so that it holds for decisions of the optimiser and of a person
alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pricing.bill.hybrid import HybridLines, MemberLines
from pricing.catalogue import Catalogue
from pricing.evaluation import Evaluation, FloatArray
from pricing.ledger import Line
from pricing.optimise.advice.choices import Choice, choices
from pricing.optimise.advice.work import Way, ways_of
from pricing.optimise.statement import Fact
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import ClosedApi, PureOption, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass

SOME = 0.005
"""Shares below this are not worth a word."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one option does of one request class, over the horizon."""

    request_class: str
    option: str
    requests: FloatArray
    """Shape (T,): requests that it answers, of whatever route."""
    tokens: FloatArray
    """Shape (T,): tokens of them, input and output."""
    cost: float
    """Its cost over the horizon, people and fixed cost of servers included."""


Wanted = Callable[[Part], bool]


class Picture:
    """A hybrid of an evaluated plan.

    Raises:
        KeyError: there is no hybrid of that id.
    """

    def __init__(self, evaluation: Evaluation, hybrid: str, catalogue: Catalogue) -> None:
        """Read the figures."""
        self.evaluation, self.catalogue = evaluation, catalogue
        self.plan: Plan = evaluation.plan
        self.bill = evaluation.bill_of(hybrid)
        bills = evaluation.bill.options
        lines = next(one for one in bills if one.option.id == hybrid)
        if lines.hybrid is None:
            raise KeyError(hybrid)
        assert isinstance(lines.option, Hybrid)
        self.hybrid: Hybrid = lines.option
        self.lines: HybridLines = lines.hybrid
        self.names = {option.id: option.name for option in self.plan.options}
        self.classes: Mapping[str, RequestClass] = {one.id: one for one in self.plan.workload}
        self.options: Mapping[str, PureOption] = {
            option.id: option for option in self.plan.options if not isinstance(option, Hybrid)
        }
        self.currency, self.months = self.plan.currency, self.plan.months

    def monthly(self, line: Line) -> FloatArray:
        """A line month by month, shape (T,)."""
        return np.array(self.evaluation.values.monthly(line), dtype=np.float64)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Who answers what, cache hits left out."""
        left = {
            (stage.option, stage.demand.key): stage.left
            for route in self.lines.routes
            for stage in route.stages
        }
        asked = {  # an enhancement is billed as a class of its own
            stage.demand.request_class.id: route.route.request_class
            for route in self.lines.routes
            for stage in route.stages
        }
        found: dict[tuple[str, str], Part] = {}
        for member in self.lines.members:
            for demand in member.served:
                requests = self.monthly(demand.requests)
                lost = left.get((member.option.id, demand.key))
                if lost is not None and isinstance(member.option, SelfHosted):
                    requests = np.maximum(requests - self.monthly(lost), 0.0)
                each = self.evaluation.values.compute(demand.input_tokens + demand.output_tokens)
                cost = self.evaluation.values.number(member.costs[demand.key])
                name = demand.request_class.id
                key = (asked.get(name, name), member.option.id)
                part = Part(*key, requests, requests * each, cost)
                found[key] = part if key not in found else _joined(found[key], part)
        return tuple(part for part in found.values() if part.requests.sum() > 0)

    @cached_property
    def choices(self) -> Mapping[tuple[str, str], Choice]:
        """Each pure option for each class."""
        every = choices(self.evaluation, self.catalogue)
        return {(choice.request_class, choice.option): choice for choice in every}

    @cached_property
    def tokens(self) -> float:
        """Tokens that all options serve over the horizon."""
        return float(sum(part.tokens.sum() for part in self.parts))

    def tokens_where(self, wanted: Wanted) -> float:
        """Tokens of the parts that are wanted."""
        return float(sum(part.tokens.sum() for part in self.parts if wanted(part)))

    def share(self, wanted: Wanted, of: Wanted = lambda part: True) -> float | None:
        """Share of the tokens of some parts that is in others too; none of nothing."""
        whole = self.tokens_where(of)
        if whole <= 0:
            return None
        return self.tokens_where(lambda part: wanted(part) and of(part)) / whole

    @cached_property
    def by_option(self) -> dict[str, float]:
        """Share of all tokens by option, most first."""
        shares: dict[str, float] = {}
        for part in self.parts:
            done = float(part.tokens.sum()) / self.tokens
            shares[part.option] = shares.get(part.option, 0.0) + done
        return dict(sorted(shares.items(), key=lambda item: -item[1]))

    def main(self, request_class: str) -> Part | None:
        """Who answers most of a class; none where nobody does."""
        mine = [part for part in self.parts if part.request_class == request_class]
        return max(mine, key=lambda part: float(part.requests.sum()), default=None)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Who answers the requests of each class, result cache and nobody included."""
        return ways_of(self.evaluation, self.lines, self.names)

    def used(self, part: Part) -> Fact:
        """Who answers most of a part's class: its option, or a recipe by what it is."""
        mine = [way for way in self.ways if way.request_class == part.request_class]
        most = next((way for way in mine if way.options), None)
        if most is None or len(most.options) == 1 or part.option not in most.options:
            return self.names[part.option]
        return most.who

    @cached_property
    def staged(self) -> frozenset[str]:
        """Ids of the classes of which some requests are worked on by two options."""
        return frozenset(
            route.route.request_class
            for route in self.lines.routes
            if len(route.stages) > 1 and any(step.share > 0 for step in route.route.shares)
        )

    def tokens_of(self, part: Part) -> float:
        """Tokens that whoever `used` names for a part serves of its class."""
        if isinstance(self.used(part), str):
            return float(part.tokens.sum())
        return self.tokens_where(lambda one: one.request_class == part.request_class)

    def answered(self, request_class: str) -> float:
        """Requests of a class that reach an option and are served, over the horizon."""
        mine = [one for one in self.lines.classes if one.asked.request_class.id == request_class]
        return sum(
            float((self.monthly(one.routed.requests) - self.monthly(one.unserved)).sum())
            for one in mine
        )

    def paid(self, request_class: str, option: str | None = None) -> float | None:
        """What a request of a class costs in this hybrid, at one option or on average.

        Where two options work on a request, it is the average of the class in any case.
        """
        if request_class in self.staged:
            whole = sum(part.cost for part in self.parts if part.request_class == request_class)
            answered = self.answered(request_class)
            return whole / answered if answered > 0 else None
        mine = [
            part for part in self.parts
            if part.request_class == request_class and option in {None, part.option}
        ]  # fmt: skip
        requests = sum(float(part.requests.sum()) for part in mine)
        return sum(part.cost for part in mine) / requests if requests > 0 else None

    def member(self, option: str) -> MemberLines | None:
        """The lines of an option in the hybrid."""
        return self.lines.member(option)

    def servers(self, option: str) -> FloatArray | None:
        """Servers in service, shape (T,); none where the option has none in the hybrid."""
        member = self.member(option)
        if member is None or member.fleet is None or member.fleet.servers is None:
            return None
        return self.monthly(member.fleet.servers)

    def is_closed(self, option: str) -> bool:
        """Whether an option is a closed API."""
        return isinstance(self.options[option], ClosedApi)

    def is_own(self, option: str) -> bool:
        """Whether the buyer runs an option's servers, owned or rented."""
        return isinstance(self.options[option], SelfHosted)

    @property
    def unserved(self) -> float:
        """Requests over the horizon that nobody serves."""
        return float(self.bill.unserved.values.sum())


def _joined(one: Part, other: Part) -> Part:
    return Part(
        one.request_class,
        one.option,
        one.requests + other.requests,
        one.tokens + other.tokens,
        one.cost + other.cost,
    )
