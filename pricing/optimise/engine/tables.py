"""An instance as plain arrays: what the dispatch, the model and the search all read."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pricing.optimise.engine.instance import (
    Choice,
    Instance,
    Numbers,
    Pool,
    Recipe,
    Supplier,
    Whole,
)
from pricing.optimise.engine.outages import worth_of_answers

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Tables:
    """J jobs, P pools, R recipes, T months, U sources (pools first, then suppliers), V vendors."""

    instance: Instance
    bare: bool = False
    """Whether recipes may do without those who could take over during outages."""

    def __post_init__(self) -> None:
        for recipe in self.instance.recipes:
            if recipe.overflow is None:
                continue
            other = self.instance.recipes[recipe.overflow]
            if len(recipe.work) != 1 or other.work or other.job != recipe.job:
                raise ValueError(
                    f"recipe {recipe.key!r} with overflow must use one pool, and its overflow "
                    f"{other.key!r} must serve the same job outside pools"
                )

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        return self.instance.recipes

    @property
    def pools(self) -> tuple[Pool, ...]:
        return self.instance.pools

    @cached_property
    def sources(self) -> tuple[Pool | Supplier, ...]:
        """Pools, then suppliers."""
        return (*self.instance.pools, *self.instance.suppliers)

    @cached_property
    def requests(self) -> Numbers:
        """Shape (J, T): thousand requests."""
        return np.array([job.requests for job in self.instance.jobs])

    @cached_property
    def job(self) -> Whole:
        """Shape (R,): job of each recipe."""
        return np.array([recipe.job for recipe in self.recipes], dtype=np.int64)

    @cached_property
    def overflow(self) -> Whole:
        """Shape (R,): recipe of what the pool cannot serve, -1 where there is none."""
        return np.array(
            [-1 if recipe.overflow is None else recipe.overflow for recipe in self.recipes],
            dtype=np.int64,
        )

    @cached_property
    def pool(self) -> Whole:
        """Shape (R,): the pool of a recipe with overflow, -1 for others."""
        return np.array(
            [-1 if r.overflow is None else next(iter(r.work)) for r in self.recipes],
            dtype=np.int64,
        )

    @cached_property
    def up(self) -> Numbers:
        """Shape (R,): share of what a recipe is given that its pool may serve; 1 for most."""
        return np.array([1.0 - recipe.down for recipe in self.recipes])

    @cached_property
    def firm(self) -> Flags:
        """Shape (R,): whether all of its requests must find room in pools."""
        return np.array([bool(r.work) and r.overflow is None for r in self.recipes], dtype=bool)

    @cached_property
    def work(self) -> Numbers:
        """Shape (P, R, T): mean servers that all requests of the job keep busy."""
        result = np.zeros((len(self.pools), len(self.recipes), self.instance.months))
        for place, recipe in enumerate(self.recipes):
            for pool, work in recipe.work.items():
                result[pool, place] = work * self.requests[recipe.job]
        return result

    @cached_property
    def per_request(self) -> Numbers:
        """Shape (R, T): present cost of a thousand requests; inf where there is none."""
        return np.array([recipe.cost for recipe in self.recipes]).reshape(
            len(self.recipes), self.instance.months
        )

    @cached_property
    def cost(self) -> Numbers:
        """Shape (R, T): what all requests of the job weigh by a recipe, inf where it may not be.

        Their cost and `forgone`: what decisions are compared by.
        """
        return np.where(self.allowed, self.weight, np.inf)

    @cached_property
    def weight(self) -> Numbers:
        """Shape (R, T): the same, limits or no limits; 0 where there is no cost at all."""
        paid = np.where(np.isfinite(self.per_request), self.per_request, 0.0)
        return np.asarray(paid * self.requests[self.job] + self.forgone)

    @cached_property
    def lost(self) -> Numbers:
        """Shape (R, T): share of what a recipe is given that is lost in outages."""
        none = np.zeros(self.instance.months)
        return np.array([none if it.lost is None else it.lost for it in self.recipes]).reshape(
            len(self.recipes), self.instance.months
        )

    @cached_property
    def worth(self) -> Numbers:
        """Shape (J, T): what losing a thousand requests weighs; see `outages`."""
        return worth_of_answers(self)

    @cached_property
    def forgone(self) -> Numbers:
        """Shape (R, T): what of `cost` is no money but the weight of lost requests."""
        return np.asarray(self.lost * self.worth[self.job] * self.requests[self.job])

    @cached_property
    def uses(self) -> Flags:
        """Shape (U, R): whether a recipe needs a source; its overflow's stand by with it."""
        named = np.zeros((len(self.sources), len(self.recipes)), dtype=bool)
        place = {source.key: at for at, source in enumerate(self.sources)}
        for at, recipe in enumerate(self.recipes):
            for key in (*recipe.bought, *recipe.spend):
                named[place[key], at] = True
            for pool in recipe.work:
                named[pool, at] = True
        spills = self.overflow >= 0
        named[:, spills] |= named[:, self.overflow[spills]]
        return named

    @cached_property
    def present(self) -> Flags:
        """Shape (P, T): whether a server of the pool can be in service in a month."""
        months = self.instance.months
        result = np.zeros((len(self.pools), months), dtype=bool)
        for at, pool in enumerate(self.pools):
            if pool.key in self.instance.limits.closed or pool.most <= pool.spares:
                continue
            for start in np.flatnonzero(np.isfinite(pool.unit)):
                result[at, start : start + pool.term] = True
            result[at] &= pool.usable > 0
        return result

    @cached_property
    def allowed(self) -> Flags:
        """Shape (R, T): whether a recipe may and can be used in a month."""
        instance, closed = self.instance, self.instance.limits.closed
        shut = np.array([source.key in closed for source in self.sources], dtype=bool)
        result = np.ones((len(self.recipes), instance.months), dtype=bool)
        for at, recipe in enumerate(self.recipes):
            if recipe.key in closed or shut[self.uses[:, at]].any():
                result[at] = False
            result[at] &= np.isfinite(recipe.cost)
            for pool in recipe.work:
                result[at] &= self.present[pool]
        self._close_unknown_quality(result)
        self._close_overflow(result)
        if not self.bare:
            for at, recipe in enumerate(self.recipes):
                if recipe.covered:
                    result[at] &= ~result[list(recipe.covered)].any(axis=0)
            self._close_overflow(result)
        return result

    def _close_overflow(self, allowed: Flags) -> None:
        """What overflows to a recipe that may not be taken may not be taken either."""
        for spilling in np.flatnonzero(self.overflow >= 0):
            allowed[spilling] &= allowed[self.overflow[spilling]]

    def _close_unknown_quality(self, allowed: Flags) -> None:
        """Under a floor on quality a score is asked of every recipe of a job that has any."""
        if self.instance.limits.quality is None:
            return
        known = ~np.isnan(self.quality)
        for job in range(len(self.instance.jobs)):
            own = self.job == job
            with_score = (own & known)[:, None] & allowed
            allowed[own & ~known] &= ~with_score.any(axis=0)

    @cached_property
    def avoidable(self) -> Flags:
        """Shape (J, T): whether some recipe can serve the job in that month at all."""
        result = np.zeros((len(self.instance.jobs), self.instance.months), dtype=bool)
        np.logical_or.at(result, self.job, self.allowed)
        return result

    @cached_property
    def quality(self) -> Numbers:
        """Shape (R,): score of the answers; nan where nobody knows."""
        return np.array([recipe.quality for recipe in self.recipes])

    @cached_property
    def spend(self) -> Numbers:
        """Shape (suppliers, R, T): undiscounted spend on all requests of the job."""
        suppliers = self.instance.suppliers
        result = np.zeros((len(suppliers), len(self.recipes), self.instance.months))
        place = {supplier.key: at for at, supplier in enumerate(suppliers)}
        for at, recipe in enumerate(self.recipes):
            for key, spend in recipe.spend.items():
                result[place[key], at] = spend * self.requests[recipe.job]
        return result

    @cached_property
    def vendors(self) -> tuple[str, ...]:
        """Everybody that pools and suppliers are bought from."""
        return tuple(sorted({source.vendor for source in self.sources}))

    @cached_property
    def bought(self) -> Numbers:
        """Shape (V, R): tokens per request of a recipe by vendor."""
        vendor = {source.key: self.vendors.index(source.vendor) for source in self.sources}
        result = np.zeros((len(self.vendors), len(self.recipes)))
        for at, recipe in enumerate(self.recipes):
            for key, tokens in recipe.bought.items():
                result[vendor[key], at] += tokens
        return result

    @cached_property
    def bought_anywhere(self) -> Numbers:
        """Shape (R,): tokens per request of a recipe, whoever serves them."""
        return np.asarray(self.bought.sum(axis=0))

    @cached_property
    def bought_at_home(self) -> Numbers:
        """Shape (R,): tokens per request of a recipe that are served on premises."""
        home = {source.key for source in self.sources if source.on_premises}
        return np.array(
            [
                sum(tokens for key, tokens in recipe.bought.items() if key in home)
                for recipe in self.recipes
            ],
            dtype=np.float64,
        )

    @cached_property
    def most_bought(self) -> float:
        """Thousand tokens of the recipes that take most of them."""
        most = np.zeros(len(self.instance.jobs))
        np.maximum.at(most, self.job, self.bought_anywhere)
        return float((most @ self.requests).sum())

    @cached_property
    def inside(self) -> Flags:
        """Shape (R,): whether all that answers a request stands on the buyer's premises."""
        own = np.array([source.on_premises for source in self.sources], dtype=bool)
        needs = np.zeros((len(self.sources), len(self.recipes)), dtype=bool)
        place = {source.key: at for at, source in enumerate(self.sources)}
        for at, recipe in enumerate(self.recipes):
            for key in (*recipe.bought, *recipe.spend):
                needs[place[key], at] = True
            for pool in recipe.work:
                needs[pool, at] = True
        return np.asarray(needs.any(axis=0) & ~(needs & ~own[:, None]).any(axis=0))

    @cached_property
    def tokens(self) -> Numbers:
        """Shape (T,): thousand tokens of all jobs."""
        each = np.array([job.tokens for job in self.instance.jobs])
        return np.asarray(each @ self.requests)

    @cached_property
    def answers(self) -> Numbers:
        """Shape (J,): answers for each request that is routed, those of a result cache included."""
        return np.array([job.answers for job in self.instance.jobs])

    @cached_property
    def peaks(self) -> Numbers:
        """Shape (J, H): load of an hour of the busiest day over the mean load."""
        return np.array([job.peak for job in self.instance.jobs])

    @cached_property
    def shapes(self) -> Numbers:
        """Shape (J, S): load of a slot over the mean load."""
        return np.array([job.shape for job in self.instance.jobs])

    @cached_property
    def waits(self) -> Flags:
        """Shape (J,): whether a job can wait for an hour with room."""
        return np.array([job.waits for job in self.instance.jobs], dtype=bool)

    @cached_property
    def batch(self) -> Flags:
        """Shape (J,): whether a job can wait for another day."""
        return np.array([job.batch for job in self.instance.jobs], dtype=bool)

    @cached_property
    def busiest(self) -> Numbers:
        """Shape (J,): load of the busiest day over a mean day."""
        return np.array([job.busiest_day for job in self.instance.jobs])

    @cached_property
    def usable(self) -> Numbers:
        """Shape (P, T): share of a server that may be planned with."""
        return np.array([pool.usable for pool in self.pools]).reshape(-1, self.instance.months)

    @cached_property
    def spares(self) -> Whole:
        """Shape (P,): servers that carry no load."""
        return np.array([pool.spares for pool in self.pools], dtype=np.int64)


def tables_of(instance: Instance, choice: Choice) -> Tables:
    """Tables that allow what a choice takes without anybody who takes over during outages."""
    return Tables(
        instance,
        bare=any(
            bool(recipe.covered) and bool((shares > 0).any())
            for recipe, shares in zip(instance.recipes, choice.shares, strict=True)
        ),
    )
