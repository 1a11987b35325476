"""Routes: which requests go where, stage by stage of their recipes."""

from dataclasses import dataclass, replace

from pricing.bill.costs import Costs
from pricing.bill.demand import ClassDemand
from pricing.bill.hybrid.cache import Cached
from pricing.bill.hybrid.lines import StageLines
from pricing.bill.hybrid.naming import route_name
from pricing.bill.hybrid.quality import Scores
from pricing.bill.hybrid.schedule import write_share
from pricing.bill.hybrid.uptime import Uptime
from pricing.ledger import Expression, Input, Line
from pricing.plan.figure import PositiveAmount, Share
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.option import Option
from pricing.plan.recipe import Cascade, Direct, Layered, Router


@dataclass(frozen=True, slots=True)
class Routed:
    """A route as far as it is known before servers are filled."""

    route: Route
    number: int
    name: str
    """What labels call it."""
    assigned: Line
    works: Line
    """Requests that arrive while all options of the recipe answer."""
    down: Line | None
    stages: tuple[StageLines, ...]
    share: Expression
    """Share of the class's requests that takes it."""
    left: Line | None = None
    """Requests that servers of the route do not serve, by whatever stage; none without servers."""
    answered: Line | None = None
    """Requests whose first answer is given, where servers give it and what they leave overflows;
    none where all are."""
    going_on: Line | None = None
    """Requests that would come to the second stage if its servers left none; none where all do."""
    overflowed: Line | None = None
    """Requests that the overflow answers; none where nothing can overflow."""
    stood_in: Line | None = None
    """Requests that the failover answers; none where it is never needed."""
    lost: Line | None = None
    """Requests that nobody answers as options are down; none where somebody always does."""


class Routes:
    """Writes the routes of a hybrid."""

    def __init__(self, costs: Costs, scores: Scores, uptime: Uptime) -> None:
        self._costs = costs
        self._scores = scores
        self._uptime = uptime
        assert isinstance(costs.option, Hybrid)
        self._hybrid = costs.option
        self._options: dict[str, Option] = {o.id: o for o in costs.book.plan.options}

    def write(self, classes: tuple[Cached, ...]) -> tuple[Routed, ...]:
        """Write all routes in the order of their numbers."""
        by_class = {cached.asked.request_class.id: cached for cached in classes}
        return tuple(
            self._write(by_class[route.request_class], number, route)
            for number, route in enumerate(self._hybrid.routes)
        )

    def _write(self, cached: Cached, number: int, route: Route) -> Routed:
        section, demand, key = self._costs.section, cached.routed, f"route_{number + 1}"
        names = " and ".join(self._options[use].name for use in dict.fromkeys(route.recipe.uses))
        label = route_name(self._costs.book.plan, route, number + 1)
        section.block(f"{label}: {names}")
        share = write_share(self._costs, number, f"{label}: share of requests", f"{key}.share")
        assigned = section.line(
            f"{label}: requests", demand.requests * share, "requests", key=f"{key}.assigned",
            flow=True,
        )  # fmt: skip
        uptime = self._uptime.of_all(route.recipe.uses)
        down = self._write_down(uptime, assigned, label, key)
        works = assigned
        if down is not None:
            works = section.line(
                f"{label}: requests outside outages", assigned - down, "requests",
                key=f"{key}.works", flow=True,
            )  # fmt: skip
        if uptime is not None:
            demand = replace(demand, uptime=uptime)
        stages = self._stages(route, number, demand, works, label)
        return Routed(route, number + 1, label, assigned, works, down, stages, share)

    def _write_down(
        self, uptime: Expression | None, assigned: Line, label: str, key: str
    ) -> Line | None:
        """Write the requests that arrive while an option of the recipe is down."""
        if uptime is None:
            return None
        return self._costs.section.line(
            f"{label}: requests during outages", assigned * (1 - uptime), "requests",
            key=f"{key}.down", flow=True,
        )  # fmt: skip

    def _stages(
        self, route: Route, number: int, demand: ClassDemand, works: Line, label: str
    ) -> tuple[StageLines, ...]:
        recipe, key = route.recipe, f"route_{number + 1}"
        part = _Part(self._costs, demand, key, label)
        path = f"{self._costs.path}.routes.{number}.recipe"
        if isinstance(recipe, Direct):
            return (StageLines(recipe.option, "direct", part.whole(works)),)
        if isinstance(recipe, Layered):
            enhanced = part.enter("share of answers enhanced", "enhanced_share", recipe, path)
            return (
                StageLines(recipe.base, "base", part.whole(works)),
                StageLines(
                    recipe.enhancement,
                    "enhancement",
                    part.rereading(works * enhanced, "enhancement"),
                ),
            )
        if isinstance(recipe, Cascade):
            escalated = self._scores.escalation(route, number)
            return (
                StageLines(recipe.small, "small", part.whole(works)),
                StageLines(recipe.large, "large", part.share(works * escalated, "large")),
            )
        assert isinstance(recipe, Router)
        strong = part.enter("share sent to the strong model", "strong_share", recipe, path)
        return (
            StageLines(recipe.weak, "weak", part.share(works * (1 - strong), "weak")),
            StageLines(recipe.strong, "strong", part.share(works * strong, "strong")),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """The requests of a class that take one route, for its stages."""

    costs: Costs
    demand: ClassDemand
    key: str
    label: str

    def enter(self, label: str, field: str, recipe: object, path: str) -> Input:
        return self.costs.book.enter(
            self.costs.section, f"{self.label}: {label}", getattr(recipe, field), "share",
            f"{path}.{field}", f"{self.key}.{field}",
        )  # fmt: skip

    def whole(self, works: Line) -> ClassDemand:
        """All requests of the route."""
        return replace(self.demand, key=self._own_key(""), name=self.label, requests=works)

    def share(self, requests: Expression, stage: str) -> ClassDemand:
        """Some requests of the route."""
        line = self.costs.section.line(
            f"{self.label}: requests to the {_WORDS[stage]}", requests, "requests",
            key=f"{self.key}.{stage}", flow=True,
        )  # fmt: skip
        return replace(
            self.demand, key=self._own_key(stage), name=f"{self.label}, {_WORDS[stage]}",
            requests=line,
        )  # fmt: skip

    def rereading(self, requests: Expression, stage: str) -> ClassDemand:
        """Some requests, whose input holds the first answer too."""
        demand = self.share(requests, stage)
        own = demand.request_class
        longer = own.input_tokens.value + own.output_tokens.value
        tokens = self.costs.section.line(
            f"{self.label}: input tokens of an enhancement",
            demand.input_tokens + demand.output_tokens,
            "tokens/request",
            key=f"{self.key}.{stage}_input",
            note="it reads the request and the first answer",
        )
        request_class = own.model_copy(
            update={
                "id": f"{own.id}:{stage}",  # as no class of a plan can be called
                "name": f"{own.name}, enhancement",
                "input_tokens": PositiveAmount(value=longer, source="request and first answer"),
                "cacheable_share": Share(
                    value=own.cacheable_share.value * own.input_tokens.value / longer,
                    source="the same prefix of a longer input",
                ),
            }
        )
        again = self.costs.section.line(
            f"{self.label}: repeated prefix, share of the enhancement's input",
            demand.cacheable * demand.input_tokens / tokens,
            "share",
            key=f"{self.key}.{stage}_cacheable",
        )
        return replace(
            demand, request_class=request_class, name=f"{self.label}, enhancement",
            input_tokens=tokens, cacheable=again,
        )  # fmt: skip

    def _own_key(self, stage: str) -> str:
        return ".".join(part for part in (self.demand.key, self.key, stage) if part)


_WORDS = {
    "enhancement": "enhancing option",
    "large": "large model",
    "weak": "weak model",
    "strong": "strong model",
}
