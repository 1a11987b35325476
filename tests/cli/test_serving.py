"""`reckoner serving score`: predictions held against a file of benchmark points."""

import csv
import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.resources import resource
from pricing.serving.measured.predicted import predict_measurements
from pricing.serving.measured.reading import read_measurements
from tests.cli.conftest import Run
from tests.serving.points import POINT, names, saved

SHIPPED = resource("serving", "measurements.csv")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fortieth of the shipped points, and two that cannot be predicted."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[::40]
    impossible = [
        rows[0] | {"model": "Nobody-7B"},
        rows[0] | {"model": "Llama-3.1-405B", "gpu": "L40S", "tp": "1"},
    ]
    return saved(tmp_path_factory.mktemp("few"), [*rows, *impossible])


def scored(run: Run, path: Path, *options: str) -> Any:
    answer = run("serving", "score", path, "--json", *options)
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def test_that_figures_are_those_of_the_predictions(run: Run, few: Path) -> None:
    points = read_measurements(few, names(), unknown="keep")
    predictions = predict_measurements(points, load_catalogue())
    pairs = [
        (truth, guess)
        for truth, guess in zip(points.output_tokens_per_s, predictions.throughput, strict=True)
        if guess == guess  # noqa: PLR0124
    ]
    errors = [abs(guess - truth) / truth for truth, guess in pairs]
    told = scored(run, few)["throughput"]
    assert told["n"] == len(pairs)
    assert told["mape"] == pytest.approx(statistics.fmean(errors))
    assert told["median"] == pytest.approx(statistics.median(errors))
    assert told["within_25"] == pytest.approx(sum(error <= 0.25 for error in errors) / len(errors))
    ratios = statistics.geometric_mean([guess / truth for truth, guess in pairs])
    assert told["bias"] == pytest.approx(ratios - 1)


def test_that_points_without_a_prediction_are_counted_and_named(run: Run, few: Path) -> None:
    told = scored(run, few)
    unpredicted = told["unpredicted"]
    last = told["points"] + 1
    assert told["throughput"]["n"] + sum(item["points"] for item in unpredicted) == told["points"]
    assert {line for item in unpredicted for line in item["lines"]} >= {last - 1, last}
    assert any("'Nobody-7B' is no model" in item["reason"] for item in unpredicted)


def test_that_slices_and_peers_are_told_on_the_same_points(run: Run, few: Path) -> None:
    told = scored(run, few)
    for by in ("source", "family", "framework", "experts", "evidence"):
        of_slice = [item["n"] for item in told["slices"] if item["by"] == by]
        assert sum(of_slice) == told["throughput"]["n"]
    assert {item["name"] for item in told["peers"]} == {
        "roofline", "llm_analysis", "aiconfigurator",
    }  # fmt: skip
    assert all(item["ours"]["n"] == item["theirs"]["n"] > 0 for item in told["peers"])


def test_that_points_the_calibration_has_seen_are_told(run: Run, few: Path) -> None:
    assert scored(run, few)["seen_in_calibration"] == scored(run, few)["points"] - 2
    assert "used to calibrate Reckoner" in run("serving", "score", few).out


def test_that_tables_show_what_json_has(run: Run, few: Path) -> None:
    answer = run("serving", "score", few, "--by", "model", "--by", "load")
    assert answer.code == 0
    for text in ("By model", "By load", "llama-3.1-70b", "maximum throughput", "aiconfigurator"):
        assert text in answer.out
    assert "By source" not in answer.out
    told = scored(run, few)["throughput"]
    assert f"{told['median'] * 100:.1f} %" in answer.out
    assert f"{told['within_25'] * 100:.0f} %" in answer.out


def test_that_a_file_with_nothing_to_predict_gives_1_and_says_why(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, [POINT | {"model": "Nobody-7B"}])
    answer = run("serving", "score", path)
    assert answer.code == 1
    assert "'Nobody-7B' is no model of the catalogue" in answer.out
    answer = run("serving", "score", path, "--json")
    assert answer.code == 1
    assert json.loads(answer.out)["throughput"]["mape"] is None


def test_that_throughput_of_one_accelerator_is_suspected(
    run: Run, few: Path, tmp_path: Path
) -> None:
    with few.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["tp"]) > 1][:-2]
    each = [
        row
        | {
            "output_tokens_per_s": float(row["output_tokens_per_s"]) / int(row["tp"]),
            "tpot_ms": "",
            "ttft_ms": "",
        }
        for row in rows
        if "MI300X" not in row["gpu"]
    ]
    assert scored(run, saved(tmp_path, each))["looks_per_accelerator"]
    assert "that of one accelerator" in run("serving", "score", saved(tmp_path, each)).out
    assert not scored(run, few)["looks_per_accelerator"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "it is empty"),
        ("model,gpu,tp\nx,y,1\n", "line 1, isl: the column is missing"),
        (
            "model,gpu,weight_precision,tp,isl,osl,output_tokens_per_s\n"
            "Llama-3.1-70B,H100-SXM,fp8,8,1000,500,2.5k\n",
            "line 2, output_tokens_per_s: '2.5k' must be written out: 2500",
        ),
    ],
)
def test_that_a_wrong_file_gives_1_and_a_sentence(
    run: Run, tmp_path: Path, content: str, says: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    answer = run("serving", "score", path)
    assert (answer.code, answer.out) == (1, "")
    assert says in answer.err
    assert answer.err.startswith("reckoner: bad.csv, line ")


def test_that_a_file_that_is_not_there_and_a_wrong_word_give_1(run: Run, tmp_path: Path) -> None:
    answer = run("serving", "score", tmp_path / "none.csv")
    assert answer.code == 1
    assert "none.csv" in answer.err
    assert "Traceback" not in answer.err
    answer = run("serving", "score", SHIPPED, "--by", "colour")
    assert answer.code == 1
    assert "write one of source, family" in answer.err


def test_that_no_part_is_a_usage_error(run: Run) -> None:
    assert run("serving").code == 2
