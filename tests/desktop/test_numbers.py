import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.entry.limits import Limits, Refused, read_value, show_value
from desktop.entry.numbers import NotANumber, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1_200", 1200),
        ("1 200", 1200),
        ("1'200.5", 1200.5),
        ("2.5k", 2500),
        ("3M", 3e6),
        ("3 m", 3e6),
        ("1.2bn", 1.2e9),
        ("3万", 30_000),
        ("1.5亿", 1.5e8),
        ("-7", -7),
        ("−7", -7),
        ("1e6", 1e6),
        (".5", 0.5),
        ("15%", 0.15),
        ("１５％".replace("１５", "15"), 0.15),
    ],
)
def test_that_people_may_write_numbers_their_way(text: str, value: float) -> None:
    assert read_number(text).value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1,20",
        "12,34,567",
        ",5",
        "1..2",
        "1.2.3",
        "5 apples",
        "nan",
        "inf",
        "1e999",
        "--5",
        "%",
    ],
)
def test_that_what_could_mean_two_things_is_no_number(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


def test_that_the_separators_of_a_locale_are_respected() -> None:
    assert read_number("1.200,5", decimal=",", group=".").value == 1200.5


@given(st.floats(0, 1e15, allow_nan=False))
def test_that_a_shown_value_is_read_back(value: float) -> None:
    limits = Limits(low=0)
    again = read_value(show_value(value, limits), limits)
    assert again is not None
    assert math.isclose(again, value, rel_tol=1e-11, abs_tol=1e-300)


@given(st.floats(0, 1, allow_nan=False))
def test_that_a_shown_share_is_read_back(value: float) -> None:
    limits = Limits(low=0, high=1, percent=True)
    again = read_value(show_value(value, limits), limits)
    assert again is not None
    assert math.isclose(again, value, rel_tol=1e-11, abs_tol=1e-300)


@given(st.text(max_size=30))
def test_that_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    sentence, value = "", None
    try:
        value = read_value(text, Limits(low=0, high=1e15))
    except Refused as error:
        sentence = str(error)
    assert sentence.endswith(".") or (value is not None and 0 <= value <= 1e15)


def test_that_a_share_is_typed_as_per_cent_with_or_without_the_sign() -> None:
    limits = Limits(low=0, high=1, percent=True)
    assert read_value("15", limits) == 0.15
    assert read_value("15%", limits) == 0.15
    assert show_value(0.15, limits) == "15"


def test_that_a_refusal_names_the_entry_and_the_limits() -> None:
    with pytest.raises(Refused, match=r"^250 is outside .* from 0\u00a0% to 100\u00a0%\.$"):
        read_value("250", Limits(low=0, high=1, percent=True))
    with pytest.raises(Refused, match="above 0"):
        read_value("0", Limits(low=0, low_excluded=True))
    with pytest.raises(Refused, match="whole number"):
        read_value("2.5", Limits(low=1, whole=True))


def test_that_empty_means_not_stated_only_where_that_is_possible() -> None:
    assert read_value(" ", Limits(optional=True)) is None
    with pytest.raises(Refused, match="Enter a number"):
        read_value("", Limits(low=0))
