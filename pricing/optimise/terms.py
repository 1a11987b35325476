"""When servers of an option can start, and how long they then stay."""

from pricing.plan.option import Appliance, Committed, OwnedServers, RentedGpus, SelfHosted
from pricing.plan.plan import Plan


def term_of(option: SelfHosted) -> int:
    """Months that a server stays in service once it was taken."""
    if isinstance(option, RentedGpus):
        return 12 * option.terms.years if isinstance(option.terms, Committed) else 1
    assert isinstance(option, OwnedServers | Appliance)
    return option.useful_life_months


def starts_of(option: SelfHosted, plan: Plan) -> list[int]:
    """Months (0 is the first) in which a term can start, lead time respected.

    What is bought or committed starts with a quarter, if the rules say so, and at the earliest date
    at all; what is rented by the month starts in any month.
    """
    lead = option.lead_time_months
    every = 3 if plan.rules.purchases == "quarter" and term_of(option) > 1 else 1
    return [month for month in range(lead, plan.months) if month == lead or month % every == 0]
