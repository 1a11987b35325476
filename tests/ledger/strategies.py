"""Random ledgers whose units agree and whose values stay within bounds, for property tests.

Every line is bounded by an input of its unit, denominators are at least a positive input, and
roots and logarithms get what they can take, so that every drawn ledger can be evaluated.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from pricing.ledger import (
    Expression,
    Input,
    Ledger,
    Line,
    Provenance,
    Section,
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

UNITS = ("USD", "servers", "USD/server", "")
FACTORS = {
    "USD": [("USD/server", "servers"), ("USD", ""), ("", "USD")],
    "servers": [("servers", ""), ("", "servers")],
    "USD/server": [("USD/server", "")],
    "": [("", "")],
}
"""Pairs of units whose product is the unit."""
QUOTIENTS = {
    "USD": [("USD", "")],
    "servers": [("servers", ""), ("USD", "USD/server")],
    "USD/server": [("USD", "servers"), ("USD/server", "")],
    "": [("USD", "USD"), ("servers", "servers"), ("", "")],
}
"""Pairs of units whose quotient is the unit."""

HERE = Provenance("drawn at random")

OVER_TIME: tuple[Callable[[Line], Expression], ...] = (
    previous, change, increase, cumulative, running_maximum, sum_over_months,
    largest_over_months, smallest_over_months,
)  # fmt: skip
BY_MONTHS: tuple[Callable[[Line, Input], Expression], ...] = (lag, ahead, window_sum)

numbers = st.one_of(
    st.integers(-20, 20).map(float),
    st.floats(-1e4, 1e4, allow_subnormal=False).map(lambda x: round(x, 4)),
)
positive = st.floats(0.01, 1e3).map(lambda x: round(x, 4))


@dataclass
class Drawn:
    """A random ledger, some inputs by month among its lines; inputs may be moved a little."""

    ledger: Ledger
    months: list[Input]
    """Whole numbers of months, some longer than the timeline, some below one."""
    pool: dict[str, list[Input | Line]] = field(default_factory=dict)
    positive: dict[str, Input] = field(default_factory=dict)
    cap: dict[str, Input] = field(default_factory=dict)
    flags: list[Line] = field(default_factory=list)

    @property
    def movable(self) -> list[Input]:
        """Inputs of which a slightly different value makes sense."""
        fixed = {self.ledger.start, *self.months}
        return [entry for entry in self.ledger.inputs if entry not in fixed]


@st.composite
def ledgers(draw: st.DrawFn, lines: int = 14) -> Drawn:
    """A ledger of inputs of every unit, some by month, and random lines in two sections."""
    first = draw(st.dates(date(1995, 1, 1), date(2060, 12, 31)))
    ledger = Ledger(draw(st.integers(1, 15)), first)
    drawn = Drawn(ledger, [])
    section = ledger.section("first", draw(st.sampled_from(["First", "It's 'quoted' (1)", "H100"])))
    for number, unit in enumerate(UNITS):
        name = f"u{number}"
        drawn.pool[unit] = [
            section.input(f"{name} {i}", draw(numbers), unit, HERE) for i in range(2)
        ]
        drawn.positive[unit] = section.input(f"{name} positive", draw(positive), unit, HERE)
        drawn.cap[unit] = section.input(f"{name} cap", 1e9, unit, HERE)
    drawn.pool[""].append(ledger.month)
    for i in range(3):
        length = draw(st.sampled_from([-2.0, 0.0, 1.0, 2.0, 2.7, 3.0, 5.0, 12.0, 40.0]))
        drawn.months.append(section.input(f"months {i}", length, "months", HERE))
    for number in range(lines):
        if number == lines // 2:
            section = ledger.section("second", "Second")
            section.block("Decided")
        if number in {0, lines // 2}:
            _draw_schedule(draw, drawn, section, f"schedule {number}")
        _draw_line(draw, drawn, section, number)
    return drawn


def _draw_schedule(draw: st.DrawFn, drawn: Drawn, section: Section, label: str) -> None:
    """An input by month of any unit: a share, a step, ups and downs."""
    months, unit = drawn.ledger.months, draw(st.sampled_from(UNITS))
    values = draw(st.lists(numbers, min_size=months, max_size=months))
    flow = draw(st.sampled_from([None, True, False]))
    drawn.pool[unit].append(section.schedule(label, values, unit, HERE, flow=flow))


def _draw_line(draw: st.DrawFn, drawn: Drawn, section: Section, number: int) -> None:
    kind = draw(st.sampled_from(["plain", "plain", "plain", "flag", "contracts", "first"]))
    unit = draw(st.sampled_from(UNITS))
    timed = [line for line in drawn.pool[unit] if isinstance(line, Line) and line.timed]
    if kind == "contracts" and timed:
        expression = contracts(draw(st.sampled_from(timed)), draw(st.sampled_from(drawn.months)))
    elif kind == "flag":
        condition = _condition(draw, drawn, 2)
        line = section.line(f"line {number}", condition, "flag")
        drawn.pool[""].append(line)
        if line.timed:
            drawn.flags.append(line)
        return
    elif kind == "first" and drawn.flags:
        unit, expression = "", first_month(draw(st.sampled_from(drawn.flags)))
    else:
        free = _quantity(draw, drawn, unit, 3)
        expression = minimum(maximum(free, -drawn.cap[unit]), drawn.cap[unit])
    flow = expression.timed and draw(st.booleans())
    drawn.pool[unit].append(section.line(f"line {number}", expression, unit, flow=flow))


def _leaf(draw: st.DrawFn, drawn: Drawn, unit: str) -> Expression:
    if draw(st.integers(0, 9)) == 0:
        return drawn.positive[unit] * draw(st.sampled_from([0, 1]))
    recent = drawn.pool[unit][-6:]
    return draw(st.sampled_from(recent))


def _quantity(draw: st.DrawFn, drawn: Drawn, unit: str, depth: int) -> Expression:
    """An expression of a unit."""
    if depth == 0:
        return _leaf(draw, drawn, unit)
    shapes = [
        _leaf_of, _sum, _sum, _product, _quotient, _several, _choice, _whole,
        *([_of_other_months] * 4), *([_pure] * 2 if unit == "" else []),
    ]  # fmt: skip
    return draw(st.sampled_from(shapes))(draw, drawn, unit, depth - 1)


def _leaf_of(draw: st.DrawFn, drawn: Drawn, unit: str, _depth: int) -> Expression:
    return _leaf(draw, drawn, unit)


def _sum(draw: st.DrawFn, drawn: Drawn, unit: str, depth: int) -> Expression:
    left, right = _quantity(draw, drawn, unit, depth), _quantity(draw, drawn, unit, depth)
    return draw(st.sampled_from([left + right, left - right, -left]))


def _product(draw: st.DrawFn, drawn: Drawn, unit: str, depth: int) -> Expression:
    one, two = draw(st.sampled_from(FACTORS[unit]))
    return _quantity(draw, drawn, one, depth) * _quantity(draw, drawn, two, depth)


def _quotient(draw: st.DrawFn, drawn: Drawn, unit: str, depth: int) -> Expression:
    above, below = draw(st.sampled_from(QUOTIENTS[unit]))
    top, bottom = _quantity(draw, drawn, above, depth), _quantity(draw, drawn, below, depth)
    safe = top / maximum(bottom, drawn.positive[below])
    return draw(st.sampled_from([safe, ratio(top, _leaf(draw, drawn, below))]))


def _several(draw: st.DrawFn, drawn: Drawn, unit: str, depth: int) -> Expression:
    parts = [_quantity(draw, drawn, unit, depth) for _ in range(draw(st.integers(2, 4)))]
    return draw(st.sampled_from([total(parts), minimum(*parts), maximum(*parts)]))


def _choice(draw: st.DrawFn, drawn: Drawn, unit: str, depth: int) -> Expression:
    yes, no = _quantity(draw, drawn, unit, depth), _quantity(draw, drawn, unit, depth)
    if draw(st.booleans()):
        return where(_condition(draw, drawn, depth), yes, no)
    one = drawn.positive[""] / drawn.positive[""]
    return choose(one + _condition(draw, drawn, depth), [yes, no])


def _whole(draw: st.DrawFn, drawn: Drawn, unit: str, _depth: int) -> Expression:
    part = _leaf(draw, drawn, unit)
    digits = draw(st.integers(0, 9))
    return draw(st.sampled_from([ceil(part), floor(part), rounded(part, digits)]))


def _of_other_months(draw: st.DrawFn, drawn: Drawn, unit: str, _depth: int) -> Expression:
    timed = [line for line in drawn.pool[unit] if isinstance(line, Line) and line.timed]
    if not timed:
        return _leaf(draw, drawn, unit)
    line = draw(st.sampled_from(timed[-6:]))
    if draw(st.booleans()):
        return draw(st.sampled_from(OVER_TIME))(line)
    return draw(st.sampled_from(BY_MONTHS))(line, draw(st.sampled_from(drawn.months)))


def _pure(draw: st.DrawFn, drawn: Drawn, _unit: str, depth: int) -> Expression:
    """Functions of pure numbers, each fed with what it can take."""
    small = drawn.positive[""] / (drawn.positive[""] + 1)
    inside = small * (1 - small)
    any_number = _quantity(draw, drawn, "", depth)
    return draw(
        st.sampled_from(
            [
                (1 + small) ** minimum(maximum(any_number, -small), drawn.ledger.month),
                exponential(minimum(any_number, 1)),
                logarithm(maximum(any_number, small)),
                square_root(maximum(any_number, 0)),
                normal_cdf(any_number * small),
                normal_quantile(minimum(maximum(any_number, inside), 1 - inside)),
            ]
        )
    )


def _condition(draw: st.DrawFn, drawn: Drawn, depth: int) -> Expression:
    unit = draw(st.sampled_from(UNITS))
    left, right = _quantity(draw, drawn, unit, 1), _quantity(draw, drawn, unit, 1)
    simple = draw(
        st.sampled_from(
            [left < right, left <= right, left > right, left >= right, left.equals(right)]
        )
    )
    if depth == 0:
        return simple
    other = _condition(draw, drawn, depth - 1)
    return draw(st.sampled_from([simple, simple & other, simple | other, ~simple]))
