"""Service: how the servers in place meet the load, and what is left for others or for nobody."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pricing.bill.book import Book
from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import WEEKDAYS, ClassDemand
from pricing.bill.factors import ONE, is_one, over, times
from pricing.bill.fleet import Need
from pricing.bill.load import Load, at_hour
from pricing.bill.prices import TokenPriceLines
from pricing.bill.tokens import token_cost
from pricing.bill.window import ALWAYS
from pricing.ledger import (
    Expression,
    Line,
    Literal,
    maximum,
    minimum,
    ratio,
    sum_over_months,
    total,
    where,
)

Serve = Callable[[Costs, Load, Need, Line], Fleet]
"""Writes how servers in service (the last line) meet their load."""


def write_service(
    costs: Costs, load: Load, need: Need, in_service: Line, bridge: TokenPriceLines | None
) -> Fleet:
    """Write what is served, utilisation, and what goes to the bridge or stays unserved."""
    costs.section.block("Service")
    shares = _shares(costs.book, costs, load, need, in_service)
    use = write_use(costs, load, need, in_service, shares)
    left = _write_left(costs, load, shares, bridge)
    unserved = costs.section.line(
        "Requests beyond the servers" if bridge is None else "Requests that nobody serves",
        total(list(left.values())) if bridge is None else Literal(0),
        "requests",
        key="beyond",
        flow=True,
        every_month=True,
    )
    return replace(use, unserved=unserved, left=left if bridge is None else {})


def write_use(
    costs: Costs, load: Load, need: Need, in_service: Line, shares: Mapping[str, Line]
) -> Fleet:
    """Write how far servers are used that serve these shares of their demands, by key."""
    book, section = costs.book, costs.section
    busy = section.line(
        "Busy server-hours on the servers",
        total([
            c.requests * shares[c.key] * load.seconds[c.key]
            for c in load.served
        ]) / book.seconds_per_hour if load.served else Literal(0),
        "server·hours",
        key="busy",
        flow=True,
        every_month=True,
    )  # fmt: skip
    available = section.line(
        "Server-hours in service",
        times(in_service * book.hours, load.window.open_share),
        "server·hours",
        key="available",
        flow=True,
    )
    utilisation = section.line(
        "Utilisation", ratio(busy, available), "share", key="utilisation",
        note="busy time over time in service, spares included; computed from the load",
    )  # fmt: skip
    mean_utilisation = section.line(
        "Mean utilisation",
        ratio(sum_over_months(busy), sum_over_months(available)),
        "share",
        key="mean_utilisation",
    )
    section.line(
        "Use of usable capacity at the peak",
        ratio(load.peak, usable_capacity(load, need, in_service)),
        "share",
        key="peak_use",
    )
    return Fleet(
        utilisation=utilisation,
        mean_utilisation=mean_utilisation,
        servers=in_service,
        units=need.units,
        adaptation=need.adaptation,
        busy=busy,
        usable=load.usable,
    )


def _write_left(
    costs: Costs, load: Load, shares: dict[str, Line], bridge: TokenPriceLines | None
) -> dict[str, Line]:
    """Write the requests of each class beyond the servers, and what they cost at the bridge."""
    section = costs.section
    section.block("Not on the servers")
    left = {
        c.key: section.line(
            f"{c.name}: requests beyond the servers",
            c.requests * (1 - shares[c.key]),
            "requests",
            key=f"{c.key}.left",
            flow=True,
        )
        for c in load.served
    }
    if bridge is not None:
        for c in load.served:
            key = c.key
            costs.add(
                "bridge",
                token_cost(costs.book, section, bridge, c, left[key], f"{key}.bridge"),
            )
    return left


def usable_capacity(load: Load, need: Need, in_service: Line) -> Expression:
    """Servers that may carry load: those in service without the spares, as far as usable."""
    return maximum(in_service - need.spares, 0) * load.usable


def _shares(book: Book, costs: Costs, load: Load, need: Need, in_service: Line) -> dict[str, Line]:
    """The share of each class that the servers serve, by class id."""
    if not need.fixed and load.window is ALWAYS:
        there = costs.section.line(
            "Servers are there", book.month > need.lead, "flag", key="delivered"
        )
        return {c.key: there for c in load.served}
    return _Limited(costs, load, usable_capacity(load, need, in_service)).shares()


class _Limited:
    """Shares served where servers are fixed in number or run only in some hours.

    Real-time work is met hour by hour of every weekday, each hour at its mean: bursts inside an
    hour are taken to wait. What room is left then takes the work that can wait.
    """

    def __init__(self, costs: Costs, load: Load, capacity: Expression) -> None:
        self._book = costs.book
        self._section = costs.section
        self._path = costs.path
        self._name = costs.option.name
        self._load = load
        self._usable = self._section.line(
            "Usable capacity", capacity, "servers", key="usable_capacity"
        )

    def shares(self) -> dict[str, Line]:
        """Write the shares of all classes."""
        real_time, waiting = self._load.real_time, self._load.waiting
        served = self._serve_hours(real_time) if real_time else {}
        room: Expression = self._usable
        if real_time and waiting:
            room = maximum(self._usable - self._taken(), 0)
        return {**served, **(self._serve_waiting(waiting, room) if waiting else {})}

    def _serve_hours(self, classes: tuple[ClassDemand, ...]) -> dict[str, Line]:
        section, window = self._section, self._load.window
        self._days = self._weekdays(classes)
        self._hours = {
            hour: section.line(
                f"Real-time load at {hour:02d}:00 of a mean day",
                total([at_hour(c, hour, self._hour_mean(c)) for c in classes]),
                "servers",
                key=f"mean_load_{hour:02d}",
            )
            for hour in self._load.hours
            if window.is_open(hour)
        }
        self._met = {
            hour: section.line(
                f"Share of it met at {hour:02d}:00",
                where(load > 0, ratio(self._carried(load), times(load, total(self._days))), 1),
                "share",
                key=f"met_{hour:02d}",
                note="over the weekdays in service, each at its own load",
            )
            for hour, load in self._hours.items()
        }
        return {c.key: self._served_share(c) for c in classes}

    def _carried(self, load: Line) -> Expression:
        return total([minimum(self._usable, times(load, day)) for day in self._days])

    def _hour_mean(self, demand: ClassDemand) -> Expression:
        mean, shape = self._load.mean_of[demand.key], demand.shape
        if shape.hours is None and not is_one(shape.level):
            self._book.find(
                "overflow.unknown_hours", f"workload.{demand.request_class.id}.profile", "note",
                option=self._name, request_class=demand.request_class.name,
            )  # fmt: skip
        return times(mean, shape.level)

    def _weekdays(self, classes: tuple[ClassDemand, ...]) -> list[Expression]:
        """Real-time load of each day in service over a mean day; one day where all are alike."""
        if all(c.shape.weekdays is None for c in classes):
            return [ONE]
        means = [self._load.mean_of[c.key] for c in classes]
        return [
            self._section.line(
                f"Real-time load on {WEEKDAYS[day]} over a mean day",
                ratio(
                    total([
                        times(mean, self._weekday(c, day))
                        for c, mean in zip(classes, means, strict=True)
                    ]),
                    total(means),
                ),
                "share",
                key=f"weekday_{day + 1}",
            )
            for day in range(self._load.window.days)
        ]  # fmt: skip

    def _weekday(self, demand: ClassDemand, day: int) -> Expression:
        weights = demand.shape.weekdays
        if weights is None:
            return ONE
        return ratio(weights[day] * self._book.weekdays_counted, total(weights))

    def _served_share(self, demand: ClassDemand) -> Line:
        window = self._load.window
        weights = demand.shape.hours or (ONE,) * len(self._load.hours)
        share = ratio(
            total([times(met, weights[hour]) for hour, met in self._met.items()]),
            total(weights[: len(self._load.hours)]),
        )
        if window is not ALWAYS:
            share = share * window.weekdays(demand)
        return self._line(demand, share)

    def _taken(self) -> Line:
        """Mean real-time load on the servers over the hours in service."""
        per_day = total([self._met[hour] * load for hour, load in self._hours.items()])
        hours = times(self._book.hours_counted, self._load.window.length)
        mean = per_day / hours if len(self._load.hours) > 1 else per_day
        if not is_one(self._days[0]):
            open_days = times(self._book.weekdays_counted, self._load.window.open_days)
            mean = mean * total(self._days) / open_days
        return self._section.line(
            "Mean real-time load on the servers", mean, "servers", key="real_time_load"
        )

    def _serve_waiting(self, classes: tuple[ClassDemand, ...], room: Expression) -> dict[str, Line]:
        window = self._load.window
        reaching = {c: self._reaching(c) for c in classes}
        load = self._section.line(
            "Work that can wait, in the hours of service",
            over(total([
                times(self._load.mean_of[c.key], share)
                for c, share in reaching.items()
            ]), window.open_share),
            "servers",
            key="waiting_load",
        )  # fmt: skip
        met = self._section.line(
            "Share of it met",
            where(load > 0, minimum(1, ratio(room, load)), 1),
            "share",
            key="waiting_met",
            note="in the room that real-time work leaves",
        )
        return {c.key: self._line(c, times(met, share)) for c, share in reaching.items()}

    def _reaching(self, demand: ClassDemand) -> Expression:
        """Share of work that can wait which meets a day in service."""
        if self._load.window is ALWAYS or demand.request_class.urgency == "batch":
            return ONE
        return self._load.window.weekdays(demand)

    def _line(self, demand: ClassDemand, share: Expression) -> Line:
        name, key = demand.name, demand.key
        return self._section.line(
            f"{name}: share served",
            minimum(share, 1),
            "share",
            key=f"{key}.served_share",
            every_month=True,
        )
