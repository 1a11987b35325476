"""Numbers at which two programs could disagree: ties, halves, near equals, empty cells, zeros."""

from datetime import date

from pricing.ledger import (
    Ledger,
    Provenance,
    ahead,
    ceil,
    change,
    choose,
    contracts,
    cumulative,
    first_month,
    floor,
    increase,
    lag,
    maximum,
    minimum,
    normal_cdf,
    normal_quantile,
    previous,
    ratio,
    rounded,
    running_maximum,
    where,
    window_sum,
)
from pricing.workbook import Summary
from tests.workbook.ledgers import Example

NEAR_WHOLE = (
    0.1 * 3 * 10,
    2.9999999999,
    3.0000000001,
    2.999999,
    1e9 + 1e-9,
    -2.5,
    -3.0000000001,
    0.0,
)
HALVES = (0.5, 1.5, 2.5, -0.5, -2.5, 1.005, 2.675, -1.005, 1234.56785, 0.000_000_000_5)
PAIRS = (
    (0.1 + 0.2, 0.3),
    (1e15, 1e15 + 0.125),
    (1.0, 1.0 + 1e-15),
    (1e-300, 0.0),
    (2.0, 2.0 + 1e-9),
)
TERMS = (0.0, 1.0, 2.0, 2.999, 5.0, 99.0, -1.0)


def edges() -> Example:
    """A ledger that meets all of them; every line is a pure number."""
    ledger = Ledger(7, date(2023, 12, 1))
    section = ledger.section("edges", "Edges")
    here = Provenance("test of the edges")
    one = section.input("one", 1, "", here)
    two = section.input("two", 2, "", here)
    number = 0

    def entry(value: float, unit: str = "") -> object:
        nonlocal number
        number += 1
        return section.input(f"n{number}", value, unit, here)

    def line(expression: object, unit: str = "") -> object:
        nonlocal number
        number += 1
        return section.line(f"n{number}", expression, unit)

    section.block("Near whole numbers")
    for value in NEAR_WHOLE:
        x = entry(value)
        line(ceil(x))
        line(floor(x))
    section.block("Halves")
    for value in HALVES:
        x = entry(value)
        for digits in (0, 2, 4, 9):
            line(rounded(x, digits))
    section.block("Near equals")
    for left, right in PAIRS:
        a, b = entry(left), entry(right)
        for flag in (a < b, a <= b, a > b, a >= b, a.equals(b), ~(a - a), (a > b) & one, b | 0 * a):
            line(flag)
    section.block("Zeros and choices")
    zero = entry(0)
    line(ratio(two, zero))
    line(where(zero, one, two))
    line(choose(one + one, [zero, two]))
    for z in (-40.0, -6.5, -1.0, 0.0, 0.7, 8.0):
        line(normal_cdf(entry(z)))
    for p in (1e-300, 1e-12, 0.02, 0.3, 0.5, 0.7, 0.98, 1 - 1e-9):
        line(normal_quantile(entry(p)))
    section.block("The first month")
    x = line(two * ledger.month - entry(9))
    line(minimum(previous(x), one))
    line(maximum(previous(x), -one))
    line(where(previous(x) >= 0, previous(x), two))
    line(minimum(choose(one, [previous(x), two]), two))
    line(maximum(where(zero, two, previous(x)), -two))
    for shown in (previous, change, increase, cumulative, running_maximum):
        line(shown(x))
    line(first_month(line(x > 0, "flag")))
    line(first_month(line(x > x + one, "flag")))
    section.block("Whole months")
    need = line(maximum(x, 0) + floor(ledger.month / two))
    for term in TERMS:
        months = entry(term, "months")
        for shift in (lag, ahead, window_sum):
            line(shift(x, months))
        line(contracts(need, months))
    return Example(ledger, Summary(()), one, two)
