"""A buyer's own benchmark points, from a file into a plan."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.plan import Plan
from pricing.serving.measured.names import Names
from pricing.serving.measured.own import OwnFile, names_of, read_own, with_points, without_points
from pricing.serving.measured.table import MeasurementError
from tests.bill.predicted import CHIP, MODEL
from tests.serving.points import POINT, names, saved


def read(folder: Path, *rows: Mapping[str, Any], **options: Any) -> OwnFile:
    """Own points of rows, each with what it changes in a plain one of vLLM."""
    filled = [{**POINT, "framework": "vLLM 0.11", **row} for row in rows]
    columns = list(dict.fromkeys(name for row in filled for name in row))
    whole = [{name: row.get(name, "") for name in columns} for row in filled]
    return read_own(saved(folder, whole), names(), **options)


def plan(**changes: Any) -> Plan:
    """A plan of one class and one option."""
    return Plan.model_validate(
        {
            "name": "Own points",
            "start": "2027-01",
            "workload": [
                {
                    "id": "chat", "name": "Chat", "requests": 1000, "input_tokens": 1000,
                    "output_tokens": 300, "profile": {"kind": "peak-to-average", "ratio": 2},
                }
            ],
            "options": [
                {"kind": "closed_api", "id": "api", "name": "API",
                 "prices": {"input": 1, "output": 2}}
            ],
            **changes,
        }
    )  # fmt: skip


def test_that_every_column_of_a_file_reaches_the_plan(tmp_path: Path) -> None:
    row = {
        "kv_precision": "fp8", "dp": 1, "pp": 2, "replicas": 2, "concurrency": 64,
        "ttft_ms": 800, "tpot_ms": 12.5, "source_date": "2026-11-20", "source": "night run",
    }  # fmt: skip
    (point,) = read(tmp_path, row).points
    assert point == OwnMeasurement(
        model="llama-3.1-70b", accelerator="h100-sxm", framework="vllm", precision="fp8",
        kv_precision="fp8", tensor_parallel=8, pipeline_parallel=2, replicas=2, input_tokens=1000,
        output_tokens=500, concurrency=64, output_tokens_per_second=2500, ttft_ms=800,
        tpot_ms=12.5, source="points.csv", as_of=date(2026, 11, 20),
    )  # fmt: skip


def test_that_what_a_file_leaves_out_stays_open(tmp_path: Path) -> None:
    (point,) = read(tmp_path, {"source_date": "August 2026"}).points
    assert (point.concurrency, point.ttft_ms, point.tpot_ms, point.as_of) == (None,) * 4


@pytest.mark.parametrize(
    ("row", "framework"),
    [
        ({"framework": "SGLang 0.5.2"}, "sglang"),
        ({"framework": "TensorRT-LLM 1.1"}, "tensorrt-llm"),
        ({"framework": "NIM 1.8"}, "tensorrt-llm"),
        ({"framework": "vLLM 0.10 ROCm 6.4", "gpu": "MI300X"}, "vllm"),
        ({"framework": "SGLang 0.5 ROCm 6.4", "gpu": "MI300X"}, "sglang"),
        ({"framework": "LMDeploy 0.9"}, "other"),
        ({"framework": "", "stack": "trt_1x"}, "tensorrt-llm"),
    ],
)
def test_that_software_is_named_in_the_plans_words(
    tmp_path: Path, row: dict[str, str], framework: str
) -> None:
    (point,) = read(tmp_path, row).points
    assert point.framework == framework


def test_that_rows_without_software_are_refused_unless_the_file_is_told_of_one(
    tmp_path: Path,
) -> None:
    with pytest.raises(MeasurementError, match="line 2, framework: 1 of 1 rows name no"):
        read(tmp_path, {"framework": ""})
    (point,) = read(tmp_path, {"framework": ""}, framework="sglang").points
    assert point.framework == "sglang"
    (named,) = read(tmp_path, {"framework": "vLLM"}, framework="sglang").points
    assert named.framework == "vllm"


def test_that_an_older_version_is_remarked(tmp_path: Path) -> None:
    (remark,) = read(tmp_path, {"framework": "vLLM 0.5.4"}, {"framework": "vLLM 0.11"}).remarks
    assert "line 2: vLLM 0.5.4 is not the version" in remark


def test_that_the_same_point_twice_is_one(tmp_path: Path) -> None:
    found = read(tmp_path, {}, {}, {"output_tokens_per_s": 2600})
    assert (len(found.points), found.repeats, found.remarks) == (2, 1, ())


def test_that_a_file_read_again_adds_nothing(tmp_path: Path) -> None:
    first = read(tmp_path, {}, {"concurrency": 8, "output_tokens_per_s": 300})
    again = read(tmp_path, {}, {"concurrency": 8, "output_tokens_per_s": 300}, known=first.points)
    assert (again.points, again.repeats) == ((), 2)


def test_that_contradicting_runs_are_kept_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, {}, {"output_tokens_per_s": 3000})
    assert len(found.points) == 2
    (remark,) = found.remarks
    assert "line 3: 3,000 tokens/s, and 2,500 for the same configuration in line 2" in remark
    later = read(tmp_path, {"output_tokens_per_s": 3000}, known=found.points[:1])
    assert "in the plan (points.csv)" in later.remarks[0]


def test_that_points_which_contradict_themselves_are_told(tmp_path: Path) -> None:
    (remark,) = read(tmp_path, {"concurrency": 16, "tpot_ms": 200}).remarks
    assert "make 80 tokens/s, not 2,500" in remark


def test_that_a_value_no_plan_takes_is_refused_by_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(
        MeasurementError, match=r"line 3, osl: '1000000000\.0'.*at most 100,000,000"
    ):
        read(tmp_path, {}, {"osl": 1e9})


def test_that_more_points_than_a_plan_takes_are_refused(tmp_path: Path) -> None:
    rows = [{"isl": 100 + number} for number in range(1001)]
    with pytest.raises(MeasurementError, match="1,001 points and the 0 of the plan"):
        read(tmp_path, *rows)
    some = read(tmp_path, *rows[:600]).points
    with pytest.raises(MeasurementError, match="401 points and the 600 of the plan"):
        read(tmp_path, *rows[600:], known=some)


def test_that_the_plans_own_models_and_accelerators_can_be_measured(tmp_path: Path) -> None:
    own = plan(
        models=[{**MODEL, "id": "ours", "name": "Ours 8B"}],
        accelerators=[{**CHIP, "id": "card", "name": "Our card"}],
    )
    row = {**POINT, "model": "Ours-8B", "gpu": "our card", "tp": 1, "framework": "vllm"}
    found = read_own(saved(tmp_path, [row]), names_of(own, load_catalogue()))
    assert (found.points[0].model, found.points[0].accelerator) == ("ours", "card")


def test_that_points_come_into_a_plan_and_out_of_it(tmp_path: Path) -> None:
    points = read(tmp_path, {}, {"concurrency": 4}, {"concurrency": 8}).points
    filled = with_points(plan(), points)
    assert filled.measurements == points
    assert without_points(filled, [1]).measurements == (points[0], points[2])
    assert without_points(filled, range(3)) == plan()


def test_that_names_are_those_of_the_catalogue_without_a_plans() -> None:
    assert set(names_of(plan(), load_catalogue()).models) == set(names().models)
    assert isinstance(names_of(plan(), load_catalogue()), Names)
