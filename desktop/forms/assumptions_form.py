"""The form of what holds for every option: time, money, site and people."""

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import CURRENCIES, RowMaker
from desktop.forms.row import Choice, Group
from pricing.plan.figure import Share
from pricing.plan.plan import Plan, Tax


def _t(text: str) -> str:
    return QCoreApplication.translate("AssumptionsForm", text)


def _both_none(current: object, choice: object) -> bool:
    return (current is None) == (choice is None)


def assumptions_form(plan: Plan) -> tuple[Group, ...]:
    """Rows of the plan itself."""
    make = RowMaker(plan, "", plan.currency)
    fx, calendar = make.inside("fx"), make.inside("calendar")
    finance, people = make.inside("finance"), make.inside("people")
    baselines = (
        Choice(_t("the first option"), None),
        *(Choice(option.name, option.id) for option in plan.options),
    )
    tax = Choice(_t("after tax"), plan.finance.tax or Tax(rate=Share(value=0)))
    timing = (Choice(_t("in mid-month"), "mid-month"), Choice(_t("at month end"), "end-of-month"))
    taxed = (
        (
            finance.inside("tax").number("rate", _t("Tax rate")),
            finance.inside("tax").number("depreciation_years", _t("Depreciation"), _t("years")),
        )
        if plan.finance.tax is not None
        else ()
    )
    return (
        Group(
            _t("What is this plan?"),
            (
                make.text("name", _t("Name")),
                make.note("note", _t("Note"), _t("for the reader")),
                make.choice("baseline", _t("Compared with"), baselines),
            ),
        ),
        Group(
            _t("Over what time?"),
            (
                make.text("start", _t("First month"), "2027-01"),
                make.number("months", _t("Horizon"), _t("months")),
                calendar.number(
                    "days_per_month",
                    _t("Days in a month"),
                    _t("days"),
                    placeholder=_t("as the calendar has"),
                ),
                calendar.number("hours_per_day", _t("Hours of service"), _t("per day")),
            ),
        ),
        Group(
            _t("In what money?"),
            (
                make.choice("currency", _t("Currency"), tuple(Choice(c, c) for c in CURRENCIES)),
                fx.number(
                    "cny_per_usd", _t("Yuan"), _t("CNY per USD"), placeholder=_t("not stated")
                ),
                fx.number(
                    "eur_per_usd", _t("Euro"), _t("EUR per USD"), placeholder=_t("not stated")
                ),
                finance.number("discount_rate", _t("Discount rate"), _t("% per year")),
                finance.choice("payment_timing", _t("Cash flows"), timing),
                finance.choice(
                    "tax", _t("Decided"), (Choice(_t("before tax"), None), tax), _both_none
                ),
                *taxed,
            ),
        ),
        Group(
            _t("What do site and people cost?"),
            (
                make.number(
                    "electricity", _t("Electricity"), _t("per kWh"), placeholder=_t("not stated")
                ),
                people.number("loaded_cost_per_year", _t("A full-time person"), _t("per year")),
            ),
        ),
    )
