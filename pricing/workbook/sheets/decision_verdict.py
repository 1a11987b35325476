"""Whether a plan still is what was decided: one sentence, live, on the decision sheet and cover."""

from pricing.workbook.cells import cell
from pricing.workbook.contents import CHANGED_FACTS, Decided
from pricing.workbook.job import Job
from pricing.workbook.sheets.decision_rows import FACTS_ROW, TOLERANCE_ROW, VALUE, DecisionRows
from pricing.workbook.sheets.rule_rows import rule_kept

SAME = 1e-6
"""Relative difference up to which two costs count as the same; an input of the sheet."""

_CHANGED_BEFORE = "CHECK: facts have changed since it was decided, so the bound is of others"
_CHANGED_HERE = "CHECK: inputs are changed in this workbook, so the bound is of others"
_AS_DECIDED = "OK: costs what was decided"
_EDITED = "EDITED: does not cost what was decided"
_BY_HAND = "Entered by hand: how much less another decision would cost is not known"
_SEE = ", see the sheet Rules"
_MORE_LOST = "BROKEN: outages lose more requests than was decided"


def verdict(rows: DecisionRows, decided: Decided) -> str:
    """The sentence as a formula of the decision sheet."""
    broken = rows.value("broken")
    rules = f'IF({broken}=1,"1 rule",{broken}&" rules")'
    said = f'"BROKEN: "&{rules}&"{_SEE}"'
    if decided.cost is None:
        return f'IF({broken}<>0,{said},"{_BY_HAND}")'
    if decided.facts == CHANGED_FACTS:
        return f'IF({broken}<>0,{said},"{_CHANGED_BEFORE}")'
    now, cost = rows.value("now"), rows.value("cost")
    same = f"ABS({now}-{cost})<={cell(VALUE, TOLERANCE_ROW)}*MAX(ABS({now}),ABS({cost}))"
    kept = f'IF({same},"{_AS_DECIDED}","{_EDITED}")'
    more = more_lost(rows)
    if more:
        kept = f'IF({more},"{_MORE_LOST}",{kept})'
    kept = f'IF({cell(VALUE, FACTS_ROW)}<>0,"{_CHANGED_HERE}",{kept})'
    return f"IF({broken}<>0,{said},{kept})"


def verdict_now(job: Job, decided: Decided) -> str:
    """The sentence at export."""
    broken = rules_broken(job, decided)
    if broken:
        return f"BROKEN: {broken} rule{'s' if broken > 1 else ''}{_SEE}"
    if decided.cost is None:
        return _BY_HAND
    if decided.facts == CHANGED_FACTS:
        return _CHANGED_BEFORE
    if more_lost_now(job, decided):
        return _MORE_LOST
    return _AS_DECIDED if costs_the_same(job, decided, SAME) else _EDITED


def more_lost(rows: DecisionRows) -> str:
    """Whether outages lose more than was decided, as a formula; empty where that is not known."""
    if "lost_then" not in rows.facts:
        return ""
    return f"ROUND({rows.value('lost')}-{rows.value('lost_then')},0)>0"


def more_lost_now(job: Job, decided: Decided) -> bool:
    """Whether outages lose more at export than was decided; false where that is not known."""
    then = decided.lost_then
    return then is not None and bool(decided.lost) and round(lost_now(job, decided) - then) > 0


def lost_now(job: Job, decided: Decided) -> float:
    """Requests over the horizon that outages lose, at export."""
    return sum(float(job.values.monthly(line).sum()) for line in decided.lost)


def costs_the_same(job: Job, decided: Decided, within: float) -> bool:
    """Whether a decision costs at export what it did when it was made."""
    now, cost = job.values.number(decided.npv), decided.cost
    return cost is not None and abs(now - cost) <= within * max(abs(now), abs(cost))


def rules_broken(job: Job, decided: Decided) -> int:
    """How many rules a decision breaks at export."""
    return sum(not rule_kept(job, rule) for rule in decided.rules)
