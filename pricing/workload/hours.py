"""Hours for a log that does not know them: a chosen profile takes their place."""

from dataclasses import replace

import numpy as np

from pricing.plan.figure import Amount
from pricing.plan.workload import HourlyProfile, RequestClass
from pricing.workload.counters import DAY
from pricing.workload.coverage import HOUR, Coverage, weekday_of
from pricing.workload.errors import WorkloadError
from pricing.workload.profiles import DefaultProfile, default_profile
from pricing.workload.report import Code, LogReport

_SETTLED = {Code.DAY_UNKNOWN, Code.HOURS_UNKNOWN, Code.LONG_INTERVALS, Code.MOMENT_ONLY}


def with_default_hours(report: LogReport, profile_id: str) -> LogReport:
    """The report with a default profile where the log does not know the hours of the day.

    Weekdays stay as measured where the log knows them. The rate of a log of some hours is read as
    that of these hours in the profile: at a weight of 3, the day is 24 / 3 hours of it. A report
    that knows its hours stays as it is.

    Raises:
        WorkloadError: there is no such profile, or it has no load when the log has.
    """
    shape = default_profile(profile_id)
    if report.coverage.hours_known:
        return report
    weight = _mean_weight(report.coverage, shape) if report.coverage.knowledge == "hour" else 1.0
    if weight <= 0:
        raise WorkloadError(
            f"Profile {profile_id!r} has no load between {report.first:%a %H:%M} and "
            f"{report.last:%a %H:%M}, but the log has; choose another."
        )
    return replace(
        report,
        classes=tuple(_shaped(item, shape, weight) for item in report.classes),
        statistics=tuple(
            replace(item, requests_per_day=item.requests_per_day / weight)
            for item in report.statistics
        ),
        warnings=tuple(item for item in report.warnings if item.code not in _SETTLED),
    )


def _mean_weight(coverage: Coverage, shape: DefaultProfile) -> float:
    """Mean weight of the profile over the time the log covers."""
    slots = np.arange(coverage.start // HOUR, np.ceil(coverage.end / HOUR)).astype(np.int64)
    seen = np.minimum((slots + 1) * HOUR, coverage.end) - np.maximum(slots * HOUR, coverage.start)
    weekdays = weekday_of(slots * HOUR // DAY)
    weights = np.array(shape.hours)[slots % 24] * np.array(shape.weekdays)[weekdays]
    return float((weights * seen).sum() / seen.sum())


def _shaped(item: RequestClass, shape: DefaultProfile, weight: float) -> RequestClass:
    profile = shape.profile
    if isinstance(item.profile, HourlyProfile):
        source = f"weekdays: {item.profile.source}; hours: {profile.source}"
        profile = profile.model_copy(update={"weekdays": item.profile.weekdays, "source": source})
    if weight == 1.0:
        return item.model_copy(update={"profile": profile})
    requests = Amount(
        value=round(item.requests.value / weight, 6),
        source=item.requests.source,
        as_of=item.requests.as_of,
        confidence="low",
        note=f"The log lasts less than a day; profile {shape.id!r} puts {weight:.2f} times the "
        "mean load of a week into its hours.",
    )
    return item.model_copy(update={"profile": profile, "requests": requests})
