"""From routes to members: who is sent what, and what is left for others or for nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pricing.bill.costs import Costs
from pricing.bill.demand import ClassDemand
from pricing.bill.hybrid.dispatch import Job
from pricing.bill.hybrid.lines import MemberLines, StageLines
from pricing.bill.hybrid.members import Pool, write_pool, write_supplier
from pricing.bill.hybrid.outages import with_stand_ins
from pricing.bill.hybrid.routes import Routed
from pricing.bill.hybrid.uptime import Uptime
from pricing.bill.prices import TokenPriceLines
from pricing.ledger import Line, minimum, ratio, total
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import Option, SelfHosted, ServerOption, TokenPriced
from pricing.plan.recipe import Cascade, Layered


@dataclass(slots=True)
class Flows:
    """Requests on their way, collected member by member."""

    costs: Costs
    prices: Mapping[str, TokenPriceLines]
    uptime: Uptime
    pools: dict[str, Pool] = field(default_factory=dict)
    suppliers: dict[str, MemberLines] = field(default_factory=dict)

    @property
    def members(self) -> tuple[MemberLines, ...]:
        """All members, pools first."""
        return (*(pool.member for pool in self.pools.values()), *self.suppliers.values())

    def write(self, routed: Sequence[Routed]) -> tuple[Routed, ...]:
        """Write all members; returns the routes with what their servers leave and who takes it."""
        hybrid, options = self.costs.option, self.costs.book.plan.options
        assert isinstance(hybrid, Hybrid)
        for option in options:
            if isinstance(option, SelfHosted):
                self._write_pool(hybrid, option, routed)
        known = tuple(self._with_left(one) for one in routed)
        known = with_stand_ins(self.costs, self.uptime, known)
        for option in options:
            if isinstance(option, TokenPriced):
                flows = self._sent_to(option, known)
                if flows:
                    self.suppliers[option.id] = write_supplier(
                        self.costs, option, flows, self.prices[option.id],
                        self._standing_by(option, known),
                    )  # fmt: skip
        return known

    def _write_pool(self, hybrid: Hybrid, option: ServerOption, routed: Sequence[Routed]) -> None:
        jobs = tuple(
            Job(
                stage.demand,
                one.route.order if one.route.overflow is not None else None,
                one.route.request_class,
            )
            for one in routed
            for stage in one.stages
            if stage.option == option.id
        )
        fleet = next(
            ((n, fleet) for n, fleet in enumerate(hybrid.fleets) if fleet.option == option.id), None
        )
        if jobs or (fleet is not None and fleet[1].servers):
            self.pools[option.id] = write_pool(self.costs, option, jobs, fleet)

    def _with_left(self, one: Routed) -> Routed:
        stages = tuple(
            replace(stage, left=self.pools[stage.option].left[stage.demand.key])
            if stage.option in self.pools
            else stage
            for stage in one.stages
        )
        known = replace(one, stages=stages, left=self._left(one, stages))
        return self._second_stage_of_the_answered(known) if self._may_stop(known) else known

    def _may_stop(self, one: Routed) -> bool:
        """Whether requests that overflow at the first stage never come to the second."""
        return (
            one.route.overflow is not None
            and isinstance(one.route.recipe, Cascade | Layered)
            and one.stages[0].option in self.pools
            and one.stages[1].option not in self.pools
        )

    def _second_stage_of_the_answered(self, one: Routed) -> Routed:
        assert one.left is not None
        section, (first, second) = self.costs.section, one.stages
        answered = section.line(
            f"{one.name}: requests that its servers answer", one.works - one.left, "requests",
            key=f"route_{one.number}.answered", flow=True,
        )  # fmt: skip
        reached = section.line(
            f"{second.demand.name}: requests, overflow left out",
            second.demand.requests * ratio(answered, one.works),
            "requests",
            key=f"route_{one.number}.reached",
            flow=True,
            note="what overflows is answered there as a whole",
        )
        stage = replace(second, demand=replace(second.demand, requests=reached))
        return replace(
            one, stages=(first, stage), answered=answered, going_on=second.demand.requests
        )

    def _left(self, one: Routed, stages: tuple[StageLines, ...]) -> Line | None:
        """Requests that servers leave; one that two stages would leave is left once."""
        lines = [stage.left for stage in stages if stage.left is not None]
        if len(lines) <= 1:
            return lines[0] if lines else None
        return self.costs.section.line(
            f"{one.name}: requests beyond the servers, each once",
            minimum(total(list(lines)), one.works),
            "requests",
            key=f"route_{one.number}.left",
            flow=True,
            note="what one stage leaves, another one need not do",
        )

    def _sent_to(self, option: Option, routed: Sequence[Routed]) -> list[ClassDemand]:
        """Stages of routes, overflow of servers, and failover."""
        flows = [
            stage.demand for one in routed for stage in one.stages if stage.option == option.id
        ]
        for one in routed:
            whole = one.stages[0].demand
            if one.route.overflow == option.id and one.overflowed is not None:
                flows.append(replace(whole, requests=one.overflowed))
            if one.route.failover == option.id and one.stood_in is not None:
                flows.append(replace(whole, requests=one.stood_in))
        return flows

    def _standing_by(self, option: Option, routed: Sequence[Routed]) -> list[Line]:
        """Requests of routes that would go to an option if servers left any, or left none."""
        found = []
        for one in routed:
            overflow = one.route.overflow
            if one.overflowed is None or overflow is None:
                continue
            behind = one.route.failover if one.stood_in is not None else None
            if option.id in {overflow, behind}:
                found.append(one.assigned)
        found += [
            one.going_on for one in routed
            if one.going_on is not None and one.stages[1].option == option.id
        ]  # fmt: skip
        return found


def unserved_of(one: Routed) -> list[Line]:
    """Lines of requests of a route that nobody serves."""
    lines = []
    if one.lost is not None:
        lines.append(one.lost)
    if one.left is not None and one.route.overflow is None:
        lines.append(one.left)
    return lines
