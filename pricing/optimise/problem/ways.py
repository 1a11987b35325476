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
ROUNDING = 1e-12
"""Shares of requests below this come from rounding."""


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
        overflow to a supplier, by itself or with one of its own failovers.
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
        return [*found, *self._overflowing(found)]

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
        recipe = self._while_up(number, candidate)
        part = self._down(self._probe.routes[number])
        if not part.any():
            return recipe
        if failover is None:
            return replace(recipe, lost=part)
        return self._mixed(recipe, part, [(failover, part)], np.zeros_like(part))

    def _while_up(self, number: int, candidate: Candidate) -> Recipe:
        """What all requests cost that come while all options of a recipe are up.

        What it buys and spends is of all requests; what it asks of servers is so too, as they must
        be enough for all that come while they are up.
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
            quality=self._score(route) * self._right[name],
            bought=bought,
            spend=spend,
        )

    def _mixed(
        self, recipe: Recipe, down: Numbers, standing_in: Sequence[tuple[str, Numbers]],
        lost: Numbers,
    ) -> Recipe:  # fmt: skip
        """A recipe with those who answer during its outages.

        Args:
            recipe: As it is while all of its options are up.
            down: Shape (T,): share of its requests that come while one of them is down.
            standing_in: Supplier and share of the requests that it answers, shape (T,).
            lost: Shape (T,): share that nobody answers; all shares together are `down`.
        """
        job = list(self._jobs.values())[recipe.job]
        bought, spend, cost = dict(recipe.bought), dict(recipe.spend), recipe.cost
        scored = (1.0 - float(down.max())) * recipe.quality
        for option, part in standing_in:
            if part.max() <= ROUNDING:
                continue
            each = part * self._unit_cost(option, job.key)
            spend[option] = spend.get(option, 0.0) + each
            bought[option] = bought.get(option, 0.0) + job.tokens * float(part.max())
            cost = cost + each * self._probe.kept
            own = self._probe.routes[self._direct[job.key, option]]
            scored += float(part.max()) * self._score(own) * self._right[job.key]
        answered = 1.0 - float(lost.max())
        return replace(
            recipe, cost=cost, spend=spend, bought=bought,
            quality=scored / answered if answered > 0 else recipe.quality,
            lost=lost if lost.any() else None,
        )  # fmt: skip

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
            and self._may_stand_in(option, candidate)
        }
        return sorted(costs, key=lambda option: costs[option])

    def _may_overflow(self, recipe: PlanRecipe) -> bool:
        """Whether its first answers come from servers, and nothing else of it does."""
        if recipe.uses[0] in self._suppliers:
            return False
        if isinstance(recipe, Direct):
            return True
        return isinstance(recipe, Cascade | Layered) and recipe.uses[1] in self._suppliers

    def _overflowing(self, found: Sequence[tuple[Recipe, Way]]) -> list[tuple[Recipe, Way]]:
        """Servers first, a supplier when they are full: one recipe for each pair.

        The supplier answers during outages of the servers too, and its own failover during its own:
        what a share costs then depends on nothing but how much of it the servers serve.
        """
        overflowing: list[tuple[Recipe, Way]] = []
        targets: dict[tuple[str, str], list[int]] = {}
        for place, (_, way) in enumerate(found):
            recipe, name = way.candidate.recipe, way.candidate.request_class
            if isinstance(recipe, Direct) and recipe.option in self._suppliers:
                targets.setdefault((name, recipe.option), []).append(place)
        for number, candidate in enumerate(self._candidates):
            never = float(self._down(self._probe.routes[number]).max(initial=0.0)) >= 1 - ROUNDING
            if never or not self._may_overflow(candidate.recipe):
                continue
            for (name, supplier), places in targets.items():
                if name != candidate.request_class:
                    continue
                covered: list[int] = []
                for place in places:
                    failover = found[place][1].failover
                    if not self._may_stand_in(failover, candidate):
                        continue
                    served = self._served(number, candidate, supplier, failover)
                    last = found[place][0].covered != ()
                    overflowing.append(
                        (replace(served, key=f"{number}+{place}", overflow=place,
                                 covered=tuple(covered) if last else ()),
                         Way(candidate, supplier, failover))
                    )  # fmt: skip
                    covered.append(len(found) + len(overflowing) - 1)
        return overflowing

    def _served(
        self, number: int, candidate: Candidate, supplier: str, failover: str | None
    ) -> Recipe:
        """What servers serve of a share that overflows.

        Args:
            number: Place of the candidate.
            candidate: The recipe with servers.
            supplier: Id of the overflow.
            failover: Id of who answers during these; none: they are lost.
        """
        recipe, down = self._while_up(number, candidate), self._down(self._probe.routes[number])
        if not down.any():
            return recipe
        if supplier not in candidate.recipe.uses:
            return _answered(recipe, float(down.max()))
        # an option of the recipe is down at no other times than the recipe
        beyond = self._down(self._probe.routes[self._direct[candidate.request_class, supplier]])
        parts = [(supplier, down - beyond)]
        if failover is not None:
            parts.append((failover, beyond))
        return self._mixed(recipe, down, parts, np.zeros_like(down) if failover else beyond)

    def _may_stand_in(self, failover: str | None, candidate: Candidate) -> bool:
        return (
            failover is None
            or failover not in candidate.recipe.uses
            or failover in self._always_there
        )


def _answered(recipe: Recipe, down: float) -> Recipe:
    """A recipe counted by what it answers itself, where outages go to its overflow."""
    up = 1.0 - down
    return replace(
        recipe, down=down, cost=recipe.cost / up,
        bought={key: tokens / up for key, tokens in recipe.bought.items()},
        spend={key: spend / up for key, spend in recipe.spend.items()},
    )  # fmt: skip
