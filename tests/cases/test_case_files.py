"""Cases are files that people can read and open."""

import json
import shutil
from pathlib import Path

import pytest

from pricing.cases import CaseError, all_cases, load_case, run_case
from pricing.cases.load import find_case
from pricing.cases.run import plan_of
from pricing.plan.file import load_plan, plan_text
from pricing.resources import resource

FOLDERS = sorted(path.parent for path in resource("cases").glob("*/case.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_that_a_folder_has_the_name_of_its_case_and_only_files_it_uses(folder: Path) -> None:
    case = load_case(folder)
    assert case.id == folder.name
    assert {path.name for path in folder.iterdir()} == {"case.json", *case.plans, *case.tables}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_that_plans_are_stored_as_the_application_writes_them(folder: Path) -> None:
    for path in folder.glob("*.reckon"):
        assert path.read_text(encoding="utf-8") == plan_text(load_plan(path))


def test_that_a_plan_made_from_a_row_keeps_the_source_of_its_figures() -> None:
    case = find_case("petrenko2026")
    pairs = [(one, row) for one in case.file.scenarios if one.each for row in case.tables[one.each]]
    assert len(pairs) > 1
    for scenario, row in pairs:
        assert "Petrenko" in plan_of(case, scenario, row).options[1].price.source


def test_that_a_case_is_found_in_any_case_of_letters() -> None:
    assert find_case("e2").id == "E2"


def test_that_an_unknown_case_is_answered_with_close_ones() -> None:
    with pytest.raises(CaseError, match="petrenko2026"):
        find_case("petrenko")
    with pytest.raises(CaseError, match="known: A10, A12, A13, A4"):
        find_case("?")


def test_that_a_spoilt_case_is_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "E2"
    shutil.copytree(resource("cases", "E2"), folder)
    document = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    document["scenarios"][0]["figures"][0]["tolerance"] = {"because": "no width"}
    (folder / "case.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(CaseError, match="case in E2"):
        load_case(folder)


def test_that_a_word_and_a_number_are_never_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "peakinfer"
    shutil.copytree(resource("cases", "peakinfer"), folder)
    text = (folder / "case.json").read_text(encoding="utf-8")
    (folder / "case.json").write_text(
        text.replace('"published": 1.5', '"published": "never"').replace(
            '"value": 0.882', '"value": "already"'
        ),
        encoding="utf-8",
    )
    (row,) = run_case(load_case(folder)).rows
    assert (row.verdict, row.difference) == ("not reproduced", None)


def test_that_every_case_is_read_once() -> None:
    assert all_cases() is all_cases()
