"""Growth is read from weekly volumes, and only where there are enough of them."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.plan.workload import MonthlyGrowth
from pricing.workload import Code, LogReport, read_log
from pricing.workload.growth import DAYS_PER_MONTH, fit_growth
from tests.workload.logs import MONDAY, write_csv

HEADER = ("date", "requests", "input_tokens", "output_tokens")
WEEK = np.array([1.2, 1.1, 1.1, 1.1, 1.0, 0.8, 0.7])

STUDENT_T = {6: 2.4469, 8: 2.3060, 10: 2.2281, 20: 2.0860, 50: 2.0086, 100: 1.9840}
"""Two-sided 95 % points, as in every printed table."""


def daily(path: Path, counts: np.ndarray) -> LogReport:
    rows = [
        ((MONDAY + timedelta(days=n)).date(), count, count * 100, count * 10)
        for n, count in enumerate(np.rint(counts).astype(int).tolist())
    ]
    return read_log(write_csv(path, rows, HEADER))


def growth_of(report: LogReport) -> MonthlyGrowth:
    growth = report.classes[0].growth
    assert isinstance(growth, MonthlyGrowth)
    return growth


@pytest.mark.parametrize("rate", [0.08, -0.05])
def test_that_steady_growth_is_recovered_whatever_the_week_looks_like(
    tmp_path: Path, rate: float
) -> None:
    day = np.arange(20 * 7)
    counts = 50_000 * (1 + rate) ** (day / DAYS_PER_MONTH) * WEEK[day % 7]
    report = daily(tmp_path / "log.csv", counts)
    figure = growth_of(report).rate
    assert figure.value == pytest.approx(rate, abs=0.0005)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low <= figure.value <= figure.high
    (warning,) = [item for item in report.warnings if item.code == Code.GROWTH_MEASURED]
    end = counts[-7:].mean() * (1 + rate) ** (3 / DAYS_PER_MONTH)
    assert warning.facts["end"] == pytest.approx(end, rel=0.02)


def test_that_growth_is_taken_out_of_the_peak(tmp_path: Path) -> None:
    day = np.arange(26 * 7)
    counts = 50_000 * 1.1 ** (day / DAYS_PER_MONTH) * WEEK[day % 7]
    report = daily(tmp_path / "log.csv", counts)
    assert report.statistics[0].peak_to_mean == pytest.approx(WEEK.max(), rel=0.03)
    assert counts.max() / counts.mean() > 1.5


def test_that_seven_weeks_are_too_few(tmp_path: Path) -> None:
    report = daily(tmp_path / "log.csv", 1000 * 1.02 ** np.arange(55))
    assert growth_of(report).rate.value == 0
    assert growth_of(report).rate.confidence == "assumption"
    (warning,) = [item for item in report.warnings if item.code == Code.GROWTH_UNKNOWN]
    assert warning.facts == {"needed": 8, "weeks": 7}


def test_that_noise_without_a_trend_is_no_growth(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    counts = random.lognormal(7, 0.4, 70)
    report = daily(tmp_path / "log.csv", counts)
    figure = growth_of(report).rate
    assert figure.value == 0
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 0 < figure.high
    assert Code.GROWTH_UNCLEAR in {item.code for item in report.warnings}


def test_that_absurd_growth_stays_within_what_a_plan_accepts(tmp_path: Path) -> None:
    report = daily(tmp_path / "log.csv", 10 * 1.12 ** np.arange(84))
    assert growth_of(report).rate.value == 10


@given(
    st.integers(8, 60),
    st.floats(-0.01, 0.01),
    st.integers(0, 2**32 - 1),
)
def test_that_the_line_is_the_least_squares_line(weeks: int, slope: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    volume = np.exp(5 + slope * np.arange(weeks * 7) + random.normal(0, 0.3, weeks * 7))
    fit = fit_growth(volume)
    assert fit is not None
    level = np.log(volume.reshape(weeks, 7).sum(axis=1))
    expected, covariance = np.polyfit(np.arange(weeks) * 7.0, level, 1, cov=True)
    assert fit.slope_per_day == pytest.approx(expected[0], rel=1e-6, abs=1e-12)
    assert fit.rate == pytest.approx(np.expm1(expected[0] * DAYS_PER_MONTH), abs=1e-9)
    half = (np.log1p(fit.high) - np.log1p(fit.low)) / 2 / DAYS_PER_MONTH
    student_t = half / np.sqrt(covariance[0, 0])
    assert 1.95 < student_t < 2.46


@pytest.mark.parametrize(("freedom", "expected"), STUDENT_T.items())
def test_that_the_interval_uses_students_t(freedom: int, expected: float) -> None:
    random = np.random.default_rng(freedom)
    weeks = freedom + 2
    volume = np.exp(random.normal(5, 0.1, weeks * 7))
    fit = fit_growth(volume)
    assert fit is not None
    level = np.log(volume.reshape(weeks, 7).sum(axis=1))
    _, covariance = np.polyfit(np.arange(weeks) * 7.0, level, 1, cov=True)
    half = (np.log1p(fit.high) - np.log1p(fit.low)) / 2 / DAYS_PER_MONTH
    assert half / np.sqrt(covariance[0, 0]) == pytest.approx(expected, abs=0.001)
