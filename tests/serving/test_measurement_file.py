"""Files of benchmark points: what is read, and what is said of a file that is wrong."""

import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.serving.measured import table as measurement_table
from pricing.serving.measured.cells import REQUIRED, Problem
from pricing.serving.measured.measurement import MAXIMUM
from pricing.serving.measured.reading import MOST_PROBLEMS, read_measurements
from pricing.serving.measured.table import MeasurementError
from tests.serving.points import POINT, names, read, saved


def refused(folder: Path, *rows: dict[str, Any]) -> MeasurementError:
    with pytest.raises(MeasurementError) as caught:
        read(folder, *rows)
    return caught.value


def written(folder: Path, content: bytes) -> MeasurementError:
    path = folder / "points.csv"
    path.write_bytes(content)
    with pytest.raises(MeasurementError) as caught:
        read_measurements(path, names())
    return caught.value


def test_that_columns_that_are_left_out_mean_one_copy_driven_to_its_maximum(tmp_path: Path) -> None:
    (point,) = read(tmp_path, {})
    assert (point.model, point.accelerator, point.precision) == ("llama-3.1-70b", "h100-sxm", "fp8")
    assert (point.tensor, point.data, point.pipeline, point.replicas) == (8, 1, 1, 1)
    assert (point.kv_precision, point.concurrency, point.repeats) == ("fp16", MAXIMUM, 1)
    assert math.isnan(point.ttft_ms)
    assert math.isnan(point.tpot_ms)
    assert point.peers == {}


def test_that_a_point_keeps_all_that_its_row_states(tmp_path: Path) -> None:
    (point,) = read(
        tmp_path,
        {
            "weight_precision": "FP4", "kv_precision": "bf16", "dp": 2, "pp": 2, "replicas": 3,
            "concurrency": 64, "ttft_ms": 300, "tpot_ms": 12.6, "n_repeats": 5, "source": "lab",
            "framework": "SGLang 0.5", "peer_other": 2400, "remark": "passed over",
        },
    )  # fmt: skip
    assert (point.precision, point.kv_precision) == ("nvfp4", "fp16")
    assert point.accelerators == 8 * 2 * 2 * 3
    assert (point.concurrency, point.ttft_ms, point.tpot_ms) == (64, 300, 12.6)
    assert (point.repeats, point.source, point.stack) == (5, "lab", "sglang")
    assert point.peers == {"other": 2400}


def test_that_points_stand_in_columns_too(tmp_path: Path) -> None:
    points = read(tmp_path, {"peer_a": 2600}, {"peer_a": "", "tp": 4})
    np.testing.assert_array_equal(points.numbers("tensor"), [8, 4])
    np.testing.assert_array_equal(points.output_tokens_per_s, [2500, 2500])
    np.testing.assert_array_equal(points.peers["a"], [2600, np.nan])
    assert points.texts("model") == ("llama-3.1-70b",) * 2
    assert [point.tensor for point in points.only(np.array([False, True]))] == [4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_that_any_usual_delimiter_is_understood(tmp_path: Path, delimiter: str) -> None:
    path = saved(tmp_path, [POINT], delimiter)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"tp", b" TP ", 1))
    (point,) = read_measurements(path, names())
    assert point.tensor == 8


def test_that_missing_columns_are_named_with_those_that_may_be_meant(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("model,accelerator,precision,tp,isl,output_len,throughput\n", encoding="utf-8")
    with pytest.raises(MeasurementError) as caught:
        read_measurements(path, names())
    assert [problem.column for problem in caught.value.problems] == [
        "gpu", "weight_precision", "osl", "output_tokens_per_s",
    ]  # fmt: skip
    said = str(caught.value).splitlines()
    assert "'accelerator'" in said[0]
    assert "'precision'" in said[1]
    assert "'output_len'" in said[2]
    assert "'throughput'" in said[3]


def test_that_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    error = written(tmp_path, b"model,gpu,weight_precision,tp,isl,osl,output_tokens_per_s,TP\n")
    assert [problem.column for problem in error.problems] == ["tp"]


@pytest.mark.parametrize(
    ("column", "value", "right"),
    [
        ("output_tokens_per_s", "0", "above 0"),
        ("output_tokens_per_s", "-5", "above 0"),
        ("output_tokens_per_s", "nan", "write a number"),
        ("output_tokens_per_s", "inf", "write a number"),
        ("output_tokens_per_s", "", "needs one"),
        ("output_tokens_per_s", "2.5k", "2500"),
        ("output_tokens_per_s", "1,234.5", "1234.5"),
        ("output_tokens_per_s", "2500 tok/s", "without a unit"),
        ("output_tokens_per_s", "2_500", "is not a number"),
        ("isl", "0", "above 0"),
        ("isl", "0.5", "at least 1 token"),
        ("tp", "0", "whole number"),
        ("tp", "2.5", "whole number"),
        ("tp", "5000", "1,024"),
        ("tp", "3", "64 attention heads"),
        ("pp", "200", "at most 80"),
        ("concurrency", "0", "maximum throughput"),
        ("n_repeats", "0", "1 or more"),
        ("tpot_ms", "-1", "above 0"),
        ("weight_precision", "fp12", "bf16, fp16, fp8"),
        ("kv_precision", "fp12", "fp16 or fp8"),
        ("stack", "vllm_2052", "vllm_2025"),
        ("model", "Llama-3.1-71B", "llama-3.1-70b"),
        ("gpu", "H100", "h100-sxm"),
        ("peer_other", "none", "is not a number"),
    ],
)
def test_that_a_wrong_value_is_named_with_its_place_and_what_is_right(
    tmp_path: Path, column: str, value: str, right: str
) -> None:
    error = refused(tmp_path, {}, {column: value})
    (problem,) = error.problems
    assert (problem.line, problem.column) == (3, column)
    assert value in problem.reason
    assert right in problem.reason
    assert str(error).startswith(f"points.csv, line 3, {column}: ")


def test_that_all_problems_are_told_at_once_up_to_a_limit(tmp_path: Path) -> None:
    error = refused(tmp_path, *[{"isl": "x", "osl": -1}] * 15)
    assert len(error.problems) == MOST_PROBLEMS
    assert [problem.line for problem in error.problems[:4]] == [2, 2, 3, 3]
    assert str(error).endswith("and 10 more of the kind.")


def test_that_unknown_names_may_be_kept_with_their_reason(tmp_path: Path) -> None:
    points = read(tmp_path, {}, {"model": "Nobody-7B", "gpu": "H100"}, unknown="keep")
    known, unknown = points
    assert known.unknown == ""
    assert (unknown.model, unknown.accelerator) == ("", "")
    assert "'Nobody-7B' is no model" in unknown.unknown
    assert "'H100' is no accelerator" in unknown.unknown


def test_that_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    head = ",".join(REQUIRED).encode()
    error = written(tmp_path, head + b"\nLlama-3.1-70B,H100-SXM,fp8,8,1,000,500,2500\n")
    assert "8 cells where the heading has 7" in str(error)
    assert error.problems[0].line == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (",".join(REQUIRED).encode(), "no rows"),
        (b"PK\x03\x04\xff\xfe\x00", "UTF-8"),
        (",".join(REQUIRED).encode() + b'\n"open', "quotes"),
    ],
)
def test_that_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in str(written(tmp_path, content))


def test_that_a_table_longer_than_any_benchmark_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measurement_table, "MOST_ROWS", 3)
    assert len(read(tmp_path, *[{}] * 3)) == 3
    with pytest.raises(MeasurementError, match="over 3 rows; split it"):
        read(tmp_path, *[{}] * 4)


def test_that_a_long_value_is_cut_in_the_sentence(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, {"isl": "9" * 70_000 + "x"}).problems
    assert len(problem.reason) < 200


def test_that_text_is_no_number(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="convert"):
        read(tmp_path, {}).numbers("model")


def test_that_blank_lines_are_passed_over_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = saved(tmp_path, [POINT])
    head, row = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head}\n\n,,,,,,\n{row}\n", encoding="utf-8")
    (point,) = read_measurements(path, names())
    assert point.line == 4


number = st.floats(1, 1e6, allow_nan=False).map(lambda value: float(f"{value:.6g}"))
optional = st.one_of(st.just(""), number)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "model": st.sampled_from(["Llama-3.1-70B", "meta-llama/Llama-3.3-70B-Instruct"]),
            "gpu": st.sampled_from(["H100-SXM", "MI300X", "A100-80"]),
            "weight_precision": st.sampled_from(["fp8", "bf16", "int4", "mxfp4"]),
            "tp": st.sampled_from([1, 2, 4, 8]),
            "dp": st.sampled_from(["", 1]),
            "isl": number,
            "osl": number,
            "concurrency": optional,
            "output_tokens_per_s": number,
            "n_repeats": st.integers(1, 1000),
            "source": st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20),
            "peer_x": optional,
        }
    ),
    min_size=1,
    max_size=20,
)


@given(rows)
def test_that_what_was_written_is_what_is_read(made: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        points = read(Path(folder), *made)
    assert len(points) == len(made)
    for point, row in zip(points, made, strict=True):
        assert point.model_name == row["model"]
        assert point.accelerator_name == row["gpu"]
        assert point.precision == row["weight_precision"]
        assert (point.tensor, point.repeats) == (row["tp"], row["n_repeats"])
        assert (point.input_tokens, point.output_tokens) == (row["isl"], row["osl"])
        assert point.output_tokens_per_s == row["output_tokens_per_s"]
        assert point.concurrency == (row["concurrency"] or MAXIMUM)
        assert point.source == row["source"].strip()
        assert point.peers == ({"x": row["peer_x"]} if row["peer_x"] != "" else {})


@given(st.binary(max_size=400))
def test_that_any_bytes_are_points_or_a_sentence(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "points.csv"
        path.write_bytes(content)
        with pytest.raises(MeasurementError) as caught:
            read_measurements(path, names())
    assert "points.csv, line" in str(caught.value)


cell = st.one_of(
    st.sampled_from(["", "nan", "1e999", "-0", "8", "fp8", "H100-SXM", "Llama-3.1-70B", "1e400"]),
    st.text(max_size=12),
    st.floats().map(str),
)


@given(st.lists(st.lists(cell, min_size=7, max_size=7), max_size=6))
def test_that_any_cells_are_points_or_a_sentence(table: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filled = [dict(zip(REQUIRED, row, strict=True)) for row in table]
        path = saved(Path(folder), [*filled, dict(POINT)])
        problems: tuple[Problem, ...] = ()
        try:
            points = read_measurements(path, names(), unknown="keep")
        except MeasurementError as error:
            problems = error.problems
    assert problems or len(points) >= 1
    assert all(problem.line >= 1 and problem.reason for problem in problems)


def test_that_a_column_that_looks_like_a_slip_is_told_and_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, {"ttft_s": "0.3", "remarks": "quiet night"})
    (doubt,) = found.doubts
    assert doubt.line == 1
    assert "'ttft_s' is not used; rename it to ttft_ms" in doubt.sentence
