"""What the routes of a hybrid break, and what of it cannot matter."""

from collections.abc import Iterator
from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.hybrid.schedule import monthly
from pricing.bill.speeds import predicted_speeds
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.hybrid_references import EXACT
from pricing.plan.option import Option, SelfHosted
from pricing.plan.recipe import Cascade, Layered
from pricing.plan.workload import RequestClass
from pricing.routing.context import mean_length, window_of
from pricing.routing.data_rules import accepted, may_be_sent
from pricing.routing.eligibility import named, too_late
from pricing.routing.quality import score_of
from pricing.routing.recipes import quality_of

MOST_VERIFIER_ERROR = 0.2
"""Share of wrong decisions above which cascades stop paying: with 0.2 the cascade of RouterBench's
GSM8K answers (Mixtral 8x7B, then GPT-4) is just as good as GPT-4 alone, with more it is worse
(recomputed from Q. J. Hu et al., "RouterBench", arXiv 2403.12031, 2024)."""

ROLES = {
    "option": "the option",
    "base": "its base",
    "enhancement": "its enhancement",
    "small": "its small option",
    "large": "its large option",
    "weak": "its weak option",
    "strong": "its strong option",
    "overflow": "its overflow",
    "failover": "its failover",
}
"""What an option is for a route, in words."""


@dataclass(frozen=True, slots=True)
class _Way:
    """An option that requests of a route can reach."""

    option: Option
    role: str
    path: str
    more_input: float = 0.0
    """Input tokens beside those of the request."""


def note_hybrid(book: Book, hybrid: Hybrid) -> None:
    """Note what a reader must know about the routes of a hybrid before any number."""
    notes = _Notes(book, hybrid)
    for number, route in enumerate(hybrid.routes):
        notes.route(number, route)
    notes.shares()
    notes.quality()
    notes.fleets()
    notes.caches()


class _Notes:
    def __init__(self, book: Book, hybrid: Hybrid) -> None:
        self._book, self._hybrid = book, hybrid
        self._options = {option.id: option for option in book.plan.options}
        self._classes = {c.id: c for c in book.plan.workload}
        self._path = f"options.{hybrid.id}"
        self._ways_seen: dict[tuple[object, ...], int] = {}

    def route(self, number: int, route: Route) -> None:
        """Note what one route sends where it may not go, and what of it never happens."""
        asked, path = self._classes[route.request_class], f"{self._path}.routes.{number}"
        self._idle(route, number, path)
        self._twice(route, number, path)
        if isinstance(route.recipe, Cascade):
            self._verifier(route.recipe, number, path)
        if not self._taken(route):
            return
        self._late(route, asked, number, path)
        for way in self._ways(route, asked, path):
            self._data(way, asked, number)
            self._context(way, asked, number)

    def _taken(self, route: Route) -> bool:
        """Whether a request ever takes a route."""
        months = self._book.plan.months
        return any(step.share > 0 and step.from_month <= months for step in route.shares)

    def _ways(self, route: Route, asked: RequestClass, path: str) -> Iterator[_Way]:
        recipe = route.recipe
        for field in type(recipe).model_fields:
            if field in ROLES:
                again = isinstance(recipe, Layered) and field == "enhancement"
                more = asked.output_tokens.value if again else 0.0
                option = self._options[getattr(recipe, field)]
                yield _Way(option, field, f"{path}.recipe.{field}", more)
        for field, happens in (("overflow", self._spills(route)), ("failover", self._fails(route))):
            name = getattr(route, field)
            if name is not None and happens:
                yield _Way(self._options[name], field, f"{path}.{field}")

    def _spills(self, route: Route) -> bool:
        return any(isinstance(self._options[use], SelfHosted) for use in route.recipe.uses)

    def _fails(self, route: Route) -> bool:
        """Whether requests can reach the failover: what it stands in for may be down."""
        if route.overflow is not None and self._spills(route):
            up = self._options[route.overflow].availability
            return up is not None and route.failover != route.overflow
        return any(self._options[use].availability is not None for use in route.recipe.uses)

    def _find(self, code: str, path: str, severity: str, number: int, **facts: str | float) -> None:
        self._book.find(
            code, path, severity,  # type: ignore[arg-type]
            option=self._hybrid.name, route=number + 1, **facts,
        )  # fmt: skip

    def _data(self, way: _Way, asked: RequestClass, number: int) -> None:
        """Sensitive data where it may not go: an error, by whatever way it gets there."""
        rules = self._book.plan.rules
        if not may_be_sent(way.option, asked.sensitivity, rules):
            self._find(
                "route.data_outside", way.path, "error", number, request_class=asked.name,
                data=asked.sensitivity, member=way.option.name, role=ROLES[way.role],
                accepted=accepted(way.option, rules),
            )  # fmt: skip

    def _context(self, way: _Way, asked: RequestClass, number: int) -> None:
        window = window_of(self._book.plan, way.option, self._book.catalogue)
        length = mean_length(asked, way.more_input)
        if window is not None and length > window:
            self._find(
                "route.context_too_short", way.path, "warning", number, request_class=asked.name,
                member=way.option.name, role=ROLES[way.role], length=length, window=window,
            )  # fmt: skip

    def _late(self, route: Route, asked: RequestClass, number: int, path: str) -> None:
        """Answers that take longer than the class allows, as entered or predicted."""
        speeds = predicted_speeds(self._book.predictions, asked.id)
        for reason in too_late(self._book.plan, route.recipe, asked, speeds):
            facts: dict[str, str | float] = {
                "request_class": asked.name, "members": named(self._book.plan, route.recipe),
                **{fact: reason.facts[fact] for fact in ("typical", "slow", "limit")},
            }  # fmt: skip
            at = f"{path}.recipe"
            if reason.code.startswith("first_token"):
                self._find("route.first_token_late", at, "warning", number, **facts)
            else:
                self._find("route.answer_late", at, "warning", number, **facts)

    def _idle(self, route: Route, number: int, path: str) -> None:
        """Overflow and failover that nothing can reach, or that cannot help."""
        if route.overflow is not None and not self._spills(route):
            self._find(
                "route.overflow_idle", f"{path}.overflow", "note", number,
                member=self._options[route.overflow].name,
            )  # fmt: skip
        if route.failover is None:
            return
        member = self._options[route.failover]
        if route.failover == route.overflow and self._spills(route):
            self._find(
                "route.failover_same", f"{path}.failover", "note", number, member=member.name
            )
        elif not self._fails(route):
            self._find(
                "route.failover_idle", f"{path}.failover", "note", number, member=member.name
            )
        elif route.failover in route.recipe.uses and member.availability is not None:
            self._find(
                "route.failover_down", f"{path}.failover", "warning", number, member=member.name
            )

    def _twice(self, route: Route, number: int, path: str) -> None:
        """Routes that differ in nothing but their shares."""
        way = (route.request_class, route.recipe, route.overflow, route.failover, route.order)
        first = self._ways_seen.setdefault(way, number)
        if first != number:
            self._find("route.twice", f"{path}.shares", "note", number, other=first + 1)

    def _verifier(self, recipe: Cascade, number: int, path: str) -> None:
        wrong = (1 - recipe.accepts_right.value + recipe.accepts_wrong.value) / 2
        if wrong > MOST_VERIFIER_ERROR + 1e-9:
            self._find(
                "cascade.weak_verifier", f"{path}.recipe.accepts_wrong", "warning", number,
                error=100 * wrong, most=100 * MOST_VERIFIER_ERROR,
            )  # fmt: skip

    def shares(self) -> None:
        """Routes that together leave a part of a class out, by intent or by rounding."""
        months = self._book.plan.months
        taken: dict[str, list[float]] = {}
        for route in self._hybrid.routes:
            sums = taken.setdefault(route.request_class, [0.0] * months)
            for month, share in enumerate(monthly(route.shares, months)):
                sums[month] += share
        for name, sums in taken.items():
            short = [month for month, share in enumerate(sums, start=1) if share < 1 - EXACT]
            if short:
                self._book.find(
                    "route.shares_short", f"{self._path}.routes", option=self._hybrid.name,
                    request_class=self._classes[name].name, months=len(short), month=short[0],
                    share=100 * sums[short[0] - 1],
                )  # fmt: skip

    def quality(self) -> None:
        """Scores without which a floor of a class, or of the plan, is not checked."""
        rules = self._book.plan.rules
        for asked in self._book.plan.workload:
            floor = asked.quality_floor
            unscored = self._unscored(asked)
            if floor is not None and floor.value > 0 and unscored:
                self._book.find(
                    "route.quality_not_checked", f"workload.{asked.id}.quality_floor", "note",
                    option=self._hybrid.name, request_class=asked.name, floor=floor.value,
                    members=", ".join(unscored),
                )  # fmt: skip
            elif rules.quality is not None and unscored:
                self._book.find(
                    "route.mean_quality_not_checked", "rules.quality", "note",
                    option=self._hybrid.name, request_class=asked.name,
                    members=", ".join(unscored),
                )  # fmt: skip

    def _unscored(self, asked: RequestClass) -> list[str]:
        """Names of the options whose score is missing for what the routes of a class answer."""
        plan, names = self._book.plan, []
        for route in self._hybrid.routes:
            if route.request_class != asked.id or not self._taken(route):
                continue
            uses: list[str] = []
            if quality_of(plan, route.recipe, asked) is None:
                uses += route.recipe.uses
            if route.overflow is not None and self._spills(route):
                uses.append(route.overflow)
            if route.failover is not None and self._fails(route):
                uses.append(route.failover)
            names += [
                self._options[use].name for use in uses
                if score_of(plan, self._options[use], asked.id) is None
            ]  # fmt: skip
        return list(dict.fromkeys(names))

    def fleets(self) -> None:
        """Servers that no route uses, and servers that cannot be there yet."""
        used = {use for route in self._hybrid.routes for use in route.recipe.uses}
        for number, fleet in enumerate(self._hybrid.fleets):
            option, path = self._options[fleet.option], f"{self._path}.fleets.{number}"
            assert isinstance(option, SelfHosted)
            wanted = [step for step in fleet.servers if step.servers > 0]
            if wanted and fleet.option not in used:
                self._book.find(
                    "fleet.no_route", f"{path}.servers", "warning", option=self._hybrid.name,
                    member=option.name,
                )  # fmt: skip
            if wanted and wanted[0].from_month <= option.lead_time_months:
                self._book.find(
                    "fleet.too_early", f"{path}.servers", "warning", option=self._hybrid.name,
                    member=option.name, month=wanted[0].from_month,
                    lead=option.lead_time_months, first=option.lead_time_months + 1,
                )  # fmt: skip

    def caches(self) -> None:
        """Result caches of classes that no route takes."""
        routed = {route.request_class for route in self._hybrid.routes}
        for number, cache in enumerate(self._hybrid.caches):
            if cache.request_class not in routed:
                self._book.find(
                    "cache.no_route", f"{self._path}.caches.{number}.request_class", "note",
                    option=self._hybrid.name,
                    request_class=self._classes[cache.request_class].name,
                )  # fmt: skip
