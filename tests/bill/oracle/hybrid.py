"""The bill of a hybrid, simulated month by month.

The rules, as agreed before the ledger was written: a result cache answers first; routes share what
is left; every stage asks one option; servers serve what has nowhere else to go, then what may
overflow in the order of the routes, those of one class and rank together; what servers leave, and
what comes while any option of a recipe is down, goes to the overflow, and past that to the
failover (see `outages`); servers must carry what comes while their route is up, which is all of its
requests in that part of the time; overflow answers a request as a whole; every option costs what it
costs alone, from its first use on, and standing by for overflow, for its outages, or for answers of
servers that would go on to it, is a use.
"""

from dataclasses import dataclass

from pricing.catalogue import Catalogue
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import PureOption, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Layered, Router
from pricing.plan.workload import RequestClass
from tests.bill.oracle.bill import Costs, fleet_costs, missing_spend
from tests.bill.oracle.money import in_plan_currency, present_value, tax_of
from tests.bill.oracle.outages import StandIns, stand_ins
from tests.bill.oracle.pool import Job, pool_of
from tests.bill.oracle.quality import score, score_of_route
from tests.bill.oracle.routing import Behind, Way, behind_cache, unrouted_share, ways_of
from tests.bill.oracle.servers import Fleet
from tests.bill.oracle.tokens import token_cost


@dataclass
class OracleHybrid:
    """What the engine has to agree with."""

    categories: dict[str, list[float]]
    cash: list[float]
    tco: float
    npv: float
    per_request: float
    per_million_tokens: float
    unserved: list[float]
    servers: list[float]
    members: dict[str, list[float]]
    """Monthly cost of each option that takes part."""
    in_service: dict[str, list[float]]
    quality: dict[str, list[float] | None]
    """Mean score of the answers of each class; none where one is not known."""
    overall: float | None


def hybrid_of(plan: Plan, hybrid: Hybrid, catalogue: Catalogue) -> OracleHybrid:
    """Simulate a hybrid of a plan."""
    return _Simulation(plan, hybrid, catalogue).run()


class _Simulation:
    def __init__(self, plan: Plan, hybrid: Hybrid, catalogue: Catalogue) -> None:
        self.plan, self.hybrid, self.catalogue = plan, hybrid, catalogue
        self.options = {option.id: option for option in plan.options}
        self.months = range(plan.months)
        routed = {route.request_class for route in hybrid.routes}
        self.classes = {
            cls.id: behind_cache(plan, hybrid, cls) for cls in plan.workload if cls.id in routed
        }
        self.ways = ways_of(plan, hybrid, self.classes)
        self.costs = Costs(plan)
        self.members: dict[str, Costs] = {}
        self.fleets: dict[str, Fleet] = {}

    def run(self) -> OracleHybrid:
        for option in self.plan.options:
            if isinstance(option, SelfHosted):
                self._pool(option)
        for way in self.ways:
            if self._stops(way):
                way.stop_at_first()
        for option in self.plan.options:
            if isinstance(option, TokenPriced):
                self._supplier(option)
        for member in self.members.values():
            for name, amounts in member.categories.items():
                for month in self.months:
                    self.costs.add(name, month, amounts[month])
        self._gateway()
        self._common(self.costs, self.hybrid, [True] * self.plan.months)
        categories = self.costs.categories
        if self.plan.finance.tax is not None:
            categories["tax"] = self._tax()
        return self._totals()

    def _tax(self) -> list[float]:
        """Each option's tax, as if it paid alone; what is resold is so by its owner."""
        own = Costs(self.plan)
        for name, amounts in self.costs.categories.items():
            for month in self.months:
                members = sum(
                    member.categories[name][month]
                    for member in self.members.values() if name in member.categories
                )  # fmt: skip
                own.add(name, month, amounts[month] - members)
        own.categories.pop("resale", None)
        parts = [tax_of(self.plan, own.categories)]
        parts += [tax_of(self.plan, member.categories) for member in self.members.values()]
        return [sum(row[month] for row in parts) for month in self.months]

    def _pool(self, option: SelfHosted) -> None:
        jobs = []
        for way in self.ways:
            order = way.route.order if way.route.overflow is not None else None
            squeeze = self.classes[way.route.request_class].squeeze
            jobs += [Job(s, order, squeeze, way.up) for s in way.stages if s.option == option.id]
        decided = next((f.servers for f in self.hybrid.fleets if f.option == option.id), ())
        if not jobs and not decided:
            return
        fleet = pool_of(self.plan, option, jobs, decided)
        member = Costs(self.plan)
        fleet_costs(member, option, fleet)
        self._common(member, option, [any(fleet.in_service[: m + 1]) for m in self.months])
        self.members[option.id], self.fleets[option.id] = member, fleet

    def _supplier(self, option: TokenPriced) -> None:
        sent: list[tuple[RequestClass, list[float]]] = []
        for way in self.ways:
            sent += [(s.cls, s.requests) for s in way.stages if s.option == option.id]
            cls = self.classes[way.route.request_class].cls
            others = self._stand_ins(way)
            if way.route.overflow == option.id and self._on_servers(way):
                sent.append((cls, others.overflow))
            if way.route.failover == option.id and self._fails_over(way):
                sent.append((cls, others.failover))
        if not sent and not self._named(option):
            return
        member = Costs(self.plan)
        member.add("tokens", 0, 0.0)
        for cls, requests in sent:
            for month in self.months:
                price = token_cost(self.plan, option, self.catalogue, cls, month)
                member.add("tokens", month, requests[month] * price)
        near = [requests for _, requests in sent]
        near += [
            way.assigned for way in self.ways
            if self._on_servers(way) and way.route.overflow is not None
            and (
                way.route.overflow == option.id
                or (way.route.failover == option.id and self._fails_over(way))
            )
        ]  # fmt: skip
        near += [
            way.going_on for way in self.ways if way.stopped and way.stages[1].option == option.id
        ]
        used = [
            any(requests[m] > 5e-10 for requests in near for m in range(now + 1))
            for now in self.months
        ]
        for month, short in missing_spend(self.plan, option, member.categories["tokens"]):
            member.add("tokens", month, short if used[month] else 0.0)
        self._common(member, option, used)
        self.members[option.id] = member

    def _stops(self, way: Way) -> bool:
        """What overflows before its first answer is neither verified nor answered again."""
        if way.route.overflow is None or not isinstance(way.route.recipe, Cascade | Layered):
            return False
        first, second = way.stages
        return first.option in self.fleets and second.option not in self.fleets

    def _named(self, option: TokenPriced) -> bool:
        return any(option.id in way.route.recipe.uses for way in self.ways)

    def _on_servers(self, way: Way) -> bool:
        return any(stage.option in self.fleets for stage in way.stages)

    def _common(self, costs: Costs, option: PureOption | Hybrid, used: list[bool]) -> None:
        plan = self.plan
        salary = in_plan_currency(plan, plan.people.loaded_cost_per_year) / 12
        for month in self.months:
            first = used[month] and not any(used[:month])
            setup = in_plan_currency(plan, option.setup_cost) if first else 0.0
            costs.add("setup", month, setup)
            now = 1.0 if used[month] else 0.0
            costs.add("people", month, now * option.people_fte.value * salary)
            fixed = in_plan_currency(plan, option.fixed_monthly_cost)
            costs.add("other", month, now * fixed)

    def _gateway(self) -> None:
        plan, hybrid = self.plan, self.hybrid
        for month in self.months:
            for behind in self.classes.values():
                if behind.cached:
                    look = in_plan_currency(plan, hybrid.lookup_cost)
                    keep = in_plan_currency(plan, hybrid.store_cost)
                    self.costs.add("gateway", month, behind.asked[month] * look)
                    self.costs.add("gateway", month, behind.misses[month] * keep)
            for way in self.ways:
                recipe = way.route.recipe
                if isinstance(recipe, Cascade):
                    each = in_plan_currency(plan, recipe.verifier_cost)
                elif isinstance(recipe, Router):
                    each = in_plan_currency(plan, recipe.router_cost)
                else:
                    continue
                self.costs.add("gateway", month, way.looked_at(month) * each)

    def _nobody(self, behind: Behind, month: int) -> float:
        """Requests of a class that nobody serves."""
        found = behind.misses[month] * unrouted_share(self.hybrid, behind.cls, month)
        for way in self.ways:
            if way.route.request_class != behind.cls.id:
                continue
            if way.route.overflow is None:
                found += way.beyond(month)
            found += self._stand_ins(way).lost[month]
        nearly_all = found >= behind.asked[month] * (1 - 5e-10)
        return behind.asked[month] if nearly_all else found

    def _quality(self, behind: Behind) -> list[float] | None:
        scored, answered = [0.0] * self.plan.months, [0.0] * self.plan.months
        for way in self.ways:
            route = way.route
            if route.request_class != behind.cls.id:
                continue
            parts = [(score_of_route(self.plan, route), self._by_itself(way))]
            others = self._stand_ins(way)
            if route.overflow is not None and self._on_servers(way):
                parts.append((self._score(route.overflow, behind), others.overflow))
            if route.failover is not None and self._fails_over(way):
                parts.append((self._score(route.failover, behind), others.failover))
            for value, requests in parts:
                if value is None:
                    return None
                for month in self.months:
                    scored[month] += value * requests[month]
                    answered[month] += requests[month]
        found = []
        for month in self.months:
            some = answered[month] > 5e-10 * behind.asked[month]
            routed = scored[month] / answered[month] if some else 0.0
            right = behind.hits[month] * (1 - behind.wrong)
            everything = answered[month] + behind.hits[month]
            if behind.cached:
                routed *= (answered[month] + right) / everything if everything else 0.0
            found.append(routed)
        return found

    def _score(self, option: str, behind: Behind) -> float | None:
        return score(self.plan, self.options[option], behind.cls.id)

    def _beyond(self, way: Way) -> list[float]:
        return [way.beyond(month) for month in self.months]

    def _by_itself(self, way: Way) -> list[float]:
        return [w - b for w, b in zip(way.works, self._beyond(way), strict=True)]

    def _stand_ins(self, way: Way) -> StandIns:
        return stand_ins(way, self.options, overflows=self._on_servers(way))

    def _fails_over(self, way: Way) -> bool:
        """Whether the failover stands in for anything that states how often it is up."""
        route = way.route
        if route.overflow is not None and self._on_servers(way):
            stated = self.options[route.overflow].availability is not None
            return stated and route.failover != route.overflow
        return any(self.options[name].availability is not None for name in route.recipe.uses)

    def _totals(self) -> OracleHybrid:
        plan, categories = self.plan, self.costs.categories
        cash = [sum(amounts[month] for amounts in categories.values()) for month in self.months]
        nobody = {
            name: [self._nobody(behind, month) for month in self.months]
            for name, behind in self.classes.items()
        }
        outside = [
            behind_cache(plan, self.hybrid, cls).asked
            for cls in plan.workload
            if cls.id not in self.classes
        ]
        done = {n: sum(b.asked) - sum(nobody[n]) for n, b in self.classes.items()}
        mtok = sum(
            done[n] * (b.cls.input_tokens.value + b.cls.output_tokens.value) / 1e6
            for n, b in self.classes.items()
        )
        quality = {name: self._quality(behind) for name, behind in self.classes.items()}
        return OracleHybrid(
            categories=categories,
            cash=cash,
            tco=sum(cash),
            npv=present_value(plan, cash),
            per_request=_over(sum(cash), sum(done.values())),
            per_million_tokens=_over(sum(cash), mtok),
            unserved=[
                sum(row[month] for row in [*nobody.values(), *outside]) for month in self.months
            ],
            servers=[
                sum(f.in_service[month] for f in self.fleets.values()) for month in self.months
            ],
            members={
                name: [
                    sum(row[month] for row in member.categories.values()) for month in self.months
                ]
                for name, member in self.members.items()
            },
            in_service={name: fleet.in_service for name, fleet in self.fleets.items()},
            quality=quality,
            overall=self._overall(quality, nobody),
        )

    def _overall(
        self, quality: dict[str, list[float] | None], nobody: dict[str, list[float]]
    ) -> float | None:
        scored = answered = 0.0
        for name, row in quality.items():
            if row is None:
                return None
            for month in self.months:
                amount = self.classes[name].asked[month] - nobody[name][month]
                scored += amount * row[month]
                answered += amount
        return _over(scored, answered) if quality else None


def _over(above: float, below: float) -> float:
    return above / below if below else 0.0
