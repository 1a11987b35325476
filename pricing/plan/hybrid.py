"""Hybrids: options of the plan that share the work by routes, with a decision on what to buy."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.plan.figure import Day, Price, Share
from pricing.plan.model import Frozen, Identifier, Text, refusal
from pricing.plan.option_base import OptionBase
from pricing.plan.recipe import Recipe

MOST_SERVERS = 100_000
"""Most servers of one option that a decision may state."""
FromMonth = Annotated[int, Field(ge=1, le=84)]
"""Number of a plan month, 1 is the first."""


class ShareFrom(Frozen):
    """A share that holds from a month on, until the next one."""

    from_month: FromMonth = 1
    """First month in which it holds."""
    share: Annotated[float, Field(ge=0, le=1)]
    """The share, 0 to 1."""


class ServersFrom(Frozen):
    """A number of servers that holds from a month on, until the next one."""

    from_month: FromMonth = 1
    """First month in which it holds."""
    servers: Annotated[int, Field(ge=0, le=MOST_SERVERS)]
    """Servers in service, spares included."""


Shares = Annotated[tuple[ShareFrom, ...], Field(strict=False, min_length=1, max_length=84)]
ServerSteps = Annotated[tuple[ServersFrom, ...], Field(strict=False, max_length=84)]


class Route(Frozen):
    """Where a share of a request class goes."""

    request_class: Identifier
    """Id of the request class."""
    recipe: Recipe
    """How its requests are answered."""
    shares: Shares = (ShareFrom(share=1.0),)
    """Share of the class's requests that takes this route, 0 before the first entry."""
    overflow: Identifier | None = None
    """Id of the token-priced option that serves what the servers cannot in an hour, and what
    arrives while an option of the recipe is down."""
    failover: Identifier | None = None
    """Id of the token-priced option that serves while the overflow is down, or, without overflow
    of servers, while an option of the recipe is."""
    order: Annotated[int, Field(ge=1, le=100)] = 1
    """Rank in which routes with overflow take servers in short supply, 1 first."""
    by_hand: bool = False
    """Whether a person changed it after the optimiser had decided."""

    @model_validator(mode="after")
    def _months_rise(self) -> Self:
        _check_rising([step.from_month for step in self.shares], "shares")
        return self


class Fleet(Frozen):
    """Servers of one option, month by month, as decided."""

    option: Identifier
    """Id of the self-hosted option."""
    servers: ServerSteps = ()
    """Servers in service, 0 before the first entry; empty means as many as its load needs."""
    by_hand: bool = False
    """Whether a person changed it after the optimiser had decided."""

    @model_validator(mode="after")
    def _months_rise(self) -> Self:
        _check_rising([step.from_month for step in self.servers], "servers")
        return self


def _check_rising(months: Sequence[int], field: str) -> None:
    for place, (before, after) in enumerate(pairwise(months), start=1):
        if after <= before:
            raise refusal("months_fall", field, place, "from_month", value=after, before=before)


class ResultCache(Frozen):
    """Answers kept for repeated questions of one class in one data zone."""

    request_class: Identifier
    """Id of the request class."""
    zone: Text = ""
    """Where the answers may be kept (region, tenant); a cache never crosses zones."""
    zone_share: Share = Share.left_out(1)
    """Share of the class's requests that comes from this zone."""
    hit_rate: Share
    """Share of the zone's requests that the cache answers."""
    peak_hit_rate: Share | None = None
    """The same at the busiest hour; none means as on average."""
    false_hits: Share = Share.left_out(0)
    """Share of the cache's answers that are wrong for their request."""


class Question(Frozen):
    """What a decision was asked for beyond the rules of the plan."""

    axis: Literal["quality", "capex", "on_premises"]
    """Of what: mean score of all answers, purchases in a plan year, tokens served on premises."""
    level: Annotated[float, Field(ge=0)]
    """Least score or least share, 0 to 1, or most purchases in the plan's currency."""

    @model_validator(mode="after")
    def _shares_are_parts(self) -> Self:
        if self.axis != "capex" and self.level > 1:
            raise refusal("level_above_one", "level", value=self.level)
        return self


class Decision(Frozen):
    """Who decided on routes and fleets, and how good the decision was proven to be."""

    made_by: Literal["optimiser", "hand"]
    """Whether the optimiser chose it or a person."""
    made_on: Day
    """The day it was made."""
    npv: float
    """Net present value of the hybrid's cost when it was made, in the plan's currency."""
    bound: float | None = None
    """No decision within the same rules, and that keeps the level asked for, costs less."""
    lost: Annotated[float, Field(ge=0)] | None = None
    """Requests over the horizon that outages lost when it was made, as nobody may take over."""
    question: Question | None = None
    """What it is the cheapest decision for; none: the rules of the plan alone."""
    facts: Text = ""
    """Fingerprint of all that the decision rests on; another one means that facts have changed."""
    locked: bool = False
    """Whether its servers stay as they are when the optimiser runs again."""
    note: Text = ""
    """What a reader must know about it."""


class Hybrid(OptionBase):
    """Request classes served by several options of the plan."""

    kind: Literal["hybrid"] = "hybrid"
    routes: Annotated[tuple[Route, ...], Field(strict=False, max_length=1000)] = ()
    """Where each request class goes; what no route takes is not served."""
    fleets: Annotated[tuple[Fleet, ...], Field(strict=False, max_length=50)] = ()
    """Servers of the self-hosted options; those not listed follow their load."""
    caches: Annotated[tuple[ResultCache, ...], Field(strict=False, max_length=200)] = ()
    """Result caches before routing."""
    lookup_cost: Price = Price.left_out(0)
    """Cost of one look-up in a result cache."""
    store_cost: Price = Price.left_out(0)
    """Cost of keeping the answer of one request that was not found."""
    decision: Decision | None = None
    """Who decided, where it was not simply entered."""

    @model_validator(mode="after")
    def _routes_say_what_it_serves(self) -> Self:
        if self.serves:
            raise refusal("hybrid_serves", "serves")
        return self
