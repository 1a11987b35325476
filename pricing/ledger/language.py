"""The functions that a bill is written with, beside the arithmetic operators."""

from collections.abc import Sequence

from pricing.ledger.errors import LedgerError, UnitError
from pricing.ledger.expression import Call, Expression, Literal, as_expression, common_dimension
from pricing.ledger.line import Line
from pricing.ledger.units import PLAIN, divided, spelled


def where(condition: Expression, yes: Expression | float, no: Expression | float) -> Expression:
    """`yes` in the months in which the condition holds (is not 0), else `no`."""
    first, second = as_expression(yes), as_expression(no)
    if condition.dimension:
        raise UnitError(f"{condition.name()} in {spelled(condition.dimension)} is no condition")
    dim = common_dimension("choose between", first, second)
    return Call.of("where", dim, condition, first, second)


def minimum(*parts: Expression | float) -> Expression:
    """The smallest of several quantities of one unit."""
    return _alike("minimum", "compare", parts)


def maximum(*parts: Expression | float) -> Expression:
    """The largest of several quantities of one unit."""
    return _alike("maximum", "compare", parts)


def total(parts: Sequence[Expression | float]) -> Expression:
    """The sum of several quantities of one unit; 0 for none."""
    if not parts:
        return Literal(0)
    if len(parts) == 1:
        return as_expression(parts[0])
    return _alike("total", "add", parts)


def choose(index: Expression, parts: Sequence[Expression]) -> Expression:
    """The quantity whose number (1 is the first) the index says."""
    return Call.of("choose", common_dimension("choose between", *parts), index, *parts)


def ceil(amount: Expression) -> Expression:
    """Up to whole units; an excess of less than a billionth of a unit is rounding noise."""
    return Call.of("ceil", amount.dimension, amount)


def floor(amount: Expression) -> Expression:
    """Down to whole units; a lack of less than a billionth of a unit is rounding noise."""
    return Call.of("floor", amount.dimension, amount)


def rounded(amount: Expression, digits: int) -> Expression:
    """Rounded to a number of decimals (0 to 9), halves away from zero."""
    if not 0 <= digits <= 9:
        raise LedgerError(f"a rounding to {digits} decimals was asked; 0 to 9 are possible")
    return Call.of("round", amount.dimension, amount, parameter=digits)


def ratio(above: Expression, below: Expression | float) -> Expression:
    """A quotient that is 0 where there is nothing to divide by."""
    below = as_expression(below)
    return Call.of("ratio", divided(above.dimension, below.dimension), above, below)


def exponential(power: Expression) -> Expression:
    """The number e to a power."""
    return _plain("exponential", power)


def logarithm(amount: Expression) -> Expression:
    """Natural logarithm of a pure number."""
    return _plain("logarithm", amount)


def square_root(amount: Expression) -> Expression:
    """Square root of a pure number."""
    return _plain("square_root", amount)


def normal_cdf(z: Expression) -> Expression:
    """Probability that a standard normal quantity is below z."""
    return _plain("normal_cdf", z)


def normal_quantile(probability: Expression) -> Expression:
    """The z below which a standard normal quantity is with a probability between 0 and 1."""
    return _plain("normal_quantile", probability)


def previous(line: Line) -> Expression:
    """Last month's value; 0 in the first month."""
    return _over_time("previous", line)


def change(line: Line) -> Expression:
    """This month's value less last month's."""
    return _over_time("change", line)


def increase(line: Line) -> Expression:
    """How much more than last month; 0 where less."""
    return _over_time("increase", line)


def cumulative(line: Line) -> Expression:
    """The sum from the first month to this one."""
    return _over_time("cumulative", line)


def running_maximum(line: Line) -> Expression:
    """The highest value from the first month to this one."""
    return _over_time("running_maximum", line)


def lag(line: Line, months: Expression | int) -> Expression:
    """The value of some months ago; 0 before the first month."""
    return _over_time("lag", line, _months(months))


def ahead(line: Line, months: Expression | int) -> Expression:
    """The value some months later; 0 after the last month."""
    return _over_time("ahead", line, _months(months))


def window_sum(line: Line, months: Expression | int) -> Expression:
    """The sum over the last months, this one included."""
    return _over_time("window_sum", line, _months(months))


def contracts(need: Line, term: Expression | int) -> Expression:
    """Units taken each month so that what was taken in the last `term` months covers the need.

    Purchases with a useful life and commitments with a term are the same arithmetic. It reads its
    own earlier months, so it must be the whole expression of a line.
    """
    return _over_time("contracts", need, _months(term))


def sum_over_months(line: Line) -> Expression:
    """The sum of all months: one number."""
    return _over_time("sum_over_months", line, timed=False)


def largest_over_months(line: Line) -> Expression:
    """The highest of all months: one number."""
    return _over_time("largest_over_months", line, timed=False)


def smallest_over_months(line: Line) -> Expression:
    """The lowest of all months: one number."""
    return _over_time("smallest_over_months", line, timed=False)


def first_month(flag: Line) -> Expression:
    """Number of the first month in which a flag is 1; 0 if it never is."""
    if flag.dimension:
        raise UnitError(f"{flag.name()} in {spelled(flag.dimension)} is no flag")
    return Call.of("first_month", PLAIN, _line("first_month", flag), timed=False)


def _alike(function: str, verb: str, parts: Sequence[Expression | float]) -> Expression:
    sides = [as_expression(part) for part in parts]
    return Call.of(function, common_dimension(verb, *sides), *sides)


def _plain(function: str, side: Expression) -> Expression:
    if side.dimension:
        raise UnitError(
            f"{side.name()} has the unit {spelled(side.dimension)}; {function} needs a pure number"
        )
    return Call.of(function, PLAIN, side)


def _months(months: Expression | int) -> Expression:
    months = as_expression(months)
    if months.dimension or months.timed:
        raise UnitError(f"{months.name()} must be one number of months")
    return months


def _over_time(
    function: str, line: Line, *args: Expression, timed: bool | None = None
) -> Expression:
    return Call.of(function, line.dimension, _line(function, line), *args, timed=timed)


def _line(function: str, line: Expression) -> Expression:
    if not isinstance(line, Line) or not line.timed:
        raise LedgerError(
            f"{function} needs a line with a value per month, {line.name()} is none: "
            "give it a line of its own first"
        )
    return line
