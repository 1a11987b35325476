"""From a plan to a ledger: demand, one section per option, and their comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pricing.bill.appliance import write_appliance
from pricing.bill.book import Book
from pricing.bill.checks import note_rules
from pricing.bill.comparison import Comparison, write_comparison
from pricing.bill.costs import BillLines
from pricing.bill.demand import Demand, write_demand
from pricing.bill.errors import BillError
from pricing.bill.owned import write_owned
from pricing.bill.prediction import Prediction
from pricing.bill.prices import TokenPriceLines
from pricing.bill.rented import write_rented
from pricing.bill.token_priced import write_token_priced
from pricing.catalogue import Catalogue
from pricing.finding import Finding
from pricing.ledger import Ledger, Section
from pricing.plan.option import (
    ClosedApi,
    HostedOpen,
    Option,
    OwnedServers,
    RentedGpus,
    SelfHosted,
    TokenPriced,
)
from pricing.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Bill:
    """A plan written as a ledger."""

    ledger: Ledger
    demand: Demand
    options: tuple[BillLines, ...]
    comparison: Comparison
    findings: tuple[Finding, ...]
    predictions: Mapping[str, Prediction]
    """What the serving model says of the options that leave their work to it, by their id."""


def write_bill(plan: Plan, catalogue: Catalogue, today: date) -> Bill:
    """Write the ledger of a plan.

    Raises:
        BillError: for a figure that is missing; names the field and what would be right.
    """
    book = Book(plan, catalogue, today)
    demand = write_demand(book)
    writer = _Options(book, demand)
    bills = tuple(writer.write(option) for option in plan.options)
    ids = [option.id for option in plan.options]
    baseline = ids.index(plan.baseline) if plan.baseline is not None else 0
    comparison = write_comparison(book, bills, baseline)
    note_rules(book)
    _note_missing_people(book, plan.options)
    return Bill(book.ledger, demand, bills, comparison, tuple(book.findings), book.predictions)


class _Options:
    """Writes the sections of options; prices first, because bridges read them."""

    def __init__(self, book: Book, demand: Demand) -> None:
        self._book = book
        self._demand = demand
        self._sections: dict[str, Section] = {
            option.id: book.ledger.section(f"option.{option.id}", option.name, option.note)
            for option in book.plan.options
        }
        self._prices = {
            option.id: TokenPriceLines(
                book, self._sections[option.id], option, f"options.{option.id}"
            )
            for option in book.plan.options
            if isinstance(option, TokenPriced)
        }
        for option in book.plan.options:
            lines = self._prices.get(option.id) or self._prices.get(_bridge_of(option) or "")
            if lines is not None:
                lines.write_for(demand.of(option.serves))

    def write(self, option: Option) -> BillLines:
        book, demand, section = self._book, self._demand, self._sections[option.id]
        path = f"options.{option.id}"
        if isinstance(option, ClosedApi | HostedOpen):
            prices = self._prices[option.id]
            return write_token_priced(book, section, demand, option, prices, path)
        bridge = self._prices.get(option.bridge or "")
        if isinstance(option, RentedGpus):
            return write_rented(book, section, demand, option, bridge, path)
        if isinstance(option, OwnedServers):
            return write_owned(book, section, demand, option, bridge, path)
        return write_appliance(book, section, demand, option, bridge, path)


def _bridge_of(option: Option) -> str | None:
    return option.bridge if isinstance(option, SelfHosted) else None


def _note_missing_people(book: Book, options: Sequence[Option]) -> None:
    for option in options:
        if not isinstance(option, TokenPriced) and option.people_fte.value == 0:
            book.find("people.none", f"options.{option.id}.people_fte", option=option.name)


__all__ = ["Bill", "BillError", "write_bill"]
