"""Whole servers: how many, which hours they meet, and what stays undone."""

from dataclasses import dataclass

from pricing.plan.option import Committed, RentedGpus, Scheduled, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from pricing.serving import Hardware, ServerWork, server_work
from tests.bill.oracle.demand import Window, days_of, open_weekdays, requests_of, shape_of


def server_seconds(plan: Plan, option: SelfHosted, classes: list[RequestClass]) -> dict[str, float]:
    """Busy seconds of one server for one request of each class."""
    if option.serving is not None:
        more = 1 + option.serving.adaptation_overhead.value
        return {name: figure.value * more for name, figure in work_of(plan, option).seconds.items()}
    capacity = option.capacity
    assert capacity is not None
    found = {}
    for cls in classes:
        if capacity.requests_per_hour is not None:
            found[cls.id] = 3600 / capacity.requests_per_hour.value
            continue
        assert capacity.output_tokens_per_second is not None
        seconds = cls.output_tokens.value / capacity.output_tokens_per_second.value
        if capacity.input_tokens_per_second is not None:
            uncached = 1 - cls.cacheable_share.value * cls.cache_hit_rate.value
            seconds += cls.input_tokens.value * uncached / capacity.input_tokens_per_second.value
        found[cls.id] = seconds
    return found


def work_of(plan: Plan, option: SelfHosted) -> ServerWork:
    """What the serving model says of a server whose sheets the plan itself holds."""
    serving = option.serving
    assert serving is not None
    assert serving.accelerators is not None
    sheets = {sheet.id: sheet for sheet in plan.accelerators}
    models = {sheet.id: sheet for sheet in plan.models}
    served = [cls for cls in plan.workload if cls.id in option.serves or option.serves == ()]
    return server_work(
        serving,
        Hardware(sheets[serving.accelerator], serving.accelerators),
        models[serving.model],
        served,
        plan.measurements,
    )


def usable_of(plan: Plan, option: SelfHosted) -> list[float]:
    """Share of a server's time that may be planned with in each month.

    A fleet of many servers loses the hours that its servers are away, one after the other.
    """
    if option.serving is not None:
        share = work_of(plan, option).usable_share.value
    else:
        assert option.capacity is not None
        share = option.capacity.usable_share.value
    window = window_of(option)
    found = []
    for days in days_of(plan):
        hours = days * plan.calendar.hours_per_day
        if window is not None:
            hours = days * window.days / 7 * (window.end - window.first)
        found.append(share * (hours - option.maintenance_hours.value) / hours)
    return found


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


class Week:
    """One month's load of all classes in servers, placed into the hours of a week in service."""

    def __init__(
        self, plan: Plan, option: SelfHosted, means: dict[str, float], classes: list[RequestClass]
    ) -> None:
        self.window = window_of(option) or Window(0, 24, 7)
        self.scheduled = window_of(option) is not None
        self.means = means
        self.classes = classes
        self.shapes = {cls.id: shape_of(cls) for cls in classes}
        self.open_hours = [hour for hour in range(24) if self.window.has(hour)]
        self.open_days = list(range(self.window.days))
        per_day = plan.calendar.hours_per_day if self.scheduled else 24.0
        self.length = len(self.open_hours) / per_day

    def of(self, *urgencies: str) -> list[RequestClass]:
        return [cls for cls in self.classes if cls.urgency in urgencies]

    def peak(self) -> float:
        """What the servers must carry."""
        peaks = []
        for hour in self.open_hours:
            load = 0.0
            for cls in self.of("real-time"):
                shape = self.shapes[cls.id]
                load += self.means[cls.id] * shape.hours[hour] * max(shape.weekdays) * shape.burst
            peaks.append(load)
        if self.of("asynchronous"):
            peaks.append(
                sum(self.day_mean(c) * max(self.shapes[c.id].weekdays)
                    for c in self.of("real-time", "asynchronous"))
            )  # fmt: skip
        if self.of("batch"):
            peaks.append(self.month_mean())
        return max(peaks)

    def day_mean(self, cls: RequestClass) -> float:
        """Mean over the open hours of a mean day: real-time only what falls into them."""
        shape, mean = self.shapes[cls.id], self.means[cls.id]
        if cls.urgency != "real-time":
            return mean / self.length
        if not self.scheduled or not shape.known:
            return mean
        inside = sum(shape.hours[hour] for hour in self.open_hours) / 24
        return mean * inside / self.length

    def month_mean(self) -> float:
        """Mean over all hours in service, batch work included."""
        load = 0.0
        for cls in self.classes:
            if cls.urgency == "batch":
                load += self.means[cls.id] / self.length * 7 / len(self.open_days)
            else:
                weekdays = self.shapes[cls.id].weekdays
                here = sum(weekdays[day] for day in self.open_days) / len(self.open_days)
                load += self.day_mean(cls) * here
        return load

    def shares(self, usable: float) -> dict[str, float]:
        """Share of each class served by so much capacity, hour by hour of every weekday."""
        real_time = self.of("real-time")
        total = sum(self.means[cls.id] for cls in real_time)
        days = [
            sum(self.means[c.id] * self.shapes[c.id].weekdays[day] for c in real_time) / total
            if total else 0.0
            for day in self.open_days
        ]  # fmt: skip
        met, carried = {}, 0.0
        for hour in self.open_hours:
            load = 0.0
            for cls in real_time:
                shape = self.shapes[cls.id]
                load += self.means[cls.id] * shape.hours[hour] * (1 if shape.known else shape.burst)
            done = sum(min(usable, load * day) for day in days)
            wanted = sum(load * day for day in days)
            met[hour] = 1.0 if load == 0 else (done / wanted if wanted else 0.0)
            carried += met[hour] * load * sum(days)
        hours = 24 * self.length if self.scheduled else len(self.open_hours)
        carried /= hours * len(self.open_days)
        found = {}
        for cls in real_time:
            weights = self.shapes[cls.id].hours
            done = sum(weights[hour] * met[hour] for hour in self.open_hours)
            found[cls.id] = done / sum(weights) * open_weekdays(cls, self.window_or_none())
        waiting = self.of("asynchronous", "batch")
        reach = {cls.id: open_weekdays(cls, self.window_or_none()) for cls in waiting}
        wanted = sum(self.means[c.id] * reach[c.id] for c in waiting)
        wanted *= 7 / len(self.open_days) / self.length
        room = max(usable - carried, 0.0)
        part = 1.0 if wanted <= room else room / wanted
        found.update({cls.id: part * reach[cls.id] for cls in waiting})
        return found

    def window_or_none(self) -> Window | None:
        return self.window if self.scheduled else None


def fleet_of(
    plan: Plan, option: SelfHosted, classes: list[RequestClass], term: int | None, volume: float
) -> Fleet:
    """Simulate the fleet; `term` is how long a server is taken for, none for month by month."""
    window, per_day = window_of(option), plan.calendar.hours_per_day
    requests = {cls.id: requests_of(plan, cls, volume) for cls in classes}
    usable_share = usable_of(plan, option)
    seconds = server_seconds(plan, option, classes)
    hours = [days * per_day for days in days_of(plan)]
    weeks: list[Week] = []
    needed: list[float] = []
    for month in range(plan.months):
        means = {
            cls.id: requests[cls.id][month] * seconds[cls.id] / 3600 / hours[month]
            for cls in classes
        }
        weeks.append(Week(plan, option, means, classes))
        units = weeks[-1].peak() / usable_share[month]
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
        usable = max(in_service[month] - option.spare_servers, 0) * usable_share[month]
        shares = weeks[month].shares(usable)
        for cls in classes:
            share = shares[cls.id]
            if option.servers is None and window is None:
                share = 0.0 if month < option.lead_time_months else 1.0
            amount = requests[cls.id][month]
            left[cls.id][month] = amount * (1 - share)
            busy[month] += amount * share * seconds[cls.id] / 3600
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
