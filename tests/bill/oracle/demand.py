"""Requests of every month and the hours in which they come."""

import calendar
from dataclasses import dataclass

from pricing.plan.plan import Plan
from pricing.plan.workload import HourlyProfile, MonthlyGrowth, RequestClass


def months_of(plan: Plan) -> list[tuple[int, int]]:
    """Year and month of every month of the plan."""
    year, month = (int(part) for part in plan.start.split("-"))
    found = []
    for _ in range(plan.months):
        found.append((year, month))
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return found


def days_of(plan: Plan) -> list[float]:
    """Days of service in every month."""
    if plan.calendar.days_per_month is not None:
        return [plan.calendar.days_per_month] * plan.months
    return [float(calendar.monthrange(*month)[1]) for month in months_of(plan)]


def requests_of(plan: Plan, cls: RequestClass, volume: float = 1.0) -> list[float]:
    """Requests of a class in every month."""
    found = []
    size = cls.requests.value * volume
    for number, days in enumerate(days_of(plan)):
        if isinstance(cls.growth, MonthlyGrowth):
            if number > 0:
                size *= 1 + cls.growth.rate.value
            now = size
        else:
            factors = cls.growth.factors
            now = size * factors[min(number // 12, len(factors) - 1)].value
        found.append(now * days if cls.per == "day" else now)
    return found


@dataclass(frozen=True)
class Window:
    """Hours of a day and days of a week in service."""

    first: int
    end: int
    days: int

    def has(self, hour: int) -> bool:
        return self.first <= hour < self.end


@dataclass(frozen=True)
class Shape:
    """Load of a class over hours and weekdays, each over its own mean."""

    hours: list[float]
    weekdays: list[float]
    burst: float
    known: bool
    """Whether the hours are known; if not, the stated peak may last all day."""


def shape_of(cls: RequestClass) -> Shape:
    """The shape as stated; what can wait has no hours, batch work no weekdays either."""
    profile, flat = cls.profile, [1.0] * 24
    if not isinstance(profile, HourlyProfile):
        ratio = profile.ratio if cls.urgency == "real-time" else 1.0
        return Shape(flat, [1.0] * 7, ratio, known=False)
    weekdays = [weight / (sum(profile.weekdays) / 7) for weight in profile.weekdays]
    if cls.urgency == "batch":
        return Shape(flat, [1.0] * 7, 1.0, known=True)
    if cls.urgency == "asynchronous":
        return Shape(flat, weekdays, 1.0, known=True)
    hours = [weight / (sum(profile.hours) / 24) for weight in profile.hours]
    return Shape(hours, weekdays, profile.within_hour_peak, known=True)


def open_weekdays(cls: RequestClass, window: Window | None) -> float:
    """Share of a week's work that falls on days in service and cannot wait for them."""
    if window is None or cls.urgency == "batch":
        return 1.0
    if isinstance(cls.profile, HourlyProfile):
        return sum(cls.profile.weekdays[: window.days]) / sum(cls.profile.weekdays)
    return window.days / 7
