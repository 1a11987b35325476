"""The language of the ledger once more, in plain Python: one number, one month at a time.

Nothing of the engine is used but the shape of its expressions; so it is an oracle for the engine.
"""

import calendar
import math
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from statistics import NormalDist

from pricing.ledger import Call, Expression, Given, Input, Ledger, Line, Literal

_DAY_ZERO = date(1899, 12, 30)


class PlainLedger:
    """Evaluates figures of a ledger by recursion."""

    def __init__(self, ledger: Ledger) -> None:
        self._months = ledger.months
        self._cells: dict[tuple[Line, int], float] = {}

    def value(self, figure: Expression, month: int) -> float:
        """The value in a month; the month does not matter where there is no time."""
        if isinstance(figure, Input | Literal):
            return figure.value
        if isinstance(figure, Given):
            return figure.values[month - 1]
        if isinstance(figure, Line):
            place = (figure, month if figure.timed else 1)
            if place not in self._cells:
                assert figure.expression is not None
                self._cells[place] = self._call(figure.expression, month, figure)
            return self._cells[place]
        return self._call(figure, month, None)

    def _call(self, node: Expression, month: int, line: Line | None) -> float:
        if not isinstance(node, Call):
            return self.value(node, month)
        name = node.function.name
        if name in _OVER_TIME:
            return _OVER_TIME[name](self, node, month, line)
        if name == "month_number":
            return float(month)
        if name == "round":
            return _rounded(self.value(node.args[0], month), node.parameter)
        values = [self.value(arg, month) for arg in node.args]
        return float(_PLAIN[name](*values))

    def series(self, node: Expression, first: int, last: int) -> list[float]:
        """Values of a line in the months asked for, as far as there are any."""
        return [self.value(node, m) for m in range(max(first, 1), min(last, self._months) + 1)]

    def at(self, node: Expression, month: int) -> float:
        """The value of a month; 0 outside the timeline."""
        return self.value(node, month) if 1 <= month <= self._months else 0.0

    def length(self, node: Expression) -> int:
        """A number of months, cut to a whole one."""
        return math.floor(self.value(node, 1))

    @property
    def months(self) -> int:
        return self._months


OverTime = Callable[[PlainLedger, Call, int, Line | None], float]


def _contracts(plain: PlainLedger, node: Call, month: int, line: Line | None) -> float:
    assert line is not None
    need, term = plain.value(node.args[0], month), plain.length(node.args[1])
    running = [plain.value(line, m) for m in range(max(month - term + 1, 1), month)]
    return max(need - sum(running), 0.0)


def _first_month(plain: PlainLedger, node: Call, _month: int, _line: Line | None) -> float:
    flags = plain.series(node.args[0], 1, plain.months)
    return float(flags.index(1) + 1) if 1 in flags else 0.0


_OVER_TIME: dict[str, OverTime] = {
    "previous": lambda p, n, m, _: p.at(n.args[0], m - 1),
    "change": lambda p, n, m, _: p.at(n.args[0], m) - p.at(n.args[0], m - 1),
    "increase": lambda p, n, m, _: max(p.at(n.args[0], m) - p.at(n.args[0], m - 1), 0),
    "cumulative": lambda p, n, m, _: math.fsum(p.series(n.args[0], 1, m)),
    "running_maximum": lambda p, n, m, _: max(p.series(n.args[0], 1, m)),
    "lag": lambda p, n, m, _: p.at(n.args[0], m - p.length(n.args[1])),
    "ahead": lambda p, n, m, _: p.at(n.args[0], m + p.length(n.args[1])),
    "window_sum": lambda p, n, m, _: math.fsum(p.series(n.args[0], m - p.length(n.args[1]) + 1, m)),
    "contracts": _contracts,
    "sum_over_months": lambda p, n, _m, _l: math.fsum(p.series(n.args[0], 1, p.months)),
    "largest_over_months": lambda p, n, _m, _l: max(p.series(n.args[0], 1, p.months)),
    "smallest_over_months": lambda p, n, _m, _l: min(p.series(n.args[0], 1, p.months)),
    "first_month": _first_month,
}


def _same(left: float, right: float) -> bool:
    return abs(left - right) <= 2.0**-48 * max(abs(left), abs(right))


@cache
def _rounded(value: float, digits: int) -> float:
    exact = Decimal(repr(value))
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _date(serial: float) -> date:
    return _DAY_ZERO + timedelta(days=math.floor(serial))


def _month_start(start: float, month: float) -> int:
    first = _date(start)
    years, months = divmod(first.month - 1 + math.floor(month) - 1, 12)
    return (date(first.year + years, months + 1, 1) - _DAY_ZERO).days


def _days_in_month(serial: float) -> int:
    day = _date(serial)
    return calendar.monthrange(day.year, day.month)[1]


_PLAIN: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
    "negate": lambda a: -a,
    "less": lambda a, b: a < b and not _same(a, b),
    "at_most": lambda a, b: a < b or _same(a, b),
    "more": lambda a, b: a > b and not _same(a, b),
    "at_least": lambda a, b: a > b or _same(a, b),
    "equal": _same,
    "both": lambda a, b: bool(a) and bool(b),
    "either": lambda a, b: bool(a) or bool(b),
    "negation": lambda a: a == 0,
    "where": lambda condition, yes, no: yes if condition else no,
    "minimum": lambda *parts: min(parts),
    "maximum": lambda *parts: max(parts),
    "total": lambda *parts: sum(parts),
    "choose": lambda index, *parts: parts[math.floor(index) - 1],
    "ceil": lambda a: math.ceil(_rounded(a, 9)),
    "floor": lambda a: math.floor(_rounded(a, 9)),
    "ratio": lambda a, b: a / b if b else 0.0,
    "exponential": math.exp,
    "logarithm": math.log,
    "square_root": math.sqrt,
    "normal_cdf": lambda z: math.erfc(-z / math.sqrt(2)) / 2,
    "normal_quantile": NormalDist().inv_cdf,
    "month_start": _month_start,
    "days_in_month": _days_in_month,
}
