"""Closed APIs and hosted open models: billed by the token."""

from pricing.bill.costs import Costs
from pricing.bill.demand import ClassDemand
from pricing.bill.minimum import write_minimum
from pricing.bill.prices import TokenPriceLines
from pricing.bill.tokens import token_cost
from pricing.ledger import Line


def write_token_priced(
    costs: Costs,
    prices: TokenPriceLines,
    served: tuple[ClassDemand, ...],
    used: Line | None = None,
) -> None:
    """Write what it costs that somebody else serves some demands by the token.

    Args:
        costs: The bill in the making.
        prices: The option's tariff.
        served: What it serves.
        used: Flag of the months from which a minimum spend is owed; none means from the first.
    """
    section = costs.section
    section.block("Tokens")
    spent = [
        token_cost(costs.book, section, prices, demand, demand.requests, demand.key)
        for demand in served
    ]
    for line in spent:
        costs.add("tokens", line)
    write_minimum(costs, spent, used)
