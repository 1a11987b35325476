"""From a plan to the arrays that are solved, every figure read off the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from pricing.bill.hybrid import RouteLines
from pricing.catalogue import Catalogue
from pricing.ledger import Line
from pricing.optimise.candidates import Candidate, Candidates, candidates_of
from pricing.optimise.hours import Hours, fewest_slots, hours_of
from pricing.optimise.instance import Instance, Job, Numbers, Pool, Recipe, Supplier
from pricing.optimise.limits import in_currency, limits_of
from pricing.optimise.probe import Probe, ServerCost
from pricing.optimise.suppliers import cheapest, worth_offering
from pricing.optimise.terms import starts_of, term_of
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import Appliance, OwnedServers, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from pricing.routing.vendors import vendor_of

THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Way:
    """What a recipe of the instance is in the plan."""

    candidate: Candidate
    overflow: str | None = None
    failover: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An instance, and what its parts are in the plan."""

    plan: Plan
    hybrid: Hybrid
    instance: Instance
    ways: tuple[Way, ...]
    """One for each recipe."""
    pools: tuple[str, ...]
    """Ids of the options behind the pools."""
    candidates: Candidates


def problem_of(plan: Plan, catalogue: Catalogue, hybrid: Hybrid, today: date) -> Problem:
    """State what is to be decided for a hybrid of the plan.

    Args:
        plan: The plan with its rules.
        catalogue: Facts to look up.
        hybrid: The hybrid that is decided on: its caches and its own cost stay as they are.
        today: The day from which figures age.

    Raises:
        BillError: for a figure that is missing.
    """
    return _Writer(plan, catalogue, hybrid, today).write()


class _Writer:
    def __init__(self, plan: Plan, catalogue: Catalogue, hybrid: Hybrid, today: date) -> None:
        self._plan, self._catalogue, self._hybrid = plan, catalogue, hybrid
        self._candidates = candidates_of(plan, catalogue)
        allowed = self._candidates.allowed
        used = {use for candidate in allowed for use in candidate.recipe.uses}
        self._servers = {
            option.id: option
            for option in plan.options
            if isinstance(option, SelfHosted) and option.id in used
        }
        self._options = {option.id: option for option in plan.options}
        self._pools = tuple(self._servers)
        self._suppliers = tuple(
            o.id for o in plan.options if isinstance(o, TokenPriced) and o.id in used
        )
        self._probe = Probe(plan, catalogue, hybrid, allowed, self._pools, today)
        self._lines = {line.key: line for line in self._probe.ledger.lines}
        self._classes = list(dict.fromkeys(candidate.request_class for candidate in allowed))
        self._hours = {name: self._hours_of(name) for name in self._classes}

    def write(self) -> Problem:
        probe = self._probe
        jobs = self._write_jobs()
        by_class = dict(zip(self._classes, jobs, strict=True))
        direct = [
            self._recipe(number, candidate, by_class[candidate.request_class])
            for number, candidate in enumerate(self._candidates.allowed)
        ]
        recipes = [recipe for recipe, _ in direct]
        ways = [way for _, way in direct]
        for recipe, way in self._overflowing(recipes, ways, jobs):
            recipes.append(recipe)
            ways.append(way)
        spent = sum(
            (probe.monthly(m.cash) for m in probe.hybrid.members if m.decided is None),
            start=np.zeros(probe.months),
        )
        for number in range(len(self._candidates.allowed)):
            charge = self._charge(number)
            if charge is not None:
                spent = spent + probe.monthly(charge)
        instance = Instance(
            months=probe.months,
            years=probe.years,
            jobs=tuple(jobs),
            pools=tuple(self._write_pools(jobs, recipes)),
            suppliers=tuple(self._write_supplier(option) for option in self._suppliers),
            recipes=tuple(recipes),
            limits=limits_of(self._plan),
            constant=(probe.npv() - float(probe.kept @ spent)) / THOUSAND,
        )
        return Problem(
            self._plan, self._hybrid, instance, tuple(ways), self._pools, self._candidates
        )

    # --- jobs ---------------------------------------------------------------------------------
    def _hours_of(self, name: str) -> Hours:
        request_class = next(c for c in self._plan.workload if c.id == name)
        left = self._line(f"{self._probe.key}.{name}.peak_left")
        return hours_of(request_class, 1.0 if left is None else self._probe.values.number(left))

    def _line(self, key: str) -> Line | None:
        return self._lines.get(key)

    def _write_jobs(self) -> list[Job]:
        probe, jobs = self._probe, []
        shapes = fewest_slots(np.array([self._hours[name].shape for name in self._classes]))
        for name, shape in zip(self._classes, shapes, strict=True):
            lines = next(c for c in probe.hybrid.classes if c.asked.key == name)
            request_class, hours = lines.asked.request_class, self._hours[name]
            jobs.append(
                Job(
                    key=name,
                    requests=probe.monthly(lines.routed.requests) / THOUSAND,
                    waits=request_class.urgency != "real-time",
                    shape=shape,
                    peak=hours.peak,
                    busiest_day=hours.busiest_day,
                    tokens=request_class.input_tokens.value + request_class.output_tokens.value,
                    batch=request_class.urgency == "batch",
                )
            )
        return jobs

    # --- recipes --------------------------------------------------------------------------------
    def _charge(self, number: int) -> Line | None:
        return self._line(f"{self._probe.key}.route_{number + 1}.charge")

    def _recipe(
        self, number: int, candidate: Candidate, job: Job, failover: str | None = None
    ) -> tuple[Recipe, Way]:
        """A recipe by itself; a thousand units of money a thousand requests is money a request.

        It cannot be taken in months without requests, so that nothing counts as used in them.

        Args:
            number: Place of the candidate.
            candidate: What it is in the plan.
            job: Its job.
            failover: Id of the supplier that serves during outages; none means the cheapest.
        """
        probe = self._probe
        route = probe.routes[number]
        hours = self._hours[candidate.request_class]
        cost = np.zeros(probe.months)
        charge = self._charge(number)
        if charge is not None:
            cost = cost + probe.per_request(charge, route.assigned)
        work: dict[int, Numbers] = {}
        bought: dict[str, float] = {}
        spend: dict[str, Numbers] = {}
        clock = probe.monthly(probe.ledger.line("timing.hours"))
        for stage in route.stages:
            part = probe.per_request(stage.demand.requests, route.assigned)
            tokens = float(
                probe.values.compute(stage.demand.input_tokens + stage.demand.output_tokens).max()
            )
            bought[stage.option] = bought.get(stage.option, 0.0) + float(part.max()) * tokens
            if stage.option in self._servers:
                key = f"{probe.key}.{stage.option}.{stage.demand.key}.seconds"
                seconds = probe.monthly(probe.ledger.line(key))
                busy = part * seconds * THOUSAND / 3600 / clock * hours.level
                place = self._pools.index(stage.option)
                work[place] = work.get(place, np.zeros(probe.months)) + busy
            else:
                each = self._unit_cost(stage.option, stage.demand.request_class.id)
                spend[stage.option] = spend.get(stage.option, np.zeros(probe.months)) + part * each
        quality = float(probe.monthly(route.quality).max()) if route.quality is not None else np.nan
        if failover is None:
            failover = self._failover(candidate, route.down is not None)
        if route.down is not None and failover is not None:
            part = probe.per_request(route.down, route.assigned)
            each = self._unit_cost(failover, candidate.request_class)
            spend[failover] = spend.get(failover, np.zeros(probe.months)) + part * each
            down, other = float(part.max()), self._direct_route(failover, candidate.request_class)
            tokens = job.tokens * down
            bought[failover] = bought.get(failover, 0.0) + tokens
            score = np.nan if other.quality is None else float(probe.monthly(other.quality).max())
            quality = (1 - down) * quality + down * score
        for amount in spend.values():
            cost = cost + amount
        recipe = Recipe(
            key=f"{number}",
            job=self._classes.index(candidate.request_class),
            cost=np.where(job.requests > 0, cost * probe.kept, np.inf),
            work=work,
            quality=quality,
            bought=bought,
            spend=spend,
        )
        return recipe, Way(candidate, failover=failover)

    def _direct_route(self, option: str, request_class: str) -> RouteLines:
        """The probe's route of a class straight to an option."""
        return next(
            self._probe.routes[place]
            for place, candidate in enumerate(self._candidates.allowed)
            if candidate.request_class == request_class
            and isinstance(candidate.recipe, Direct)
            and candidate.recipe.option == option
        )

    def _unit_cost(self, supplier: str, request_class: str) -> Numbers:
        """Undiscounted cost of one request at a supplier, shape (T,)."""
        probe = self._probe
        key = f"{probe.key}.{supplier}.{request_class}"
        return probe.per_request(
            probe.ledger.line(f"{key}.cost"), probe.ledger.line(f"{key}.requests")
        )

    def _failover(self, candidate: Candidate, needed: bool) -> str | None:
        """The cheapest supplier that may serve the class while the recipe's options are down."""
        if not needed:
            return None
        return cheapest(
            {
                option: self._unit_cost(option, candidate.request_class)
                for option in self._direct_suppliers(candidate.request_class)
                if option not in candidate.recipe.uses
            }
        )

    def _direct_suppliers(self, request_class: str) -> list[str]:
        return [
            candidate.recipe.option
            for candidate in self._candidates.allowed
            if candidate.request_class == request_class
            and isinstance(candidate.recipe, Direct)
            and candidate.recipe.option in self._suppliers
        ]

    def _overflowing(
        self, recipes: Sequence[Recipe], ways: Sequence[Way], jobs: Sequence[Job]
    ) -> list[tuple[Recipe, Way]]:
        """Servers first, a supplier when they are full: one recipe for each pair worth offering.

        That supplier also serves during outages of the servers: only then does what a share costs
        depend on nothing but how much of it the servers serve.
        """
        found = []
        for number, (recipe, way) in enumerate(zip(recipes, ways, strict=True)):
            direct = way.candidate.recipe
            if not isinstance(direct, Direct) or direct.option not in self._servers:
                continue
            others = [
                place
                for place, other in enumerate(ways)
                if other.candidate.request_class == way.candidate.request_class
                and isinstance(other.candidate.recipe, Direct)
                and other.candidate.recipe.option in self._suppliers
                and self._options[other.candidate.recipe.option].availability is None
            ]
            for place in worth_offering(self._plan, recipes, others):
                supplier = ways[place].candidate.recipe.uses[0]
                served, _ = self._recipe(number, way.candidate, jobs[recipe.job], supplier)
                overflowing = replace(served, key=f"{recipe.key}+{place}", overflow=place)
                outages = self._probe.routes[number].down is not None
                found.append(
                    (overflowing, Way(way.candidate, supplier, supplier if outages else None))
                )
        return found

    # --- sources ----------------------------------------------------------------------------------
    def _write_pools(self, jobs: Sequence[Job], recipes: Sequence[Recipe]) -> list[Pool]:
        starts = {key: starts_of(o, self._plan) for key, o in self._servers.items()}
        terms = {key: term_of(o) for key, o in self._servers.items()}
        costs = self._probe.server_costs(starts, terms)
        return [
            self._write_pool(place, option, costs[key], starts[key], jobs, recipes)
            for place, (key, option) in enumerate(self._servers.items())
        ]

    def _write_pool(
        self, place: int, option: SelfHosted, cost: ServerCost, starts: Sequence[int],
        jobs: Sequence[Job], recipes: Sequence[Recipe],
    ) -> Pool:  # fmt: skip
        probe = self._probe
        member = probe.hybrid.member(option.id)
        assert member is not None
        assert member.fleet is not None
        assert member.fleet.usable is not None
        usable = np.broadcast_to(probe.values.compute(member.fleet.usable), (probe.months,))
        unit = np.full(probe.months, np.inf)
        unit[list(starts)] = cost.unit[list(starts)]
        at_home = isinstance(option, OwnedServers | Appliance)
        return Pool(
            key=option.id,
            vendor=self._vendor(option.id),
            fixed=np.maximum.accumulate(cost.fixed[::-1])[::-1] / THOUSAND,
            on_premises=at_home,
            unit=unit / THOUSAND,
            term=term_of(option),
            usable=np.array(usable, dtype=np.float64),
            spares=option.spare_servers,
            most=option.most_servers or _most(place, jobs, recipes, usable) + option.spare_servers,
            capex=cost.capex / THOUSAND,
            kw=self._kw(option.id) if at_home else 0.0,
        )

    def _kw(self, option: str) -> float:
        key = f"option.{option}.power_kw"
        return float(next(entry.value for entry in self._probe.ledger.inputs if entry.key == key))

    def _vendor(self, option: str) -> str:
        return vendor_of(self._options[option], self._catalogue)

    def _write_supplier(self, option: str) -> Supplier:
        probe, stated = self._probe, self._options[option]
        assert isinstance(stated, TokenPriced)
        member = probe.hybrid.member(option)
        assert member is not None
        years = int(probe.years[-1]) + 1
        least, worth = np.zeros(years), np.zeros(years)
        yearly = in_currency(self._plan, stated.minimum_spend)
        for year in range(years):
            inside = np.flatnonzero(probe.years == year)
            least[year] = yearly * len(inside) / 12
            worth[year] = probe.kept[inside[-1]]
        return Supplier(
            key=option,
            vendor=self._vendor(option),
            fixed=probe.supplier_fixed(member) / THOUSAND,
            on_premises=False,
            minimum=least / THOUSAND,
            shortfall=worth,
        )


def _most(place: int, jobs: Sequence[Job], recipes: Sequence[Recipe], usable: Numbers) -> int:
    """Servers that would carry everything that may be sent to a pool at its busiest moment."""
    heaviest: dict[int, Numbers] = {}
    for recipe in recipes:
        if place in recipe.work:
            load = jobs[recipe.job].requests * recipe.work[place]
            heaviest[recipe.job] = np.maximum(heaviest.get(recipe.job, 0.0), load)
    peak = sum(
        (load * max(float(jobs[job].peak.max()), jobs[job].busiest_day) for job, load in
         heaviest.items()),
        start=np.zeros(len(usable)),
    )  # fmt: skip
    return int(np.ceil((peak / usable).max(initial=0.0)))
