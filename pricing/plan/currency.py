"""Prices in the currency of a plan."""

import math

from pricing.plan.figure import Price
from pricing.plan.plan import Plan


def in_currency(plan: Plan, price: Price) -> float:
    """A price in the plan's currency; the ledger has checked that the rate is known."""
    own = price.currency or plan.currency
    if own == plan.currency:
        return price.value
    per_usd = {
        "USD": 1.0,
        "CNY": plan.fx.cny_per_usd.value if plan.fx.cny_per_usd is not None else math.nan,
        "EUR": plan.fx.eur_per_usd.value if plan.fx.eur_per_usd is not None else math.nan,
    }
    return float(price.value * per_usd[plan.currency] / per_usd[own])
