"""Where the verdicts of the rules sheet stand, and what they are."""

from collections.abc import Sequence

from pricing.workbook.cells import cell
from pricing.workbook.contents import Rule
from pricing.workbook.job import Job
from pricing.workbook.layout import RULES

(
    MARGIN, SUBJECT, RULE, HELD, LIMIT, UNIT, BROKEN, FIRST_BROKEN, RESULT, VERDICT, WHERE,
) = range(11)  # fmt: skip

DIGITS = 6
"""Decimals that count of a difference."""

TOTAL_ROW, FIRST_RULE = 4, 7
"""Rows of the count of broken rules and of the first rule."""


def broken_months(job: Job, rule: Rule) -> list[int]:
    """Numbers of the months in which a rule is broken; 0 for one that holds once or not."""
    if rule.aside:
        return [month for month, rest in enumerate(held(job, rule), start=1) if rest > 0]
    flags = job.values.monthly(rule.kept).tolist()
    if not rule.kept.timed:
        return [] if flags[0] else [0]
    return [month for month, flag in enumerate(flags, start=1) if not flag]


def held(job: Job, rule: Rule) -> list[float]:
    """What is held against the limit, month by month, without what is not held against it."""
    assert rule.held is not None
    whole = job.values.monthly(rule.held)
    rest = whole - sum((job.values.monthly(line) for line in rule.aside), start=0.0 * whole)
    return [round(float(value), DIGITS) if rule.aside else float(value) for value in rest]


def rule_kept(job: Job, rule: Rule) -> bool:
    """Whether a rule is kept in every month."""
    return not broken_months(job, rule)


def row_of(job: Job, rule: Rule) -> int:
    """The row of a rule."""
    rules = job.summary.rules if job.summary else ()
    return FIRST_RULE + next(place for place, each in enumerate(rules) if each is rule)


def results(job: Job, rules: Sequence[Rule]) -> str:
    """The results of rules that stand one below the other: 1 for each that is kept."""
    first, last = (cell(RESULT, row_of(job, rules[place])) for place in (0, -1))
    return f"{RULES}!{first}:{last}"
