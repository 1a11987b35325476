"""What came of a case: each published figure, ours, and how they stand to each other."""

from dataclasses import dataclass
from typing import Literal

from pricing.cases.case import Case
from pricing.cases.reading import Answer

Verdict = Literal["reproduced", "explained difference", "not reproduced"]


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure and ours."""

    scenario: str
    what: str
    unit: str
    published: Answer
    ours: Answer
    difference: float | None
    """Ours less the published figure; none where one of them is a word."""
    tolerance: float
    """In the figure's unit."""
    tolerance_reason: str
    verdict: Verdict
    explanation: str
    """Why the two differ; empty unless the difference is explained."""
    note: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case after it was run."""

    case: Case
    rows: tuple[Row, ...]

    def count(self, verdict: Verdict) -> int:
        """How many figures came out like this."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def holds(self) -> bool:
        """Whether every figure is reproduced or its difference explained."""
        return self.count("not reproduced") == 0
