"""Money in sentences: as many digits as tell the amount, three at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.viewmodels import words
from pricing.amounts import money


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (2_500_000, "USD 2.5 m"), (800_000, "USD 800 k"), (12_000, "USD 12 k"),
        (2_504_000, "USD 2.50 m"), (13_712_345, "USD 13.7 m"), (999_960, "USD 1.00 m"),
        (1e9, "USD 1 bn"), (9_876, "USD 9,876"), (0.00095, "USD 0.000950"), (0, "USD 0"),
    ],
)  # fmt: skip
def test_that_an_amount_has_no_digits_that_tell_nothing(amount: float, text: str) -> None:
    assert money(amount, "USD") == text


@given(st.floats(0, 1e13) | st.integers(0, 10**7).map(lambda n: n * 1000.0))
def test_that_window_and_command_line_write_an_amount_alike(amount: float) -> None:
    separators = str.maketrans("", "", ",")  # the window writes them as the language does
    window, command = words.money(amount, "CNY"), money(amount, "CNY")
    assert window.translate(separators) == command.translate(separators)
