"""Hours that a log does not know come from a profile that the buyer chooses."""

from datetime import timedelta
from pathlib import Path

import pytest

from pricing.plan.workload import HourlyProfile
from pricing.workload import (
    Code,
    WorkloadError,
    default_profile,
    preview,
    read_log,
    with_default_hours,
)
from tests.workload.logs import AZURE, MONDAY, every, write_csv, write_text


def test_that_an_hour_of_an_office_day_gives_the_day_of_the_office(tmp_path: Path) -> None:
    ten_to_eleven = every(0.5, 1 / 24, MONDAY + timedelta(hours=10))
    report = read_log(write_csv(tmp_path / "log.csv", ten_to_eleven))
    chosen = with_default_hours(report, "office-hours")
    (only,) = chosen.classes
    # 120 an hour for 8 hours on 5 of 7 days
    assert only.requests.value == pytest.approx(120 * 8 * 5 / 7, rel=0.01)
    assert only.profile == default_profile("office-hours").profile
    assert "4.20 times" in only.requests.note
    assert Code.DAY_UNKNOWN not in {item.code for item in chosen.warnings}
    assert chosen.statistics[0].requests_per_day == pytest.approx(only.requests.value)


def test_that_a_profile_without_load_at_that_hour_is_refused() -> None:
    with pytest.raises(WorkloadError, match="has no load between Thu 18:15 and Thu 19:14"):
        with_default_hours(read_log(AZURE), "office-hours")


def test_that_measured_weekdays_are_kept(tmp_path: Path) -> None:
    header = ("date", "requests", "input_tokens", "output_tokens")
    rows = [
        ((MONDAY + timedelta(days=n)).date(), 90 if n % 7 < 5 else 25, 9000, 900) for n in range(28)
    ]
    report = read_log(write_csv(tmp_path / "log.csv", rows, header))
    (only,) = with_default_hours(report, "office-hours").classes
    assert isinstance(only.profile, HourlyProfile)
    assert isinstance(report.classes[0].profile, HourlyProfile)
    assert only.profile.weekdays == report.classes[0].profile.weekdays
    assert only.profile.hours == default_profile("office-hours").hours
    assert only.requests == report.classes[0].requests


def test_that_known_hours_are_left_alone(tmp_path: Path) -> None:
    report = read_log(write_csv(tmp_path / "log.csv", every(5, 8)))
    assert with_default_hours(report, "office-hours") is report


def test_that_a_preview_shows_columns_rows_and_meaning(tmp_path: Path) -> None:
    seen = preview(write_csv(tmp_path / "log.csv", every(5, 1)))
    assert seen.format == "CSV"
    assert seen.recognition.columns == ("timestamp", "input_tokens", "output_tokens")
    assert seen.recognition.mapping is not None
    assert len(seen.rows) == 5
    assert seen.rows[1] == ("2026-01-05 00:05:00", "100", "20")


def test_that_a_preview_looks_into_json(tmp_path: Path) -> None:
    text = '{"t": 1, "usage": {"in": 5}}\n{"t": 2}\n'
    seen = preview(write_text(tmp_path / "log.jsonl", text))
    assert seen.format == "JSON lines"
    assert seen.recognition.columns == ("t", "usage.in")
    assert seen.recognition.mapping is None
    assert seen.rows == (("1", "5"), ("2", ""))
