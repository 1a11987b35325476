"""The ledger: every figure is a named input or a line with one expression over other figures.

This room holds the expression language, sections, evaluation and explanation. It knows nothing of
language models, plans or files. Bills are written with `Section.input`, `Section.schedule` (an
input with a number for every month), `Section.line`, the operators of expressions and the functions
of `pricing.ledger.language`; readers use `Ledger.evaluate`, `Values` and `Explanation`, and the
workbook room prints the same expressions.
"""

from pricing.ledger.errors import CycleError, LedgerError, UnitError
from pricing.ledger.explain import Explanation, explain, short
from pricing.ledger.expression import Call, Expression, Given, Literal, Named, in_words
from pricing.ledger.functions import FUNCTIONS, FloatArray, Function
from pricing.ledger.language import (
    ahead,
    ceil,
    change,
    choose,
    contracts,
    cumulative,
    exponential,
    first_month,
    floor,
    increase,
    lag,
    largest_over_months,
    logarithm,
    maximum,
    minimum,
    normal_cdf,
    normal_quantile,
    previous,
    ratio,
    rounded,
    running_maximum,
    smallest_over_months,
    square_root,
    sum_over_months,
    total,
    where,
    window_sum,
)
from pricing.ledger.ledger import CONVENTION, Ledger
from pricing.ledger.line import DECISION, Input, Line, Provenance
from pricing.ledger.schedule import Schedule
from pricing.ledger.section import Section, slug
from pricing.ledger.units import is_money
from pricing.ledger.values import Values

__all__ = [
    "CONVENTION", "DECISION", "FUNCTIONS", "Call", "CycleError", "Explanation", "Expression",
    "FloatArray", "Function", "Given", "Input", "Ledger", "LedgerError", "Line", "Literal", "Named",
    "Provenance", "Schedule", "Section", "UnitError", "Values", "ahead", "ceil", "change", "choose",
    "contracts", "cumulative", "explain", "exponential", "first_month", "floor", "in_words",
    "increase", "is_money", "lag", "largest_over_months", "logarithm", "maximum", "minimum",
    "normal_cdf", "normal_quantile", "previous", "ratio", "rounded", "running_maximum", "short",
    "slug", "smallest_over_months", "square_root", "sum_over_months", "total", "where",
    "window_sum",
]  # fmt: skip
