"""Closed APIs and hosted open models: billed by the token."""

from pricing.bill.book import Book
from pricing.bill.costs import BillLines, Costs
from pricing.bill.demand import Demand
from pricing.bill.prices import TokenPriceLines
from pricing.bill.tokens import token_cost
from pricing.ledger import Section
from pricing.plan.option import ClosedApi, HostedOpen


def write_token_priced(
    book: Book,
    section: Section,
    demand: Demand,
    option: ClosedApi | HostedOpen,
    prices: TokenPriceLines,
    path: str,
) -> BillLines:
    """Write the bill of an option that somebody else serves by the token."""
    costs = Costs(book, section, option, path)
    served = demand.of(option.serves)
    section.block("Tokens")
    for request_class in served:
        key = request_class.request_class.id
        line = token_cost(book, section, prices, request_class, request_class.requests, key)
        costs.add("tokens", line)
    costs.add_common()
    return costs.finish(demand, served)
