"""`reckoner serving import`: own benchmark points come into a plan, or nothing changes."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pricing.bill.setup import setup_of
from pricing.catalogue import load_catalogue
from pricing.plan.file import load_plan
from pricing.plan.option import SelfHosted
from pricing.resources import resource
from tests.cli.conftest import Run, process
from tests.serving.points import POINT, saved

OWN = {**POINT, "framework": "vLLM 0.11", "source_date": "2026-11-18"}


@pytest.fixture(autouse=True)
def a_wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that every row of a table and every sentence stands on one line."""
    monkeypatch.setenv("COLUMNS", "200")


def bench(folder: Path, *rows: Mapping[str, Any]) -> Path:
    """A file of own points, each with what it changes in a plain one."""
    return saved(folder, [{**OWN, **row} for row in rows or ({},)])


def numbers(line: str) -> list[float]:
    """The figures of a table's row."""
    return [float(text.replace(",", "")) for text in re.findall(r"[+-]?[\d,]+\.?\d*", line)]


def test_that_points_are_added_and_told_before_and_after(plan: Path, tmp_path: Path) -> None:
    file = bench(tmp_path, {"isl": 900}, {"isl": 1000})
    answer = process("serving", "import", plan, file)
    assert (answer.code, answer.err) == (0, "")
    kept = load_plan(plan).measurements
    assert [(point.input_tokens, point.source) for point in kept] == [
        (900, "points.csv"), (1000, "points.csv"),
    ]  # fmt: skip
    first = next(line for line in answer.out.splitlines() if line.startswith("1. Llama-3.1-70B"))
    measured, before, error, after, error_after = numbers(first)[-5:]
    assert measured == 2500
    assert error == pytest.approx(100 * (before / measured - 1), abs=0.1)
    assert error_after == pytest.approx(100 * (after / measured - 1), abs=0.1)
    assert abs(error_after) < abs(error)
    assert "2 points added, 2 in all" in answer.out


def test_that_another_file_is_written_when_told_to(run: Run, plan: Path, tmp_path: Path) -> None:
    before, out = plan.read_bytes(), tmp_path / "measured.reckon"
    assert run("serving", "import", plan, bench(tmp_path), "-o", out).code == 0
    assert plan.read_bytes() == before
    assert len(load_plan(out).measurements) == 1
    refused = run("serving", "import", plan, bench(tmp_path), "-o", out)
    assert refused.code == 1
    assert "exists already" in refused.err
    assert run("serving", "import", plan, bench(tmp_path), "-o", out, "--force").code == 0


def test_that_the_same_file_again_changes_nothing(run: Run, plan: Path, tmp_path: Path) -> None:
    run("serving", "import", plan, bench(tmp_path))
    before = plan.stat().st_mtime_ns
    answer = run("serving", "import", plan, bench(tmp_path))
    assert "0 points added, 1 in all. 1 row was there already." in answer.out
    assert plan.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"output_tokens_per_s": "2.5k"}, "line 3, output_tokens_per_s: '2.5k' must be written"),
        ({"gpu": "H100"}, "line 3, gpu: 'H100' is no accelerator of the catalogue"),
        ({"tp": 7}, "line 3, tp: 7 accelerators cannot share"),
        ({"framework": ""}, "line 3, framework: 1 of 2 rows name no serving software"),
        ({"weight_precision": "fp7"}, "line 3, weight_precision: 'fp7' is no known precision"),
    ],
)
def test_that_nothing_changes_when_anything_is_wrong(
    run: Run, plan: Path, tmp_path: Path, row: dict[str, Any], told: str
) -> None:
    before = plan.read_bytes()
    answer = run("serving", "import", plan, bench(tmp_path, {}, row))
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err
    assert plan.read_bytes() == before


def test_that_a_missing_column_or_file_is_told(run: Run, plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("model,gpu\nx,y\n", encoding="utf-8")
    answer = run("serving", "import", plan, path)
    assert answer.code == 1
    assert "short.csv, line 1, isl: the column is missing" in answer.err
    assert "No such file" in run("serving", "import", plan, tmp_path / "none.csv").err


def test_that_software_can_be_named_for_the_whole_file(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    file = bench(tmp_path, {"framework": ""})
    assert run("serving", "import", plan, file, "--framework", "sglang").code == 0
    assert load_plan(plan).measurements[0].framework == "sglang"
    wrong = run("serving", "import", plan, file, "--framework", "triton")
    assert wrong.code == 1
    assert "--framework triton: write one of vllm, sglang, tensorrt-llm, other." in wrong.err


def test_that_wild_and_contradicting_points_are_told(run: Run, plan: Path, tmp_path: Path) -> None:
    file = bench(
        tmp_path, {"isl": 900}, {}, {"isl": 1100, "output_tokens_per_s": 90_000},
        {"isl": 900, "output_tokens_per_s": 2000},
    )  # fmt: skip
    answer = run("serving", "import", plan, file)
    assert "3. Llama-3.1-70B fp8, 8 x H100-SXM" in answer.out
    assert "it does not count, because it is far from most" in answer.out
    assert "2,500 for the same configuration in line 2" in " ".join(answer.out.split())


def test_that_points_are_listed_and_removed_by_number(run: Run, plan: Path, tmp_path: Path) -> None:
    assert "no benchmark points of its own" in run("serving", "import", plan, "--list").out
    run("serving", "import", plan, bench(tmp_path, *({"isl": 900 + n} for n in range(5))))
    listed = run("serving", "import", plan, "--list")
    assert listed.out.count("points.csv") == 5
    assert listed.out.count("2026-11-18") == 5
    answer = run("serving", "import", plan, "--remove", "1,3-4")
    assert "3 points removed, 2 left." in answer.out
    assert [point.input_tokens for point in load_plan(plan).measurements] == [901, 904]
    assert run("serving", "import", plan, "--remove", "all").code == 0
    assert load_plan(plan).measurements == ()


@pytest.mark.parametrize("numbers", ["0", "2", "1-2", "x", "2-1", ""])
def test_that_numbers_of_no_point_are_refused(
    run: Run, plan: Path, tmp_path: Path, numbers: str
) -> None:
    run("serving", "import", plan, bench(tmp_path))
    answer = run("serving", "import", plan, "--remove", numbers)
    assert answer.code == 1
    assert "the plan has 1 points; write numbers of --list." in answer.err
    assert len(load_plan(plan).measurements) == 1


def test_that_one_thing_must_be_asked_for(run: Run, plan: Path, tmp_path: Path) -> None:
    assert run("serving", "import", plan).code == 2
    assert run("serving", "import", plan, bench(tmp_path), "--list").code == 2


def test_that_a_point_whose_model_is_gone_is_listed_with_the_reason(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    run("serving", "import", plan, bench(tmp_path))
    text = plan.read_text(encoding="utf-8").replace('"llama-3.1-70b"', '"our-model"')
    plan.write_text(text, encoding="utf-8")
    answer = run("serving", "import", plan, "--list")
    assert answer.code == 0
    assert "There is no model 'our-model'" in answer.out


def test_that_bill_and_workbook_name_the_file(run: Run, tmp_path: Path) -> None:
    plan, book = tmp_path / "coding.reckon", tmp_path / "bill.xlsx"
    shutil.copy(resource("samples", "coding_assistant.reckon"), plan)
    before = load_plan(plan)
    option = next(o for o in before.options if isinstance(o, SelfHosted) and o.serving)
    setup = setup_of(option, before, load_catalogue())
    row = {
        "model": setup.model.id, "gpu": setup.hardware.accelerator.id,
        "weight_precision": setup.serving.precision, "framework": setup.serving.framework,
        "tp": setup.hardware.accelerators, "concurrency": 64, "output_tokens_per_s": 1500,
    }  # fmt: skip
    assert run("serving", "import", plan, bench(tmp_path, row)).code == 0
    assert "1 of your own measurements of" in " ".join(run("evaluate", plan).out.split())
    assert run("export", plan, book).code == 0
    told = [
        str(cell.value)
        for line in load_workbook(book)["Sources"].iter_rows()
        for cell in line
        if "points.csv" in str(cell.value)
    ]
    assert any("anchored on 1 measurement of your own (points.csv)" in text for text in told)
