"""A published load of two weeks, turned into logs: reading must give the load back."""

import csv
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from pricing.plan.workload import HourlyProfile
from pricing.resources import resource
from pricing.workload import Code, read_log
from tests.workload.logs import MONDAY, SERIES, write_csv

STEP = 600
"""Seconds between the values of the series."""

LANGUAGE = ("language/m-large", "language/m-mid", "language/m-small")


def rates(category: str) -> np.ndarray:
    with SERIES.open(encoding="utf-8", newline="") as file:
        cells = [row[category] for row in csv.DictReader(file)]
    return np.array([float(cell) for cell in cells if cell])


def published(category: str) -> dict[str, float]:
    with resource("workload", "servegen_profiles.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["category"] == category]
    return {key: float(value) for key, value in row.items() if key != "category" and value}


def intervals(path: Path, category: str) -> Path:
    """One row for every ten minutes, as usage exports write them."""
    rows = (
        (MONDAY + timedelta(seconds=STEP * n), requests, requests * 900, requests * 150)
        for n, requests in enumerate(np.rint(rates(category) * STEP).astype(int).tolist())
    )
    header = ("timestamp", "requests", "input_tokens", "output_tokens")
    return write_csv(path, rows, header)


@pytest.mark.parametrize("category", LANGUAGE)
def test_that_ten_minute_rows_give_back_the_published_profile(
    tmp_path: Path, category: str
) -> None:
    report = read_log(intervals(tmp_path / "usage.csv", category))
    (only,), (measured,), expected = report.classes, report.statistics, published(category)
    profile = only.profile
    assert isinstance(profile, HourlyProfile)
    assert only.requests.value == pytest.approx(expected["mean_rps"] * 86_400, rel=1e-4)
    assert profile.hours == pytest.approx([expected[f"h{n:02}"] for n in range(24)], abs=0.001)
    assert profile.weekdays == pytest.approx([expected[f"d{n}"] for n in range(7)], abs=0.001)
    assert measured.interval_minutes == 10
    assert measured.peak_to_mean == pytest.approx(expected["peak_10min_to_mean"], abs=0.001)
    assert measured.peak_hour_to_mean == pytest.approx(expected["peak_hour_to_mean"], abs=0.001)


@pytest.mark.parametrize("category", LANGUAGE)
def test_that_the_profile_peaks_where_the_busiest_ten_minutes_were(
    tmp_path: Path, category: str
) -> None:
    profile = read_log(intervals(tmp_path / "usage.csv", category)).classes[0].profile
    assert isinstance(profile, HourlyProfile)
    peak = max(profile.hours) * max(profile.weekdays) * profile.within_hour_peak
    assert peak == pytest.approx(published(category)["peak_10min_to_mean"], rel=1e-3)


def test_that_a_log_of_single_requests_gives_back_the_profile_within_counting_noise(
    tmp_path: Path,
) -> None:
    category, share = "language/m-large", 0.0004
    random = np.random.default_rng(7)
    counts = random.poisson(rates(category) * STEP * share)
    seconds = np.repeat(np.arange(len(counts)) * STEP, counts) + random.uniform(
        0, STEP, counts.sum()
    )
    lengths = random.lognormal(6, 1, len(seconds)).astype(int) + 1
    rows = [
        ((MONDAY + timedelta(seconds=second)).isoformat(), length, 10)
        for second, length in zip(seconds.tolist(), lengths.tolist(), strict=True)
    ]
    random.shuffle(rows)
    report = read_log(write_csv(tmp_path / "log.csv", rows))
    (only,), expected = report.classes, published(category)
    per_day = expected["mean_rps"] * 86_400 * share
    assert only.requests.value == pytest.approx(per_day, rel=4 / np.sqrt(14 * per_day))
    assert only.input_tokens.value == pytest.approx(lengths.mean(), abs=1e-5)
    profile = only.profile
    assert isinstance(profile, HourlyProfile)
    noise = 4 / np.sqrt(14 * per_day / 24)
    assert profile.hours == pytest.approx([expected[f"h{n:02}"] for n in range(24)], abs=noise)
    noise = 4 / np.sqrt(2 * per_day)
    assert profile.weekdays == pytest.approx([expected[f"d{n}"] for n in range(7)], abs=noise)


def test_that_one_day_does_not_pretend_to_know_the_week(tmp_path: Path) -> None:
    report = read_log(intervals(tmp_path / "usage.csv", "reason/deepseek-r1"))
    expected = published("reason/deepseek-r1")
    profile = report.classes[0].profile
    assert isinstance(profile, HourlyProfile)
    assert profile.hours == pytest.approx([expected[f"h{n:02}"] for n in range(24)], abs=0.001)
    assert profile.weekdays == (1.0,) * 7
    assert Code.WEEK_UNKNOWN in {item.code for item in report.warnings}
