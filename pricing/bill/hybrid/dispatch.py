"""Servers of a hybrid: which demand they serve when there is not room for all.

What has nowhere else to go comes first: real-time work at its hour, then work that waits, in the
room that real-time work leaves over the month. What can go elsewhere follows in the order that the
routes state; routes of one class and rank share alike in what they get. Real-time work is met hour
by hour of every weekday, each hour at its mean; the cost of what goes elsewhere does not depend on
the hour, so only its monthly total matters.
"""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import WEEKDAYS, ClassDemand
from pricing.bill.factors import ONE, is_one, times
from pricing.bill.fleet import Need
from pricing.bill.hybrid.rounding import RULE_DIGITS, SHARE_DIGITS
from pricing.bill.load import Load, Peaks, at_hour
from pricing.bill.service import usable_capacity, write_use
from pricing.bill.window import ALWAYS
from pricing.ledger import Expression, Line, maximum, minimum, ratio, rounded, total, where


@dataclass(frozen=True, slots=True)
class Job:
    """A demand on servers."""

    demand: ClassDemand
    order: int | None
    """Rank in which it takes servers; none where it has nowhere else to go."""
    request_class: str
    """Id of the plan's request class; that of the demand may be one that a recipe makes."""

    @property
    def waits(self) -> bool:
        """Whether it can wait for an hour with room."""
        return self.demand.request_class.urgency != "real-time"


class Dispatch:
    """Writes how the servers of one option serve the jobs of a hybrid; call it as `Serve`."""

    def __init__(self, jobs: tuple[Job, ...], *, decided: bool) -> None:
        self._jobs = jobs
        self._decided = decided
        self.left: dict[str, Line] = {}
        """After the call: requests that the servers do not serve, by the key of the demand."""
        self.firm_kept: Line | None = None
        """After the call: flag that what has nowhere else to go finds room, bursts included."""

    def __call__(self, costs: Costs, load: Load, need: Need, in_service: Line) -> Fleet:
        """Write shares served, use of the servers, and what is left."""
        section = costs.section
        section.block("Service")
        if not self._decided and not need.fixed and load.window is ALWAYS:
            there = section.line(
                "Servers are there", costs.book.month > need.lead, "flag", key="delivered"
            )
            shares = {job.demand.key: there for job in self._jobs}
        else:
            capacity = section.line(
                "Usable capacity", usable_capacity(load, need, in_service), "servers",
                key="usable_capacity",
            )  # fmt: skip
            shares = _Shares(costs, load, capacity).write(self._jobs)
            self._write_firm(costs, load, capacity)
        use = write_use(costs, load, need, in_service, shares)
        section.block("Not on the servers")
        for job in self._jobs:
            demand = job.demand
            self.left[demand.key] = section.line(
                f"{demand.name}: requests beyond the servers",
                demand.requests * (1 - shares[demand.key]),
                "requests",
                key=f"{demand.key}.left",
                flow=True,
            )
        return use

    def _write_firm(self, costs: Costs, load: Load, capacity: Line) -> None:
        """Write whether work with nowhere else to go finds room at its busiest moment."""
        firm = tuple(job.demand for job in self._jobs if job.order is None)
        if not firm:
            return
        section = costs.section
        peak: Expression = load.peak
        if len(firm) < len(self._jobs):
            section.block("Work that has nowhere else to go")
            peaks = Peaks(costs.book, section, firm, load.mean_of, load.window, "firm.")
            peak = section.line(
                "Peak load of it", maximum(*peaks.write()), "servers", key="firm.peak_load"
            )
        self.firm_kept = section.line(
            "Servers suffice for work that has nowhere else to go",
            where(capacity > 0, rounded(ratio(peak, capacity), RULE_DIGITS) <= 1, peak <= 0),
            "flag",
            key="firm.kept", note="at its busiest moment, bursts inside an hour included",
        )  # fmt: skip


def _by_rank(jobs: tuple[Job, ...]) -> list[list[Job]]:
    """Jobs that can go elsewhere, first those of the first rank; those of one class together."""
    alike: dict[tuple[int, str], list[Job]] = {}
    for job in jobs:
        if job.order is not None:
            alike.setdefault((job.order, job.request_class), []).append(job)
    return [alike[key] for key in sorted(alike, key=lambda key: key[0])]


class _Shares:
    """Shares of jobs served where servers are fixed in number or run only in some hours."""

    def __init__(self, costs: Costs, load: Load, capacity: Line) -> None:
        self._book: Book = costs.book
        self._costs = costs
        self._section = costs.section
        self._load = load
        self._capacity = capacity
        self._own_class: dict[str, str] = {}
        self._at_hour: dict[str, dict[int, Expression]] = {}
        self._at_time: dict[tuple[str, int, int], Expression] = {}
        self._on_day: dict[str, list[Expression]] = {}

    def write(self, jobs: tuple[Job, ...]) -> dict[str, Line]:
        """Write the share of each job that is served, by the key of its demand."""
        self._own_class = {job.demand.key: job.request_class for job in jobs}
        firm = [job.demand for job in jobs if job.order is None and not job.waits]
        firm_waiting = [job.demand for job in jobs if job.order is None and job.waits]
        free = _by_rank(jobs)
        shares: dict[str, Line] = {}
        room = times(self._capacity, self._load.window.open_share)
        before: list[ClassDemand] = list(firm)
        carried = self._carried(before, "firm") if firm else None
        if carried is not None:
            met = self._met("Real-time work that must be served", carried, firm, "firm.met")
            shares |= {demand.key: met for demand in firm}
        if firm_waiting:
            inside = maximum(room - carried, 0) if carried is not None else room
            load = self._load_of(firm_waiting)
            served = self._line("Served of the work that must be served and can wait",
                                minimum(load, inside), "firm.waiting")  # fmt: skip
            met = self._met("Waiting work that must be served", served, firm_waiting,
                            "firm.waiting_met")  # fmt: skip
            shares |= {demand.key: met for demand in firm_waiting}
            room = room - served
        if not free:
            return shares
        left: Expression = self._line(
            "Room for work that can go elsewhere",
            maximum(room - carried if carried is not None else room, 0),
            "free.room",
        )
        for place, alike in enumerate(free):
            demands = [job.demand for job in alike]
            key, name = demands[0].key, " and ".join(demand.name for demand in demands)
            if alike[0].waits:
                wanted: Expression = self._load_of(demands)
            else:
                before += demands
                reached = self._carried(before, key)
                wanted = reached if carried is None else reached - carried
                carried = reached
            served = self._line(f"{name}: served load", minimum(wanted, left),
                                f"{key}.served_load")  # fmt: skip
            met = self._met(name, served, demands, f"{key}.served_share")
            shares |= {demand.key: met for demand in demands}
            if place + 1 < len(free):
                left = self._line(f"Room left after {name}", maximum(left - served, 0),
                                  f"{key}.room_left")  # fmt: skip
        return shares

    def _line(self, label: str, load: Expression, key: str) -> Line:
        return self._section.line(label, load, "servers", key=key)

    def _met(self, label: str, served: Line, demands: list[ClassDemand], key: str) -> Line:
        load = self._load_of(demands)
        return self._section.line(
            f"{label}: share served",
            where(rounded(ratio(load - served, load), SHARE_DIGITS) > 0, ratio(served, load), 1),
            "share",
            key=key,
            every_month=True,
            note="less than a billionth that is missing is a matter of rounding",
        )

    def _load_of(self, demands: list[ClassDemand]) -> Expression:
        """Mean load of demands; real-time work whose hours are unknown counts at its peak."""
        return total([self._mean(demand) for demand in demands])

    def _mean(self, demand: ClassDemand) -> Expression:
        mean, shape = self._load.mean_of[demand.key], demand.shape
        if demand.request_class.urgency != "real-time" or shape.hours is not None:
            return mean
        if not is_one(shape.level):
            self._book.find(
                "overflow.unknown_hours",
                f"workload.{self._own_class[demand.key]}.profile", "note",
                option=self._costs.option.name, request_class=demand.request_class.name,
            )  # fmt: skip
        return times(mean, shape.level)

    def _carried(self, demands: list[ClassDemand], key: str) -> Line:
        """Write the mean load that servers carry of real-time demands taken together."""
        window, section = self._load.window, self._section
        hours = [hour for hour in self._load.hours if window.is_open(hour)]
        days = self._days(demands)
        rows = [
            section.line(
                f"Carried at {hour:02d}:00, {demands[-1].name} and what goes before it",
                self._at(demands, hour, days),
                "servers",
                key=f"{key}.carried_{hour:02d}",
                note="mean over the weekdays, each at its own load",
            )
            for hour in hours
        ]
        mean: Expression = total(rows)
        if len(self._load.hours) > 1:
            mean = mean / self._book.hours_counted
        return self._line(f"Carried up to {demands[-1].name}", mean, f"{key}.carried")

    def _days(self, demands: list[ClassDemand]) -> range:
        window = self._load.window
        shaped = any(demand.shape.weekdays is not None for demand in demands)
        return range(window.days if shaped or window.days < len(WEEKDAYS) else 1)

    def _at(self, demands: list[ClassDemand], hour: int, days: range) -> Expression:
        if len(days) == 1 and self._load.window.days == len(WEEKDAYS):
            return minimum(self._capacity, total([self._hour(d, hour) for d in demands]))
        by_day = [
            minimum(self._capacity, total([self._on(d, hour, day) for d in demands]))
            for day in days
        ]
        return total(by_day) / self._book.weekdays_counted

    def _on(self, demand: ClassDemand, hour: int, day: int) -> Expression:
        """Load of a demand at an hour of a weekday; made once, every later rank adds it too."""
        key = demand.key, hour, day
        if key not in self._at_time:
            self._at_time[key] = times(self._hour(demand, hour), self._day(demand, day))
        return self._at_time[key]

    def _hour(self, demand: ClassDemand, hour: int) -> Expression:
        """Load of a demand at an hour of a mean day."""
        if demand.shape.hours is None:
            return self._mean(demand)
        known = self._at_hour.setdefault(demand.key, {})
        if hour not in known:
            mean = times(self._load.mean_of[demand.key], demand.shape.level)
            known[hour] = self._line(
                f"{demand.name}: load at {hour:02d}:00 of a mean day",
                at_hour(demand, hour, mean), f"{demand.key}.hour_{hour:02d}",
            )  # fmt: skip
        return known[hour]

    def _day(self, demand: ClassDemand, day: int) -> Expression:
        """Load of a demand on a weekday over a mean day."""
        weights = demand.shape.weekdays
        if weights is None:
            return ONE
        if demand.key not in self._on_day:
            self._on_day[demand.key] = [
                self._section.line(
                    f"{demand.name}: load on {name} over a mean day",
                    ratio(weight * self._book.weekdays_counted, total(weights)),
                    "share",
                    key=f"{demand.key}.day_{number}",
                )
                for number, (name, weight) in enumerate(zip(WEEKDAYS, weights, strict=True), 1)
            ]
        return self._on_day[demand.key][day]
