"""Tables and numbers of the command line."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.cli.numbers import amount, count, figure, percent, significant
from pricing.cli.table import padded, table, width_of, wrapped
from pricing.cli.terminal import harmless

words = st.text(st.sampled_from("abc 总拥有成本Äé-–１"), max_size=40)


@given(words, st.integers(2, 30))
def test_that_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(words, st.integers(0, 60), st.booleans())
def test_that_padding_fills_up_to_the_width(text: str, width: int, right: bool) -> None:
    assert width_of(padded(text, width, right=right)) == max(width, width_of(text))


@given(
    st.lists(st.tuples(words, *[st.sampled_from(["1", "22,222", "–", "-3.5"])] * 4), min_size=1),
    st.integers(50, 120),
)
def test_that_the_columns_of_a_table_end_at_the_same_place(
    rows: list[tuple[str, ...]], width: int
) -> None:
    lines = table(["名称 name", "one", "two", "three", "four"], rows, width)
    assert all(width_of(line) <= width for line in lines)
    joined = " ".join(lines)
    for heading in ("one", "two", "three", "four"):
        assert heading in joined


def test_that_chinese_takes_two_columns_and_accents_none() -> None:
    assert width_of("总成本") == 6
    assert width_of("e\u0301") == 1
    assert width_of("ＡＢ") == 4


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (0.00001234567, "0.00001235"), (99.999, "100.0"), (12.3456, "12.35"),
     (1234567.8, "1,234,568"), (-250.4, "-250")],
)  # fmt: skip
def test_that_amounts_are_short_but_keep_four_digits(value: float, text: str) -> None:
    assert amount(value) == text


def test_that_figures_keep_their_unit_and_digits() -> None:
    assert figure(0.5, "share") == "50 %"
    assert figure(1, "flag") == "yes"
    assert figure(46388, "date") == "2027-01-01"
    assert figure(2549.8368, "USD") == "2,549.84 USD"
    assert figure(0.12, "USD/kWh") == "0.12 USD/kWh"
    assert figure(1.4, "ratio") == "1.4"
    assert figure(3, "share") == "3"
    assert figure(1e-12, "share") == "1e-10 %"
    assert (count(3.0), count(2.5)) == ("3", "2.500")
    assert percent(-0.333, signed=True) == "-33.3 %"
    assert significant(math.nan) == "–"


@given(st.text(max_size=30))
def test_that_no_text_can_command_a_terminal(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert not any(
        (ord(letter) < 32 and letter not in "\n\t") or 127 <= ord(letter) < 160 for letter in shown
    )
