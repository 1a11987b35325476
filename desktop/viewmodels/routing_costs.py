"""What a part of a hybrid's work costs: shares of the bills of its members."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.viewmodels.admissible import without_name
from desktop.viewmodels.finding_words import finding_text
from pricing.admissible import breaks_a_rule
from pricing.bill.costs import BillLines
from pricing.bill.hybrid import HybridLines, MemberLines, RouteLines
from pricing.evaluation import Evaluation
from pricing.finding import Finding
from pricing.ledger import Line
from pricing.plan.option import SelfHosted

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """What one option does for one route."""

    option: str
    role: str
    """Role of a stage, `overflow` or `failover`."""
    requests: FloatArray
    """Per month."""
    left: FloatArray
    """Of them, those that its servers do not serve."""
    cost: float
    """Over the horizon."""
    key: str
    """Ledger key of the requests."""
    cost_key: str
    """Ledger key of the cost of which this is a part."""


class HybridCosts:
    """Costs of an evaluated hybrid by route, over the horizon or in a month.

    The bill of a member is split by request class and, on servers, by route in proportion to busy
    hours; what several routes of one class send to a token-priced option is split by requests.
    """

    def __init__(self, evaluation: Evaluation, hybrid_id: str) -> None:
        self.evaluation = evaluation
        self.bill: BillLines = next(b for b in evaluation.bill.options if b.option.id == hybrid_id)
        found = self.bill.hybrid
        assert found is not None
        self.lines: HybridLines = found
        self._values = evaluation.values

    def monthly(self, line: Line) -> FloatArray:
        """Values of a line, shape (months,)."""
        return self._values.monthly(line)

    def parts(self, one: RouteLines, month: int | None = None) -> tuple[Part, ...]:
        """Who does what for a route, and at what cost; `month` counts from 1, none means all."""
        return tuple(self._parts(one, month))

    def _parts(self, one: RouteLines, month: int | None) -> Iterator[Part]:
        for stage in one.stages:
            requests = self.monthly(stage.demand.requests)
            left = np.zeros_like(requests) if stage.left is None else self.monthly(stage.left)
            member = self.lines.member(stage.option)
            assert member is not None
            class_id = stage.demand.request_class.id
            key = stage.demand.key if isinstance(member.option, SelfHosted) else class_id
            cost, cost_key = self._cost(member, key, requests, month)
            yield Part(
                stage.option, stage.role, requests, left, cost, stage.demand.requests.key, cost_key
            )
        if one.route.overflow is not None and one.overflowed is not None:
            yield self._beyond(one, one.route.overflow, "overflow", one.overflowed, month)
        if one.route.failover is not None and one.stood_in is not None:
            yield self._beyond(one, one.route.failover, "failover", one.stood_in, month)

    def _beyond(
        self, one: RouteLines, option: str, role: str, line: Line, month: int | None
    ) -> Part:
        requests, member = self.monthly(line), self.lines.member(option)
        assert member is not None
        class_id = one.stages[0].demand.request_class.id
        cost, cost_key = self._cost(member, class_id, requests, month)
        return Part(option, role, requests, np.zeros_like(requests), cost, line.key, cost_key)

    def _cost(
        self, member: MemberLines, key: str, requests: FloatArray, month: int | None
    ) -> tuple[float, str]:
        """Cost of some requests of a demand of a member, and the key of the whole demand's."""
        whole = member.costs[key]
        if month is None:
            amount = float(self._values.number(whole))
        else:
            amount = float(self._of_month(member, key)[month - 1])
        if isinstance(member.option, SelfHosted):
            return amount, whole.key
        demand = next(d for d in member.served if d.key == key)
        sent = self.monthly(demand.requests)
        some, everything = (
            (requests.sum(), sent.sum())
            if month is None
            else (requests[month - 1], sent[month - 1])
        )
        return (amount * float(some / everything) if everything > 0 else 0.0), whole.key

    def _of_month(self, member: MemberLines, key: str) -> FloatArray:
        """Cost of a demand month by month."""
        book, section = self.evaluation.ledger, f"{self.bill.section.key}.{member.option.id}"
        if not isinstance(member.option, SelfHosted):
            return self.monthly(book.line(f"{section}.{key}.cost"))
        busy = {d.key: self.monthly(book.line(f"{section}.{d.key}.busy")) for d in member.served}
        whole = np.sum(list(busy.values()), axis=0)
        share = np.divide(busy[key], whole, out=np.zeros(len(whole)), where=whole > 0)
        return np.asarray(self.monthly(member.cash) * share)

    def total(self, month: int | None = None) -> float:
        """All that the hybrid costs, in a month or over the horizon."""
        cash = self.monthly(self.bill.cash)
        return float(cash.sum() if month is None else cash[month - 1])

    def told_at(self, path: str) -> str:
        """Sentences of the findings at a path, or below it."""
        name = self.bill.option.name
        return " ".join(without_name(finding_text(item), name) for item in self._findings(path))

    @property
    def is_stale(self) -> bool:
        """Whether its decision was made for other figures than those of the evaluated plan."""
        path = f"options.{self.bill.option.id}.decision"
        return any(item.code == "decision.stale" for item in self._findings(path))

    def is_broken_at(self, path: str) -> bool:
        """Whether a finding at a path, or below it, says that a rule is broken."""
        return any(breaks_a_rule(item) for item in self._findings(path))

    def _findings(self, path: str) -> Iterator[Finding]:
        for item in self.evaluation.findings:
            if item.path == path or item.path.startswith(f"{path}."):
                yield item

    def tokens_at_home(self) -> float | None:
        """Share of all served tokens that own machines serve; none where nothing is served."""
        home = everywhere = 0.0
        for member in self.lines.members:
            for demand in member.served:
                left = 0.0
                for route in self.lines.routes:
                    for stage in route.stages:
                        same = stage.option == member.option.id and stage.demand.key == demand.key
                        if same and stage.left is not None:
                            left += float(self.monthly(stage.left).sum())
                served = float(self.monthly(demand.requests).sum()) - left
                length = demand.request_class.input_tokens.value
                length += demand.request_class.output_tokens.value
                everywhere += served * length
                if member.option.kind in {"owned_servers", "appliance"}:
                    home += served * length
        return home / everywhere if everywhere > 0 else None
