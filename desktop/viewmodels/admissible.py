"""Which options serve all of the work within the rules, and what the others break."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.finding_words import finding_text, reason_text
from pricing.bill.hybrid import Check
from pricing.evaluation import Evaluation, OptionBill
from pricing.finding import Finding
from pricing.optimise.advice.choices import choices

RULES: Final = frozenset(
    {
        "data.leaves",
        "route.data_outside",
        "route.context_too_short",
        "route.first_token_late",
        "route.answer_late",
        "context.too_short",
        "option.not_all_classes",
        "quality.below_floor",
        "quality.below_floor_lowered",
    }
)
"""Findings that say which rule of the plan an option breaks."""

BY_ROUTE: Final = frozenset({"served", "routed_once", "room"})
"""Checks of a hybrid that its unserved requests or a finding tell already."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Admissible", text)


def breaks_a_rule(finding: Finding) -> bool:
    """Whether a finding says that a rule is broken, not only that something is to be checked."""
    return finding.severity == "error" or finding.code in RULES


def serves_all(bill: OptionBill) -> bool:
    """Whether an option, bridge included, serves every request of the horizon."""
    return not bool((bill.unserved.values > 1e-6).any())


def findings_of(evaluation: Evaluation, option_id: str) -> tuple[Finding, ...]:
    """The findings by which an option breaks a rule."""
    start = f"options.{option_id}."
    return tuple(
        item for item in evaluation.findings if item.code in RULES and item.path.startswith(start)
    )


def broken_rules(evaluation: Evaluation, option_id: str) -> tuple[str, ...]:
    """Which rules an option breaks, as sentences; none for one that keeps them all."""
    said = [finding_text(item) for item in findings_of(evaluation, option_id)]
    lines = next(one for one in evaluation.bill.options if one.option.id == option_id)
    if lines.hybrid is not None:
        said += [
            _t("{option}: not kept: {rule}.").format(option=lines.option.name, rule=check.label)
            for check in lines.hybrid.checks
            if check.code not in BY_ROUTE and _is_broken(evaluation, check)
        ]
    elif not said:  # a finding says the same of a pure option, and more
        said += [
            reason_text(reason)
            for choice in choices(evaluation)
            if choice.option == option_id and choice.request_class in _served(evaluation, option_id)
            for reason in choice.reasons
            if reason.severity == "excluded"
        ]
    return tuple(dict.fromkeys(said))


def _served(evaluation: Evaluation, option_id: str) -> set[str]:
    """Ids of the request classes that an option is planned with."""
    option = next(one for one in evaluation.plan.options if one.id == option_id)
    return set(option.serves) or {item.id for item in evaluation.plan.workload}


def _is_broken(evaluation: Evaluation, check: Check) -> bool:
    return float(evaluation.values.monthly(check.kept).min()) < 1


def without_name(text: str, name: str) -> str:
    """A sentence about an option where it is plain which option is meant."""
    rest = text.removeprefix(f"{name}: ").removeprefix(f"{name}, ")
    return rest[:1].upper() + rest[1:]


def is_admissible(evaluation: Evaluation, bill: OptionBill) -> bool:
    """Whether an option serves every request and breaks no rule."""
    return serves_all(bill) and not broken_rules(evaluation, bill.id)


def cheapest_first(evaluation: Evaluation) -> tuple[OptionBill, ...]:
    """The admissible options, then those that serve everything, then the rest; each by cost."""
    return tuple(
        sorted(
            evaluation.bills,
            key=lambda bill: (
                not is_admissible(evaluation, bill), not serves_all(bill), bill.tco.value,
            ),
        )
    )  # fmt: skip
