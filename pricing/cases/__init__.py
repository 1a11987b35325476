"""Published tables run through the real engine: what they print, what we compute, and why.

A case is a folder of `resources/cases/`: `case.json` (source, readings, tolerances, the source's
own slips), one or more plans in `.reckon` form that anyone can open, and the published rows as CSV.
Published figures come from those files and ours from `pricing.evaluate`, or from the decision of
`pricing.optimise` where a scenario asks for one; nothing is written down twice.

Public names: `all_cases()`, `load_case(folder)`, `run_case(case)`, and the results `CaseResult`
and `Row`. `pricing.cases.report` puts results in plain text for `reckoner cases [ID]`.
"""

from pricing.cases.case import Case
from pricing.cases.load import CaseError, all_cases, load_case
from pricing.cases.result import CaseResult, Row, Verdict
from pricing.cases.run import run_case

__all__ = [
    "Case",
    "CaseError",
    "CaseResult",
    "Row",
    "Verdict",
    "all_cases",
    "load_case",
    "run_case",
]
