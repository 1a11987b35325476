"""From a plan to the arrays that are solved, every figure read off the ledger.

Cost, service and rules of any decision are then what the ledger says of it, requests lost in
outages included, with two exceptions: real-time work of which only the peak is known asks for room
at that peak also on the busiest day of work that can wait, which may be a little more than is
needed; and where a class with a result cache is not served in full, the mean score of its answers
counts every request alike, whatever the cache answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pricing.catalogue import Catalogue
from pricing.optimise.engine.instance import Instance, Job, Numbers, Pool, Recipe, Supplier
from pricing.optimise.engine.outcome import starts
from pricing.optimise.problem.candidates import Candidates, candidates_of, hits_of
from pricing.optimise.problem.hours import Hours, fewest_slots, hours_of
from pricing.optimise.problem.limits import limits_of
from pricing.optimise.problem.probe import Probe, ServerCost
from pricing.optimise.problem.terms import in_service, starts_of, term_of
from pricing.optimise.problem.ways import Way, Ways
from pricing.plan.currency import in_currency
from pricing.plan.hybrid import MOST_SERVERS, Hybrid
from pricing.plan.option import Appliance, OwnedServers, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.routing.vendors import vendor_of

THOUSAND = 1000.0


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
        self._candidates = candidates_of(plan, catalogue, hybrid)
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
        self._classes = list(dict.fromkeys(candidate.request_class for candidate in allowed))
        self._hours = {name: self._hours_of(name) for name in self._classes}

    def write(self) -> Problem:
        probe = self._probe
        jobs = self._write_jobs()
        ways = Ways(
            probe, self._candidates.allowed, self._pools, self._suppliers,
            dict(zip(self._classes, jobs, strict=True)),
            {name: hours.level for name, hours in self._hours.items()},
            {name: 1.0 - hits_of(self._hybrid, name)[1] for name in self._classes},
        )  # fmt: skip
        recipes, taken = zip(*ways.write(), strict=True) if jobs else ((), ())
        instance = Instance(
            months=probe.months,
            years=probe.years,
            jobs=tuple(jobs),
            pools=tuple(self._write_pools(jobs, recipes)),
            suppliers=tuple(self._write_supplier(option) for option in self._suppliers),
            recipes=tuple(recipes),
            limits=limits_of(self._plan),
            constant=self._constant(ways) / THOUSAND,
        )
        return Problem(
            self._plan, self._hybrid, instance, tuple(taken), self._pools, self._candidates
        )

    def _constant(self, ways: Ways) -> float:
        """Present cost of the probe that no decision changes: all but members and charges."""
        probe = self._probe
        spent = [probe.monthly(m.cash) for m in probe.hybrid.members if m.decided is None]
        for number in range(len(self._candidates.allowed)):
            charge = ways.charge(number)
            if charge is not None:
                spent.append(probe.monthly(charge))
        return probe.npv() - float(probe.kept @ sum(spent, start=np.zeros(probe.months)))

    # --- jobs ---------------------------------------------------------------------------------
    def _hours_of(self, name: str) -> Hours:
        request_class = next(c for c in self._plan.workload if c.id == name)
        left = self._probe.line(f"{self._probe.key}.{name}.peak_left")
        return hours_of(request_class, 1.0 if left is None else self._probe.values.number(left))

    def _write_jobs(self) -> list[Job]:
        probe, jobs = self._probe, []
        shapes = fewest_slots(np.array([self._hours[name].shape for name in self._classes]))
        for name, shape in zip(self._classes, shapes, strict=True):
            lines = next(c for c in probe.hybrid.classes if c.asked.key == name)
            request_class, hours = lines.asked.request_class, self._hours[name]
            found, _ = hits_of(self._hybrid, name)
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
                    answers=1.0 / (1.0 - found) if found < 1 else 1.0,
                )
            )
        return jobs

    # --- sources ----------------------------------------------------------------------------------
    def _write_pools(self, jobs: Sequence[Job], recipes: Sequence[Recipe]) -> list[Pool]:
        dates = {
            key: sorted({*starts_of(option, self._plan), *self._locked_starts(option)})
            for key, option in self._servers.items()
        }
        terms = {key: term_of(o) for key, o in self._servers.items()}
        costs = self._probe.server_costs(dates, terms)
        return [
            self._write_pool(place, option, costs[key], dates[key], jobs, recipes)
            for place, (key, option) in enumerate(self._servers.items())
        ]

    def _write_pool(
        self, place: int, option: SelfHosted, cost: ServerCost, dates: Sequence[int],
        jobs: Sequence[Job], recipes: Sequence[Recipe],
    ) -> Pool:  # fmt: skip
        probe = self._probe
        member = probe.hybrid.member(option.id)
        assert member is not None
        assert member.fleet is not None
        assert member.fleet.usable is not None
        usable = np.broadcast_to(probe.values.compute(member.fleet.usable), (probe.months,))
        unit = np.full(probe.months, np.inf)
        unit[list(dates)] = cost.unit[list(dates)]
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
            most=min(
                max(
                    option.most_servers
                    or _most(place, jobs, recipes, usable) + option.spare_servers,
                    *self._locked(option),
                ),
                MOST_SERVERS,
            ),
            capex=cost.capex / THOUSAND,
            kw=self._kw(option.id) if at_home else 0.0,
        )

    def _locked(self, option: SelfHosted) -> list[int]:
        """Servers in service month by month of a decision that must stay; zeros without one."""
        decision, months = self._hybrid.decision, self._plan.months
        if decision is None or not decision.locked:
            return [0] * months
        steps = [fleet.servers for fleet in self._hybrid.fleets if fleet.option == option.id]
        return in_service(option, steps[0] if steps else (), months)

    def _locked_starts(self, option: SelfHosted) -> list[int]:
        taken = starts(np.array(self._locked(option), dtype=np.int64), term_of(option))
        return [int(month) for month in np.flatnonzero(taken)]

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
