"""The load of a plan's classes for a search, in the moments that a bill sizes servers for."""

from collections.abc import Sequence

from pricing.plan.plan import Calendar
from pricing.plan.serving import Serving
from pricing.plan.workload import HourlyProfile, RequestClass
from pricing.serving.search.assess import Load
from pricing.serving.search.costs import HOURS_PER_MONTH
from pricing.serving.work import level_of, requests_of

HOURS = 24


def loads_of(
    classes: Sequence[RequestClass],
    serving: Serving,
    calendar: Calendar | None = None,
    volume: float = 1.0,
) -> tuple[Load, ...]:
    """The load of some classes that share servers.

    As in the bill, servers must carry each hour of the busiest day of the real-time classes, the
    mean of the busiest day with the asynchronous ones, and the mean of the month with all.

    Args:
        classes: Request classes of a plan.
        serving: The targets they must keep.
        calendar: How long months and days are; none means a mean month, around the clock.
        volume: Load over that of the first month.
    """
    days = HOURS_PER_MONTH / HOURS
    hours_per_day = float(HOURS)
    if calendar is not None:
        days = calendar.days_per_month or days
        hours_per_day = calendar.hours_per_day
    found = []
    for of in classes:
        per_day = of.requests.value / (1 if of.per == "day" else days) * volume
        mean = per_day / (hours_per_day * 3600)
        rates = _rates(of, mean)
        found.append(Load(of.name, requests_of(of, serving), level_of(of, serving), rates, mean))
    return tuple(found)


def _rates(of: RequestClass, mean: float) -> tuple[float, ...]:
    """Rates by hour of the busiest day, as its mean and as the mean of the month."""
    profile = of.profile
    hourly = [0.0] * HOURS
    busiest_day = mean
    if isinstance(profile, HourlyProfile):
        if of.urgency != "batch":
            busiest_day = mean * max(profile.weekdays) * 7 / sum(profile.weekdays)
        if of.urgency == "real-time":
            level = busiest_day * profile.within_hour_peak * HOURS / sum(profile.hours)
            hourly = [level * weight for weight in profile.hours]
    elif of.urgency == "real-time":
        hourly = [mean * profile.ratio] * HOURS
    return (*hourly, 0.0 if of.urgency == "batch" else busiest_day, mean)
