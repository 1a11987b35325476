from pathlib import Path

import pytest
from openpyxl import load_workbook

from pricing.workbook import export_workbook
from tests.workbook.ledgers import rent_or_own
from tests.workbook.lint import faults
from tests.workbook.plans import customer_service


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "plan.xlsx"
    export_workbook(customer_service(), path)
    return path


def test_that_an_exported_plan_breaks_no_rule_of_good_spreadsheets(exported: Path) -> None:
    assert faults(exported) == []


def test_that_a_hand_made_ledger_breaks_no_rule_of_good_spreadsheets(tmp_path: Path) -> None:
    rent_or_own(months=1).write(tmp_path / "one.xlsx")
    rent_or_own(months=84).write(tmp_path / "many.xlsx")
    assert faults(tmp_path / "one.xlsx") == []
    assert faults(tmp_path / "many.xlsx") == []


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        ("=F7*2", "the number 2"),
        ("=NOW()", "the function NOW("),
        ("=OFFSET(F7,0,1)", "the function OFFSET("),
        ("=[other.xlsx]Sheet1!A1", "the outside reference"),
        ("=#REF!", "the error"),
        ("=Z99", "empty cell"),
        ('=F7&"x"', "the text"),
        ("=F6", "formulas"),
    ],
)
def test_that_a_planted_fault_is_found(
    exported: Path, tmp_path: Path, formula: str, fault: str
) -> None:
    book = load_workbook(exported)
    book["Demand"]["H9"] = formula
    book.save(tmp_path / "planted.xlsx")
    assert any(fault in found for found in faults(tmp_path / "planted.xlsx"))


def test_that_the_same_column_is_the_same_month_on_every_sheet(exported: Path) -> None:
    book = load_workbook(exported, data_only=True)
    headers = [
        [sheet.cell(4, column).value for column in range(6, 42)]
        for sheet in book
        if sheet["A4"].value == "Key" and sheet.title != "Inputs"
    ]
    assert len(headers) == 11
    assert all(header == headers[0] for header in headers)
    assert [f"{day:%Y-%m}" for day in headers[0]] == list(customer_service().month_labels)


def test_that_every_line_and_input_has_its_row(exported: Path) -> None:
    book = load_workbook(exported)
    keys = [
        cell.value
        for sheet in book
        if sheet["A4"].value == "Key"
        for (cell,) in sheet.iter_rows(min_row=5, max_col=1)
        if cell.value
    ]
    ledger = customer_service().ledger
    assert sorted(keys) == sorted(figure.key for figure in (*ledger.inputs, *ledger.lines))


def test_that_every_number_of_a_section_is_a_formula(exported: Path) -> None:
    book = load_workbook(exported)
    sections = [s for s in book if s["A4"].value == "Key" and s.title != "Inputs"]
    for sheet in sections:
        numbers = [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "n"]
        assert [place for place in numbers if sheet[place].value is not None] == []
