from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pricing.workbook import WorkbookError
from pricing.workbook.read import read_back
from tests.workbook.ledgers import rent_or_own


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bill.xlsx"
    rent_or_own(months=4).write(path)
    return path


def test_that_inputs_and_stored_results_come_back_by_their_keys(path: Path) -> None:
    ledger = rent_or_own(months=4).ledger
    values, contents = ledger.evaluate(), read_back(path)
    assert contents.inputs == {entry.key: entry.value for entry in ledger.inputs}
    assert set(contents.months) == {line.key for line in ledger.lines if line.timed}
    cash = ledger.line("own.cash")
    assert contents.months["own.cash"] == tuple(values.monthly(cash).tolist())
    assert contents.constants["own.cash"] == pytest.approx(values.monthly(cash).sum())
    assert contents.constants["own.tco"] == values.number(ledger.line("own.tco"))
    assert "own.so_far" not in contents.constants


def test_that_sheets_may_be_moved_and_renamed(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    book.move_sheet("Demand", 3)
    book["Demand"].title = "Nachfrage"
    book.save(tmp_path / "moved.xlsx")
    assert read_back(tmp_path / "moved.xlsx").inputs == read_back(path).inputs


def test_that_an_input_that_is_no_number_is_named(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    for row in book["Inputs"].iter_rows():
        if row[0].value == "own.delivery_time":
            row[3].value = "two months"
    book.save(tmp_path / "words.xlsx")
    with pytest.raises(WorkbookError, match=r"own\.delivery_time holds 'two months'"):
        read_back(tmp_path / "words.xlsx")


def test_that_a_missing_file_a_text_and_a_foreign_workbook_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="cannot be read"):
        read_back(tmp_path / "missing.xlsx")
    (tmp_path / "text.xlsx").write_text("not a workbook", encoding="utf-8")
    with pytest.raises(WorkbookError, match="no Excel workbook"):
        read_back(tmp_path / "text.xlsx")
    Workbook().save(tmp_path / "foreign.xlsx")
    with pytest.raises(WorkbookError, match="no sheet 'Inputs'"):
        read_back(tmp_path / "foreign.xlsx")
