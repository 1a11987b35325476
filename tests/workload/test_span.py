"""What the span of a log lets one know, and what is said where it does not."""

from datetime import timedelta
from pathlib import Path

import pytest

from pricing.plan.workload import HourlyProfile, PeakToAverage
from pricing.workload import Code, LogReport, read_log
from tests.workload.logs import HEADER, MONDAY, every, write_csv


def codes(report: LogReport) -> set[Code]:
    return {item.code for item in report.warnings}


def office(days: int, per_hour: int = 40) -> list[tuple[object, int, int]]:
    """Requests from 9:00 to 17:00 from Monday to Friday, evenly spread."""
    return [
        (MONDAY + timedelta(days=day, hours=9, minutes=n * 60 / per_hour), 100, 20)
        for day in range(days)
        if day % 7 < 5
        for n in range(8 * per_hour)
    ]


def test_that_a_log_under_a_minute_claims_no_rate(tmp_path: Path) -> None:
    rows = [(MONDAY + timedelta(seconds=n), 10, 5) for n in range(30)]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert Code.MOMENT_ONLY in codes(report)
    assert report.classes[0].requests.value == 30
    assert report.classes[0].profile == PeakToAverage(
        ratio=1.0, source=report.classes[0].profile.source
    )


def test_that_a_single_row_is_a_workload_of_one_request(tmp_path: Path) -> None:
    report = read_log(write_csv(tmp_path / "log.csv", [(MONDAY, 10, 5)]))
    assert report.classes[0].requests.value == 1


def test_that_eight_hours_are_not_a_day(tmp_path: Path) -> None:
    report = read_log(write_csv(tmp_path / "log.csv", office(1)))
    assert Code.DAY_UNKNOWN in codes(report)
    (warning,) = [item for item in report.warnings if item.code == Code.DAY_UNKNOWN]
    assert warning.facts["requests"] == 320
    assert "state 320 instead" in warning.sentence


def test_that_a_whole_day_knows_its_hours_but_not_the_week(tmp_path: Path) -> None:
    rows = [*every(1, 1), *every(2, 0.5, MONDAY + timedelta(hours=12))]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    (only,) = report.classes
    assert isinstance(only.profile, HourlyProfile)
    assert Code.WEEK_UNKNOWN in codes(report)
    assert only.requests.value == 1440 + 360
    assert only.profile.hours == pytest.approx([0.8] * 12 + [1.2] * 12)
    assert only.requests.confidence == "medium"


def test_that_a_day_from_noon_to_noon_knows_its_hours(tmp_path: Path) -> None:
    rows = every(1, 1.02, MONDAY + timedelta(hours=12))
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    (only,) = report.classes
    assert isinstance(only.profile, HourlyProfile)
    assert only.requests.value == pytest.approx(1440, rel=0.01)
    assert only.profile.hours == pytest.approx([1.0] * 24, abs=0.03)


def test_that_four_weeks_of_office_hours_give_office_hours(tmp_path: Path) -> None:
    report = read_log(write_csv(tmp_path / "log.csv", office(26)))
    (only,) = report.classes
    profile = only.profile
    assert isinstance(profile, HourlyProfile)
    assert profile.hours == pytest.approx([3.0 if 9 <= hour < 17 else 0.0 for hour in range(24)])
    assert profile.weekdays == pytest.approx([1.4] * 5 + [0.0] * 2)
    assert profile.within_hour_peak == 1.0
    assert only.requests.value == pytest.approx(320 * 5 / 7)
    assert report.coverage.complete_days[0] * 86_400 == report.coverage.start // 86_400 * 86_400
    assert report.statistics[0].peak_hour_to_mean == pytest.approx(40 / (320 * 5 / 7 / 24))


def test_that_one_week_is_enough_for_the_weekdays(tmp_path: Path) -> None:
    rows = [*every(10, 7), *every(10, 1, MONDAY + timedelta(days=2))]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert Code.WEEK_UNKNOWN not in codes(report)
    assert report.classes[0].profile.weekdays == pytest.approx(
        [7 / 8, 7 / 8, 14 / 8, 7 / 8, 7 / 8, 7 / 8, 7 / 8]
    )


def test_that_weekdays_seen_more_often_do_not_count_more(tmp_path: Path) -> None:
    rows = [*every(10, 10), *every(10, 1), *every(10, 1, MONDAY + timedelta(days=7))]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert report.classes[0].requests.value == pytest.approx(144 * 8 / 7)


def test_that_pieces_of_days_at_the_edges_do_not_bend_the_rate(tmp_path: Path) -> None:
    rows = every(5, 9.4, MONDAY + timedelta(hours=15))
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert report.classes[0].requests.value == pytest.approx(288)
    assert report.classes[0].profile.weekdays == pytest.approx([1.0] * 7)
    assert report.classes[0].profile.hours == pytest.approx([1.0] * 24)


def test_that_a_burst_inside_the_hour_is_seen(tmp_path: Path) -> None:
    burst = [(MONDAY + timedelta(days=9, hours=3, seconds=n / 10), 100, 20) for n in range(600)]
    report = read_log(write_csv(tmp_path / "log.csv", [*every(0.5, 14), *burst]))
    (only,), (measured,) = report.classes, report.statistics
    mean = only.requests.value / 1440
    assert measured.interval_minutes == 5
    assert measured.peak_to_mean == pytest.approx((600 + 10) / (5 * mean))
    peak = max(only.profile.hours) * max(only.profile.weekdays) * only.profile.within_hour_peak
    assert peak == pytest.approx(measured.peak_to_mean, rel=1e-3)


def test_that_daily_rows_know_weekdays_but_no_hours(tmp_path: Path) -> None:
    header = ("date", "requests", "input_tokens", "output_tokens")
    rows = [
        ((MONDAY + timedelta(days=day)).date(), 100 if day % 7 < 5 else 30, 10_000, 2_000)
        for day in range(28)
    ]
    report = read_log(write_csv(tmp_path / "log.csv", rows, header), utc_offset_hours=-8)
    (only,) = report.classes
    assert {Code.HOURS_UNKNOWN, Code.OFFSET_NOT_APPLIED} <= codes(report)
    assert only.requests.value == pytest.approx(80)
    assert only.profile.hours == (1.0,) * 24
    assert only.profile.weekdays == pytest.approx([1.25] * 5 + [0.375] * 2)
    assert report.statistics[0].peak_to_mean == pytest.approx(1.25)
    assert report.statistics[0].peak_hour_to_mean is None


def test_that_monthly_rows_know_neither_hours_nor_weekdays(tmp_path: Path) -> None:
    header = ("month_date", *HEADER[1:], "requests")
    rows = [(f"2026-{month:02}-01", 310_000, 62_000, 3100) for month in range(1, 7)]
    header = ("date", "input_tokens", "output_tokens", "requests")
    report = read_log(write_csv(tmp_path / "log.csv", rows, header))
    assert Code.LONG_INTERVALS in codes(report)
    assert isinstance(report.classes[0].profile, PeakToAverage)
    assert report.classes[0].requests.value == pytest.approx(6 * 3100 / 182, rel=0.01)


def test_that_mixed_offsets_are_pointed_out(tmp_path: Path) -> None:
    rows = [
        (f"2026-01-05T{hour:02}:00:00{zone}", 10, 5)
        for hour in range(24)
        for zone in ("Z", "+08:00")
    ]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert Code.OFFSETS_MIXED in codes(report)
    settled = read_log(tmp_path / "log.csv", utc_offset_hours=1)
    assert Code.OFFSETS_MIXED not in codes(settled)


def test_that_summer_time_is_no_mixture(tmp_path: Path) -> None:
    rows = [
        (f"2026-03-{day}T{hour:02}:30:00{'+01:00' if day < 29 else '+02:00'}", 10, 5)
        for day in range(20, 31)
        for hour in range(24)
    ]
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    assert Code.OFFSETS_MIXED not in codes(report)
