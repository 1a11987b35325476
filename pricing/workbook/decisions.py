"""Decisions of a plan as a workbook is told of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from pricing.amounts import money
from pricing.bill import BillLines
from pricing.bill.hybrid import Check
from pricing.evaluation import Evaluation
from pricing.ledger import Input, Ledger, Line, Schedule
from pricing.plan.hybrid import Decision, Hybrid
from pricing.plan.option import Option
from pricing.routing.words import answered_by
from pricing.workbook.contents import CHANGED_FACTS, SAME_FACTS, UNKEPT_FACTS, Decided, Rule

STALE, EDITED = "decision.stale", "decision.edited"
"""Codes of the findings that say what became of a decision since it was made."""

_WHO = {"optimiser": "the optimiser", "hand": "a person, by hand"}


def decision_of(evaluation: Evaluation, lines: BillLines, rules: Sequence[Rule]) -> Decided | None:
    """The decision of a hybrid; none for any other option.

    Args:
        evaluation: The plan.
        lines: The option's lines.
        rules: Its rules as the workbook shows them.
    """
    hybrid = lines.option
    if not isinstance(hybrid, Hybrid):
        return None
    chosen = _chosen(evaluation.ledger, lines.section.key)
    decision = hybrid.decision
    kept = decision is not None and bool(decision.facts)
    return Decided(
        option=hybrid.name,
        npv=lines.npv,
        chosen=tuple(chosen),
        names=_names(evaluation.ledger, hybrid, chosen),
        rules=tuple(rules),
        made_by=_WHO["hand" if decision is None else decision.made_by],
        made_on=_day(decision),
        cost=decision.npv if decision is not None and kept else None,
        bound=decision.bound if decision is not None and kept else None,
        facts=_facts(evaluation, hybrid, kept=kept),
        asked=_asked(decision, evaluation.plan.currency),
        reached=_reached(decision, lines),
        locked=decision is not None and decision.locked,
        note=decision.note if decision is not None else "",
        answers=_answers(evaluation, hybrid, chosen),
        lost=_lost(lines),
        lost_then=_lost_then(evaluation, lines),
    )


def lost_aside(lines: BillLines, check: Check) -> tuple[Line, ...]:
    """What outages lose of the requests that a check wants served, where nobody may take over.

    That is known of decisions of the optimiser, which names somebody wherever somebody may be.
    """
    hybrid, stated = lines.option, lines.hybrid
    if check.code != "served" or stated is None or not _optimised(hybrid):
        return ()
    mine = next(one for one in stated.classes if one.unserved is check.held)
    return _lost(lines, mine.asked.request_class.id)


def _lost(lines: BillLines, request_class: str | None = None) -> tuple[Line, ...]:
    """Lines of requests that outages lose, of one class or of all."""
    routes = lines.hybrid.routes if lines.hybrid is not None else ()
    return tuple(
        one.lost for one in routes
        if one.lost is not None and request_class in {None, one.route.request_class}
    )  # fmt: skip


def _lost_then(evaluation: Evaluation, lines: BillLines) -> float | None:
    """What the optimiser's decision lost when it was made; as at export where nobody kept that."""
    hybrid = lines.option
    if not isinstance(hybrid, Hybrid) or not _optimised(hybrid):
        return None
    assert hybrid.decision is not None
    if hybrid.decision.lost is not None:
        return hybrid.decision.lost
    return sum(float(evaluation.values.monthly(line).sum()) for line in _lost(lines))


def _optimised(option: Option) -> bool:
    """Whether the optimiser decided, and what it found was kept."""
    decision = option.decision if isinstance(option, Hybrid) else None
    return decision is not None and decision.made_by == "optimiser" and bool(decision.facts)


def _answers(
    evaluation: Evaluation, hybrid: Hybrid, chosen: Sequence[Input | Schedule]
) -> dict[str, str]:
    """Who answers on each route, by the key of its share."""
    names = {option.id: option.name for option in evaluation.plan.options}
    start = f"options.{hybrid.id}.routes."
    return {
        entry.key: answered_by([hybrid.routes[int(number)]], names)
        for entry in chosen if entry.path.startswith(start)
        for number in [entry.path.removeprefix(start).partition(".")[0]]
    }  # fmt: skip


def _day(decision: Decision | None) -> date | None:
    return None if decision is None else decision.made_on


def _asked(decision: Decision | None, currency: str) -> str:
    """What a decision was asked for beside the rules of the plan, in words."""
    question = decision.question if decision is not None else None
    if question is None:
        return ""
    if question.axis == "capex":
        return f"purchases of at most {money(question.level, currency)} in every plan year"
    share = f"{100 * question.level:.4g} %"
    if question.axis == "quality":
        return f"a mean score of all answers of at least {share}"
    return f"at least {share} of all tokens served on premises"


def _reached(decision: Decision | None, lines: BillLines) -> Line | None:
    question = decision.question if decision is not None else None
    if question is None or question.axis != "quality" or lines.hybrid is None:
        return None
    return lines.hybrid.quality


def _facts(evaluation: Evaluation, hybrid: Hybrid, *, kept: bool) -> str:
    if not kept:
        return UNKEPT_FACTS
    path = f"options.{hybrid.id}.decision"
    stale = any(found.code == STALE and found.path == path for found in evaluation.findings)
    return CHANGED_FACTS if stale else SAME_FACTS


def _chosen(ledger: Ledger, section: str) -> list[Input | Schedule]:
    """What was decided on in a section and in its parts: first numbers, then those by month."""
    return [
        entry for entry in ledger.entries
        if entry.provenance.is_decision
        and (entry.section == section or entry.section.startswith(f"{section}."))
    ]  # fmt: skip


def _names(ledger: Ledger, hybrid: Hybrid, chosen: Sequence[Input | Schedule]) -> Mapping[str, str]:
    """Labels, with the name of the member in front of what stands on the member's sheet."""
    titles = {section.key: section.title for section in ledger.sections}
    names = {}
    for entry in chosen:
        member = titles[entry.section].removeprefix(f"{hybrid.name}: ")
        named = member != titles[entry.section]
        names[entry.key] = f"{member}: {entry.label}" if named else entry.label
    return names
