"""Billing by the token: what a number of requests of each class costs at a tariff."""

from pricing.bill.book import Book
from pricing.bill.demand import ClassDemand
from pricing.bill.prices import Kind, TokenPriceLines
from pricing.ledger import Expression, Line, Section, total


def token_cost(
    book: Book,
    section: Section,
    prices: TokenPriceLines,
    demand: ClassDemand,
    requests: Line,
    key: str,
) -> Line:
    """The line of what some requests of a class cost by the token, requests fee included."""
    name = demand.name
    input_tokens = requests * demand.input_tokens / book.tokens_per_mtok
    amounts: dict[Kind, tuple[str, Expression]] = {
        "input": ("fresh input tokens", input_tokens * (1 - demand.cacheable)),
        "cached_input": ("input tokens read from the cache", input_tokens * demand.read_share),
        "cache_write": ("input tokens written to the cache", input_tokens * demand.write_share),
        "output": ("output tokens", requests * demand.output_tokens / book.tokens_per_mtok),
    }
    costs: list[Expression] = []
    for kind, (label, amount) in amounts.items():
        line = section.line(f"{name}: {label}", amount, "Mtok", key=f"{key}.{kind}", flow=True)
        costs.append(line * prices.paid(kind, demand))
    if prices.per_request is not None:
        costs.append(requests * prices.per_request)
    return section.line(f"{name}: cost of tokens", total(costs), book.currency, key=f"{key}.cost")
