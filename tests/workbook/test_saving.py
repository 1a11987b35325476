"""A workbook appears whole or not at all, and a refusal says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pricing.ledger import total
from pricing.workbook import WorkbookError, saving
from tests.workbook.ledgers import rent_or_own


def test_that_a_workbook_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "bill.xlsx"
    rent_or_own(months=2).write(path)
    rent_or_own(months=3).write(path)
    assert load_workbook(path)["Timing"].cell(4, 8).value is not None
    assert [file.name for file in tmp_path.iterdir()] == ["bill.xlsx"]


def test_that_two_exports_of_the_same_ledger_are_the_same_file(tmp_path: Path) -> None:
    rent_or_own(months=2).write(tmp_path / "one.xlsx")
    rent_or_own(months=2).write(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "bill.xlsx"
    with pytest.raises(WorkbookError, match=r"folder .*nowhere does not exist; create it"):
        rent_or_own(months=1).write(path)


def test_that_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"is a folder; give the name of a file"):
        rent_or_own(months=1).write(tmp_path)


def test_that_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "bill.xlsx"
    example = rent_or_own(months=2)
    example.write(path)
    before = path.read_bytes()
    section = example.ledger.sections[-1]
    line = section.lines[0]
    section.line("Too long", total([line + line for _ in range(3000)]), line.unit)
    with pytest.raises(WorkbookError, match="Too long"):
        example.write(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["bill.xlsx"]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (PermissionError(13, "Permission denied"), "close it where it is open"),
        (OSError(28, "No space left on device"), "No space left on device.*choose another place"),
    ],
)
def test_that_a_place_that_refuses_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, sentence: str
) -> None:
    path = tmp_path / "bill.xlsx"
    path.write_bytes(b"what stood here before")

    def refuse(_self: Path, _target: Path) -> Path:
        raise fault

    monkeypatch.setattr(saving.Path, "replace", refuse)
    with pytest.raises(WorkbookError, match=sentence):
        rent_or_own(months=1).write(path)
    assert path.read_bytes() == b"what stood here before"
    assert len(list(tmp_path.iterdir())) == 1


def test_that_a_device_that_is_no_place_for_files_is_refused() -> None:
    with pytest.raises(WorkbookError, match="cannot be written"):
        rent_or_own(months=1).write(Path("/proc/bill.xlsx"))


def test_that_importing_the_room_loads_no_spreadsheet_library() -> None:
    program = (
        "import sys, pricing.workbook, pricing.workbook.read; "
        "sys.exit(' '.join({'xlsxwriter', 'openpyxl'} & set(sys.modules)) or 0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
