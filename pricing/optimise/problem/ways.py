"""Recipes of an instance: what a request costs and asks of servers by each way it may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.bill.hybrid import RouteLines
from pricing.ledger import Line
from pricing.optimise.engine.instance import Job, Numbers, Recipe
from pricing.optimise.problem.candidates import Candidate
from pricing.optimise.problem.probe import Probe
from pricing.plan.option import TokenPriced
from pricing.plan.recipe import Cascade, Direct, Layered
from pricing.plan.recipe import Recipe as PlanRecipe

THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Way:
    """What a recipe of the instance is in the plan."""

    candidate: Candidate
    overflow: str | None = None
    failover: str | None = None


class Ways:
    """Writes recipes off the lines of a probe.

    Args:
        probe: Its ledger with a route for each candidate.
        candidates: What may be taken.
        pools: Ids of the options with servers.
        suppliers: Ids of those billed by the token.
        jobs: By the id of their class.
        levels: By the id of the class: what its load counts for where only its peak is known.
        right: The same: share of its answers that are not wrong ones of a result cache.
    """

    def __init__(
        self, probe: Probe, candidates: Sequence[Candidate], pools: Sequence[str],
        suppliers: Sequence[str], jobs: Mapping[str, Job], levels: Mapping[str, float],
        right: Mapping[str, float],
    ) -> None:  # fmt: skip
        self._probe, self._candidates = probe, candidates
        self._pools, self._suppliers = list(pools), frozenset(suppliers)
        self._jobs, self._levels, self._right = jobs, levels, right
        self._always_there = {
            option.id
            for option in probe.plan.options
            if isinstance(option, TokenPriced) and option.availability is None
        }
        self._places = {name: place for place, name in enumerate(jobs)}
        self._clock = probe.monthly(probe.ledger.line("timing.hours"))
        self._direct = {
            (candidate.request_class, candidate.recipe.option): place
            for place, candidate in enumerate(candidates)
            if isinstance(candidate.recipe, Direct)
        }

    def write(self) -> list[tuple[Recipe, Way]]:
        """One recipe for each candidate in their order, then others of the same candidates.

        These have another failover, or none for where limits close all of them, or servers that
        overflow to a supplier.
        """
        found: list[tuple[Recipe, Way]] = []
        others: list[tuple[Recipe, Way]] = []
        for number, candidate in enumerate(self._candidates):
            failovers = self._failovers(number, candidate)
            first = failovers[0] if failovers else None
            found.append((self._recipe(number, candidate, first), Way(candidate, failover=first)))
            covered = [number]
            for failover in failovers[1:]:
                recipe = self._recipe(number, candidate, failover)
                covered.append(len(self._candidates) + len(others))
                others.append((replace(recipe, key=f"{number}~{failover}"),
                               Way(candidate, failover=failover)))  # fmt: skip
            if failovers:
                recipe = self._recipe(number, candidate, None)
                others.append((replace(recipe, key=f"{number}~", covered=tuple(covered)),
                               Way(candidate)))  # fmt: skip
        found += others
        places = self._overflow_places(found)
        return [*found, *self._overflowing(places, [recipe for recipe, _ in found])]

    def charge(self, number: int) -> Line | None:
        """What verifying or routing costs on the route of a candidate; none where nothing."""
        return self._probe.line(f"{self._probe.key}.route_{number + 1}.charge")

    def _recipe(self, number: int, candidate: Candidate, failover: str | None) -> Recipe:
        """A recipe by itself; a thousand units of money a thousand requests is money a request.

        It cannot be taken in months without requests, so that nothing counts as used in them.

        Args:
            number: Place of the candidate.
            candidate: What it is in the plan.
            failover: Id of the supplier that serves while an option of the recipe is down; without
                one that share of the requests is lost.
        """
        probe, route = self._probe, self._probe.routes[number]
        name = candidate.request_class
        job, bought = self._jobs[name], dict[str, float]()
        up = 1.0 - self._down(route)
        work, spend = dict[int, Numbers](), dict[str, Numbers]()
        for stage in route.stages:
            part = probe.per_request(stage.demand.requests, route.assigned)
            if job.requests.any() and not part.any():
                continue
            tokens = float(
                probe.values.compute(stage.demand.input_tokens + stage.demand.output_tokens).max()
            )
            bought[stage.option] = bought.get(stage.option, 0.0) + float(part.max()) * tokens
            if stage.option in self._suppliers:
                each = self._unit_cost(stage.option, stage.demand.request_class.id)
                spend[stage.option] = spend.get(stage.option, 0.0) + part * each
            else:
                key = f"{probe.key}.{stage.option}.{stage.demand.key}.seconds"
                seconds = probe.monthly(probe.ledger.line(key))
                busy = part * seconds * THOUSAND / 3600 / self._clock * self._levels[name]
                busy = np.divide(busy, up, out=np.zeros_like(busy), where=up > 0)
                place = self._pools.index(stage.option)
                work[place] = work.get(place, 0.0) + busy
        quality = self._score(route)
        part = self._down(route)
        lost = part if part.any() and failover is None else None
        if failover is not None:
            spend[failover] = spend.get(failover, 0.0) + part * self._unit_cost(failover, name)
            down = float(part.max())
            bought[failover] = bought.get(failover, 0.0) + job.tokens * down
            other = self._score(probe.routes[self._direct[name, failover]])
            quality = (1 - down) * quality + down * other
        charge = self.charge(number)
        cost = np.zeros(probe.months)
        if charge is not None:
            cost = cost + probe.per_request(charge, route.assigned)
        for amount in spend.values():
            cost = cost + amount
        return Recipe(
            key=f"{number}",
            job=self._places[name],
            cost=np.where(job.requests > 0, cost * probe.kept, np.inf),
            work=work,
            quality=quality * self._right[name],
            bought=bought,
            spend=spend,
            lost=lost,
        )

    def _score(self, route: RouteLines) -> float:
        """Score of a route's own answers; nan where it is not known."""
        if route.quality is None:
            return float("nan")
        return float(self._probe.monthly(route.quality).max())

    def _down(self, route: RouteLines) -> Numbers:
        """Shape (T,): share of a route's requests that arrive while an option of it is down."""
        if route.down is None:
            return np.zeros(self._probe.months)
        return self._probe.per_request(route.down, route.assigned)

    def _unit_cost(self, supplier: str, request_class: str) -> Numbers:
        """Undiscounted cost of one request at a supplier, shape (T,)."""
        probe = self._probe
        key = f"{probe.key}.{supplier}.{request_class}"
        return probe.per_request(
            probe.ledger.line(f"{key}.cost"), probe.ledger.line(f"{key}.requests")
        )

    def _failovers(self, number: int, candidate: Candidate) -> list[str]:
        """Suppliers that may serve the class while the recipe's options are down, cheapest first.

        The cheapest one may cost something to have, or be closed. Another stage of the recipe may
        be one if no availability is stated for it: the ledger takes it to be always up, then.
        """
        if not self._down(self._probe.routes[number]).any():
            return []
        costs = {
            option: float(self._unit_cost(option, candidate.request_class).sum())
            for name, option in self._direct
            if name == candidate.request_class
            and option in self._suppliers
            and (option not in candidate.recipe.uses or option in self._always_there)
        }
        return sorted(costs, key=lambda option: costs[option])

    def _overflow_places(self, found: list[tuple[Recipe, Way]]) -> dict[tuple[str, str], int]:
        """Places of the recipes that take what overflows, by class and supplier.

        What overflows is billed whether or not the supplier is down at that time, so that one with
        outages gets a recipe for overflow only, which is added to those found. Classes that no
        servers may serve have no overflow: such a recipe would only make the bound worse.
        """
        places = {}
        served = {one.request_class for one in self._candidates if self._may_overflow(one.recipe)}
        for (name, option), place in self._direct.items():
            if option not in self._suppliers or name not in served:
                continue
            places[name, option] = place
            route = self._probe.routes[place]
            if self._down(route).any():
                places[name, option] = len(found)
                found.append((self._always_up(place, name, option, route),
                              Way(self._candidates[place])))  # fmt: skip
        return places

    def _always_up(self, place: int, name: str, option: str, route: RouteLines) -> Recipe:
        """What a supplier answers without regard to its outages."""
        job, each = self._jobs[name], self._unit_cost(option, name)
        return Recipe(
            key=f"{place}^",
            job=self._places[name],
            cost=np.where(job.requests > 0, each * self._probe.kept, np.inf),
            work={},
            quality=self._score(route) * self._right[name],
            bought={option: job.tokens},
            spend={option: each},
            instead=place,
        )

    def _may_overflow(self, recipe: PlanRecipe) -> bool:
        """Whether its first answers come from servers, and nothing else of it does."""
        if recipe.uses[0] in self._suppliers:
            return False
        if isinstance(recipe, Direct):
            return True
        return isinstance(recipe, Cascade | Layered) and recipe.uses[1] in self._suppliers

    def _overflowing(
        self, places: Mapping[tuple[str, str], int], found: Sequence[Recipe]
    ) -> list[tuple[Recipe, Way]]:
        """Servers first, a supplier when they are full: one recipe for each pair.

        That supplier also serves during outages of the servers: only then does what a share costs
        depend on nothing but how much of it the servers serve.
        """
        overflowing = []
        for number, candidate in enumerate(self._candidates):
            if not self._may_overflow(candidate.recipe):
                continue
            outages = self._down(self._probe.routes[number]).any()
            for (name, supplier), place in places.items():
                if name != candidate.request_class:
                    continue
                failover = supplier if outages else None
                served = self._recipe(number, candidate, failover) if outages else found[number]
                overflowing.append(
                    (replace(served, key=f"{number}+{place}", overflow=place),
                     Way(candidate, supplier, failover))
                )  # fmt: skip
        return overflowing
