"""Inputs by month in the workbook: blue numbers on their own sheet, changed and counted there."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pricing.workbook import WorkbookError, write_workbook
from pricing.workbook.layout import BY_MONTH
from pricing.workbook.read import read_back
from pricing.workbook.styles import INPUT_BLUE, LINK_GREEN
from tests.workbook.closeness import differences
from tests.workbook.ledgers import COVER, base_and_peaks, rent_or_own
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.lint import faults

MONTHS = 18
MIX = "Hybrid - rented base, API peaks"
FIRST_MONTH = 6
"""Column of the first month; 1 is A."""

SERVERS = {1: 5.0, 7: 0.0, 18: 9.0}
SHARES = {4: 0.9, 5: 0.05}
"""New numbers of two inputs by month, by the month's number."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schedules") / "mix.xlsx"
    base_and_peaks().write(path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def _row(sheet: Worksheet, key: str) -> int:
    return next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == key)


def _listed(book: Workbook, label: str) -> list[Any]:
    """The row of the Inputs sheet that lists an input by month."""
    return next(
        list(row)
        for row in book["Inputs"].iter_rows(min_row=6)
        if row[1].value == label and row[3].value == "by month"
    )


def test_that_every_month_holds_a_number_that_looks_like_an_input(book: Workbook) -> None:
    sheet, ledger = book[MIX], base_and_peaks().ledger
    for schedule in ledger.schedules:
        cells = sheet[_row(sheet, schedule.key)][FIRST_MONTH - 1 : FIRST_MONTH - 1 + MONTHS]
        assert [cell.value for cell in cells] == pytest.approx(schedule.values, rel=1e-15)
        for cell in cells:
            assert cell.data_type == "n"
            assert cell.style == "Input"
            assert cell.font.color.rgb == "FF" + INPUT_BLUE[1:]
            assert not cell.protection.locked


def test_that_only_inputs_and_inputs_by_month_look_like_inputs(book: Workbook) -> None:
    rows = {
        (sheet.title, cell.row)
        for sheet in book
        if sheet.title not in {"Inputs", "Checks", "Cover"}
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.style == "Input"
    }
    keys = [schedule.key for schedule in base_and_peaks().ledger.schedules]
    assert rows == {(MIX, _row(book[MIX], key)) for key in keys}


def test_that_an_input_by_month_says_where_it_comes_from_in_place_of_a_formula(
    book: Workbook,
) -> None:
    sheet = book[MIX]
    row = _row(sheet, "mix.servers")
    column = [cell.value for cell in sheet[4]].index("How it is calculated") + 1
    said = sheet.cell(row, column).value
    number = _listed(book, "Servers in service")[8].value
    assert said == (
        f"given month by month; source {number}: Optimiser, base case; 2026-11-22; "
        "confidence medium"
    )
    assert sheet.cell(row, column + 1).value == "From the optimiser"


def test_that_money_by_month_has_its_total_and_a_level_has_none(book: Workbook) -> None:
    sheet = book[MIX]
    row = _row(sheet, "mix.credit")
    assert sheet.cell(row, 4).value == f"=SUM($F${row}:$W${row})"
    assert sheet.cell(row, 4).style != "Input"
    assert sheet.cell(_row(sheet, "mix.servers"), 4).value is None


def test_that_lines_read_an_input_by_month_as_any_line(book: Workbook) -> None:
    sheet = book[MIX]
    row = _row(sheet, "mix.servers")
    added = sheet.cell(_row(sheet, "mix.servers_added"), 8).value
    assert added == f"=MAX(H{row}-G{row},0)"
    given = sheet.cell(_row(sheet, "mix.given"), 8)
    assert given.value == f"=H{_row(sheet, 'mix.share')}"
    assert given.font.color.rgb != "FF" + LINK_GREEN[1:]


def test_that_shares_and_counts_by_month_are_validated_in_every_month(book: Workbook) -> None:
    sheet = book[MIX]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == 4
    row = _row(sheet, "mix.share")
    share = rules[f"F{row}:W{row}"]
    assert (float(share.formula1), float(share.formula2)) == (0, 1)
    assert share.errorStyle == "warning"
    row = _row(sheet, "mix.servers")
    assert float(rules[f"F{row}:W{row}"].formula1) == 0
    assert rules[f"F{row}:W{row}"].errorStyle == "warning"
    row = _row(sheet, "mix.credit")
    assert rules[f"F{row}:W{row}"].errorStyle in {None, "stop"}


def test_that_inputs_lists_each_input_by_month_with_its_origin_and_a_link(book: Workbook) -> None:
    cells = _listed(book, "Servers in service")
    row = _row(book[MIX], "mix.servers")
    assert cells[3].hyperlink.location == f"'{MIX}'!$F${row}"
    day = datetime.fromisoformat("2026-11-22")
    assert [cell.value for cell in cells[9:14]] == [
        "Optimiser, base case", day, "medium", None, 4,
    ]  # fmt: skip
    unused = _listed(book, "Migration days")
    assert (unused[13].value, unused[14].value) == (0, "no formula uses it")
    assert _listed(book, "Credit granted")[14].value == "low confidence"
    headings = [row[1].value for row in book["Inputs"].iter_rows(min_row=6)]
    assert "Hybrid: rented base, API peaks, month by month" in headings
    assert "stand on the sheets that the links lead to" in book["Inputs"]["B2"].value


def test_that_sources_and_cover_count_inputs_by_month(book: Workbook) -> None:
    ledger = base_and_peaks().ledger
    rows = [row for row in book["Sources"].iter_rows(min_row=5, values_only=True) if row[1]]
    assert sum(row[6] for row in rows) == len(ledger.entries)
    (optimiser,) = (row for row in rows if row[2] == "Optimiser, base case")
    assert optimiser[7] == "Servers in service, Share of requests given to the API"
    cover = {row[1].value: row[2].value for row in book["Cover"].iter_rows()}
    assert cover["Age of the figures"].endswith("from 2026-10-14 to 2026-11-22.")
    assert f"1 of {len(ledger.entries)} inputs is marked" in cover["To check"]
    texts = [row[2].value for row in book["Cover"].iter_rows()]
    assert any("blue on yellow, unlocked" in str(t) and "or listed there" in str(t) for t in texts)
    assert cover[BY_MONTH] == "Inputs by month as they were at export"


def test_that_remarks_reach_inputs_by_month(tmp_path: Path) -> None:
    ledger, path = base_and_peaks().ledger, tmp_path / "remarks.xlsx"
    remarks = {"mix.servers": "More than the supplier has."}
    write_workbook(ledger, ledger.evaluate(), path, cover=COVER, remarks=remarks)
    told = _listed(load_workbook(path), "Servers in service")[14].value
    assert told == "More than the supplier has."


def test_that_a_ledger_without_inputs_by_month_has_no_sheet_for_them(tmp_path: Path) -> None:
    rent_or_own(months=3).write(tmp_path / "plain.xlsx")
    book = load_workbook(tmp_path / "plain.xlsx")
    assert BY_MONTH not in book.sheetnames
    assert "links lead" not in book["Inputs"]["B2"].value
    assert read_back(tmp_path / "plain.xlsx").schedules == {}


def test_that_a_workbook_with_inputs_by_month_breaks_no_rule_of_good_spreadsheets(
    path: Path, tmp_path: Path
) -> None:
    base_and_peaks(months=1).write(tmp_path / "one.xlsx")
    base_and_peaks(months=84).write(tmp_path / "many.xlsx")
    for file in (path, tmp_path / "one.xlsx", tmp_path / "many.xlsx"):
        assert faults(file) == []


def test_that_inputs_by_month_come_back_by_their_keys(path: Path) -> None:
    ledger, contents = base_and_peaks().ledger, read_back(path)
    assert set(contents.schedules) == {schedule.key for schedule in ledger.schedules}
    for schedule in ledger.schedules:
        assert contents.schedules[schedule.key] == pytest.approx(schedule.values, rel=1e-15)
    assert contents.inputs == {entry.key: entry.value for entry in ledger.inputs}
    assert not set(contents.schedules) & set(contents.months)


@pytest.mark.parametrize(("typed", "said"), [("none", "'none'"), (None, "None")])
def test_that_a_month_that_is_no_number_is_named(
    path: Path, tmp_path: Path, typed: str | None, said: str
) -> None:
    book = load_workbook(path)
    book[MIX].cell(_row(book[MIX], "mix.share"), FIRST_MONTH + 2).value = typed
    book.save(tmp_path / "words.xlsx")
    with pytest.raises(WorkbookError, match=rf"mix\.share holds {said} in month 3; enter a number"):
        read_back(tmp_path / "words.xlsx")


def _with_numbers(path: Path, changes: dict[str, dict[int, float]], target: Path) -> None:
    book = load_workbook(path)
    for key, months in changes.items():
        for month, value in months.items():
            book[MIX].cell(_row(book[MIX], key), FIRST_MONTH + month - 1).value = value
    book.save(target)


@pytest.fixture(scope="module")
def tried(
    path: Path, libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The file as written, with months changed, with two swapped, with a formula overtyped."""
    folder = tmp_path_factory.mktemp("tried")
    changes: dict[str, dict[str, dict[int, float]]] = {
        "untouched": {},
        "changed": {"mix.servers": SERVERS, "mix.share": SHARES},
        "swapped": {"mix.servers": {4: 3.0, 5: 2.0}},
        "overtyped": {"mix.servers_added": {4: 9.0}},
    }
    for name, months in changes.items():
        _with_numbers(path, months, folder / f"{name}.xlsx")
    files = [folder / f"{name}.xlsx" for name in changes]
    return dict(zip(changes, libreoffice.convert(files, folder / "saved"), strict=True))


def _rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    book = load_workbook(path, data_only=True, read_only=True)
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def _counted(path: Path) -> float:
    return next(row[4] for row in _rows(path, "Checks") if row[1] == "Inputs changed since export")


def _verdict(path: Path) -> str:
    return next(str(row[2]) for row in _rows(path, "Cover") if row[1] == "All checks")


@pytest.mark.spreadsheet
def test_that_changed_months_recalculate_to_what_the_engine_computes(
    tried: dict[str, Path],
) -> None:
    ledger = base_and_peaks().ledger
    overrides = {}
    for key, months in (("mix.servers", SERVERS), ("mix.share", SHARES)):
        values = ledger.evaluate().monthly(ledger.line(key)).copy()
        for month, value in months.items():
            values[month - 1] = value
        overrides[key] = values
    for name, given in (("untouched", {}), ("changed", overrides)):
        contents = read_back(tried[name])
        assert differences(ledger.evaluate(given), ledger.lines, contents) == []
        assert _verdict(tried[name]) == "OK"


@pytest.mark.spreadsheet
def test_that_changed_months_are_counted_and_marked(tried: dict[str, Path]) -> None:
    assert _counted(tried["untouched"]) == 0
    assert _counted(tried["changed"]) == 2
    marked = [row[1] for row in _rows(tried["changed"], "Inputs") if row[5] == "changed"]
    assert marked == ["Servers in service", "Share of requests given to the API"]
    months = {row[0]: row[3] for row in _rows(tried["changed"], BY_MONTH) if row[0]}
    assert (months["mix.servers"], months["mix.share"], months["mix.credit"]) == (3, 2, 0)
    verdicts = {row[2]: row[8] for row in _rows(tried["changed"], "Checks")}
    mixed = [verdicts[text] for text in verdicts if str(text).startswith("Hybrid: rented base")]
    assert mixed == ["inputs changed since export"] * 2


@pytest.mark.spreadsheet
def test_that_two_months_that_change_places_are_a_changed_input(tried: dict[str, Path]) -> None:
    """Their sum stays, so only a comparison month by month can see it."""
    assert _counted(tried["swapped"]) == 1
    assert _verdict(tried["swapped"]) == "OK"


@pytest.mark.spreadsheet
def test_that_a_number_typed_over_a_line_beside_them_fails_the_master_check(
    tried: dict[str, Path],
) -> None:
    assert _counted(tried["overtyped"]) == 0
    assert _verdict(tried["overtyped"]) == "CHECK: see the sheet Checks"
