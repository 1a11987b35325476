"""Where the requests of a hybrid go, month by month: cache, routes, recipes and outages."""

from dataclasses import dataclass, field

from pricing.plan.figure import PositiveAmount, Share
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.option import Option
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Router
from pricing.plan.workload import RequestClass
from tests.bill.oracle.demand import requests_of
from tests.bill.oracle.quality import score

SURE = 1e-9
"""Less than this share of the requests of a class that no route takes is a matter of rounding."""


@dataclass
class Behind:
    """A request class behind its result caches."""

    cls: RequestClass
    asked: list[float]
    hits: list[float]
    misses: list[float]
    wrong: float
    """Share of the hits that are wrong."""
    squeeze: float
    """Peak over mean of what is left, against that of what was asked."""
    cached: bool


@dataclass
class Stage:
    """Requests that one option is asked to answer."""

    option: str
    cls: RequestClass
    """What one request is like; an enhancement reads the first answer too."""
    requests: list[float]
    left: list[float]
    """Of them, those that its servers do not serve."""


@dataclass
class Way:
    """A route with what flows along it."""

    number: int
    route: Route
    assigned: list[float]
    down: list[float]
    works: list[float]
    up: float
    """Share of the time in which all options of the recipe answer."""
    stages: list[Stage] = field(default_factory=list)
    stopped: bool = False
    """Whether what overflows ends there, without verifier and second answer."""
    going_on: list[float] = field(default_factory=list)
    """Requests that would reach the second stage if nothing overflowed; empty unless stopped."""

    def stop_at_first(self) -> None:
        """Ask the second stage only about requests that the first one has answered."""
        first, second = self.stages
        self.stopped = True
        self.going_on = list(second.requests)
        for month, works in enumerate(self.works):
            if works:
                second.requests[month] *= (works - first.left[month]) / works

    def looked_at(self, month: int) -> float:
        """Requests that a verifier or a router looks at."""
        return self.works[month] - (self.stages[0].left[month] if self.stopped else 0.0)

    def beyond(self, month: int) -> float:
        """Requests of the month that servers of the route leave; each is left once."""
        return min(sum(stage.left[month] for stage in self.stages), self.works[month])


def behind_cache(plan: Plan, hybrid: Hybrid, cls: RequestClass) -> Behind:
    """Zones add up: those that find an answer, at the mean and at the busiest moment."""
    asked = requests_of(plan, cls)
    found = peak = wrong = 0.0
    zones = [cache for cache in hybrid.caches if cache.request_class == cls.id]
    for zone in zones:
        here = zone.zone_share.value
        found += here * zone.hit_rate.value
        wrong += here * zone.hit_rate.value * zone.false_hits.value
        peak += here * (zone.peak_hit_rate or zone.hit_rate).value
    hits = [amount * found for amount in asked]
    return Behind(
        cls=cls,
        asked=asked,
        hits=hits,
        misses=[a - h for a, h in zip(asked, hits, strict=True)],
        wrong=wrong / found if found else 0.0,
        squeeze=(1 - peak) / (1 - found) if found != 1 else 0.0,
        cached=bool(zones),
    )


def in_force(route: Route, month: int) -> float:
    """Share of a route in a month, 0 is the first."""
    share = 0.0
    for step in route.shares:
        if step.from_month <= month + 1:
            share = step.share
    return share


def unrouted_share(hybrid: Hybrid, cls: RequestClass, month: int) -> float:
    """Share of what the cache leaves that no route takes."""
    taken = sum(in_force(r, month) for r in hybrid.routes if r.request_class == cls.id)
    return max(1 - taken, 0.0) if 1 - taken > SURE else 0.0


def enhancement_of(cls: RequestClass) -> RequestClass:
    """A request that holds the first answer; the repeated prefix is as long as before."""
    before = cls.input_tokens.value
    longer = before + cls.output_tokens.value
    return cls.model_copy(
        update={
            "id": f"{cls.id}.enhancement",
            "input_tokens": PositiveAmount(value=longer),
            "cacheable_share": Share(value=cls.cacheable_share.value * before / longer),
        }
    )


def ways_of(plan: Plan, hybrid: Hybrid, classes: dict[str, Behind]) -> list[Way]:
    """All routes with the requests of their stages."""
    options = {option.id: option for option in plan.options}
    ways = []
    for number, route in enumerate(hybrid.routes, start=1):
        behind = classes[route.request_class]
        assigned = [a * in_force(route, m) for m, a in enumerate(behind.misses)]
        up = 1.0
        for name in set(route.recipe.uses):
            availability = options[name].availability
            up *= availability.value if availability is not None else 1.0
        down = [amount * (1 - up) for amount in assigned]
        works = [a - d for a, d in zip(assigned, down, strict=True)]
        way = Way(number, route, assigned, down, works, up)
        way.stages = [
            Stage(option, cls, [amount * share for amount in works], [0.0] * plan.months)
            for option, cls, share in _stages(plan, options, route, behind.cls)
        ]
        ways.append(way)
    return ways


def _stages(
    plan: Plan, options: dict[str, Option], route: Route, cls: RequestClass
) -> list[tuple[str, RequestClass, float]]:
    """(option, what a request is like, share of the route's requests) of each stage."""
    recipe = route.recipe
    if isinstance(recipe, Direct):
        return [(recipe.option, cls, 1.0)]
    if isinstance(recipe, Layered):
        again = enhancement_of(cls)
        return [
            (recipe.base, cls, 1.0),
            (recipe.enhancement, again, recipe.enhanced_share.value),
        ]
    if isinstance(recipe, Cascade):
        weak = score(plan, options[recipe.small], cls.id)
        assert weak is not None
        rejected = (1 - recipe.accepts_right.value) * weak
        rejected += (1 - recipe.accepts_wrong.value) * (1 - weak)
        return [(recipe.small, cls, 1.0), (recipe.large, cls, rejected)]
    assert isinstance(recipe, Router)
    strong = recipe.strong_share.value
    return [(recipe.weak, cls, 1 - strong), (recipe.strong, cls, strong)]
