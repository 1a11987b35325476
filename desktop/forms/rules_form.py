"""The form of the rules: what every decision on the plan must keep."""

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.routing_rows import sensitivities
from desktop.forms.row import Choice, Group
from pricing.plan.plan import Plan


def _t(text: str) -> str:
    return QCoreApplication.translate("RulesForm", text)


def rules_form(plan: Plan) -> tuple[Group, ...]:
    """Rows of the rules, grouped by the question they answer."""
    make = RowMaker(plan.rules, "rules", plan.currency)
    no_limit, none = _t("no limit"), _t("none")
    when = (
        Choice(_t("at the start of any month"), "month"),
        Choice(_t("at the start of a quarter"), "quarter"),
    )
    return (
        Group(
            _t("What must never leave?"),
            (
                make.choice("outside", _t("May leave the premises"), sensitivities()),
                make.number(
                    "on_premises", _t("Served on premises"), _t("% of tokens at least"),
                    placeholder=none,
                ),
            ),
        ),
        Group(
            _t("How good must it be?"),
            (
                make.number(
                    "quality", _t("Mean score of answers"), _t("% at least"), placeholder=none,
                    fractions=True,
                ),
            ),
        ),
        Group(
            _t("What may be bought?"),
            (
                make.prices(
                    "capex_per_year", _t("Purchases of a year"), no_limit,
                    _t("{currency}, one amount per plan year, as 500k; 300k; the last one holds on")
                    .format(currency=plan.currency),
                ),
                make.number("site_power_kw", _t("Site power"), "kW", placeholder=no_limit),
                make.choice("purchases", _t("Servers are bought"), when),
            ),
        ),
        Group(
            _t("Whom may it depend on?"),
            (
                make.number("vendors", _t("Vendors"), _t("at least")),
                make.number("least_vendor_share", _t("One counts from"), _t("% of tokens")),
                make.number(
                    "most_vendor_share", _t("One vendor serves"), _t("% of a year at most"),
                    placeholder=no_limit,
                ),
            ),
        ),
    )  # fmt: skip
