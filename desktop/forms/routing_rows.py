"""Rows of an option that only hybrids and their rules read, and the way to the routing page."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.row import Choice, Row
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import PureOption, SelfHosted


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingRows", text)


def sensitivities() -> tuple[Choice, ...]:
    """How sensitive data can be, the least first."""
    return (
        Choice(_t("public"), "public"),
        Choice(_t("internal"), "internal"),
        Choice(_t("confidential"), "confidential"),
        Choice(_t("restricted"), "restricted"),
    )


def routing_facts(make: RowMaker, item: PureOption) -> tuple[Row, ...]:
    """Vendor, data it may be sent, and how well and fast it answers."""
    by_rules = Choice(_t("as the rules of the plan say"), None)
    not_known = _t("not known")
    rows = [
        make.text("vendor", _t("Vendor"), _t("as the catalogue says")),
        make.choice("accepts", _t("May be sent data up to"), (by_rules, *sensitivities())),
        make.number(
            "availability", _t("Answers in"), _t("% of the time"), placeholder=_t("not counted")
        ),
    ]
    if not isinstance(item, SelfHosted) or item.serving is None:
        rows += [
            make.number(
                "first_token_seconds", _t("First token after"), _t("seconds"), placeholder=not_known
            ),
            make.number(
                "tokens_per_second", _t("Speed of an answer"), _t("tokens/s"), placeholder=not_known
            ),
        ]
    return tuple(rows)


def routing_link(make: RowMaker, item: Hybrid) -> Row:
    """What is decided so far, with a button that leads to the routing page."""
    decided = sum(bool(fleet.servers) for fleet in item.fleets)
    parts = [
        _t("1 route") if len(item.routes) == 1 else _t("{n} routes").format(n=len(item.routes)),
        _t("servers of 1 option decided")
        if decided == 1
        else _t("servers of {n} options decided").format(n=decided),
        _t("1 result cache")
        if len(item.caches) == 1
        else _t("{n} result caches").format(n=len(item.caches)),
    ]
    row = make.special("routes", _t("Routes"), "link", ", ".join(parts))
    return replace(row, placeholder=_t("Edit on the Routing page"), default=row.value)
