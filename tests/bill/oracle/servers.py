"""Whole servers: how many, which hours they meet, and what stays undone."""

from dataclasses import dataclass

from pricing.plan.option import Committed, RentedGpus, Scheduled, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from tests.bill.oracle.demand import Window, days_of, hour_shape, open_weekdays, requests_of


def server_seconds(option: SelfHosted, cls: RequestClass) -> float:
    """Busy seconds of one server for one request."""
    capacity = option.capacity
    if capacity.requests_per_hour is not None:
        return 3600 / capacity.requests_per_hour.value
    assert capacity.output_tokens_per_second is not None
    seconds = cls.output_tokens.value / capacity.output_tokens_per_second.value
    if capacity.input_tokens_per_second is not None:
        uncached = 1 - cls.cacheable_share.value * cls.cache_hit_rate.value
        seconds += cls.input_tokens.value * uncached / capacity.input_tokens_per_second.value
    return seconds


def whole(amount: float) -> int:
    """Up to whole units; less than a billionth above one is noise."""
    down = int(amount)
    return down if amount - down < 5e-10 else down + 1


@dataclass
class Batch:
    """Servers taken together in one month (0 is the first), for a number of months."""

    month: int
    count: float
    term: int

    def serves(self, month: int) -> bool:
        return self.month <= month < self.month + self.term


def take(needed: list[float], term: int) -> list[Batch]:
    """Take as many as are missing, each for a whole term."""
    taken: list[Batch] = []
    for month, need in enumerate(needed):
        there = sum(batch.count for batch in taken if batch.serves(month))
        if need > there:
            taken.append(Batch(month, need - there, term))
    return taken


def window_of(option: SelfHosted) -> Window | None:
    terms = option.terms if isinstance(option, RentedGpus) else None
    if isinstance(terms, Scheduled):
        return Window(terms.from_hour, terms.to_hour, terms.days_per_week)
    return None


@dataclass
class Fleet:
    """Months of a fleet."""

    batches: list[Batch]
    in_service: list[float]
    hours: list[float]
    """Hours in service of each month."""
    left: dict[str, list[float]]
    """Requests of each class and month beyond the servers."""
    busy: list[float]
    """Busy server-hours."""


def fleet_of(
    plan: Plan, option: SelfHosted, classes: list[RequestClass], term: int | None, volume: float
) -> Fleet:
    """Simulate the fleet; `term` is how long a server is taken for, none for month by month."""
    window, per_day = window_of(option), plan.calendar.hours_per_day
    shapes = {cls.id: hour_shape(cls, window, per_day) for cls in classes}
    requests = {cls.id: requests_of(plan, cls, volume) for cls in classes}
    usable_share = option.capacity.usable_share.value
    loads: list[list[float]] = []
    needed: list[float] = []
    hours = [days * per_day for days in days_of(plan)]
    for month in range(plan.months):
        day = []
        for hour in range(24):
            load = 0.0
            for cls in classes:
                weights, peak = shapes[cls.id]
                mean = requests[cls.id][month] * server_seconds(option, cls) / 3600 / hours[month]
                load += mean * weights[hour] * peak
            day.append(load)
        loads.append(day)
        open_hours = [day[hour] for hour in range(24) if window is None or window.has(hour)]
        units = max(open_hours) / usable_share
        wanted: float = whole(units) + (option.spare_servers if units > 0 else 0)
        if option.servers is not None:
            wanted = option.servers
        needed.append(float(wanted) if month >= option.lead_time_months else 0.0)
    batches = take(needed, term) if term is not None else []
    in_service = (
        [sum(b.count for b in batches if b.serves(month)) for month in range(plan.months)]
        if term is not None
        else list(needed)
    )
    left = {cls.id: [0.0] * plan.months for cls in classes}
    busy = [0.0] * plan.months
    for month in range(plan.months):
        usable = max(in_service[month] - option.spare_servers, 0) * usable_share
        for cls in classes:
            weights, _ = shapes[cls.id]
            done = 0.0
            for hour in range(24):
                load = loads[month][hour]
                if window is not None and not window.has(hour):
                    continue
                met = 1.0 if load <= usable * (1 + 1e-9) + 1e-12 else usable / load
                done += weights[hour] * met
            share = done / sum(weights) * open_weekdays(cls, window)
            if option.servers is None and month < option.lead_time_months:
                share = 0.0
            amount = requests[cls.id][month]
            left[cls.id][month] = amount * (1 - share)
            busy[month] += amount * share * server_seconds(option, cls) / 3600
    if window is not None:
        part = (window.end - window.first) / per_day * window.days / 7
        hours = [amount * part for amount in hours]
    return Fleet(batches, in_service, hours, left, busy)


def term_of(option: SelfHosted) -> int | None:
    """Months a server is taken for."""
    if isinstance(option, RentedGpus):
        return 12 * option.terms.years if isinstance(option.terms, Committed) else None
    life: int = getattr(option, "useful_life_months")  # noqa: B009
    return life
