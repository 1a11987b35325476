"""Default shapes of the load, for buyers without a log of their own."""

from datetime import date
from functools import cache

from pydantic import TypeAdapter

from pricing.plan.figure import Confidence
from pricing.plan.model import Frozen, Identifier, Name
from pricing.plan.workload import HourlyProfile
from pricing.resources import resource
from pricing.workload.errors import WorkloadError


class DefaultProfile(Frozen):
    """One shape with its origin."""

    id: Identifier
    name: Name
    hours: tuple[float, ...]
    """24 weights with mean 1."""
    weekdays: tuple[float, ...]
    """7 weights with mean 1, Monday first."""
    within_hour_peak: float
    measured_as: str | None
    """Category of servegen_profiles.csv it was built from; none for an assumption."""
    source: str
    url: str
    as_of: date
    confidence: Confidence
    note: str

    @property
    def profile(self) -> HourlyProfile:
        """The shape for a plan."""
        return HourlyProfile(
            hours=self.hours,
            weekdays=self.weekdays,
            within_hour_peak=self.within_hour_peak,
            source=f"{self.source} ({self.as_of.isoformat()}, {self.confidence})",
        )


@cache
def default_profiles() -> tuple[DefaultProfile, ...]:
    """All default profiles, the most general first."""
    text = resource("workload", "profiles.json").read_text(encoding="utf-8")
    return TypeAdapter(tuple[DefaultProfile, ...]).validate_json(text)


def default_profile(profile_id: str) -> DefaultProfile:
    """One default profile.

    Raises:
        WorkloadError: there is none of this id; the sentence names those there are.
    """
    for item in default_profiles():
        if item.id == profile_id:
            return item
    known = ", ".join(item.id for item in default_profiles())
    raise WorkloadError(f"There is no default profile {profile_id!r}; there are {known}.")
