"""What the bill of a hybrid says beside its costs: who gets which requests, how well, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.bill.costs import Fleet
from pricing.bill.demand import ClassDemand
from pricing.ledger import Input, Line, Schedule
from pricing.plan.hybrid import Route
from pricing.plan.option import PureOption


@dataclass(frozen=True, slots=True)
class ClassLines:
    """One request class of a hybrid."""

    asked: ClassDemand
    """All of its requests."""
    routed: ClassDemand
    """The requests that no result cache answers."""
    hits: Line | None
    """Requests that a result cache answers; none without one."""
    unrouted: Line
    """Requests that no route takes."""
    unserved: Line
    """Requests that nobody serves, for whatever reason."""
    quality: Line | None
    """Mean score of the answers; none where a score is not known."""


@dataclass(frozen=True, slots=True)
class StageLines:
    """Requests that a route sends to one option."""

    option: str
    """Id of the option."""
    role: str
    """`direct`, `base`, `enhancement`, `small`, `large`, `weak` or `strong`."""
    demand: ClassDemand
    left: Line | None = None
    """Requests that the servers do not serve in time; none where there are no servers."""


@dataclass(frozen=True, slots=True)
class RouteLines:
    """One route of a hybrid."""

    route: Route
    number: int
    """1 is the first."""
    assigned: Line
    """Requests that take it."""
    down: Line | None
    """Of them, those that arrive while an option of the recipe is down; none if never."""
    overflowed: Line | None
    """Requests that its overflow answers; none where nothing can overflow."""
    stood_in: Line | None
    """Requests that its failover answers; none where it is never needed."""
    lost: Line | None
    """Requests that nobody answers as options are down; none where somebody always does."""
    stages: tuple[StageLines, ...]
    quality: Line | None
    """Score of its answers; none where a score is not known."""


@dataclass(frozen=True, slots=True)
class MemberLines:
    """The part of one option in a hybrid."""

    option: PureOption
    requests: Line
    """Requests sent to it: stages of routes, overflow and failover."""
    served: tuple[ClassDemand, ...]
    categories: Mapping[str, Line]
    """Monthly cost by category."""
    cash: Line
    used: Line
    """Flag of the months from which it is used."""
    costs: Mapping[str, Line]
    """Cost over the horizon by the key of the demand."""
    fleet: Fleet | None = None
    decided: Schedule | None = None
    """Servers in service as decided; none where they follow the load."""
    machines: Line | None = None
    """Monthly cost of the servers alone, without people, setup and other fixed cost."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that a hybrid must keep, in force in every month or once."""

    code: str
    label: str
    kept: Line
    """Flag: 1 where it is kept."""
    path: str
    """Field of the plan that states the rule."""
    held: Line | None = None
    """What is held against the limit, in every month or once; none where it is no one figure."""
    limit: Input | Line | None = None
    """The limit; none where it is 0, or no one figure."""
    least: bool = False
    """Whether the limit is the least that must be reached, not the most that may be."""


@dataclass(frozen=True, slots=True)
class HybridLines:
    """The lines of a hybrid by what they mean."""

    classes: tuple[ClassLines, ...]
    routes: tuple[RouteLines, ...]
    members: tuple[MemberLines, ...]
    checks: tuple[Check, ...]
    quality: Line | None
    """Mean score of all answers over the horizon; none where a score is not known."""

    def member(self, option: str) -> MemberLines | None:
        """The part of an option; none if no route reaches it."""
        return next((member for member in self.members if member.option.id == option), None)
