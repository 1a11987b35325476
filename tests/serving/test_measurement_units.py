"""Units that were mistaken are told from throughput, latency and concurrency together."""

from pathlib import Path
from typing import Any

import pytest

from pricing.serving.measured.table import MeasurementError
from tests.serving.points import read

RIGHT = [
    {"concurrency": flight, "tpot_ms": 12.0, "ttft_ms": 200.0, "output_tokens_per_s": rate}
    # flight x 500 / (0.2 s + 0.012 s x 499), by hand
    for flight, rate in ((4, 323.2), (16, 1293.0), (64, 5171.0))
]


def changed(column: str, factor: float) -> list[dict[str, Any]]:
    return [{**row, column: row[column] * factor} for row in RIGHT]


def test_that_points_in_the_right_units_agree(tmp_path: Path) -> None:
    assert read(tmp_path, *RIGHT).doubts == ()


@pytest.mark.parametrize(
    ("rows", "column", "says"),
    [
        (changed("ttft_ms", 1e-3), "ttft_ms", "0.2 looks like seconds"),
        (changed("tpot_ms", 1e-3), "tpot_ms", "write milliseconds: 12"),
        (changed("output_tokens_per_s", 1 / 8), "output_tokens_per_s", "per accelerator"),
        (changed("output_tokens_per_s", 3), "output_tokens_per_s", "input and output tokens"),
        (changed("output_tokens_per_s", 1 / 500), "output_tokens_per_s", "requests/s"),
        (changed("output_tokens_per_s", 1e-3), "output_tokens_per_s", "thousands of tokens/s"),
        (
            [{**row, "output_tokens_per_s": 80.8} for row in RIGHT],
            "output_tokens_per_s",
            "per request",
        ),
    ],
)
def test_that_a_column_in_another_unit_is_named(
    tmp_path: Path, rows: list[dict[str, Any]], column: str, says: str
) -> None:
    with pytest.raises(MeasurementError) as caught:
        read(tmp_path, *rows)
    (problem,) = caught.value.problems
    assert problem.column == column
    assert says in problem.reason


def test_that_what_would_be_right_is_told(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="make 323 output tokens/s of the whole system"):
        read(tmp_path, *changed("output_tokens_per_s", 1 / 8))


def test_that_one_odd_point_is_doubted_and_kept(tmp_path: Path) -> None:
    odd = {**RIGHT[0], "output_tokens_per_s": RIGHT[0]["output_tokens_per_s"] / 8}
    points = read(tmp_path, *RIGHT, odd)
    assert len(points) == 4
    (doubt,) = points.doubts
    assert doubt.line == 5
    assert "make 323 tokens/s, not 40" in doubt.sentence


def test_that_throughput_alone_is_never_doubted(tmp_path: Path) -> None:
    rows = [{"output_tokens_per_s": rate, "concurrency": 16} for rate in (1, 1e6)]
    assert read(tmp_path, *rows).doubts == ()


def test_that_doubts_go_with_their_points(tmp_path: Path) -> None:
    odd = {**RIGHT[0], "output_tokens_per_s": 40.0}
    points = read(tmp_path, *RIGHT, odd)
    assert points.only(points.output_tokens_per_s > 100).doubts == ()
    assert points.only(points.output_tokens_per_s < 100).doubts == points.doubts
