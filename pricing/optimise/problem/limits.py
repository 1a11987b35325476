"""The rules of a plan as limits of an instance."""

import numpy as np

from pricing.optimise.engine.instance import Limits, Numbers
from pricing.plan.figure import Price
from pricing.plan.plan import Plan

THOUSAND = 1000.0


def limits_of(plan: Plan) -> Limits:
    """Rules that hold for the decision as a whole; those of a class exclude recipes instead."""
    rules = plan.rules
    return Limits(
        capex=_caps(plan),
        site_kw=rules.site_power_kw.value if rules.site_power_kw is not None else None,
        vendor_share=rules.most_vendor_share.value if rules.most_vendor_share is not None else None,
        vendors=rules.vendors if rules.vendors > 1 else None,
        vendor_least=rules.least_vendor_share.value,
        quality=rules.quality.value if rules.quality is not None else None,
        on_premises=rules.on_premises.value if rules.on_premises is not None else None,
    )


def _caps(plan: Plan) -> Numbers | None:
    caps = plan.rules.capex_per_year
    if not caps:
        return None
    years = -(-plan.months // 12)
    return np.array(
        [in_currency(plan, caps[min(year, len(caps) - 1)]) / THOUSAND for year in range(years)]
    )


def in_currency(plan: Plan, price: Price) -> float:
    """A price in the plan's currency; the ledger has checked that the rate is known."""
    own = price.currency or plan.currency
    if own == plan.currency:
        return price.value
    per_usd = {
        "USD": 1.0,
        "CNY": plan.fx.cny_per_usd.value if plan.fx.cny_per_usd is not None else np.nan,
        "EUR": plan.fx.eur_per_usd.value if plan.fx.eur_per_usd is not None else np.nan,
    }
    return float(price.value * per_usd[plan.currency] / per_usd[own])
