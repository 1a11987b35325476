"""Benchmark points of a buyer, from a file into a plan."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pricing.plan.measurement import OwnMeasurement
from pricing.serving.errors import ServingError
from pricing.serving.measurement_own import own_measurements
from tests.serving.points import read, shipped


def test_that_a_point_of_a_file_becomes_one_of_the_plan(tmp_path: Path) -> None:
    (own,) = own_measurements(
        read(
            tmp_path,
            {
                "gpu": "MI300X", "framework": "vLLM 0.10", "concurrency": 64, "ttft_ms": 300,
                "tpot_ms": 25, "source": "our lab", "source_date": "2026-10-01", "replicas": 2,
            },
        )
    )  # fmt: skip
    assert own == OwnMeasurement(
        model="llama-3.1-70b",
        accelerator="mi300x",
        framework="vllm",
        precision="fp8",
        tensor_parallel=8,
        replicas=2,
        input_tokens=1000,
        output_tokens=500,
        concurrency=64,
        output_tokens_per_second=2500,
        ttft_ms=300,
        tpot_ms=25,
        source="our lab",
        as_of=date(2026, 10, 1),
    )


def test_that_what_a_file_leaves_out_is_not_known_to_the_plan(tmp_path: Path) -> None:
    (own,) = own_measurements(read(tmp_path, {"source_date": "last week"}))
    assert (own.concurrency, own.ttft_ms, own.tpot_ms, own.as_of) == (None, None, None, None)
    assert own.source == "points.csv"
    assert own.framework == "other"


def test_that_sglang_on_rocm_stays_sglang(tmp_path: Path) -> None:
    (own,) = own_measurements(read(tmp_path, {"gpu": "MI355X", "framework": "SGLang 0.5"}))
    assert own.framework == "sglang"


def test_that_every_shipped_point_could_be_a_buyers() -> None:
    points = shipped()
    for start in range(0, len(points), 1000):
        wanted = np.arange(len(points)) // 1000 == start // 1000
        assert len(own_measurements(points.only(wanted))) == wanted.sum()


def test_that_more_points_than_a_plan_takes_are_refused() -> None:
    with pytest.raises(ServingError, match="3,937 points; a plan takes at most 1,000"):
        own_measurements(shipped())


def test_that_an_unknown_name_is_refused(tmp_path: Path) -> None:
    points = read(tmp_path, {"gpu": "H100"}, unknown="keep")
    with pytest.raises(ServingError, match="line 2: 'H100' is no accelerator"):
        own_measurements(points)
