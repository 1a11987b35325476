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


def hour_shape(
    cls: RequestClass, window: Window | None, hours_per_day: float
) -> tuple[list[float], float]:
    """Weight of each hour over the mean hour, and the busiest moment over its mean day's hour."""
    profile = cls.profile
    weights = [1.0] * 24
    peak = 1.0
    if cls.urgency == "real-time":
        if isinstance(profile, HourlyProfile):
            weights = [weight / (sum(profile.hours) / 24) for weight in profile.hours]
            peak = max(profile.weekdays) / (sum(profile.weekdays) / 7) * profile.within_hour_peak
        else:
            peak = profile.ratio
    elif cls.urgency == "asynchronous" and isinstance(profile, HourlyProfile):
        peak = max(profile.weekdays) / (sum(profile.weekdays) / 7)
    if window is not None and cls.urgency != "real-time":
        # What can wait is done in the hours of service: more of it in each of them.
        crowding = hours_per_day / (window.end - window.first)
        if cls.urgency == "batch":
            crowding *= 7 / window.days
        weights = [crowding if window.has(hour) else 0.0 for hour in range(24)]
    return weights, peak


def open_weekdays(cls: RequestClass, window: Window | None) -> float:
    """Share of a week's work that falls on days in service and cannot wait for them."""
    if window is None or cls.urgency == "batch":
        return 1.0
    if isinstance(cls.profile, HourlyProfile):
        return sum(cls.profile.weekdays[: window.days]) / sum(cls.profile.weekdays)
    return window.days / 7
