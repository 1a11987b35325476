"""When servers of an option can start, and how long they then stay."""

from collections.abc import Sequence

from pricing.plan.hybrid import ServersFrom
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

    What is bought or committed starts with a quarter, if the rules say so, at the earliest date at
    all, or when a term from that date ends; what is rented by the month starts in any month.
    """
    lead, term = option.lead_time_months, term_of(option)
    every = 3 if plan.rules.purchases == "quarter" and term > 1 else 1
    return [
        month
        for month in range(lead, plan.months)
        if month % every == 0 or (month - lead) % term == 0
    ]


def in_service(option: SelfHosted, steps: Sequence[ServersFrom], months: int) -> list[int]:
    """Servers in service month by month if these are decided on.

    Nothing is there before the lead time is over, and what was taken for a term stays for it.
    """
    term, decided = term_of(option), [0] * months
    for step in steps:
        decided[step.from_month - 1 :] = [step.servers] * max(months - step.from_month + 1, 0)
    taken = [0] * months
    found = []
    for month in range(months):
        running = sum(taken[max(0, month - term + 1) : month])
        wanted = decided[month] if month >= option.lead_time_months else 0
        taken[month] = max(wanted - running, 0)
        found.append(running + taken[month])
    return found
