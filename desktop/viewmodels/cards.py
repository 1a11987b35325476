"""The few figures under the finding."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, money, percent
from pricing.evaluation import Comparison, Evaluation, Metric, OptionBill

Tone = Literal["good", "more", "neutral"]


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its difference to the baseline."""

    title: str
    figure: str
    note: str
    tone: Tone
    key: str
    month: int | None = None


def _t(text: str) -> str:
    return QCoreApplication.translate("Cards", text)


def cards(
    evaluation: Evaluation, option_id: str, comparison: Comparison | None
) -> tuple[Card, ...]:
    """Total cost, break-even, peak cash and unit cost of one option."""
    bill, base = evaluation.bill_of(option_id), evaluation.baseline
    currency = evaluation.plan.currency
    against = None if bill.id == base.id else base
    return (
        _money(_t("Total cost (TCO)"), bill.tco, against.tco if against else None, currency),
        _break_even(evaluation, bill, base, comparison),
        _money(_t("Peak cash"), bill.peak_cash, against.peak_cash if against else None, currency),
        _unit_cost(bill, against, currency),
    )


def _money(title: str, metric: Metric, base: Metric | None, currency: str) -> Card:
    note, tone = _delta(metric.value, base.value if base is not None else None)
    return Card(title, money(metric.value, currency), note, tone, metric.key)


def _delta(value: float, base: float | None) -> tuple[str, Tone]:
    if base is None:
        return _t("the baseline"), "neutral"
    if base == 0:
        return "", "neutral"
    share = value / base - 1
    if abs(share) < 5e-4:
        return _t("as the baseline"), "neutral"
    text = _t("{share} to the baseline").format(share=percent(share, signed=True))
    return text, "good" if share < 0 else "more"


def _break_even(
    evaluation: Evaluation, bill: OptionBill, base: OptionBill, comparison: Comparison | None
) -> Card:
    title = _t("Break-even")
    if comparison is None or bill.id == base.id:
        return Card(title, "–", _t("the baseline"), "neutral", bill.cumulative.key)
    answer = comparison.break_even
    note = _t("against {name}").format(name=base.name)
    if answer.answer == "never":
        return Card(title, _t("never"), note, "more", bill.cumulative.key, evaluation.plan.months)
    figure = (
        _t("from the start")
        if answer.answer == "already"
        else _t("month {n}").format(n=answer.month)
    )
    return Card(title, figure, note, "good", bill.cumulative.key, answer.month or 1)


def _unit_cost(bill: OptionBill, against: OptionBill | None, currency: str) -> Card:
    metric = bill.per_million_tokens
    base = against.per_million_tokens.value if against is not None else None
    note, tone = _delta(metric.value, base)
    figure = f"{currency} {compact(metric.value)}"
    return Card(_t("Per 1M tokens"), figure, note, tone, metric.key)
