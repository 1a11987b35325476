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
    """The line of what some requests of a class cost by the token, requests fee included.

    A long-context tier re-rates the whole request, so the price a class pays is the mean of the
    base price and the tier's, weighted with the share of its tokens in requests above it.
    """
    name = demand.request_class.name
    batch = prices.bills_as_batch(demand.request_class.urgency)
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
        costs.append(line * _price_paid(prices, demand, kind, batch))
    if prices.per_request is not None:
        costs.append(requests * prices.per_request)
    return section.line(f"{name}: tokens", total(costs), book.currency, key=f"{key}.cost")


def _price_paid(
    prices: TokenPriceLines, demand: ClassDemand, kind: Kind, batch: bool
) -> Expression:
    paid: Expression = prices.price(kind, batch)
    for tier, share in enumerate(prices.long_context.shares(demand), start=1):
        weight = share.of_requests if kind == "output" else share.of_input
        step = prices.price(kind, batch, tier) - prices.price(kind, batch, tier - 1)
        paid = paid + weight * step
    return paid
