from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.catalogue import (
    Catalogue,
    CatalogueError,
    is_stale,
    monthly_prices,
    parse_as_of,
    price_changes,
)
from pricing.catalogue.dates import months_later
from pricing.plan.figure import Price

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-14", date(2026, 10, 14)),
        ("2026-10", date(2026, 10, 1)),
        ("2026", date(2026, 1, 1)),
        ("2026 (early)", date(2026, 1, 1)),
        ("2026 (earlier than 2026-10)", date(2026, 1, 1)),
        ("2025-Q1", date(2025, 1, 1)),
        ("2026-Q3", date(2026, 7, 1)),
        ("2025-H1", date(2025, 1, 1)),
        ("2023-H2", date(2023, 7, 1)),
        ("2024-07 YTD", date(2024, 1, 1)),
        ("2025-26", date(2025, 1, 1)),
        ("2023-24", date(2023, 1, 1)),
        ("2016-2025", date(2016, 1, 1)),
        ("2025-10 / 2026-03 / 2026-06", date(2025, 10, 1)),
        ("2026-06-29 CNY; 2026-11 USD", date(2026, 6, 29)),
        ("", None),
        ("unknown", None),
    ],
)
def test_that_a_ragged_date_becomes_the_start_of_its_period(text: str, day: date | None) -> None:
    assert parse_as_of(text) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_that_a_whole_date_is_read_as_itself(day: date) -> None:
    assert parse_as_of(day.isoformat()) == day


def test_that_a_figure_is_stale_a_day_after_six_months() -> None:
    assert not is_stale(date(2026, 5, 22), TODAY)
    assert is_stale(date(2026, 5, 21), TODAY)
    assert not is_stale(date(2026, 5, 21), TODAY, months=7)


def test_that_a_figure_without_a_date_is_stale() -> None:
    assert is_stale(None, TODAY)
    assert is_stale(Price(value=1), TODAY)
    assert not is_stale(Price(value=1, as_of=TODAY), TODAY)


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_that_what_is_stale_stays_stale(day: date, later: int) -> None:
    if is_stale(day, TODAY):
        assert is_stale(day, TODAY + timedelta(days=later))


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_that_months_later_keeps_the_first_of_the_month(day: date, months: int) -> None:
    first = day.replace(day=1)
    then = months_later(first, months)
    assert then.day == 1
    assert (then.year - first.year) * 12 + then.month - first.month == months


def test_that_a_month_pays_the_price_in_force_on_its_first_day(catalogue: Catalogue) -> None:
    model = catalogue.token_model("google/gemini-3.8-flash")
    paid = [prices.input.value for prices in monthly_prices(model, date(2026, 11, 22), 4)]
    assert paid == [0.75, 0.75, 1.5, 1.5]
    changes = price_changes(model, date(2026, 11, 22), 36)
    assert [(month, prices.output.value) for month, prices in changes] == [(0, 3.75), (2, 7.5)]


def test_that_a_change_inside_a_month_is_paid_from_the_next_month(catalogue: Catalogue) -> None:
    model = catalogue.token_model("openai/o3")
    paid = [prices.input.value for prices in monthly_prices(model, date(2025, 6, 30), 2)]
    assert paid == [10, 2]


def test_that_no_price_is_made_up_for_days_before_the_first_known_one(
    catalogue: Catalogue,
) -> None:
    model = catalogue.token_model("deepseek/deepseek-v4-pro:peak")
    with pytest.raises(CatalogueError, match="holds from 2026-08-17"):
        monthly_prices(model, date(2026, 8, 1), 12)
