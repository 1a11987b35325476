"""The first line of the results: a sentence with the answer, made from the numbers."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.admissible import broken_rules
from desktop.viewmodels.finding_words import finding_text
from desktop.viewmodels.words import money, number, percent
from pricing.admissible import Standing, cheapest_first, is_admissible, serves_all, standing
from pricing.evaluation import Comparison, Evaluation, OptionBill

DOUBTS: Final = frozenset({"capacity.no_input_rate"})
"""Findings by which the cost of an option may be far from what it will be."""
REASONS: Final = 2
"""Broken rules that are told of the cheapest option; the list of findings has them all."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Finding", text)


def best(evaluation: Evaluation) -> OptionBill:
    """The cheapest option within the rules; where none is, the cheapest that serves everything."""
    return cheapest_first(evaluation)[0]


def challenger(evaluation: Evaluation) -> OptionBill | None:
    """The option to hold against the baseline: the best one that is another."""
    others = (b for b in cheapest_first(evaluation) if b.id != evaluation.baseline.id)
    return next(others, None)


def finding_sentence(evaluation: Evaluation) -> str:
    """Which option costs least of those within the rules, by how much, over what time."""
    base, other = evaluation.baseline, challenger(evaluation)
    if other is None:
        told = _t("{name} costs {amount} over {months} months")
        return _told(evaluation, told, base) + _fault(evaluation, base)
    least = best(evaluation)
    if not is_admissible(evaluation, least):
        told = _t("No option serves every request; the cheapest, {name}, costs {amount} over "
                  "{months} months")  # fmt: skip
        if standing(evaluation, least) is Standing.SERVES_ALL:
            told = _t(
                "No option serves every request within the rules; of those that serve every "
                "request, {name} costs least: {amount} over {months} months"
            )
        return _told(evaluation, told, least)
    if not is_admissible(evaluation, other):
        told = _t(
            "Only {name} serves every request within the rules: {amount} over {months} months"
        )
        return _told(evaluation, told, base)
    return _against_baseline(evaluation, base, other)


def _told(evaluation: Evaluation, template: str, bill: OptionBill) -> str:
    amount = money(bill.tco.value, evaluation.plan.currency)
    return template.format(name=bill.name, amount=amount, months=evaluation.plan.months)


def _fault(evaluation: Evaluation, bill: OptionBill) -> str:
    """What an option does not do, as the end of a sentence; empty where there is nothing."""
    if not serves_all(bill):
        return _t(", but leaves requests unserved")
    return _t(", but breaks a rule") if broken_rules(evaluation, bill.id) else ""


def _against_baseline(evaluation: Evaluation, base: OptionBill, other: OptionBill) -> str:
    currency, months = evaluation.plan.currency, evaluation.plan.months
    saved = base.tco.value - other.tco.value
    fair = is_admissible(evaluation, base)
    if fair and abs(saved) <= 5e-4 * abs(base.tco.value):
        return _t("{name} and {base} cost the same over {months} months").format(
            name=other.name, base=base.name, months=months
        )
    share = percent(abs(saved) / abs(base.tco.value)) if base.tco.value else ""
    if saved > 0:
        template = _t("{name} saves {amount}{part} over {months} months")
    elif fair:
        template = _t(
            "{base} is cheapest: {name} would cost {amount}{part} more over {months} months"
        )
    elif serves_all(base):
        template = _t(
            "{name} costs {amount}{part} more than {base}, which breaks a rule, over {months} "
            "months"
        )
    else:
        template = _t(
            "{name} costs {amount}{part} more than {base}, which leaves requests unserved, over "
            "{months} months"
        )
    return template.format(
        name=other.name, base=base.name, months=months,
        amount=money(abs(saved), currency), part=f" ({share})" if share else "",
    )  # fmt: skip


def broken_sentence(evaluation: Evaluation) -> str:
    """Which cheaper options may not be chosen, and why; and whether the baseline may not."""
    answer = best(evaluation)
    cheaper = sorted(
        (
            bill
            for bill in evaluation.bills
            if (bill.tco.value < answer.tco.value or bill is answer)
            and broken_rules(evaluation, bill.id)
        ),
        key=lambda bill: bill.tco.value,
    )
    parts = []
    others = [bill for bill in cheaper if bill is not answer]
    if others:
        currency = evaluation.plan.currency
        names = ", ".join(f"{bill.name} ({money(bill.tco.value, currency)})" for bill in others)
        parts.append(_t("Cheaper, but not within the rules: {names}.").format(names=names))
    if cheaper:
        parts += broken_rules(evaluation, cheaper[0].id)[:REASONS]
    base = evaluation.baseline
    if base.id not in {bill.id for bill in cheaper} and broken_rules(evaluation, base.id):
        template = _t("{name}, with which it is compared, is not within the rules either.")
        if not cheaper:
            template = _t("{name}, with which it is compared, is not within the rules.")
        parts.append(template.format(name=base.name))
    return " ".join(parts)


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


def caveat_sentence(evaluation: Evaluation) -> str:
    """What makes the cost of the best option doubtful; empty where nothing does."""
    start = f"options.{best(evaluation).id}."
    against = [
        finding_text(item)
        for item in evaluation.findings
        if item.code in DOUBTS and item.path.startswith(start)
    ]
    return " ".join((_t("Mind the findings."), *against)) if against else ""


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
