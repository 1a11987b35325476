"""Hours in which servers are in service."""

from dataclasses import dataclass

from pricing.bill.demand import HOURS, ClassDemand
from pricing.bill.factors import ONE, over
from pricing.ledger import Expression, ratio, total


@dataclass(frozen=True, slots=True)
class ServiceWindow:
    """The hours of the day and days of the week in which servers run."""

    hours: frozenset[int]
    days: int
    """Days per week, Monday first."""
    length: Expression
    """Hours in service on a day that is served, as a share of its hours."""
    open_share: Expression
    """Hours in service over all hours of a week."""

    def is_open(self, hour: int) -> bool:
        """Whether servers run at an hour of the day."""
        return hour in self.hours

    @property
    def open_days(self) -> Expression:
        """Days in service over all days of a week."""
        return over(self.open_share, self.length)

    def weekdays(self, demand: ClassDemand) -> Expression:
        """Share of a week's work of a class that falls on days in service."""
        weights = demand.shape.weekdays
        if weights is None:
            return self.open_days
        return ratio(total(weights[: self.days]), total(weights))


ALWAYS = ServiceWindow(frozenset(HOURS), 7, ONE, ONE)
"""Around the clock, every day."""
