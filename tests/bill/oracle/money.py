"""Currencies, discounting and tax, one amount at a time."""

from pricing.plan.figure import Price
from pricing.plan.plan import Plan


def in_plan_currency(plan: Plan, price: Price) -> float:
    """The price by way of the dollar."""
    per_usd = {"USD": 1.0}
    if plan.fx.cny_per_usd is not None:
        per_usd["CNY"] = plan.fx.cny_per_usd.value
    if plan.fx.eur_per_usd is not None:
        per_usd["EUR"] = plan.fx.eur_per_usd.value
    currency = price.currency or plan.currency
    return (
        price.value
        if currency == plan.currency
        else (price.value / per_usd[currency] * per_usd[plan.currency])
    )


def present_value(plan: Plan, cash: list[float]) -> float:
    """Each month's cash discounted to the first day of the plan."""
    rate = plan.finance.discount_rate.value
    early = 0.5 if plan.finance.payment_timing == "mid-month" else 0.0
    worth = 0.0
    for number, amount in enumerate(cash, start=1):
        worth += amount / (1 + rate) ** ((number - early) / 12)
    return worth


ASSETS = ("purchase", "installation", "network")


def tax_of(plan: Plan, categories: dict[str, list[float]]) -> list[float]:
    """Tax of every month (negative: saved): assets are written off, everything else deducted."""
    assert plan.finance.tax is not None
    rate, life = plan.finance.tax.rate.value, 12 * plan.finance.tax.depreciation_years
    deducted = [0.0] * plan.months
    for name, amounts in categories.items():
        for month, amount in enumerate(amounts):
            if name not in ASSETS:
                deducted[month] += amount
                continue
            # Written off from the month of payment; what is left when the assets are sold at the
            # end of the plan is deducted against the sale.
            written = 0.0
            for later in range(month, min(month + life, plan.months)):
                deducted[later] += amount / life
                written += amount / life
            if "resale" in categories:
                deducted[-1] += amount - written
    return [-amount * rate for amount in deducted]
