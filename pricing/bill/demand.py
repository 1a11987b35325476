"""Demand: requests and tokens of every class, month by month, and the shape of its days."""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.factors import ONE
from pricing.ledger import (
    Expression,
    Input,
    Line,
    Provenance,
    Section,
    choose,
    maximum,
    ratio,
    total,
)
from pricing.plan.workload import HourlyProfile, MonthlyGrowth, RequestClass

HOURS = range(24)


@dataclass(frozen=True, slots=True)
class Shape:
    """The load of a class over the hours of a day and the days of a week."""

    hours: tuple[Input, ...] | None = None
    """Load of each hour over a mean hour; none for a flat day, or for work that can wait."""
    weekdays: tuple[Input, ...] | None = None
    """Load of each weekday over a mean day, Monday first; none where it is not known."""
    level: Expression = ONE
    """Load of an hour over its weight: the weights' own mean, or a stated peak over the mean."""
    busiest_day: Expression = ONE
    """Load of the busiest day over a mean day."""
    burst: Expression = ONE
    """Peak inside an hour over its mean."""


@dataclass(frozen=True, slots=True)
class ClassDemand:
    """The lines of one request class."""

    request_class: RequestClass
    key: str
    """Tells it from other demands in keys of lines."""
    name: str
    """What labels of lines call it."""
    requests: Line
    """Requests of the month."""
    input_tokens: Expression
    """Tokens of one request."""
    output_tokens: Expression
    input_variation: Input | None
    cacheable: Expression
    """Share of the input tokens that is a repeated prefix."""
    hit_rate: Input
    shape: Shape
    """How its load moves over days and hours, as far as its urgency lets that count."""
    uptime: Expression = ONE
    """Share of the time in which its requests come: what servers must carry then is more than the
    mean over all time."""

    @property
    def read_share(self) -> Expression:
        """Share of the input tokens that is read from the prefix cache."""
        return self.cacheable * self.hit_rate

    @property
    def write_share(self) -> Expression:
        """Share of the input tokens that is written to the prefix cache."""
        return self.cacheable * (1 - self.hit_rate)


@dataclass(frozen=True, slots=True)
class Demand:
    """What is to be served."""

    classes: tuple[ClassDemand, ...]
    volume: Input
    requests: Line
    tokens: Line

    def of(self, ids: tuple[str, ...]) -> tuple[ClassDemand, ...]:
        """The classes with these ids; all of them for none."""
        return tuple(c for c in self.classes if not ids or c.request_class.id in ids)


def write_demand(book: Book) -> Demand:
    """Write the demand section."""
    section = book.ledger.section("demand", "Demand")
    volume = section.input(
        "Volume against the plan",
        1,
        "share",
        Provenance(source="1 is the plan as entered; change it to ask what if"),
        key="volume",
    )
    classes = tuple(
        _write_class(book, section, volume, request_class, f"workload.{request_class.id}")
        for request_class in book.plan.workload
    )
    section.block("All classes")
    requests = section.line(
        "Requests", total([c.requests for c in classes]), "requests", key="requests", flow=True
    )
    tokens = section.line(
        "Input and output tokens",
        total([c.requests * (c.input_tokens + c.output_tokens) for c in classes]),
        "tokens",
        key="tokens",
        flow=True,
    )
    return Demand(classes, volume, requests, tokens)


def _write_class(
    book: Book, section: Section, volume: Input, request_class: RequestClass, path: str
) -> ClassDemand:
    name, key = request_class.name, request_class.id
    section.block(name)
    per_day = request_class.per == "day"
    stated = book.enter(
        section,
        f"{name}: requests per {request_class.per} in the first month",
        request_class.requests,
        "requests/day" if per_day else "requests",
        f"{path}.requests",
        f"{key}.stated",
    )
    growth = section.line(
        f"{name}: volume against the first month",
        _growth(book, section, request_class, path),
        "share",
        key=f"{key}.growth",
    )
    base = stated * book.days if per_day else stated
    requests = section.line(
        f"{name}: requests",
        base * growth * volume,
        "requests",
        key=f"{key}.requests",
        flow=True,
    )

    def enter(label: str, field: str, unit: str) -> Input:
        return book.enter(
            section,
            f"{name}: {label}",
            getattr(request_class, field),
            unit,
            f"{path}.{field}",
            f"{key}.{field}",
        )

    input_tokens = enter("input tokens of a request", "input_tokens", "tokens/request")
    output_tokens = enter("output tokens of a request", "output_tokens", "tokens/request")
    section.line(
        f"{name}: input tokens", requests * input_tokens, "tokens", key=f"{key}.in", flow=True
    )
    section.line(
        f"{name}: output tokens", requests * output_tokens, "tokens", key=f"{key}.out", flow=True
    )
    return ClassDemand(
        request_class=request_class,
        key=key,
        name=name,
        requests=requests,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        input_variation=(
            enter("variation of the input length", "input_variation", "share")
            if request_class.input_variation is not None
            else None
        ),
        cacheable=enter("repeated prefix, share of input", "cacheable_share", "share"),
        hit_rate=enter("requests that find their prefix cached", "cache_hit_rate", "share"),
        shape=_shape(book, section, request_class, path),
    )


def _growth(book: Book, section: Section, request_class: RequestClass, path: str) -> Expression:
    name, key, growth = request_class.name, request_class.id, request_class.growth
    if isinstance(growth, MonthlyGrowth):
        rate = book.enter(
            section, f"{name}: growth per month", growth.rate, "share",
            f"{path}.growth.rate", f"{key}.growth_rate",
        )  # fmt: skip
        return (1 + rate) ** (book.month - 1)
    years = -(-book.plan.months // 12)
    steps = [
        book.enter(
            section, f"{name}: volume in year {year + 1}", factor, "share",
            f"{path}.growth.factors.{year}", f"{key}.year_{year + 1}",
        )
        for year, factor in enumerate(growth.factors[:years])
    ]  # fmt: skip
    return choose(book.year, steps + [steps[-1]] * (years - len(steps)))


def _shape(book: Book, section: Section, request_class: RequestClass, path: str) -> Shape:
    """Batch work has no shape, asynchronous work only weekdays, real-time work hours too."""
    name, key, profile = request_class.name, request_class.id, request_class.profile
    if request_class.urgency == "batch":
        return Shape()
    origin = Provenance(source=profile.source or "plan")
    if not isinstance(profile, HourlyProfile):
        if request_class.urgency == "asynchronous":
            return Shape()
        highest = section.input(
            f"{name}: peak over mean load", profile.ratio, "share", origin, key=f"{key}.peak",
            path=f"{path}.profile.ratio",
        )  # fmt: skip
        return Shape(level=highest)
    weekdays = tuple(
        section.input(
            f"{name}: load on {day} over a mean day", weight, "share", origin,
            key=f"{key}.weekday_{number + 1}", path=f"{path}.profile.weekdays.{number}",
        )
        for number, (day, weight) in enumerate(zip(WEEKDAYS, profile.weekdays, strict=True))
    )  # fmt: skip
    busiest_day = section.line(
        f"{name}: busiest day over a mean day",
        ratio(maximum(*weekdays) * book.weekdays_counted, total(weekdays)),
        "share",
        key=f"{key}.busiest_day",
    )
    if request_class.urgency == "asynchronous":
        return Shape(weekdays=weekdays, busiest_day=busiest_day)
    hours = tuple(
        section.input(
            f"{name}: load at {hour:02d}:00 over a mean hour", weight, "share", origin,
            key=f"{key}.hour_{hour:02d}", path=f"{path}.profile.hours.{hour}",
        )
        for hour, weight in enumerate(profile.hours)
    )  # fmt: skip
    level = section.line(
        f"{name}: hour weights over their own mean",
        ratio(book.hours_counted, total(hours)),
        "share",
        key=f"{key}.level",
        note="the weights as entered need not have a mean of 1 to the last digit",
    )
    burst = section.input(
        f"{name}: peak inside an hour over its mean", profile.within_hour_peak, "share", origin,
        key=f"{key}.burst", path=f"{path}.profile.within_hour_peak",
    )  # fmt: skip
    return Shape(hours, weekdays, level, busiest_day, burst)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
