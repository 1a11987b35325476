"""Rate, daily and weekly shape, and peaks of one class of requests, from its counts."""

from dataclasses import dataclass

import numpy as np

from pricing.plan.workload import HourlyProfile, PeakToAverage
from pricing.workload.counters import DAY, DayCounts, FloatArray
from pricing.workload.coverage import WEEK_DAYS, Coverage, weekday_of
from pricing.workload.growth import GrowthFit, fit_growth, trend

INTERVALS_MINUTES = (1, 2, 5, 10, 15, 30, 60)
"""Intervals in which a peak may be measured; all divide an hour."""

FEWEST_IN_INTERVAL = 30
"""Requests an interval of the busiest hour must hold on average: with fewer, the highest count
says more about chance than about load (30 requests scatter by 18 %)."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """How the load of one class moves, as far as the log can tell."""

    requests_per_day: float
    hours: tuple[float, ...]
    """24 weights with mean 1; all 1 where the log cannot tell."""
    weekdays: tuple[float, ...]
    """7 weights with mean 1, Monday first; all 1 where the log cannot tell."""
    within_hour_peak: float
    """Brings the peak of the profile to the busiest interval of the log."""
    peak_to_mean: float
    """Busiest interval over the mean, growth taken out."""
    peak_hour_to_mean: float | None
    """Busiest hour over the mean hour, growth taken out; none where hours are not told apart."""
    interval_minutes: int
    """Length of the interval in which the peak was measured."""
    growth: GrowthFit | None
    """None where the log is too short."""


def traffic_of(hours: DayCounts, minutes: DayCounts | None, coverage: Coverage) -> Traffic | None:
    """The traffic of one class; none where no request falls into the days that can be used.

    Args:
        hours: requests by day and hour, shape (n, 24).
        minutes: requests by day and minute, shape (n, 1440); none where they were not kept.
        coverage: the span of the whole log.
    """
    if coverage.knowledge in {"moment", "hour", "interval"}:
        return _short(hours, minutes, coverage)
    shape = _week_shape(hours, coverage)
    per_day = float(shape.sum() / WEEK_DAYS)
    if per_day <= 0:
        return None
    by_hour = shape.mean(axis=0)
    by_weekday = shape.sum(axis=1)
    hour_weights = by_hour / by_hour.mean() if coverage.hours_known else np.ones(24)
    weekday_weights = by_weekday / by_weekday.mean()

    fit = fit_growth(_complete_daily(hours, coverage)) if coverage.knowledge == "week" else None
    peak_hour = _peak(hours.counts, hours, fit, coverage) / (per_day / 24)
    interval, peak = _busiest_interval(hours, minutes, fit, coverage)
    peak_to_mean = peak / (per_day * interval / 1440)
    within = peak_to_mean / float(hour_weights.max() * weekday_weights.max())
    return Traffic(
        requests_per_day=per_day,
        hours=_rounded(hour_weights),
        weekdays=_rounded(weekday_weights),
        within_hour_peak=round(min(max(within, 1.0), 100.0), 4),
        peak_to_mean=peak_to_mean,
        peak_hour_to_mean=peak_hour if coverage.hours_known else None,
        interval_minutes=interval,
        growth=fit,
    )


def profile_of(traffic: Traffic, coverage: Coverage, source: str) -> HourlyProfile | PeakToAverage:
    """The profile for a plan: hour by hour where the log knows a day, a single ratio otherwise."""
    if coverage.knowledge in {"day", "week"}:
        return HourlyProfile(
            hours=traffic.hours,
            weekdays=traffic.weekdays,
            within_hour_peak=traffic.within_hour_peak,
            source=source,
        )
    return PeakToAverage(ratio=round(min(max(traffic.peak_to_mean, 1.0), 1000.0), 4), source=source)


def _short(hours: DayCounts, minutes: DayCounts | None, coverage: Coverage) -> Traffic:
    """A log that knows no day: its rate goes on around the clock, its peak is its own."""
    total = float(hours.counts.sum())
    span = coverage.end - coverage.start
    per_day = total if coverage.knowledge == "moment" else total / span * DAY
    interval, peak = _busiest_interval(hours, minutes, None, coverage)
    mean = total / span * interval * 60
    return Traffic(
        requests_per_day=per_day,
        hours=(1.0,) * 24,
        weekdays=(1.0,) * WEEK_DAYS,
        within_hour_peak=1.0,
        peak_to_mean=max(peak / mean, 1.0) if coverage.knowledge != "moment" else 1.0,
        peak_hour_to_mean=None,
        interval_minutes=interval,
        growth=None,
    )


def _week_shape(hours: DayCounts, coverage: Coverage) -> FloatArray:
    """Mean requests by weekday and hour, shape (7, 24); weekdays not told apart are equal."""
    if len(coverage.complete_days) == 0:
        seen = hours.counts.sum(axis=0) / coverage.hour_exposure()
        return np.tile(seen, (WEEK_DAYS, 1))
    used = np.isin(hours.days, coverage.complete_days)
    counts = hours.counts[used]
    if coverage.knowledge != "week":
        return np.tile(counts.sum(axis=0) / len(coverage.complete_days), (WEEK_DAYS, 1))
    sums = np.zeros((WEEK_DAYS, 24))
    np.add.at(sums, weekday_of(hours.days[used]), counts)
    days = np.bincount(weekday_of(coverage.complete_days), minlength=WEEK_DAYS)
    result: FloatArray = sums / days[:, None]
    return result


def _complete_daily(hours: DayCounts, coverage: Coverage) -> FloatArray:
    """Requests of every complete day, those without any included."""
    complete = coverage.complete_days
    daily = np.zeros(len(complete))
    used = np.isin(hours.days, complete)
    daily[hours.days[used] - complete[0]] = hours.counts[used].sum(axis=1)
    return daily


def _peak(counts: FloatArray, grid: DayCounts, fit: GrowthFit | None, coverage: Coverage) -> float:
    """The highest count, each day seen at the level of the mean day of the log."""
    if counts.size == 0:
        return 0.0
    level = trend(fit, grid.days, coverage.complete_days)
    return float((counts.max(axis=1) / level).max())


def _busiest_interval(
    hours: DayCounts, minutes: DayCounts | None, fit: GrowthFit | None, coverage: Coverage
) -> tuple[int, float]:
    """Length in minutes and requests of the busiest interval."""
    if coverage.bucket > 3600:
        daily = hours.counts.sum(axis=1, keepdims=True)
        return 1440 * coverage.interval_days, _peak(daily, hours, fit, coverage)
    if minutes is None:
        return 60, _peak(hours.counts, hours, fit, coverage)
    busiest_hour = float(hours.counts.max())
    for interval in INTERVALS_MINUTES:
        if interval * 60 % coverage.bucket:
            continue
        if busiest_hour * interval / 60 >= FEWEST_IN_INTERVAL:
            break
    shape = (len(minutes.days), 1440 // interval, interval)
    return interval, _peak(minutes.counts.reshape(shape).sum(axis=2), minutes, fit, coverage)


def _rounded(weights: FloatArray) -> tuple[float, ...]:
    return tuple(round(float(weight), 4) for weight in weights)
