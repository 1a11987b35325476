"""The first line of the results: a sentence with the answer, made from the numbers."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import money, number, percent
from pricing.evaluation import Comparison, Evaluation, OptionBill
from pricing.messages import sentence


def _t(text: str) -> str:
    return QCoreApplication.translate("Finding", text)


def serves_all(bill: OptionBill) -> bool:
    """Whether an option, bridge included, serves every request of the horizon."""
    return not bool((bill.unserved.values > 1e-6).any())


def best(evaluation: Evaluation) -> OptionBill:
    """The cheapest option that serves everything; the cheapest of all where none does."""
    complete = [bill for bill in evaluation.bills if serves_all(bill)] or list(evaluation.bills)
    return min(complete, key=lambda bill: bill.tco.value)


def challenger(evaluation: Evaluation) -> OptionBill | None:
    """The option to hold against the baseline: the cheapest complete one that is another."""
    others = [bill for bill in evaluation.bills if bill.id != evaluation.baseline.id]
    complete = [bill for bill in others if serves_all(bill)] or others
    return min(complete, key=lambda bill: bill.tco.value, default=None)


def finding_sentence(evaluation: Evaluation) -> str:
    """Which option costs least, by how much, over what time."""
    base, other = evaluation.baseline, challenger(evaluation)
    currency, months = evaluation.plan.currency, evaluation.plan.months
    if other is None:
        return _t("{name} costs {amount} over {months} months").format(
            name=base.name, amount=money(base.tco.value, currency), months=months
        )
    saved = base.tco.value - other.tco.value
    if abs(saved) <= 5e-4 * abs(base.tco.value):
        return _t("{name} and {base} cost the same over {months} months").format(
            name=other.name, base=base.name, months=months
        )
    share = percent(abs(saved) / abs(base.tco.value)) if base.tco.value else ""
    part = f" ({share})" if share else ""
    if saved > 0:
        template = _t("{name} saves {amount}{part} over {months} months")
        return template.format(
            name=other.name, amount=money(saved, currency), part=part, months=months
        )
    template = _t("{base} is cheapest: {name} would cost {amount}{part} more over {months} months")
    return template.format(
        base=base.name, name=other.name, amount=money(-saved, currency), part=part, months=months
    )


def unserved_sentence(evaluation: Evaluation) -> str:
    """Which options leave requests unserved; empty where none does."""
    names = [bill.name for bill in evaluation.bills if not serves_all(bill)]
    if not names:
        return ""
    return _t("{names} would leave requests unserved.").format(names=", ".join(names))


def pair_sentence(evaluation: Evaluation, comparison: Comparison | None) -> str:
    """How much one option saves against another, and from when on."""
    if comparison is None:
        return ""
    bill = evaluation.bill_of(comparison.option)
    base = evaluation.bill_of(comparison.reference)
    apart = comparison.tco_difference
    share = f" ({percent(abs(apart / base.tco.value))})" if base.tco.value > 0 else ""
    template = (
        _t("{name} costs {amount}{share} less than {base} over {months} months.")
        if apart < 0
        else _t("{name} costs {amount}{share} more than {base} over {months} months.")
    )
    if abs(apart) <= 5e-4 * abs(base.tco.value):
        template = _t("{name} and {base} cost the same over {months} months.")
    told = template.format(
        name=bill.name,
        base=base.name,
        amount=money(abs(apart), evaluation.plan.currency),
        share=share,
        months=evaluation.plan.months,
    )
    return f"{told} {break_even_sentence(comparison, bill.name, base.name)}"


GRAVE: Final = frozenset(
    {
        "data.leaves",
        "route.data_outside",
        "route.context_too_short",
        "context.too_short",
        "option.not_all_classes",
        "capacity.no_input_rate",
        "requests.unserved",
        "quality.below_floor",
        "quality.below_floor_lowered",
    }
)
"""Warnings that may rule an option out, whatever it costs."""


def caveats(evaluation: Evaluation, option_id: str) -> tuple[str, ...]:
    """What speaks against an option beside its cost, as sentences."""
    start = f"options.{option_id}."
    return tuple(
        sentence(item)
        for item in evaluation.findings
        if item.code in GRAVE and item.path.startswith(start)
    )


def caveat_sentence(evaluation: Evaluation) -> str:
    """What speaks against the cheapest option, and which one is cheapest without such a warning.

    Empty where nothing speaks against it.
    """
    cheapest = best(evaluation)
    against = caveats(evaluation, cheapest.id)
    if not against:
        return ""
    free = [bill for bill in evaluation.bills if not caveats(evaluation, bill.id)]
    parts = [_t("Mind the findings."), *against]
    if free:
        other = min(free, key=lambda bill: bill.tco.value)
        template = _t("Without such a warning, {name} is cheapest: {amount}.")
        amount = money(other.tco.value, evaluation.plan.currency)
        parts.append(template.format(name=other.name, amount=amount))
    else:
        parts.append(_t("No option is without such a warning."))
    return " ".join(parts)


def break_even_sentence(comparison: Comparison, name: str, base: str) -> str:
    """The break-even month as a sentence."""
    answer = comparison.break_even
    if answer.answer == "already":
        text = _t("{name} costs less than {base} from the first month on.")
    elif answer.answer == "month" and answer.month == 1:
        text = _t("Compared with {base}, {name} pays off within the first month.")
    elif answer.answer == "month":
        text = _t("Compared with {base}, {name} pays off after {month} months.")
    elif answer.cheaper_at_first:
        text = _t("{name} costs less than {base} at first, but more by the end of the plan.")
    else:
        text = _t("{name} does not pay off against {base} within the plan.")
    return text.format(name=name, base=base, month=number(answer.month or 0, 0))
