"""How the load of a class moves over the hours of a week, as the ledger reads its profile."""

from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.instance import Numbers
from pricing.plan.workload import HourlyProfile, RequestClass

HOURS = 24
DAYS = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """Load of a class over its mean load."""

    shape: Numbers
    """Shape (168,): by weekday and hour, Monday 00:00 first; mean 1."""
    peak: Numbers
    """Shape (24,): by hour of the busiest day, bursts inside the hour included."""
    busiest_day: float
    level: float
    """What the whole load counts for where only its peak is known; 1 elsewhere."""


def hours_of(request_class: RequestClass, peak_left: float = 1.0) -> Hours:
    """Shape, peaks and level of a class.

    Args:
        request_class: The class.
        peak_left: Busiest moment of what a result cache leaves, against its mean.
    """
    profile, flat = request_class.profile, np.ones(DAYS * HOURS)
    if request_class.urgency == "batch":
        return Hours(flat, np.ones(HOURS), 1.0, 1.0)
    if not isinstance(profile, HourlyProfile):
        if request_class.urgency == "asynchronous":
            return Hours(flat, np.ones(HOURS), 1.0, 1.0)
        return Hours(flat, np.ones(HOURS), 1.0, max(profile.ratio * peak_left, 1.0))
    days = np.array(profile.weekdays) * DAYS / sum(profile.weekdays)
    if request_class.urgency == "asynchronous":
        return Hours(flat, np.ones(HOURS), float(days.max()), 1.0)
    hours = np.array(profile.hours) * HOURS / sum(profile.hours)
    burst = max(profile.within_hour_peak * peak_left, 1.0)
    return Hours(
        shape=np.outer(days, hours).ravel(),
        peak=hours * days.max() * burst,
        busiest_day=float(days.max()),
        level=1.0,
    )


def fewest_slots(shapes: Numbers) -> Numbers:
    """Shape (J, S) with as few slots as tell the same: 168, 24 where weekdays are alike, or 1."""
    jobs = len(shapes)
    by_day = shapes.reshape(jobs, DAYS, HOURS)
    if (np.ptp(by_day, axis=1) > 0).any():
        return shapes
    by_hour = by_day[:, 0]
    return by_hour if (np.ptp(by_hour, axis=1) > 0).any() else by_hour[:, :1]
