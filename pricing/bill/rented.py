"""Rented GPU servers: on demand, in fixed hours, or committed for one or three years."""

from dataclasses import replace

from pricing.bill.book import Book
from pricing.bill.costs import Costs, Fleet
from pricing.bill.demand import ClassDemand
from pricing.bill.errors import BillError
from pricing.bill.factors import times
from pricing.bill.fleet import Need, write_need, write_terms
from pricing.bill.load import write_load
from pricing.bill.service import Serve
from pricing.bill.window import ALWAYS, ServiceWindow
from pricing.catalogue import CatalogueError
from pricing.ledger import CONVENTION, Input, Line, Provenance, Section, sum_over_months
from pricing.plan.figure import Price
from pricing.plan.option import Committed, RentedGpus, Scheduled


def write_rented(
    costs: Costs, served: tuple[ClassDemand, ...], serve: Serve, decided: Line | None = None
) -> Fleet:
    """Write what rented servers cost that serve some demands; see `write_need` for `decided`."""
    book, section, option, path = costs.book, costs.section, costs.option, costs.path
    assert isinstance(option, RentedGpus)
    hourly_price = _price(book, option, path)
    terms = option.terms
    window = _window(book, section, terms, path) if isinstance(terms, Scheduled) else ALWAYS
    load = write_load(book, section, option, served, path, window)
    need = write_need(costs, load, decided)
    section.block("Rent")
    term = _term(costs, terms) if isinstance(terms, Committed) else None
    taken, in_service = (
        write_terms(section, need, term, "committed")
        if term is not None
        else (None, _follows_need(section, need))
    )
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
    fleet = serve(costs, load, need, in_service)
    if taken is None or term is None:
        return fleet
    return replace(fleet, open_commitment=_write_open_commitment(section, taken, in_service, term))


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
    hours = book.given(
        section, "Hours rented on a day", terms.to_hour - terms.from_hour, "hours/day", plan,
        f"{path}.terms.to_hour", "window_hours",
    )  # fmt: skip
    days = book.given(
        section, "Days rented in a week", terms.days_per_week, "", plan,
        f"{path}.terms.days_per_week", "window_days",
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


def _follows_need(section: Section, need: Need) -> Line:
    return section.line("Servers in service", need.servers + 0, "servers", key="in_service")


def _term(costs: Costs, terms: Committed) -> Input:
    return costs.book.given(
        costs.section, "Length of a commitment", 12 * terms.years, "months",
        Provenance(source="plan"), f"{costs.path}.terms.years", "term",
    )  # fmt: skip


def _write_open_commitment(section: Section, taken: Line, in_service: Line, term: Input) -> Line:
    """Write what commitments oblige to after the end of the plan; it is not part of the bill."""
    return section.line(
        "Server-months committed beyond the plan",
        sum_over_months(taken) * term - sum_over_months(in_service),
        "servers",
        key="open_commitment",
    )
