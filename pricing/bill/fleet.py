"""Servers of a self-hosted option: how many, from when, how busy, and what they cannot serve."""

from dataclasses import dataclass

from pricing.bill.book import Book
from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import ClassDemand
from pricing.bill.load import Load, ServiceWindow, is_open, served_share
from pricing.bill.prices import TokenPriceLines
from pricing.bill.tokens import token_cost
from pricing.ledger import (
    Input,
    Line,
    Literal,
    Provenance,
    Section,
    ceil,
    contracts,
    maximum,
    minimum,
    ratio,
    sum_over_months,
    total,
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

    @property
    def fixed(self) -> bool:
        """Whether the number of servers does not follow the load."""
        return self.units is None


def write_need(book: Book, section: Section, option: SelfHosted, load: Load, path: str) -> Need:
    """Write how many servers the load needs: whole units of usable capacity plus spares."""
    section.block("Servers")
    plan = Provenance(source="plan")
    spares = section.input(
        "Spare servers", option.spare_servers, "servers", plan, key="spares",
        path=f"{path}.spare_servers",
    )  # fmt: skip
    lead = section.input(
        "Lead time from order to service", option.lead_time_months, "months", plan, key="lead",
        path=f"{path}.lead_time_months",
    )  # fmt: skip
    units: Line | None = None
    if option.servers is None:
        units = section.line(
            "Peak load in usable servers", load.peak / load.usable, "servers", key="units"
        )
        wanted = ceil(units) + where(units > 0, spares, 0)
        note = "peak load over usable capacity, in whole servers, plus spares"
    else:
        wanted = section.input(
            "Servers bought or rented", option.servers, "servers", plan, key="fixed_servers",
            path=f"{path}.servers",
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
    return Need(servers, spares, lead, units)


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


def write_service(
    costs: Costs,
    served: tuple[ClassDemand, ...],
    load: Load,
    need: Need,
    in_service: Line,
    bridge: TokenPriceLines | None,
    window: ServiceWindow | None = None,
) -> Fleet:
    """Write utilisation, what is served, and what goes to the bridge or stays unserved."""
    book, section = costs.book, costs.section
    section.block("Service")
    whole = ServiceShares(section, load, need, in_service, window)
    shares = {c.request_class.id: whole.of(c) for c in served}
    busy = section.line(
        "Busy server-hours on the servers",
        total([
            c.requests * shares[c.request_class.id]
            * section_line(section, f"{c.request_class.id}.seconds")
            for c in served
        ]) / book.seconds_per_hour,
        "server·hours",
        key="busy",
        flow=True,
    )  # fmt: skip
    hours = book.hours if window is None else book.hours * window.open_share
    available = section.line(
        "Server-hours in service", in_service * hours, "server·hours", key="available", flow=True
    )
    utilisation = section.line(
        "Utilisation", ratio(busy, available), "share", key="utilisation",
        note="busy time over time in service, spares included; computed from the load",
    )  # fmt: skip
    mean_utilisation = section.line(
        "Mean utilisation",
        ratio(sum_over_months(busy), sum_over_months(available)),
        "share",
        key="mean_utilisation",
    )
    section.line(
        "Use of usable capacity at the peak",
        ratio(load.peak, maximum(in_service - need.spares, 0) * load.usable),
        "share",
        key="peak_use",
    )
    section.block("Not on the servers")
    left = {
        c.request_class.id: section.line(
            f"{c.request_class.name}: requests beyond the servers",
            c.requests * (1 - shares[c.request_class.id]),
            "requests",
            key=f"{c.request_class.id}.left",
            flow=True,
        )
        for c in served
    }
    if bridge is not None:
        for c in served:
            key = f"{c.request_class.id}.bridge"
            costs.add("bridge", token_cost(book, section, bridge, c, left[c.request_class.id], key))
    unserved = section.line(
        "Requests beyond the servers" if bridge is None else "Requests that nobody serves",
        total(list(left.values())) if bridge is None else Literal(0),
        "requests",
        key="beyond",
        flow=True,
        every_month=True,
    )
    nobody = left if bridge is None else {}
    return Fleet(
        unserved, utilisation, mean_utilisation, in_service, need.units, whole.limits, nobody
    )


class ServiceShares:
    """The share of each class that the servers in place can serve."""

    def __init__(
        self, section: Section, load: Load, need: Need, in_service: Line,
        window: ServiceWindow | None,
    ) -> None:  # fmt: skip
        self._section = section
        self._load = load
        self._window = window
        capacity = maximum(in_service - need.spares, 0) * load.usable
        self._met: tuple[Line, ...] | None = None
        self.limits: tuple[tuple[Line, Line], ...] = ()
        if need.fixed or window is not None:
            usable = section.line("Usable capacity", capacity, "servers", key="usable_capacity")
            self.limits = tuple(
                (line, usable) for hour, line in enumerate(load.by_hour) if is_open(hour, window)
            )
            self._met = tuple(
                section.line(
                    line.label.replace("Load", "Share of load met"),
                    self._open(hour) * where(line > 0, minimum(1, ratio(usable, line)), 1),
                    "share",
                    key=f"met_{hour:02d}",
                )
                for hour, line in enumerate(load.by_hour)
            )
        else:
            self._delivered = section.line(
                "Servers are there", section.ledger.month > need.lead, "flag", key="delivered"
            )

    def _open(self, hour: int) -> Literal:
        return Literal(1 if is_open(hour, self._window) else 0)

    def of(self, demand: ClassDemand) -> Line:
        """The line of the share served of a class."""
        if self._met is None:
            return self._delivered
        return served_share(self._section, demand, self._load, self._met, self._window)


def section_line(section: Section, key: str) -> Line:
    """A line of this section by the last part of its key."""
    return section.ledger.line(f"{section.key}.{key}")
