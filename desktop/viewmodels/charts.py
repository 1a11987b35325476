"""What the three charts of the results show."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.charts.spec import Bars, Lines, LineSeries, Marker, Part, Spec
from desktop.theme.option_colours import CATEGORY, OTHER_CATEGORY, OptionColours
from desktop.viewmodels.comparison import category_name, used_categories
from desktop.viewmodels.finding import best
from desktop.viewmodels.words import compact, money
from pricing.admissible import is_admissible
from pricing.evaluation import Comparison, Evaluation, OptionBill, Series

ChartKind = Literal["cumulative", "breakdown", "monthly"]
NAME_LENGTH = 30
"""Longer names are shortened beside a chart, in characters."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Charts", text)


def chart(
    kind: ChartKind,
    evaluation: Evaluation,
    colours: OptionColours,
    comparison: Comparison | None,
) -> Spec:
    """The chart of one kind; the comparison gives the break-even to mark."""
    if kind == "breakdown":
        return _breakdown(evaluation, colours)
    if kind == "monthly":
        return _monthly(evaluation, colours)
    return _cumulative(evaluation, colours, comparison)


def _name(text: str) -> str:
    """A name short enough for a label; names differ at their ends, so both stay."""
    if len(text) <= NAME_LENGTH:
        return text
    head = NAME_LENGTH // 2 - 2
    return f"{text[:head].rstrip()}…{text[head + 1 - NAME_LENGTH :].lstrip()}"


def _series(
    evaluation: Evaluation, colours: OptionColours, which: Callable[[OptionBill], Series]
) -> tuple[LineSeries, ...]:
    lines = []
    for bill in evaluation.bills:
        series = which(bill)
        lines.append(LineSeries(_name(bill.name), colours.of(bill.id), series.key, series.values))
    return tuple(lines)


def _cumulative(
    evaluation: Evaluation, colours: OptionColours, comparison: Comparison | None
) -> Lines:
    currency, months = evaluation.plan.currency, evaluation.plan.months
    marker = None
    title = _t("Total spent so far, by option")
    if comparison is not None:
        bill = evaluation.bill_of(comparison.option)
        base = evaluation.bill_of(comparison.reference)
        answer = comparison.break_even
        title = _course(comparison, bill, base, currency)
        if answer.answer == "month" and answer.month is not None:
            value = float(bill.cumulative.values[answer.month - 1])
            text = _t("month {n}, {amount}").format(n=answer.month, amount=money(value, currency))
            marker = Marker(answer.month, value, text)
    cheapest = best(evaluation)
    template = (
        _t(
            "Cumulative cost of {n} options over {months} months; {name} ends lowest of those that "
            "serve everything within the rules, at {amount}."
        )
        if is_admissible(evaluation, cheapest)
        else _t(
            "Cumulative cost of {n} options over {months} months; none serves everything within "
            "the rules; {name} ends at {amount}."
        )
    )
    summary = template.format(
        n=len(evaluation.bills),
        months=months,
        name=cheapest.name,
        amount=money(cheapest.tco.value, currency),
    )
    return Lines(
        title=title,
        summary=summary,
        x_title=_t("month of the plan"),
        y_title=_t("{currency}, cumulative").format(currency=currency),
        months=evaluation.month_labels,
        series=_series(evaluation, colours, lambda bill: bill.cumulative),
        number=compact,
        marker=marker,
        month_heading=_t("Month"),
    )


def _course(comparison: Comparison, bill: OptionBill, base: OptionBill, currency: str) -> str:
    """How two lines run: who is below from when, or by how much at the end."""
    answer = comparison.break_even
    apart = bill.tco.value - base.tco.value
    amount = money(abs(apart), currency)
    if answer.answer == "month":
        template = _t("{name} has cost less than {base} from month {month} on")
    elif apart <= 0:
        template = _t("{name} ends {amount} below {base}")
    else:
        template = _t("{base} ends {amount} below {name}")
    return template.format(name=bill.name, base=base.name, month=answer.month, amount=amount)


def _monthly(evaluation: Evaluation, colours: OptionColours) -> Lines:
    currency = evaluation.plan.currency
    peak = max(evaluation.bills, key=lambda bill: float(bill.cash.values.max()))
    month = int(np.argmax(peak.cash.values))
    title = _t("The dearest month is {month}: {amount} for {name}").format(
        month=evaluation.month_labels[month],
        amount=money(float(peak.cash.values[month]), currency),
        name=peak.name,
    )
    return Lines(
        title=title,
        summary=_t("Cost of each month by option. {title}.").format(title=title),
        x_title=_t("month of the plan"),
        y_title=_t("{currency} a month").format(currency=currency),
        months=evaluation.month_labels,
        series=_series(evaluation, colours, lambda bill: bill.cash),
        number=compact,
        month_heading=_t("Month"),
        steps=True,
    )


def _breakdown(evaluation: Evaluation, colours: OptionColours) -> Bars:
    bills, currency = evaluation.bills, evaluation.plan.currency
    parts = []
    for code in used_categories(evaluation):
        values, keys = [], []
        for bill in bills:
            found = bill.categories.get(code)
            values.append(0.0 if found is None else float(found.values.sum()))
            keys.append("" if found is None else found.key)
        colour = CATEGORY.get(code, OTHER_CATEGORY)
        parts.append(Part(category_name(code), colour, tuple(values), tuple(keys)))
    cheapest = best(evaluation)
    shares = {p.name: p.values[bills.index(cheapest)] for p in parts}
    largest = max(shares, key=lambda name: shares[name], default="")
    title = _t("{category} is the largest part of {name}: {amount}").format(
        category=largest, name=cheapest.name, amount=money(shares.get(largest, 0.0), currency)
    )
    return Bars(
        title=title,
        summary=_t("Total cost of each option by category. {title}.").format(title=title),
        x_title=_t("{currency} over {months} months").format(
            currency=currency, months=evaluation.plan.months
        ),
        bars=tuple(_name(bill.name) for bill in bills),
        bar_colours=tuple(colours.of(bill.id) for bill in bills),
        totals=tuple(bill.tco.value for bill in bills),
        parts=tuple(parts),
        number=compact,
        heading=_t("Category"),
    )
