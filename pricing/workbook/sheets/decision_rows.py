"""Where the facts of decisions stand on their sheet, so that other sheets can name their cells."""

from dataclasses import dataclass

from pricing.workbook.cells import cell
from pricing.workbook.contents import Decided, Summary
from pricing.workbook.layout import DECISION

MARGIN, NAME, VALUE, UNIT, MEANING, LAST, LARGEST, CHANGED, ANSWERS = range(9)
"""Columns; the list of what was decided has its own headings from UNIT on."""

TOLERANCE_ROW, FACTS_ROW = 4, 5
"""Rows of the tolerance, and of the count of changed inputs that nobody decided on."""
_FIRST_BLOCK = 7

_ALWAYS = ("verdict", "by")
_OF_COST = ("cost", "bound", "gap", "now", "difference", "gap_now", "less", "facts")
_LIVE = ("choices", "broken")


@dataclass(frozen=True, slots=True)
class DecisionRows:
    """Rows of one decision."""

    heading: int
    facts: dict[str, int]
    """Row of every fact that is shown, by its name."""
    list_heading: int
    first: int
    """The first row of the list of what was decided."""
    last: int

    def value(self, fact: str) -> str:
        """The cell of a fact on its own sheet."""
        return cell(VALUE, self.facts[fact])

    def named(self, fact: str) -> str:
        """The cell of a fact with its sheet."""
        return f"{DECISION}!{self.value(fact)}"

    @property
    def changed(self) -> str:
        """The cells that are 1 for every decided input that is changed since export."""
        return f"{cell(CHANGED, self.first)}:{cell(CHANGED, self.last)}"


def rows_of(summary: Summary) -> tuple[DecisionRows, ...]:
    """The rows of all decisions, one block below the other."""
    found, row = [], _FIRST_BLOCK
    for decided in summary.decisions:
        names = _facts(decided)
        facts = {name: row + 1 + place for place, name in enumerate(names)}
        heading = row + len(names) + 2
        last = heading + max(len(decided.chosen), 1)
        found.append(DecisionRows(row, facts, heading, heading + 1, last))
        row = last + 3
    return tuple(found)


def _facts(decided: Decided) -> list[str]:
    given = {"on": decided.made_on is not None, "asked": decided.asked,
             "reached": decided.reached is not None, "locked": decided.locked,
             "note": decided.note}  # fmt: skip
    names = [*_ALWAYS, *(name for name, there in given.items() if there)]
    cost = _OF_COST if decided.cost is not None else ("now",)
    outages = {"lost": bool(decided.lost),
               "lost_then": bool(decided.lost) and decided.lost_then is not None}  # fmt: skip
    return [*names, *cost, *(name for name, there in outages.items() if there), *_LIVE]
