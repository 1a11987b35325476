"""Timestamps of every kind name the same moment."""

from datetime import datetime

import pytest

from pricing.workload.clock import Clock, TimeMissingError, TimeOutOfRangeError, moment_of

SAME = [
    "2026-03-05 09:07:11",
    "2026-03-05T09:07:11",
    "2026-03-05 09:07:11.0000000",
    "2026-03-05T09:07:11Z",
    "2026-03-05 09:07:11 UTC",
    "2026-03-05 09:07:11.000 +0000 UTC",
    "2026-03-05T09:07:11+00:00",
    "2026-03-05T09:07:11+08:00",
    "2026/3/5 9:07:11",
    "2026.03.05 09:07:11",
    "1772701631",
    "1772701631.0",
    "1.772701631e9",
    1772701631,
    1772701631.0,
    1772701631000,
    1772701631000000,
    1772701631000000000,
]


@pytest.mark.parametrize("value", SAME)
def test_that_a_time_is_kept_as_written(value: object) -> None:
    assert moment_of(Clock().seconds(value)) == datetime.fromisoformat("2026-03-05 09:07:11")


@pytest.mark.parametrize("value", SAME)
def test_that_an_offset_brings_every_time_to_one_clock(value: object) -> None:
    local = "2026-03-05 04:07:11"
    if "+08:00" in str(value):
        local = "2026-03-04 20:07:11"
    assert moment_of(Clock(-5).seconds(value)) == datetime.fromisoformat(local)


@pytest.mark.parametrize("value", ["2026-03-05", "20260305", "2026/3/5"])
def test_that_a_date_is_its_midnight(value: object) -> None:
    assert moment_of(Clock().seconds(value)) == datetime.fromisoformat("2026-03-05")


def test_that_fractions_of_a_second_count() -> None:
    assert Clock().seconds("2026-03-05 09:07:11.2500000") % 1 == 0.25


@pytest.mark.parametrize("value", ["", "  ", None])
def test_that_an_empty_time_is_told_apart(value: object) -> None:
    with pytest.raises(TimeMissingError):
        Clock().seconds(value)


@pytest.mark.parametrize("value", ["1999-12-31", "2100-01-01", "12345", -5, 1e30, "1e30"])
def test_that_times_of_another_century_are_refused(value: object) -> None:
    with pytest.raises(TimeOutOfRangeError):
        Clock().seconds(value)


@pytest.mark.parametrize(
    "value", ["soon", "05/03/2026", "2026-02-30", "25:00", True, [], {}, "20269999"]
)
def test_that_what_is_no_time_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - several kinds are meant
        Clock().seconds(value)
