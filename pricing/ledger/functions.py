"""The words of the expression language and how numpy computes each.

Arrays have months as their last axis, or a last axis of 1 where a quantity has no time. The month
axis of a result is as long as the longest of its operands, except for functions over all months.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pricing.ledger.normal import cumulative_normal, normal_quantile

FloatArray = NDArray[np.float64]
"""Last axis months (or 1 where a quantity has no time); an optional first axis is draws."""


@dataclass(frozen=True, slots=True)
class Function:
    """One word of the expression language: how it is computed and how it is said.

    Its spreadsheet form stands in the workbook room, under the same name.
    """

    name: str
    compute: Callable[..., FloatArray]
    words: str
    """Template with {0}, {1} ...; {all} and {rest} join any number of operands with commas."""
    precedence: int = 10
    """How tightly it binds in words; 10 never needs brackets."""
    over_time: bool = False
    """Looks at other months, so its first operand must be a line."""


SAME = 2.0**-48
"""Two numbers closer than this (relative) are equal, as in spreadsheet programs."""

WHOLE = 9
"""Decimals after which a count is rounded before it goes up to a whole unit."""

EPOCH = np.datetime64("1899-12-30")
"""Day 0 of a spreadsheet's calendar."""


def _equal(left: FloatArray, right: FloatArray) -> FloatArray:
    close = np.abs(left - right) <= SAME * np.maximum(np.abs(left), np.abs(right))
    return close.astype(np.float64)


def _more(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.multiply(left > right, 1 - _equal(left, right), dtype=np.float64)


def _at_least(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.maximum((left > right).astype(np.float64), _equal(left, right))


def _both(left: FloatArray, right: FloatArray) -> FloatArray:
    result: FloatArray = ((left != 0) & (right != 0)).astype(np.float64)
    return result


def _either(left: FloatArray, right: FloatArray) -> FloatArray:
    result: FloatArray = ((left != 0) | (right != 0)).astype(np.float64)
    return result


def _where(condition: FloatArray, yes: FloatArray, no: FloatArray) -> FloatArray:
    return np.where(condition != 0, yes, no)


def _power(base: FloatArray, exponent: FloatArray) -> FloatArray:
    """A power; 0 to the power of 0 is undefined, as it is in spreadsheets."""
    result: FloatArray = np.power(base, exponent)
    undefined = (base == 0) & (exponent == 0)
    return np.where(undefined, np.nan, result) if undefined.any() else result


def _round(x: FloatArray, digits: int) -> FloatArray:
    scale = 10.0**digits
    scaled = np.abs(x) * scale
    near = np.rint(scaled)
    half_up = np.floor(scaled * (1 + 2.0**-52) + 0.5)
    rounded = np.where(np.abs(scaled - near) < 0.25, near, half_up)
    return np.where(scaled < 2.0**52, np.copysign(rounded / scale, x), x)


def _ceil(x: FloatArray) -> FloatArray:
    return np.ceil(_round(x, WHOLE)) + 0.0


def _floor(x: FloatArray) -> FloatArray:
    return np.floor(_round(x, WHOLE)) + 0.0


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    nothing = below == 0
    if not nothing.any():
        return above / below
    return np.where(nothing, 0.0, above / np.where(nothing, 1.0, below))


def _total(*parts: FloatArray) -> FloatArray:
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    return result


def _smallest(*parts: FloatArray) -> FloatArray:
    result = parts[0]
    for part in parts[1:]:
        result = np.minimum(result, part)
    return result


def _largest(*parts: FloatArray) -> FloatArray:
    result = parts[0]
    for part in parts[1:]:
        result = np.maximum(result, part)
    return result


def _choose(index: FloatArray, *parts: FloatArray) -> FloatArray:
    shape = np.broadcast_shapes(index.shape, *(part.shape for part in parts))
    if index.size == 1 and 1 <= index.reshape(-1)[0] < len(parts) + 1:
        return np.broadcast_to(parts[int(index.reshape(-1)[0]) - 1], shape)
    result = np.full(shape, np.nan)
    for number, part in enumerate(parts, start=1):
        result = np.where(np.floor(index) == number, part, result)
    return result


def _shifted(x: FloatArray, months: int) -> FloatArray:
    """The series `months` later (negative: earlier); 0 where it would look outside."""
    result = np.zeros_like(x)
    length = x.shape[-1]
    if 0 <= months < length:
        result[..., months:] = x[..., : length - months]
    elif -length < months < 0:
        result[..., :months] = x[..., -months:]
    return result


def _by_whole_months(
    x: FloatArray, months: FloatArray, shift: Callable[..., FloatArray]
) -> FloatArray:
    """Apply a shift whose length is itself a quantity: one number, or one number a draw."""
    lengths = np.floor(months[..., 0])
    if lengths.ndim == 0 or lengths.size == 1:
        return shift(x, int(lengths.reshape(-1)[0]))
    wide = np.broadcast_to(x, (lengths.size, x.shape[-1]))
    result = np.empty_like(wide)
    for length in np.unique(lengths):
        rows = lengths == length
        result[rows] = shift(wide[rows], int(length))
    return result


def _lag(x: FloatArray, months: FloatArray) -> FloatArray:
    return _by_whole_months(x, months, _shifted)


def _ahead(x: FloatArray, months: FloatArray) -> FloatArray:
    return _by_whole_months(x, months, lambda series, n: _shifted(series, -n))


def _increase(x: FloatArray) -> FloatArray:
    return np.maximum(x - _shifted(x, 1), 0)


def _change(x: FloatArray) -> FloatArray:
    return x - _shifted(x, 1)


def _cumulative(x: FloatArray) -> FloatArray:
    return np.cumsum(x, axis=-1)


def _running_maximum(x: FloatArray) -> FloatArray:
    return np.maximum.accumulate(x, axis=-1)


@lru_cache(maxsize=64)
def _window(length: int, months: int) -> FloatArray:
    apart = np.arange(length)[np.newaxis, :] - np.arange(length)[:, np.newaxis]
    return ((apart >= 0) & (apart < months)).astype(np.float64)


def _window_sum(x: FloatArray, months: FloatArray) -> FloatArray:
    return _by_whole_months(x, months, lambda series, n: series @ _window(series.shape[-1], n))


def _contracts_of_one_case(need: FloatArray, term: int) -> FloatArray:
    if term < 1:
        return np.maximum(need, 0)
    taken: list[float] = []
    active = 0.0
    for month, wanted in enumerate(need.tolist()):
        if month >= term:
            active -= taken[month - term]
        taken.append(max(wanted - active, 0.0))
        active += taken[-1]
    return np.array(taken)


def _contracts(need: FloatArray, term: FloatArray) -> FloatArray:
    """Units taken each month so that terms of whole months cover the need; last axis months.

    A term below one month covers nothing beyond the month in which it is taken.
    """
    if need.ndim == 1 and term.size == 1:
        return _contracts_of_one_case(need, int(np.floor(term.reshape(-1)[0])))
    lengths = np.floor(term[..., 0])
    draws = np.broadcast_shapes(need.shape[:-1], lengths.shape)
    need = np.broadcast_to(need, (*draws, need.shape[-1]))
    taken = np.zeros(need.shape)
    active = np.zeros(draws)
    for month in range(need.shape[-1]):
        started = month - np.broadcast_to(lengths, draws)
        expired = np.where(
            started >= 0,
            np.take_along_axis(
                taken, np.clip(started, 0, month).astype(int)[..., np.newaxis], axis=-1
            )[..., 0],
            0,
        )
        active = np.where(lengths >= 1, active - expired, 0)
        taken[..., month] = np.maximum(need[..., month] - active, 0)
        active = active + taken[..., month]
    return taken


def _sum_over_months(x: FloatArray) -> FloatArray:
    result: FloatArray = x.sum(axis=-1, keepdims=True)
    return result


def _largest_over_months(x: FloatArray) -> FloatArray:
    result: FloatArray = x.max(axis=-1, keepdims=True)
    return result


def _smallest_over_months(x: FloatArray) -> FloatArray:
    result: FloatArray = x.min(axis=-1, keepdims=True)
    return result


def _first_month(flag: FloatArray) -> FloatArray:
    true = _equal(flag, np.ones(1)) != 0
    found = true.any(axis=-1, keepdims=True)
    return np.where(found, true.argmax(axis=-1, keepdims=True) + 1.0, 0.0)


def _month_start(start: FloatArray, month: FloatArray) -> FloatArray:
    first = EPOCH + np.floor(start).astype("timedelta64[D]")
    moved = first.astype("datetime64[M]") + (np.floor(month) - 1).astype("timedelta64[M]")
    result: FloatArray = (moved.astype("datetime64[D]") - EPOCH).astype(np.float64)
    return result


def _days_in_month(day: FloatArray) -> FloatArray:
    month = (EPOCH + np.floor(day).astype("timedelta64[D]")).astype("datetime64[M]")
    length = (month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")
    result: FloatArray = length.astype(np.float64)
    return result


def _functions() -> list[Function]:
    return [
        Function("add", np.add, "{0} + {1}", 4),
        Function("subtract", np.subtract, "{0} − {1}", 4),
        Function("multiply", np.multiply, "{0} × {1}", 6),
        Function("divide", np.divide, "{0} ÷ {1}", 6),
        Function("power", _power, "{0} to the power of {1}", 7),
        Function("negate", np.negative, "−{0}", 5),
        Function("less", lambda a, b: _more(b, a), "{0} is below {1}", 2),
        Function("at_most", lambda a, b: _at_least(b, a), "{0} is at most {1}", 2),
        Function("more", _more, "{0} is above {1}", 2),
        Function("at_least", _at_least, "{0} is at least {1}", 2),
        Function("equal", _equal, "{0} equals {1}", 2),
        Function("both", _both, "{0} and {1}", 1),
        Function("either", _either, "{0} or {1}", 1),
        Function("negation", lambda a: (a == 0).astype(np.float64), "not ({0})"),
        Function("where", _where, "if {0} then {1}, else {2}", 0),
        Function("minimum", _smallest, "the smallest of ({all})"),
        Function("maximum", _largest, "the largest of ({all})"),
        Function("total", _total, "the sum of ({all})"),
        Function("choose", _choose, "number {0} of ({rest})"),
        Function("ceil", _ceil, "{0}, up to a whole number", 3),
        Function("floor", _floor, "{0}, down to a whole number", 3),
        Function("round", _round, "{0}, rounded to {parameter} decimals", 3),
        Function("ratio", _ratio, "{0} ÷ {1} (0 where nothing divides)", 6),
        Function("exponential", np.exp, "e to the power of {0}", 7),
        Function("logarithm", np.log, "natural logarithm of ({0})"),
        Function("square_root", np.sqrt, "square root of ({0})"),
        Function("normal_cdf", cumulative_normal, "normal probability below ({0})"),
        Function("normal_quantile", normal_quantile, "normal quantile of ({0})"),
        Function("previous", lambda x: _shifted(x, 1), "last month's {0}", over_time=True),
        Function("change", _change, "change of {0} since last month", over_time=True),
        Function("increase", _increase, "increase of {0} since last month", over_time=True),
        Function("cumulative", _cumulative, "{0} up to this month", over_time=True),
        Function("running_maximum", _running_maximum, "highest {0} so far", over_time=True),
        Function("lag", _lag, "{0} of {1} months ago", over_time=True),
        Function("ahead", _ahead, "{0} in {1} months", over_time=True),
        Function("window_sum", _window_sum, "sum of {0} over the last {1} months", over_time=True),
        Function(
            "contracts",
            _contracts,
            "new units so that terms of {1} months cover {0}",
            over_time=True,
        ),
        Function("sum_over_months", _sum_over_months, "sum of {0} over all months", over_time=True),
        Function(
            "largest_over_months", _largest_over_months, "highest {0} of all months", over_time=True
        ),
        Function(
            "smallest_over_months",
            _smallest_over_months,
            "lowest {0} of all months",
            over_time=True,
        ),
        Function(
            "first_month", _first_month, "first month in which {0} (0: never)", over_time=True
        ),
        Function("month_number", lambda: np.empty(0), "month number"),
        Function("month_start", _month_start, "first day of month {1} counted from {0}"),
        Function("days_in_month", _days_in_month, "days in the month of {0}"),
    ]


FUNCTIONS: dict[str, Function] = {function.name: function for function in _functions()}
"""Every word of the language by name; the workbook room prints each of them as a formula."""
