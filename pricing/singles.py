"""Whether a single option keeps the rules that hold for a decision as a whole."""

import numpy as np

from pricing.bill.costs import ASSETS
from pricing.evaluation import Evaluation
from pricing.plan.currency import in_currency
from pricing.plan.option import Appliance, OwnedServers
from pricing.plan.plan import Plan
from pricing.plan.quality import EXACT
from pricing.routing.quality import score_of


def broken_alone(evaluation: Evaluation, option: str) -> tuple[str, ...]:
    """Fields of `Rules` that a pure option breaks if everything is given to it.

    What a class asks of an option (data, quality, waiting) is not looked at here.
    """
    plan = evaluation.plan
    rules = plan.rules
    stated = next(one for one in plan.options if one.id == option)
    at_home = isinstance(stated, OwnedServers | Appliance)
    share = rules.most_vendor_share
    kept = {
        "vendors": rules.vendors <= 1,
        "most_vendor_share": share is None or share.value >= 1,
        "on_premises": rules.on_premises is None or rules.on_premises.value <= 0 or at_home,
        "capex_per_year": _within_caps(plan, evaluation, option),
        "quality": _good_enough(plan, evaluation, option),
        "site_power_kw": not at_home or _within_power(plan, evaluation, option),
    }
    return tuple(name for name, holds in kept.items() if not holds)


def keeps_rules(evaluation: Evaluation, option: str) -> bool:
    """Whether everything may be given to one option, as far as the plan's rules go."""
    return not broken_alone(evaluation, option)


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


def mean_score(evaluation: Evaluation, option: str) -> float | None:
    """Mean score of an option's answers if everything is given to it, 0 to 1.

    Every request of the horizon counts the same, as in a hybrid; none where a class with requests
    has no score.
    """
    stated = next(one for one in evaluation.plan.options if one.id == option)
    weighted = asked = 0.0
    for demand in evaluation.bill.demand.classes:
        requests = float(np.sum(evaluation.values.monthly(demand.requests)))
        if requests <= 0:
            continue
        score = score_of(evaluation.plan, stated, demand.request_class.id)
        if score is None:
            return None
        weighted, asked = weighted + requests * score.reached, asked + requests
    return weighted / asked if asked > 0 else None


def _good_enough(plan: Plan, evaluation: Evaluation, option: str) -> bool:
    """Whether the mean score of all answers is reached; what is not known breaks no rule."""
    least, mean = plan.rules.quality, mean_score(evaluation, option)
    return least is None or mean is None or mean >= least.value - EXACT
