"""The Azure conversation trace: a real log of one hour, read as a buyer would."""

import csv
import math
from collections import Counter
from statistics import fmean, pstdev

import pytest

from pricing.plan.workload import PeakToAverage
from pricing.workload import Code, LogReport, read_log
from tests.workload.logs import AZURE


@pytest.fixture(scope="module")
def report() -> LogReport:
    return read_log(AZURE)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with AZURE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_that_every_row_of_the_trace_is_counted(
    report: LogReport, rows: list[dict[str, str]]
) -> None:
    assert report.export == "Azure LLM inference trace"
    assert report.rows == report.good_rows == len(rows) == 19_366
    assert report.bad_rows == 0


def test_that_lengths_and_their_variation_are_those_of_the_standard_library(
    report: LogReport, rows: list[dict[str, str]]
) -> None:
    (only,) = report.classes
    for column, mean, variation in (
        ("ContextTokens", only.input_tokens, only.input_variation),
        ("GeneratedTokens", only.output_tokens, only.output_variation),
    ):
        values = [int(row[column]) for row in rows]
        assert mean.value == pytest.approx(fmean(values), abs=1e-6)
        assert variation.value == pytest.approx(pstdev(values) / fmean(values), abs=1e-6)


def test_that_one_hour_cannot_know_the_day_and_says_so(report: LogReport) -> None:
    by_code = {item.code: item for item in report.warnings}
    assert Code.DAY_UNKNOWN in by_code
    assert "cannot know the day" in by_code[Code.DAY_UNKNOWN].sentence
    assert "x 24 h" in by_code[Code.DAY_UNKNOWN].sentence
    assert Code.GROWTH_UNKNOWN in by_code
    assert Code.CACHE_UNKNOWN in by_code
    assert report.classes[0].requests.confidence == "low"


def test_that_the_rate_of_the_hour_goes_on_around_the_clock(report: LogReport) -> None:
    seconds = (report.last - report.first).total_seconds()
    assert report.classes[0].requests.value == pytest.approx(19_366 / seconds * 86_400, rel=1e-9)


def test_that_the_peak_is_the_busiest_minute_of_the_hour(
    report: LogReport, rows: list[dict[str, str]]
) -> None:
    profile = report.classes[0].profile
    assert isinstance(profile, PeakToAverage)
    busiest = max(Counter(row["TIMESTAMP"][:16] for row in rows).values())
    minutes = (report.last - report.first).total_seconds() / 60
    assert profile.ratio == pytest.approx(busiest / (19_366 / minutes), abs=1e-4)


def test_that_figures_name_file_span_and_day(report: LogReport) -> None:
    figure = report.classes[0].input_tokens
    assert "azure_llm_2023_conv.csv" in figure.source
    assert "19,366 requests, 2023-11-16 18:15 to 2023-11-16 19:14" in figure.source
    assert figure.as_of is not None
    assert figure.as_of.isoformat() == "2023-11-16"
    assert figure.confidence == "high"


def test_that_an_offset_moves_the_clock_but_not_the_load(report: LogReport) -> None:
    moved = read_log(AZURE, utc_offset_hours=8)
    assert (moved.first - report.first).total_seconds() == 8 * 3600
    assert moved.classes[0].requests.value == pytest.approx(report.classes[0].requests.value)


def test_that_progress_rises_to_one() -> None:
    seen: list[float] = []
    read_log(AZURE, progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 10
    assert math.isclose(seen[-1], 1.0)


def test_that_reading_can_be_ended_from_outside() -> None:
    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_log(AZURE, progress=stop)
