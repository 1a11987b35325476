"""Figures inside sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.serving.rounding import rounded, rounded_up


@pytest.mark.parametrize(
    ("value", "nearest", "enough"),
    [
        (11.04, "11", "11.1"),
        (11.06, "11.1", "11.1"),
        (50.0, "50", "50"),
        (0.8161, "0.816", "0.817"),
        (1514.2, "1,514", "1,515"),
        (0.00012, "0.00012", "0.00012"),
    ],
)
def test_that_three_digits_are_told_and_all_before_the_point(
    value: float, nearest: str, enough: str
) -> None:
    assert rounded(value) == nearest
    assert rounded_up(value) == enough


@given(st.floats(1e-4, 1e7))
def test_that_what_is_needed_is_never_told_too_low(value: float) -> None:
    told = float(rounded_up(value).replace(",", ""))
    assert value * (1 - 1e-6) <= told <= value * 1.011
