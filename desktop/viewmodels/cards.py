"""The few figures under the finding."""

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, money, percent
from pricing.admissible import is_admissible
from pricing.evaluation import Comparison, Evaluation, Metric, OptionBill

Tone = Literal["good", "more", "neutral"]


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its difference to the other option."""

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
    bill, currency = evaluation.bill_of(option_id), evaluation.plan.currency
    base = evaluation.bill_of(comparison.reference) if comparison is not None else None
    made = _made(evaluation, bill, base, comparison, currency)
    if is_admissible(evaluation, bill):
        return made
    # what may not be chosen, or serves less, is not praised for costing less
    return tuple(replace(card, tone="neutral") if card.tone == "good" else card for card in made)


def _made(
    evaluation: Evaluation, bill: OptionBill, base: OptionBill | None,
    comparison: Comparison | None, currency: str,
) -> tuple[Card, ...]:  # fmt: skip
    return (
        _money(_t("Total cost (TCO)"), bill.tco, base, base.tco if base else None, currency),
        _break_even(evaluation, bill, base, comparison),
        _money(_t("Peak cash"), bill.peak_cash, base, base.peak_cash if base else None, currency),
        _unit_cost(bill, base, currency),
    )


def _money(
    title: str, metric: Metric, base: OptionBill | None, theirs: Metric | None, currency: str
) -> Card:
    note, tone = _delta(metric.value, base, theirs)
    return Card(title, money(metric.value, currency), note, tone, metric.key)


def _delta(value: float, base: OptionBill | None, theirs: Metric | None) -> tuple[str, Tone]:
    if base is None or theirs is None or theirs.value == 0:
        return "", "neutral"
    share = value / theirs.value - 1
    if abs(share) < 5e-4:
        return _t("as {name}").format(name=base.name), "neutral"
    text = _t("{share} to {name}").format(share=percent(share, signed=True), name=base.name)
    return text, "good" if share < 0 else "more"


def _break_even(
    evaluation: Evaluation,
    bill: OptionBill,
    base: OptionBill | None,
    comparison: Comparison | None,
) -> Card:
    title = _t("Break-even")
    if comparison is None or base is None:
        note = _t("there is nothing to compare with")
        return Card(title, "–", note, "neutral", bill.cumulative.key, evaluation.plan.months)
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


def _unit_cost(bill: OptionBill, base: OptionBill | None, currency: str) -> Card:
    metric = bill.per_million_tokens
    note, tone = _delta(metric.value, base, base.per_million_tokens if base is not None else None)
    figure = f"{currency} {compact(metric.value)}"
    return Card(_t("Per 1M tokens"), figure, note, tone, metric.key)
