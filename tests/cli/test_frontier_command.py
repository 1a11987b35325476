"""`reckoner frontier`: points that never get cheaper towards stricter levels, and their plans."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest

from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from pricing.plan.hybrid import Question
from tests.cli.conftest import Run, saved
from tests.cli.hybrids import hybrid_of, mixed
from tests.cli.json_keys import described, paths


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """The plan that is decided on."""
    return saved(tmp_path, mixed())


def test_that_costs_rise_with_quality_and_each_plan_written_is_its_point(
    run: Run, asked: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "points"
    answer = run("frontier", asked, "--points", "3", "--gap", "0.01", "--json", "-o", folder)
    printed = json.loads(answer.out)
    points = printed["points"]
    assert len(points) == 3
    for before, after in pairwise(points):
        assert before["npv"] <= after["npv"]
        assert before["bound"] <= after["bound"]
        assert before["level"] < after["level"]
    for point in points:
        assert point["bound"] <= point["npv"]
        assert point["reached"] >= point["level"] - 1e-5
        assert sum(point["work"].values()) == pytest.approx(1)
        path = Path(point["plan"])
        evaluation = evaluate(load_plan(path))
        lines = next(one for one in evaluation.bill.options if one.hybrid is not None)
        assert evaluation.values.number(lines.npv) == pytest.approx(point["npv"], rel=1e-9)
        assert lines.hybrid is not None
        assert lines.hybrid.quality is not None
        reached = evaluation.values.number(lines.hybrid.quality)
        assert reached == pytest.approx(point["reached"], rel=1e-9)
        decision = hybrid_of(path).decision
        assert decision is not None
        assert decision.question == Question(axis="quality", level=point["level"])
        assert decision.bound == pytest.approx(point["bound"], rel=1e-6)
        shown = " ".join(run("evaluate", path).out.split())
        assert "is the cheapest decision found with a mean score of at least " in shown
    assert printed["unreached"] == []
    assert printed["end"]["level"] == points[-1]["level"]


def test_that_the_csv_has_the_figures_of_the_json(run: Run, asked: Path) -> None:
    common = ("frontier", asked, "--points", "3", "--gap", "0.01")
    points = json.loads(run(*common, "--json").out)["points"]
    rows = list(csv.DictReader(io.StringIO(run(*common, "--csv").out)))
    assert [float(row["npv"]) for row in rows] == [point["npv"] for point in points]
    assert [float(row["level"]) for row in rows] == [point["level"] for point in points]


def test_that_purchases_that_cannot_be_avoided_are_told_with_the_rule_in_the_way(
    run: Run, asked: Path
) -> None:
    """Confidential work needs one server of 280,000."""
    common = ("frontier", asked, "--axis", "capex", "--points", "3", "--gap", "0.01")
    printed = json.loads(run(*common, "--json").out)
    assert [point["reached"] for point in printed["points"]] == [pytest.approx(280_000)]
    assert printed["end"]["level"] == pytest.approx(280_000)
    assert printed["end"]["rules"] == ["workload.contracts.sensitivity"]
    assert not printed["end"]["natural"]
    flat = " ".join(run(*common).out.split())
    assert "With purchases below USD 280 k a year the work cannot be served: keeping " in flat
    assert printed["sentences"][0] in flat


def test_that_every_key_of_the_json_is_described(run: Run, asked: Path) -> None:
    out = run("frontier", asked, "--points", "2", "--gap", "0.05", "--json").out
    assert paths(json.loads(out)) == described("frontier_json.md")


def test_that_unknown_quality_is_named_instead_of_a_frontier(run: Run, tmp_path: Path) -> None:
    blind = saved(tmp_path, mixed(qualities=[]), "blind.reckon")
    answer = run("frontier", blind, "--points", "2", "--gap", "0.05")
    assert (answer.code, answer.out) == (1, "")
    assert "no score is entered for" in answer.err
    assert "Own servers" in answer.err


@pytest.mark.parametrize("points", ["1", "51"])
def test_that_a_number_of_points_that_cannot_be_is_refused(
    run: Run, asked: Path, points: str
) -> None:
    answer = run("frontier", asked, "--points", points)
    assert answer.code == 1
    assert f"--points {points}" in answer.err


def test_that_plans_of_points_are_never_replaced_unasked(
    run: Run, asked: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "points"
    folder.mkdir()
    (folder / "quality-2.reckon").write_text("mine", encoding="utf-8")
    answer = run("frontier", asked, "--points", "2", "--gap", "0.05", "-o", folder)
    assert answer.code == 1
    assert "quality-2.reckon exists already" in answer.err
    assert [path.name for path in folder.iterdir()] == ["quality-2.reckon"]
