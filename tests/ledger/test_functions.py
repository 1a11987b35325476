"""Functions of the language against oracles outside it."""

import calendar
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.ledger import (
    Expression,
    Ledger,
    LedgerError,
    Provenance,
    ahead,
    ceil,
    change,
    contracts,
    cumulative,
    first_month,
    floor,
    increase,
    lag,
    normal_cdf,
    normal_quantile,
    previous,
    ratio,
    rounded,
    running_maximum,
    window_sum,
)
from tests.ledger.conftest import Example

series = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=14)
needs = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=30)
lengths = st.sampled_from([-3.0, -1.0, 0.0, 0.5, 1.0, 2.0, 2.9, 3.0, 7.0, 13.0, 14.0, 100.0])
money = st.decimals(-(10**6), 10**6, places=6).map(float)


def _evaluated(values: list[float], make: object, length: float = 1) -> list[float]:
    example = Example(months=len(values))
    line = example.series(*values)
    months = example.enter("length", length, "months")
    made: Expression = make(line, months) if make in TWO else make(line)  # type: ignore[operator]
    asked = example.section.line("made", made, "")
    return example.ledger.evaluate().monthly(asked).tolist()


TWO = (lag, ahead, window_sum, contracts)


@given(series)
def test_that_looking_back_one_month_starts_from_zero(values: list[float]) -> None:
    before = [0.0, *values[:-1]]
    changes = [now - then for now, then in zip(values, before, strict=True)]
    assert _evaluated(values, previous) == before
    assert _evaluated(values, change) == changes
    assert _evaluated(values, increase) == [max(step, 0.0) for step in changes]


@given(series)
def test_that_running_figures_start_with_the_first_month(values: list[float]) -> None:
    count = range(1, len(values) + 1)
    assert _evaluated(values, cumulative) == [sum(values[:n]) for n in count]
    assert _evaluated(values, running_maximum) == [max(values[:n]) for n in count]


@given(series, lengths)
def test_that_other_months_are_zero_outside_the_timeline(
    values: list[float], length: float
) -> None:
    whole = int(length // 1)
    inside = dict(enumerate(values))
    months = range(len(values))
    assert _evaluated(values, lag, length) == [inside.get(m - whole, 0.0) for m in months]
    assert _evaluated(values, ahead, length) == [inside.get(m + whole, 0.0) for m in months]
    expected = [sum(inside.get(m - n, 0.0) for n in range(max(whole, 0))) for m in months]
    assert _evaluated(values, window_sum, length) == expected


@given(needs, lengths)
def test_that_contracts_are_what_a_buyer_does_month_by_month(
    need: list[float], length: float
) -> None:
    """Each month the units whose term has ended are gone, and what is missing is taken anew."""
    running: list[int] = []
    bought = []
    for wanted in need:
        running = [left - 1 for left in running if left > 1]
        missing = max(int(wanted) - len(running), 0)
        bought.append(float(missing))
        running += [int(length // 1)] * missing
        if length < 1:
            running = []
    assert _evaluated(need, contracts, length) == bought


@given(needs, st.integers(1, 40).map(float))
def test_that_contracts_always_cover_the_need(need: list[float], length: float) -> None:
    taken = _evaluated(need, contracts, length)
    for month, wanted in enumerate(need):
        in_force = sum(taken[max(0, month - int(length) + 1) : month + 1])
        assert in_force >= wanted


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_that_the_first_month_of_a_flag_is_counted_from_one(flags: list[bool]) -> None:
    example = Example(months=len(flags))
    line = example.series(*map(float, flags))
    asked = example.section.line("asked", first_month(line), "")
    expected = flags.index(True) + 1 if True in flags else 0
    assert example.ledger.evaluate().number(asked) == expected


@given(money, st.integers(0, 9))
def test_that_halves_are_rounded_away_from_zero(value: float, digits: int) -> None:
    unit = Decimal(1).scaleb(-digits)
    expected = float(Decimal(repr(value)).quantize(unit, ROUND_HALF_UP))
    assert _number(lambda x: rounded(x, digits), value) == expected


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [
        (3.0, 3, 3),
        (0.1 * 3 * 10, 3, 3),
        (3.000_000_000_4, 3, 3),
        (3.000_000_000_6, 4, 3),
        (2.999_999_999_6, 3, 3),
        (2.999_999_999_4, 3, 2),
        (2.1, 3, 2),
        (-2.1, -2, -3),
        (-0.000_000_000_4, 0, 0),
        (0.0, 0, 0),
        (1e15 + 1, 1e15 + 1, 1e15 + 1),
    ],
)
def test_that_a_billionth_of_a_unit_is_noise(value: float, up: float, down: float) -> None:
    assert _number(ceil, value) == up
    assert _number(floor, value) == down


@given(st.floats(-8, 8))
def test_that_the_normal_probability_is_the_standard_library_s(z: float) -> None:
    assert _number(normal_cdf, z) == pytest.approx(NormalDist().cdf(z), abs=1e-15)


def test_that_the_normal_probability_keeps_its_digits_far_out() -> None:
    # Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.2: Q(6) = 9.86588e-10
    assert _number(normal_cdf, -6.0) == pytest.approx(9.865876450377018e-10, rel=1e-12)


@given(st.floats(1e-300, 1, exclude_max=True))
def test_that_the_normal_quantile_is_the_standard_library_s(p: float) -> None:
    expected = NormalDist().inv_cdf(p)
    assert _number(normal_quantile, p) == pytest.approx(expected, rel=1e-14, abs=1e-15)


@given(st.floats(-7, 7))
def test_that_the_normal_quantile_undoes_the_normal_probability(z: float) -> None:
    found = _number(lambda x: normal_quantile(normal_cdf(x)), z)
    # near 1 a probability has few digits left: half of 2^-53 over the density at z
    lost = 2.0**-53 / NormalDist().pdf(z)
    assert found == pytest.approx(z, abs=1e-14 + 2 * lost)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.1])
def test_that_only_a_probability_between_0_and_1_has_a_normal_quantile(p: float) -> None:
    with pytest.raises(LedgerError, match="cannot be computed"):
        _number(normal_quantile, p)


def test_that_a_ratio_with_nothing_below_is_zero(example: Example) -> None:
    zero = example.enter("zero", 0)
    line = example.section.line("quotient", ratio(example.month, zero), "")
    assert example.ledger.evaluate().monthly(line).tolist() == [0.0] * 6


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [(0.1 + 0.2, 0.3, True), (1.0, 1 + 1e-15, True), (1.0, 1 + 1e-14, False), (0.0, 1e-300, False)],
)
def test_that_numbers_equal_to_fifteen_digits_are_equal(
    left: float, right: float, same: bool
) -> None:
    example = Example()
    a, b = example.enter("a", left), example.enter("b", right)
    flags = [a.equals(b), a < b, a <= b, a > b, a >= b]
    lines = [example.section.line(f"flag {n}", flag, "flag") for n, flag in enumerate(flags)]
    values = example.ledger.evaluate()
    expected = [same, left < right and not same, left <= right or same,
                left > right and not same, left >= right or same]  # fmt: skip
    assert [values.number(line) for line in lines] == [float(flag) for flag in expected]


@settings(max_examples=40)
@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.integers(1, 84))
def test_that_the_timeline_is_the_calendar_s(start: date, months: int) -> None:
    ledger = Ledger(months, start)
    values = ledger.evaluate()
    serials, days = values.monthly(ledger.date).tolist(), values.monthly(ledger.days).tolist()
    year, month = start.year, start.month
    for serial, count in zip(serials, days, strict=True):
        assert date.fromordinal(date(1899, 12, 30).toordinal() + int(serial)) == date(
            year, month, 1
        )
        assert count == calendar.monthrange(year, month)[1]
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    assert values.monthly(ledger.month).tolist() == [float(n) for n in range(1, months + 1)]


def _number(function: object, value: float) -> float:
    ledger = Ledger(1, date(2027, 1, 1))
    section = ledger.section("s", "S")
    entry = section.input("x", value, "", Provenance("test"))
    line = section.line("y", function(entry), "")  # type: ignore[operator]
    return ledger.evaluate().number(line)
