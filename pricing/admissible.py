"""Which options serve all of the work within the rules: one answer for every reader.

An option is held against the findings of its evaluation that say that a rule is broken, the checks
of a hybrid, and, where no finding says so, why it may not serve a class.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from pricing.bill.costs import BillLines
from pricing.bill.hybrid import Check
from pricing.bill.speeds import predicted_speed
from pricing.catalogue import Catalogue
from pricing.evaluation import Evaluation, OptionBill
from pricing.finding import Finding
from pricing.routing.eligibility import Reason, reasons
from pricing.singles import broken_alone

ENOUGH = 1e-6
"""Requests below which nothing is called unserved (rounding noise of a sum of millions)."""
WORDS = {
    "data.leaves": "data", "route.data_outside": "data", "data_outside": "data",
    "quality.below_floor": "quality", "quality.below_floor_lowered": "quality",
    "quality_below": "quality",
    "context.too_short": "context", "route.context_too_short": "context",
    "context_short": "context",
    "licence.not_allowed": "licence", "licence_forbids": "licence",
    "route.first_token_late": "waiting", "route.answer_late": "waiting",
    "first_token_late": "waiting", "first_token_often_late": "waiting",
    "answer_late": "waiting", "answer_often_late": "waiting",
    "option.not_all_classes": "classes left out", "not_served": "classes left out",
    "vendors": "vendors", "most_vendor_share": "vendors", "on_premises": "premises",
    "capex_per_year": "purchases", "quality": "mean score", "site_power_kw": "power",
}  # fmt: skip
"""What is broken, in a word, by the code of the finding or reason, or the field of the rules."""
SAID_ELSEWHERE = frozenset({"served", "room"})
"""Checks of a hybrid that its unserved requests or a finding tell already."""


class Standing(IntEnum):
    """What an option may be called the cheapest of, best first."""

    WITHIN_RULES = 0
    """It serves every request and breaks no rule."""
    SERVES_ALL = 1
    """It serves every request, but breaks a rule."""
    FALLS_SHORT = 2
    """It leaves requests unserved."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that an option breaks, by what says so: one of the four."""

    finding: Finding | None = None
    check: Check | None = None
    """A check of a hybrid that fails in some month."""
    reason: Reason | None = None
    """Why the option may not serve a class."""
    rule: str = ""
    """Field of `Rules` that a pure option breaks by itself."""

    @property
    def word(self) -> str:
        """What it is about, in a word; empty for checks."""
        said = self.finding or self.reason
        if said is None:
            return WORDS.get(self.rule, "")
        return WORDS[said.code]


def serves_all(bill: OptionBill) -> bool:
    """Whether an option, bridge included, serves every request of the horizon."""
    return not bool((bill.unserved.values > ENOUGH).any())


def breaks_a_rule(finding: Finding) -> bool:
    """Whether a finding says that a rule is broken, not only that something is to be checked."""
    return finding.severity == "error" or finding.code in WORDS


def obstacles(
    evaluation: Evaluation, option: str, catalogue: Catalogue | None = None
) -> tuple[Obstacle, ...]:
    """The rules that an option breaks; empty for one that keeps them all.

    Args:
        evaluation: An evaluated plan.
        option: Id of the option.
        catalogue: Licences and context windows; none means those it was evaluated with.
    """
    lines = next(one for one in evaluation.bill.options if one.option.id == option)
    found = [Obstacle(finding=item) for item in findings_of(evaluation, option)]
    if lines.hybrid is not None:
        found += [
            Obstacle(check=check)
            for check in lines.hybrid.checks
            if check.code not in SAID_ELSEWHERE
            and float(evaluation.values.monthly(check.kept).min()) < 1
        ]
    else:
        said = {one.word for one in found}
        found += [
            Obstacle(reason=reason)
            for reason in _reasons(evaluation, lines, catalogue or evaluation.catalogue)
            if WORDS[reason.code] not in said
        ]
        found += [Obstacle(rule=name) for name in broken_alone(evaluation, option)]
    return tuple(found)


def findings_of(evaluation: Evaluation, option: str) -> tuple[Finding, ...]:
    """The findings by which an option breaks a rule."""
    start = f"options.{option}."
    name = next(one.name for one in evaluation.plan.options if one.id == option)
    return tuple(
        item
        for item in evaluation.findings
        if item.code in WORDS
        and (
            item.path.startswith(start)
            if item.path.startswith("options.")
            else item.facts.get("option") == name
        )
    )


def _reasons(evaluation: Evaluation, lines: BillLines, catalogue: Catalogue) -> Iterator[Reason]:
    """Why a pure option may not serve the classes that it is planned with."""
    option, plan = lines.option, evaluation.plan
    for asked in plan.workload:
        if option.serves and asked.id not in option.serves:
            continue
        predicted = predicted_speed(evaluation.bill.predictions.get(option.id), asked.id)
        for reason in reasons(plan, catalogue, option, asked, predicted):
            if reason.severity == "excluded":
                yield reason


def is_admissible(evaluation: Evaluation, bill: OptionBill) -> bool:
    """Whether an option serves every request and breaks no rule."""
    return standing(evaluation, bill) is Standing.WITHIN_RULES


def standing(evaluation: Evaluation, bill: OptionBill) -> Standing:
    """How an option stands before cost is looked at."""
    if not serves_all(bill):
        return Standing.FALLS_SHORT
    return Standing.SERVES_ALL if obstacles(evaluation, bill.id) else Standing.WITHIN_RULES


def cheapest_first(evaluation: Evaluation) -> tuple[OptionBill, ...]:
    """The options by their standing, those that stand alike by cost."""
    return tuple(
        sorted(evaluation.bills, key=lambda bill: (standing(evaluation, bill), bill.tco.value))
    )
