"""Load of a self-hosted option in servers, and the peak that its servers must carry.

Real-time work must be served at its hour, asynchronous work within its day, batch work within its
month. So servers suffice when they carry the busiest hour of the real-time work, the mean of the
busiest day of real-time and asynchronous work, and the mean of all work: what can wait fills the
hours in which little is asked for.
"""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.demand import HOURS, ClassDemand
from pricing.bill.factors import is_one, over, times
from pricing.bill.usable import write_usable
from pricing.bill.window import ALWAYS, ServiceWindow
from pricing.bill.work import write_work
from pricing.ledger import Expression, Input, Line, Literal, Section, maximum, ratio, total
from pricing.plan.option import SelfHosted


@dataclass(frozen=True, slots=True)
class Load:
    """Work in server units: 1 is one server that is busy all the time."""

    served: tuple[ClassDemand, ...]
    window: ServiceWindow
    seconds: dict[str, Line]
    """Busy time of one server per request, by class."""
    mean_of: dict[str, Line]
    """Mean load of each class over the hours of the month."""
    peak: Line
    """What the servers in service must carry."""
    usable: Expression
    """Share of a server's throughput that may be planned with, maintenance taken off."""
    adaptation: Input | None
    """More server time for hardware the model was not made for, contained in the load."""

    @property
    def real_time(self) -> tuple[ClassDemand, ...]:
        """The classes that must be served at their hour."""
        return tuple(c for c in self.served if c.request_class.urgency == "real-time")

    @property
    def waiting(self) -> tuple[ClassDemand, ...]:
        """The classes that can wait for an hour with room."""
        return tuple(c for c in self.served if c.request_class.urgency != "real-time")

    @property
    def hours(self) -> range:
        """Hours of the day that differ: all 24, or one that stands for all."""
        shaped = any(c.shape.hours is not None for c in self.served)
        return HOURS if shaped or self.window is not ALWAYS else range(1)


def write_load(
    book: Book,
    section: Section,
    option: SelfHosted,
    served: tuple[ClassDemand, ...],
    path: str,
    window: ServiceWindow = ALWAYS,
) -> Load:
    """Write the load of some classes on the servers of an option."""
    work = write_work(book, section, option, served, path)
    seconds = work.seconds
    section.block("Load")
    mean_of = {
        c.key: section.line(
            f"{c.name}: mean load",
            _while_up(c.requests * seconds[c.key] / book.seconds_per_hour / book.hours, c),
            "servers",
            key=f"{c.key}.mean_load",
            note="" if is_one(c.uptime) else "outside outages, in which no requests come",
        )
        for c in served
    }
    section.line("Mean load", total(list(mean_of.values())), "servers", key="mean_load")
    usable = write_usable(book, section, option, work, window, path)
    peaks = Peaks(book, section, served, mean_of, window)
    peak = section.line("Peak load", maximum(*peaks.write()), "servers", key="peak_load")
    return Load(served, window, seconds, mean_of, peak, usable, work.adaptation)


def _while_up(mean: Expression, demand: ClassDemand) -> Expression:
    """Mean load in the time in which requests of a demand come."""
    return mean if is_one(demand.uptime) else ratio(mean, demand.uptime)


class Peaks:
    """The loads of which servers must carry the largest; `part` tells a part of the load."""

    def __init__(
        self, book: Book, section: Section, served: tuple[ClassDemand, ...],
        mean_of: dict[str, Line], window: ServiceWindow, part: str = "",
    ) -> None:  # fmt: skip
        self._part = part
        self._book = book
        self._section = section
        self._mean_of = mean_of
        self._window = window
        self._by_urgency = {
            urgency: tuple(c for c in served if c.request_class.urgency == urgency)
            for urgency in ("real-time", "asynchronous", "batch")
        }

    def write(self) -> list[Line]:
        """Write the lines; those that another one can only exceed are left out."""
        real_time, by_day, by_month = self._by_urgency.values()
        lines = self._hours(real_time) if real_time else []
        if by_day:
            lines.append(self._busiest_day(real_time, by_day))
        if by_month:
            lines.append(self._whole_month(real_time, by_day, by_month))
        return lines or [self._nothing()]

    def _nothing(self) -> Line:
        return self._section.line(
            "No work", Literal(0), "servers", key=f"{self._part}no_load", every_month=True
        )

    def _hours(self, real_time: tuple[ClassDemand, ...]) -> list[Line]:
        section, window = self._section, self._window
        busiest = {
            c: section.line(
                f"{c.name}: busiest moment at a mean hour",
                times(self._mean(c), c.shape.busiest_day, c.shape.burst, c.shape.level),
                "servers",
                key=f"{self._part}{c.key}.busiest_load",
                note="the busiest day, bursts inside an hour included; hour weights come on top",
            )
            for c in real_time
        }
        hourly = any(c.shape.hours is not None for c in real_time)
        return [
            section.line(
                f"Real-time load at {hour:02d}:00 of the busiest day"
                if hourly
                else "Real-time load at the peak",
                total([at_hour(c, hour, load) for c, load in busiest.items()]),
                "servers",
                key=f"{self._part}load_{hour:02d}",
            )
            for hour in (HOURS if hourly else range(1))
            if window.is_open(hour) or not hourly
        ]

    def _busiest_day(
        self, real_time: tuple[ClassDemand, ...], by_day: tuple[ClassDemand, ...]
    ) -> Line:
        loads = [
            *(times(self._in_open_hours(c), c.shape.busiest_day) for c in real_time),
            *(times(over(self._mean(c), self._window.length), c.shape.busiest_day) for c in by_day),
        ]
        return self._section.line(
            "Mean load of the busiest day, real-time and asynchronous",
            total(loads), "servers", key=f"{self._part}day_load",
        )  # fmt: skip

    def _whole_month(
        self,
        real_time: tuple[ClassDemand, ...],
        by_day: tuple[ClassDemand, ...],
        by_month: tuple[ClassDemand, ...],
    ) -> Line:
        window = self._window
        if window is ALWAYS:
            loads = [self._mean(c) for c in (*real_time, *by_day, *by_month)]
        else:
            days = window.open_days
            loads = [
                *(self._in_open_hours(c) * window.weekdays(c) / days for c in real_time),
                *(self._mean(c) / window.length * window.weekdays(c) / days for c in by_day),
                *(self._mean(c) / window.open_share for c in by_month),
            ]
        return self._section.line(
            "Mean load of the month, batch included",
            total(loads),
            "servers",
            key=f"{self._part}month_load",
        )

    def _mean(self, demand: ClassDemand) -> Expression:
        return self._mean_of[demand.key]

    def _in_open_hours(self, demand: ClassDemand) -> Expression:
        """Mean load of a class over the hours in service of a mean day."""
        window, weights = self._window, demand.shape.hours
        if window is ALWAYS or weights is None:
            return self._mean(demand)
        inside = total([weights[hour] for hour in sorted(window.hours)])
        return self._mean(demand) * ratio(inside, total(weights)) / window.length


def at_hour(demand: ClassDemand, hour: int, load: Expression) -> Expression:
    """A load of a class at an hour of the day; a flat day needs no weight."""
    return load if demand.shape.hours is None else demand.shape.hours[hour] * load
