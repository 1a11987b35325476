"""Load of a self-hosted option: its work in servers, hour by hour of the busiest day."""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.demand import HOURS, ClassDemand
from pricing.ledger import Expression, Input, Line, Literal, Section, maximum, ratio, total
from pricing.plan.capacity import Capacity


@dataclass(frozen=True, slots=True)
class ServiceWindow:
    """The hours of the day and days of the week in which servers run."""

    hours: frozenset[int]
    days: int
    """Days per week, Monday first."""
    open_share: Expression
    """Hours in service over all hours of a week."""
    length: Expression
    """Hours in service on a day that is served, as a share of its hours."""


@dataclass(frozen=True, slots=True)
class Load:
    """Work in server units: 1 is one server that is busy all the time."""

    work: Line
    """Busy server-hours of the month."""
    mean: Line
    """Mean load over the hours of service."""
    by_hour: tuple[Line, ...]
    """Load at each hour of the busiest day; a single line where the day is flat."""
    peak: Line
    usable: Input
    """Share of a server's throughput that may be planned with."""
    hourly: bool


def write_load(
    book: Book,
    section: Section,
    capacity: Capacity,
    served: tuple[ClassDemand, ...],
    path: str,
    window: ServiceWindow | None = None,
) -> Load:
    """Write the load of some classes on servers of a capacity."""
    section.block("Work of one request")
    seconds = _server_seconds(book, section, capacity, served, path)
    section.block("Load")
    mean_of = {
        c.request_class.id: section.line(
            f"{c.request_class.name}: mean load",
            c.requests * seconds[c.request_class.id] / book.seconds_per_hour / book.hours,
            "servers",
            key=f"{c.request_class.id}.mean_load",
        )
        for c in served
    }
    mean = section.line("Mean load", total(list(mean_of.values())), "servers", key="mean_load")
    busiest = [
        section.line(
            f"{c.request_class.name}: mean load of the busiest day",
            mean_of[c.request_class.id] * c.peak,
            "servers",
            key=f"{c.request_class.id}.busiest_load",
            note="bursts inside an hour included",
        )
        for c in served
    ]
    hourly = window is not None or any(c.hour_weights is not None for c in served)
    by_hour = tuple(
        section.line(
            f"Load at {hour:02d}:00 of the busiest day" if hourly else "Load on the busiest day",
            total([
                _at(_hour_weight(c, hour, window), load)
                for c, load in zip(served, busiest, strict=True)
            ]),
            "servers",
            key=f"load_{hour:02d}",
        )
        for hour in (HOURS if hourly else range(1))
    )  # fmt: skip
    return Load(
        work=section.line(
            "Busy server-hours", mean * book.hours, "server·hours", key="work", flow=True
        ),
        mean=mean,
        by_hour=by_hour,
        peak=section.line(
            "Peak load",
            maximum(*(line for hour, line in enumerate(by_hour) if is_open(hour, window))),
            "servers",
            key="peak_load",
            note="" if window is None else "in the hours of service",
        ),
        usable=book.enter(
            section, "Usable share of a server", capacity.usable_share, "share",
            f"{path}.usable_share", "usable_share",
        ),
        hourly=hourly,
    )  # fmt: skip


def served_share(
    section: Section,
    demand: ClassDemand,
    load: Load,
    met: tuple[Line, ...],
    window: ServiceWindow | None,
) -> Line:
    """Share of a class that is served when each hour's load is met to the shares `met`."""
    name, key = demand.request_class.name, demand.request_class.id
    weights = [_hour_weight(demand, hour, window) for hour in range(len(met))]
    share = ratio(
        total([_at(weight, part) for weight, part in zip(weights, met, strict=True)]),
        total(weights),
    )
    if window is not None and demand.request_class.urgency != "batch":
        share = share * _open_days(demand, window)
    return section.line(f"{name}: share served", share, "share", key=f"{key}.served_share")


def _at(weight: Expression, load: Line) -> Expression:
    """A load at its weight; most weights are 1 and need no formula."""
    return load if isinstance(weight, Literal) and weight.value == 1 else weight * load


def is_open(hour: int, window: ServiceWindow | None) -> bool:
    """Whether servers run at an hour of the day."""
    return window is None or hour in window.hours


def _hour_weight(demand: ClassDemand, hour: int, window: ServiceWindow | None) -> Expression:
    """Load of a class at an hour over its mean; what can wait moves into the hours of service."""
    if demand.request_class.urgency != "real-time" and window is not None:
        if hour not in window.hours:
            return Literal(0)
        spread = window.open_share if demand.request_class.urgency == "batch" else window.length
        return 1 / spread
    return Literal(1) if demand.hour_weights is None else demand.hour_weights[hour]


def _open_days(demand: ClassDemand, window: ServiceWindow) -> Expression:
    if demand.weekday_weights is None:
        return window.open_share / window.length
    weights = list(demand.weekday_weights)
    return ratio(total(weights[: window.days]), total(weights))


def _server_seconds(
    book: Book, section: Section, capacity: Capacity, served: tuple[ClassDemand, ...], path: str
) -> dict[str, Line]:
    """Busy time of one server per request of each class."""
    unit = "server·seconds/request"
    if capacity.requests_per_hour is not None:
        rate = book.enter(
            section, "Requests of one server per hour", capacity.requests_per_hour,
            "requests/hour/server", f"{path}.requests_per_hour", "requests_per_hour",
        )  # fmt: skip
        return {
            c.request_class.id: section.line(
                f"{c.request_class.name}: server time of a request",
                book.seconds_per_hour / rate,
                unit,
                key=f"{c.request_class.id}.seconds",
            )
            for c in served
        }
    assert capacity.output_tokens_per_second is not None
    out = book.enter(
        section, "Output tokens of one server per second", capacity.output_tokens_per_second,
        "tokens/second/server", f"{path}.output_tokens_per_second", "output_rate",
    )  # fmt: skip
    prefill = (
        book.enter(
            section, "Input tokens of one server per second of prefill",
            capacity.input_tokens_per_second,
            "tokens/second/server", f"{path}.input_tokens_per_second", "input_rate",
        )
        if capacity.input_tokens_per_second is not None
        else None
    )  # fmt: skip
    return {
        c.request_class.id: section.line(
            f"{c.request_class.name}: server time of a request",
            c.output_tokens / out
            + (0 if prefill is None else c.input_tokens * (1 - c.read_share) / prefill),
            unit,
            key=f"{c.request_class.id}.seconds",
        )
        for c in served
    }
