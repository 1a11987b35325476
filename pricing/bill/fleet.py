"""Servers of a self-hosted option: how many the load needs, and from when they are there."""

from dataclasses import dataclass

from pricing.bill.costs import Costs
from pricing.bill.load import Load
from pricing.ledger import (
    Input,
    Line,
    Literal,
    Provenance,
    Section,
    ceil,
    contracts,
    where,
    window_sum,
)
from pricing.plan.option import SelfHosted


@dataclass(frozen=True, slots=True)
class Need:
    """Servers that must be in service."""

    servers: Line
    """Whole servers, spares included, from the month in which they can be there."""
    spares: Input
    lead: Input
    units: Line | None
    """Load in usable servers before it goes up to whole ones; none for a fixed number."""
    adaptation: Line | None
    """Of them, those for an adaptation overhead; none where there is no such overhead."""

    @property
    def fixed(self) -> bool:
        """Whether the number of servers does not follow the load."""
        return self.units is None


def write_need(costs: Costs, load: Load, decided: Line | None = None) -> Need:
    """Write how many servers the load needs: whole units of usable capacity plus spares.

    Args:
        costs: The bill in the making.
        load: What the servers are for.
        decided: Servers in service as somebody decided, in place of the need.
    """
    book, section, option, path = costs.book, costs.section, costs.option, costs.path
    assert isinstance(option, SelfHosted)
    section.block("Servers")
    plan = Provenance(source="plan")
    spares = book.given(
        section, "Spare servers", option.spare_servers, "servers", plan, f"{path}.spare_servers",
        "spares",
    )  # fmt: skip
    lead = book.given(
        section, "Lead time from order to service", option.lead_time_months, "months", plan,
        f"{path}.lead_time_months", "lead",
    )  # fmt: skip
    units: Line | None = None
    adaptation: Line | None = None
    if decided is not None:
        wanted, note = decided + Literal(0), "as decided"
    elif option.servers is None:
        units = section.line(
            "Peak load in usable servers", load.peak / load.usable, "servers", key="units"
        )
        adaptation = _write_adaptation(section, load, units)
        wanted = ceil(units) + where(units > 0, spares, 0)
        note = "peak load over usable capacity, in whole servers, plus spares"
    else:
        wanted = book.given(
            section, "Servers bought or rented", option.servers, "servers", plan,
            f"{path}.servers", "fixed_servers",
        ) + Literal(0)  # fmt: skip
        note = "a fixed number"
    needed = section.line(
        "Servers needed", wanted, "servers", key="needed", note=note, every_month=True
    )
    servers = section.line(
        "Servers that can be there",
        where(book.month > lead, needed, 0),
        "servers",
        key="deliverable",
        note="nothing is in service before the lead time is over",
    )
    return Need(servers, spares, lead, units, adaptation)


def _write_adaptation(section: Section, load: Load, units: Line) -> Line | None:
    """Write how many of the servers are there only for the adaptation overhead."""
    if load.adaptation is None:
        return None
    return section.line(
        "Servers for adaptation to the hardware",
        ceil(units) - ceil(units / (1 + load.adaptation)),
        "servers",
        key="adaptation_servers",
        note="of the servers needed; the same load would need so many less without the overhead",
    )


def write_terms(section: Section, need: Need, months: Input, verb: str) -> tuple[Line, Line]:
    """Write the servers taken and in service, when each is taken for a number of months.

    Returns:
        The lines "taken in the month" and "in service".
    """
    taken = section.line(
        f"Servers {verb}", contracts(need.servers, months), "servers", key="taken", flow=True
    )
    in_service = section.line(
        "Servers in service", window_sum(taken, months), "servers", key="in_service"
    )
    return taken, in_service
