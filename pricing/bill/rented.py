"""Rented GPU servers: on demand, in fixed hours, or committed for one or three years."""

from dataclasses import replace

from pricing.bill.book import Book
from pricing.bill.costs import BillLines, Costs
from pricing.bill.demand import Demand
from pricing.bill.errors import BillError
from pricing.bill.factors import times
from pricing.bill.fleet import Need, write_need, write_terms
from pricing.bill.load import write_load
from pricing.bill.prices import TokenPriceLines
from pricing.bill.service import write_service
from pricing.bill.window import ALWAYS, ServiceWindow
from pricing.catalogue import CatalogueError
from pricing.ledger import CONVENTION, Line, Provenance, Section, sum_over_months
from pricing.plan.figure import Price
from pricing.plan.option import Committed, OnDemand, RentedGpus, Scheduled


def write_rented(
    book: Book,
    section: Section,
    demand: Demand,
    option: RentedGpus,
    bridge: TokenPriceLines | None,
    path: str,
) -> BillLines:
    """Write the bill of rented GPU servers."""
    costs = Costs(book, section, option, path)
    hourly_price = _price(book, option, path)
    served = demand.of(option.serves)
    terms = option.terms
    window = _window(book, section, terms, path) if isinstance(terms, Scheduled) else ALWAYS
    load = write_load(book, section, option, served, path, window)
    need = write_need(book, section, option, load, path)
    section.block("Rent")
    in_service = _in_service(section, option, need)
    price = book.money(
        section, "Price of one server per hour", hourly_price, "/server/hour",
        f"{path}.price_per_hour", "price",
    )  # fmt: skip
    hours = times(book.hours, window.open_share)
    if isinstance(terms, Committed) and book.plan.calendar.hours_per_day < 24:
        all_day = section.input("Hours billed in a day", 24, "hours/day", CONVENTION)
        hours = book.days * all_day
    rented = section.line(
        "Server-hours rented", in_service * hours, "server·hours", key="rented_hours", flow=True
    )
    costs.add("rent", section.line("Rent", rented * price, book.currency))
    left = _write_open_commitment(costs, in_service) if isinstance(terms, Committed) else None
    fleet = write_service(costs, load, need, in_service, bridge)
    costs.add_common()
    return costs.finish(demand, served, replace(fleet, open_commitment=left))


def _price(book: Book, option: RentedGpus, path: str) -> Price:
    if option.price_per_hour is not None:
        return option.price_per_hour
    if not option.instance:
        raise BillError(
            f"{path}.price_per_hour",
            f"{option.name}: enter the price of one server per hour or name a catalogue instance.",
        )
    try:
        rental = book.catalogue.rental(option.instance)
    except CatalogueError as error:
        raise BillError(f"{path}.instance", str(error)) from None
    terms = option.terms
    if isinstance(terms, Committed):
        offer, words = (
            (rental.reserved_1y, "1-year") if terms.years == 1 else (rental.reserved_3y, "3-year")
        )
    else:
        offer, words = rental.on_demand, "on-demand"
    if offer is None:
        raise BillError(
            f"{path}.price_per_hour",
            f"{option.name}: no {words} price of {option.instance} is known; enter a quote.",
        )
    if offer.derived:
        book.find(
            "price.derived", f"{path}.price_per_hour", option=option.name,
            terms=words, instance=option.instance,
        )  # fmt: skip
    return offer.per_instance_hour


def _window(book: Book, section: Section, terms: Scheduled, path: str) -> ServiceWindow:
    plan = Provenance(source="plan")
    section.block("Hours of service")
    hours = section.input(
        "Hours rented on a day", terms.to_hour - terms.from_hour, "hours/day", plan,
        key="window_hours", path=f"{path}.terms.to_hour",
    )  # fmt: skip
    days = section.input(
        "Days rented in a week", terms.days_per_week, "", plan, key="window_days",
        path=f"{path}.terms.days_per_week",
    )  # fmt: skip
    length = section.line(
        "Share of a day's hours", hours / book.hours_per_day, "share", key="window_length"
    )
    open_share = section.line(
        "Share of a week's hours",
        length * days / book.weekdays_counted,
        "share",
        key="window_share",
    )
    return ServiceWindow(
        frozenset(range(terms.from_hour, terms.to_hour)), terms.days_per_week, length, open_share
    )


def _in_service(section: Section, option: RentedGpus, need: Need) -> Line:
    if isinstance(option.terms, OnDemand | Scheduled):
        return section.line("Servers in service", need.servers + 0, "servers", key="in_service")
    term = section.input(
        "Length of a commitment", 12 * option.terms.years, "months", Provenance(source="plan"),
        key="term",
    )  # fmt: skip
    return write_terms(section, need, term, "committed")[1]


def _write_open_commitment(costs: Costs, in_service: Line) -> Line:
    """Write what commitments oblige to after the end of the plan; it is not part of the bill."""
    section, ledger = costs.section, costs.book.ledger
    taken = ledger.line(f"{section.key}.taken")
    term = ledger.find(f"{section.key}.term")
    return section.line(
        "Server-months committed beyond the plan",
        sum_over_months(taken) * term - sum_over_months(in_service),
        "servers",
        key="open_commitment",
    )
