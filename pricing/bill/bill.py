"""From a plan to a ledger: demand, one section per option, and their comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pricing.bill.book import Book
from pricing.bill.checks import note_rules
from pricing.bill.comparison import Comparison, write_comparison
from pricing.bill.costs import BillLines, Costs
from pricing.bill.demand import Demand, write_demand
from pricing.bill.errors import BillError
from pricing.bill.hybrid import write_hybrid
from pricing.bill.prediction import Prediction
from pricing.bill.prices import TokenPriceLines
from pricing.bill.servers import write_servers
from pricing.bill.service import write_service
from pricing.bill.token_priced import write_token_priced
from pricing.catalogue import Catalogue
from pricing.finding import Finding
from pricing.ledger import Ledger, Section
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import Option, SelfHosted, TokenPriced
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
    pure_first = sorted(plan.options, key=lambda option: isinstance(option, Hybrid))
    written = {option.id: writer.write(option) for option in pure_first}
    bills = tuple(written[option.id] for option in plan.options)
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
        costs = Costs(book, section, option, f"options.{option.id}")
        if isinstance(option, Hybrid):
            return write_hybrid(costs, demand, self._prices)
        served, fleet = demand.of(option.serves), None
        if isinstance(option, TokenPriced):
            write_token_priced(costs, self._prices[option.id], served)
        else:
            serve = partial(write_service, bridge=self._prices.get(option.bridge or ""))
            fleet = write_servers(costs, served, serve)
        costs.add_common()
        return costs.finish(demand, served, fleet)


def _bridge_of(option: Option) -> str | None:
    return option.bridge if isinstance(option, SelfHosted) else None


def _note_missing_people(book: Book, options: Sequence[Option]) -> None:
    for option in options:
        if isinstance(option, SelfHosted) and option.people_fte.value == 0:
            book.find("people.none", f"options.{option.id}.people_fte", option=option.name)


__all__ = ["Bill", "BillError", "write_bill"]
