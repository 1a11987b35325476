"""What a mean request of the plan's classes costs at the list prices of a model."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import money
from pricing.catalogue import Catalogue, CatalogueError, TokenUsage, request_cost
from pricing.plan.plan import Plan

MOST_CLASSES = 3
"""Classes that are told one by one, in the order of the plan."""


def _t(text: str) -> str:
    return QCoreApplication.translate("RequestPrices", text)


def request_prices(catalogue: Catalogue, plan: Plan, model: str, today: date) -> str:
    """A sentence; empty where there is no model, no request class or no price.

    Args:
        catalogue: Prices.
        plan: Its request classes; those of urgency batch pay that tariff where there is one.
        model: Id of a model sold by the token.
        today: The day whose prices hold.
    """
    told = plan.workload[:MOST_CLASSES]
    if not model or not told:
        return ""
    parts = []
    try:
        entry = catalogue.token_model(model)
        for one in told:
            usage = TokenUsage(one.input_tokens.value, one.output_tokens.value)
            cost = request_cost(entry, usage, today, batch=one.urgency == "batch")
            amount = money(cost.total, cost.currency).replace(" ", "\u00a0")
            parts.append(_t("{request_class} {amount}").format(request_class=one.name,
                                                               amount=amount))  # fmt: skip
    except CatalogueError:
        return ""
    said = _t("A mean request with nothing cached costs: {parts}").format(parts="; ".join(parts))
    more = len(plan.workload) - len(told)
    if more:
        rest = _t("1 more class") if more == 1 else _t("{n} more classes").format(n=more)
        said = _t("{said}; and {rest}").format(said=said, rest=rest)
    return said + "."
