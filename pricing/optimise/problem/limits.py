"""The rules of a plan as limits of an instance."""

import numpy as np

from pricing.optimise.engine.instance import Limits, Numbers
from pricing.plan.currency import in_currency
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
