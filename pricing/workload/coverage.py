"""What the span of a log lets one know: the hour, the day, or the week."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pricing.workload.counters import DAY, DayCounts, FloatArray, IntArray

HOUR = 3600
WEEK_DAYS = 7

Knowledge = Literal["moment", "hour", "day", "week", "interval"]
"""moment: under a minute; hour: less than a day; day: not every weekday; week: every weekday;
interval: rows that each add up several days."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The time a log covers."""

    start: float
    """First second, since 1970 on the clock of the log."""
    end: float
    """Last second, that of the last row's interval included."""
    bucket: int
    """Seconds that all timestamps are multiples of: 1 for a log of single requests, 3600 where
    rows are hours, 86400 where they are days."""
    complete_days: IntArray
    """Days since 1970 that the log covers from beginning to end."""
    knowledge: Knowledge
    interval_days: int = 1
    """Days added up in one row, where that is more than one."""

    @property
    def span_days(self) -> float:
        return (self.end - self.start) / DAY

    @property
    def hours_known(self) -> bool:
        """Whether the log tells the hours of the day apart."""
        return self.bucket <= HOUR and self.knowledge in {"day", "week"}

    def hour_exposure(self) -> FloatArray:
        """Hours of observation of each hour of the day, shape (24,)."""
        exposure = np.zeros(24)
        first, last = math.floor(self.start / HOUR), math.ceil(self.end / HOUR)
        slots = np.arange(first, last)
        seen = np.minimum((slots + 1) * HOUR, self.end) - np.maximum(slots * HOUR, self.start)
        np.add.at(exposure, slots % 24, seen / HOUR)
        return exposure


def coverage_of(start: float, last: float, bucket: int, hours: DayCounts) -> Coverage:
    """The coverage of a log from its first and last time and its hourly counts, shape (n, 24)."""
    interval_days = _interval_days(bucket, hours.days)
    width = bucket * interval_days
    end = last + width if bucket >= 60 else max(last, start + 1)
    complete = _complete_days(start, last, bucket, hours)
    if not hours.counts[np.isin(hours.days, complete)].any():
        complete = complete[:0]
    draft = Coverage(start, end, bucket, complete, "day", interval_days)
    if interval_days > 1:
        knowledge: Knowledge = "interval"
    elif len(complete) >= WEEK_DAYS:
        knowledge = "week"
    elif len(complete) or (bucket <= HOUR and draft.hour_exposure().min() >= 0.5):
        knowledge = "day"
    elif end - start >= 60:
        knowledge = "hour"
    else:
        knowledge = "moment"
    return Coverage(start, end, bucket, complete, knowledge, interval_days)


def weekday_of(days: IntArray) -> IntArray:
    """Weekday of days since 1970, Monday 0; 1 January 1970 was a Thursday."""
    result: IntArray = (days + 3) % WEEK_DAYS
    return result


def _interval_days(bucket: int, days: IntArray) -> int:
    """Days per row of weekly or monthly exports; 1 for all others."""
    if bucket < DAY or len(days) < 3:
        return 1
    gaps = np.diff(days)
    return int(np.median(gaps)) if gaps.min() >= WEEK_DAYS - 1 else 1


def _complete_days(start: float, last: float, bucket: int, hours: DayCounts) -> IntArray:
    """Days covered whole: those inside, and an edge day that begins (ends) like a typical one."""
    first_day, last_day = math.floor(start / DAY), math.floor(last / DAY)
    if bucket > HOUR:
        return np.arange(first_day, last_day + 1)
    inside = (hours.days > first_day) & (hours.days < last_day)
    active = hours.counts[inside] > 0
    typical_start, typical_end = 0, 23
    if len(active):
        typical_start = int(np.median(active.argmax(axis=1)))
        typical_end = 23 - int(np.median(active[:, ::-1].argmax(axis=1)))
    # an hour's grace where the service sleeps at night; none where it never does
    latest_start = typical_start + (1 if typical_start else 0)
    earliest_end = typical_end - (1 if typical_end < 23 else 0)
    begins_whole = (start - first_day * DAY) // HOUR <= latest_start
    ends_whole = (last - last_day * DAY) // HOUR >= earliest_end
    if first_day == last_day:
        whole = begins_whole and ends_whole
        return np.arange(first_day, first_day + (1 if whole else 0))
    return np.arange(first_day + (0 if begins_whole else 1), last_day + (1 if ends_whole else 0))
