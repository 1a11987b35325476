"""Whether a single option keeps the rules that hold for a decision as a whole."""

import numpy as np

from pricing.bill.costs import ASSETS
from pricing.evaluation import Evaluation
from pricing.optimise.problem.limits import in_currency
from pricing.plan.option import Appliance, OwnedServers
from pricing.plan.plan import Plan
from pricing.routing.quality import score_of


def keeps_rules(plan: Plan, evaluation: Evaluation, option: str) -> bool:
    """Whether everything may be given to one option: vendors, share on premises, purchases, power.

    What a class asks of an option (data, quality, waiting) is not looked at here.
    """
    rules = plan.rules
    stated = next(one for one in plan.options if one.id == option)
    at_home = isinstance(stated, OwnedServers | Appliance)
    alone = rules.vendors <= 1 and (
        rules.most_vendor_share is None or rules.most_vendor_share.value >= 1
    )
    home = rules.on_premises is None or rules.on_premises.value <= 0 or at_home
    return (
        alone
        and home
        and _within_caps(plan, evaluation, option)
        and _good_enough(plan, evaluation, option)
        and (not at_home or _within_power(plan, evaluation, option))
    )


def _within_caps(plan: Plan, evaluation: Evaluation, option: str) -> bool:
    caps = plan.rules.capex_per_year
    if not caps:
        return True
    bill = evaluation.bill_of(option)
    spent = sum(
        (bill.categories[name].values for name in ASSETS if name in bill.categories),
        start=np.zeros(plan.months),
    )
    by_year = np.bincount(np.arange(plan.months) // 12, spent)
    return all(
        amount <= in_currency(plan, caps[min(year, len(caps) - 1)]) * (1 + 1e-9)
        for year, amount in enumerate(by_year)
    )


def _within_power(plan: Plan, evaluation: Evaluation, option: str) -> bool:
    limit = plan.rules.site_power_kw
    if limit is None:
        return True
    servers = evaluation.bill_of(option).servers
    key = f"option.{option}.power_kw"
    kw = next((entry.value for entry in evaluation.ledger.inputs if entry.key == key), 0.0)
    return servers is None or float(servers.values.max()) * kw <= limit.value * (1 + 1e-9)


def _good_enough(plan: Plan, evaluation: Evaluation, option: str) -> bool:
    """Whether the mean score of all answers is reached, as far as scores are known."""
    least = plan.rules.quality
    if least is None:
        return True
    stated = next(one for one in plan.options if one.id == option)
    weighted = whole = 0.0
    for demand in evaluation.bill.demand.classes:
        score = score_of(plan, stated, demand.request_class.id)
        if score is not None:
            requests = float(np.sum(evaluation.values.monthly(demand.requests)))
            weighted, whole = weighted + requests * score.reached, whole + requests
    return whole <= 0 or weighted / whole >= least.value - 1e-9
