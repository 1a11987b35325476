"""`reckoner new`, `export`, `schema`, `catalogue` and `cases`."""

import json
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pricing.cases import all_cases
from pricing.catalogue.installed import naming_its_catalogue
from pricing.cli.starting import sample_files
from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from pricing.workload import templates
from tests.cli.conftest import Run, process


@pytest.mark.parametrize("name", [item.id for item in templates()])
def test_that_every_template_gives_a_plan_with_a_bill(run: Run, tmp_path: Path, name: str) -> None:
    out = tmp_path / "new.reckon"
    answer = run("new", "--from", name, "--requests", "20,000", "-o", out)
    assert answer.code == 0, answer.err
    plan = load_plan(out)
    assert plan.workload[0].requests.value == 20000
    assert evaluate(plan).bills[0].tco.value > 0


def test_that_every_sample_is_a_plan_to_start_from(run: Run, tmp_path: Path) -> None:
    for name, path in sample_files().items():
        out = tmp_path / f"{name}.reckon"
        assert run("new", "--from", name, "-o", out).code == 0
        assert load_plan(out) == naming_its_catalogue(load_plan(path))
        assert run("evaluate", out, "--no-volume").code == 0


def test_that_new_writes_plan_reckon_here_and_only_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new").code == 0
    content = Path("plan.reckon").read_bytes()
    answer = run("new", "--from", "chat", "--requests", "5")
    assert (answer.code, answer.out) == (1, "")
    assert Path("plan.reckon").read_bytes() == content
    assert run("new", "--from", "chat", "--requests", "5", "--force").code == 0
    assert Path("plan.reckon").read_bytes() != content


def test_that_samples_and_templates_are_listed(run: Run) -> None:
    out = run("new", "--list").out
    for name in (*sample_files(), *(item.id for item in templates())):
        assert f"  {name}:" in out


def test_that_a_template_asks_for_its_number_of_requests(run: Run, tmp_path: Path) -> None:
    answer = run("new", "--from", "chat", "-o", tmp_path / "p.reckon")
    assert answer.code == 1
    assert "--requests" in answer.err
    assert run("new", "--from", "chat", "--requests", "nan").code == 2


def test_that_an_unknown_start_names_those_there_are(run: Run, tmp_path: Path) -> None:
    answer = run("new", "--from", "chatt", "-o", tmp_path / "p.reckon")
    assert answer.code == 1
    assert "templates: chat, retrieval" in answer.err


def test_that_the_workbook_holds_the_bill(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "账单.xlsx"
    answer = process("export", plan, out)
    assert (answer.code, answer.err) == (0, "")
    assert "5 options" in answer.out
    numbers = {
        cell.value
        for sheet in load_workbook(out, data_only=True)
        for row in sheet
        for cell in row
        if isinstance(cell.value, float | int)
    }
    for bill in evaluate(load_plan(plan)).bills:
        assert any(number == pytest.approx(bill.tco.value, rel=1e-12) for number in numbers)


def test_that_a_workbook_that_cannot_be_written_is_told(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    for place in (folder, plan / "x.xlsx", Path("/proc/none/x.xlsx"), tmp_path / "bill.csv"):
        answer = run("export", plan, place)
        assert (answer.code, answer.out) == (1, ""), place
        assert answer.err.startswith("reckoner: ")
    assert list(folder.iterdir()) == []


def test_that_the_schema_is_printed_or_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "schema.json"
    printed = run("schema")
    assert printed.code == 0
    assert {"name", "start", "workload", "options"} <= set(json.loads(printed.out)["properties"])
    assert run("schema", "-o", out).code == 0
    assert out.read_text(encoding="utf-8") == printed.out
    answer = run("schema", "-o", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "cannot be written" in answer.err


def test_that_an_entry_is_shown_with_prices_and_source(run: Run) -> None:
    out = run("catalogue", "show", "openai/gpt-5-mini").out
    assert "input 0.25, output 2" in out
    assert "Source: genai-prices" in out


def test_that_the_catalogue_is_searched_by_words(run: Run) -> None:
    answer = run("catalogue", "show", "h100", "aws")
    assert answer.code == 0
    found = [line for line in answer.out.splitlines() if line.startswith("  ")]
    assert found
    assert all("h100" in line.lower() and "aws" in line.lower() for line in found)


def test_that_what_is_not_in_the_catalogue_is_answered_with_close_ids(run: Run) -> None:
    answer = run("catalogue", "show", "openai/gtp-5-mini")
    assert (answer.code, answer.out) == (1, "")
    assert "'openai/gpt-5-mini'" in answer.err


def test_that_the_catalogue_shows_its_date_and_checks_itself(run: Run) -> None:
    assert "token model" in run("catalogue", "show").out
    answer = run("catalogue", "check")
    assert "errors" in answer.out.splitlines()[-1]
    assert answer.code == (0 if " 0 errors" in f" {answer.out.splitlines()[-1]}" else 1)
    assert len(run("catalogue", "check", "--all").out) > len(answer.out)


def test_that_cases_are_listed_and_shown(run: Run) -> None:
    cases = all_cases()
    answer = run("cases")
    for case in cases:
        assert case.id in answer.out
    shown = run("cases", cases[0].id)
    assert shown.code in {0, 1}
    assert cases[0].title in shown.out
    unknown = run("cases", "no-such-case")
    assert (unknown.code, unknown.out) == (1, "")


def test_that_the_bill_of_every_kind_runs_from_the_module_too(plan: Path) -> None:
    assert Path(sys.executable).with_name("reckoner").exists()
    assert process("evaluate", plan, "--no-volume").code == 0
