"""What a reviewer who trusts nothing tries: type over a formula, choose, look for the origin."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pricing.evaluate import evaluate
from pricing.ledger import CONVENTION, Provenance
from pricing.workbook import export_workbook
from pricing.workbook.marks import TOO_OLD, UNDATED, marks_of
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.plans import TODAY, customer_service, plan

OWNED, API = "Owned H100 (Dell's offer)", "Closed API (list price)"

OVERTYPED = {
    "a month of demand": ("Demand", "demand.chat.requests", 9),
    "a price": (API, "option.api.price_output", 7),
    "hours of load": (OWNED, "option.owned.load_09", 20),
    "a key figure": (API, "option.api.per_request", 4),
    "the comparison": ("Comparison", "comparison.npv_difference", 4),
}
"""Sheet, key and column (1 is A) of formulas that somebody types a number over."""


def _row(sheet: Worksheet, key: str) -> int:
    keys = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
    return keys.index(key) + 1


def _rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The cells of a file that LibreOffice saved (its charts are more than openpyxl reads)."""
    book = load_workbook(path, data_only=True, read_only=True)
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def _verdict(path: Path) -> str:
    return next(str(row[2]) for row in _rows(path, "Cover") if row[1] == "All checks")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "plan.xlsx"
    export_workbook(customer_service(), path)
    return path


@pytest.fixture(scope="module")
def stored(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def tried(
    path: Path, libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Recalculated files by what was done to them."""
    folder = tmp_path_factory.mktemp("tried")
    files = {}
    for what, (title, key, column) in OVERTYPED.items():
        book = load_workbook(path)
        sheet = book[title]
        cell = sheet.cell(_row(sheet, key), column)
        assert cell.data_type == "f", what
        cell.value = 1.234
        files[what] = folder / f"{what}.xlsx"
        book.save(files[what])
    book = load_workbook(path)
    assert book["Summary"]["G10"].data_type == "f"
    book["Summary"]["G10"] = 1.234
    files["the summary"] = folder / "summary.xlsx"
    book.save(files["the summary"])
    book = load_workbook(path)
    inputs = book["Inputs"]
    for key, number in (("comparison.first", 5), ("comparison.second", 3)):
        inputs.cell(_row(inputs, key), 4).value = number
    files["chosen"] = folder / "chosen.xlsx"
    book.save(files["chosen"])
    files["untouched"] = folder / "untouched.xlsx"
    shutil.copy(path, files["untouched"])
    results = libreoffice.convert(list(files.values()), folder / "saved")
    return dict(zip(files, results, strict=True))


@pytest.mark.parametrize("what", [*OVERTYPED, "the summary"])
def test_that_a_number_typed_over_any_formula_fails_the_master_check(
    tried: dict[str, Path], what: str
) -> None:
    assert _verdict(tried[what]) == "CHECK: see the sheet Checks"


def test_that_a_number_typed_over_a_formula_is_found_by_its_row(tried: dict[str, Path]) -> None:
    found = [(row[1], row[3]) for row in _rows(tried["hours of load"], "At export") if row[7] == 1]
    assert found[0] == (OWNED, "Real-time load at 09:00 of the busiest day")


def test_that_nothing_differs_while_nothing_is_changed(tried: dict[str, Path]) -> None:
    rows = [row for row in _rows(tried["untouched"], "At export")[4:] if row[1]]
    assert len(rows) == len(customer_service().ledger.lines) + 2 * 6  # rows of the chart data
    assert {row[7] for row in rows} == {0}
    assert _verdict(tried["untouched"]) == "OK"


def test_that_two_options_chosen_by_number_are_named_and_compared(tried: dict[str, Path]) -> None:
    evaluation = customer_service()
    rows = _rows(tried["chosen"], "Comparison")
    names = [option.name for option in evaluation.plan.options]
    assert rows[1][1] == f"{names[4]} compared with {names[2]}"
    values = evaluation.ledger.evaluate({"comparison.first": 5.0, "comparison.second": 3.0})
    for key in ("tco_difference", "npv_difference", "break_even_month"):
        line = evaluation.ledger.line(f"comparison.{key}")
        shown = next(row[3] for row in rows if row[0] == line.key)
        assert shown == pytest.approx(values.number(line), rel=1e-9), key
    assert _verdict(tried["chosen"]) == "OK"


def test_that_only_numbers_of_options_can_be_chosen(path: Path) -> None:
    sheet = load_workbook(path)["Inputs"]
    place = f"D{_row(sheet, 'comparison.first')}"
    rule = next(r for r in sheet.data_validations.dataValidation if place in str(r.sqref).split())
    assert (rule.type, rule.formula1, rule.formula2, rule.errorStyle) == ("whole", "1", "6", None)
    assert rule.prompt.startswith(f"1 {API}")


@pytest.mark.parametrize(
    ("origin", "marks"),
    [
        (Provenance("quote", date(2026, 10, 14), confidence="high"), []),
        (Provenance("list", date(2026, 5, 22), confidence="high"), []),
        (Provenance("list", date(2026, 5, 21), confidence="high"), [TOO_OLD]),
        (Provenance("blog", date(2025, 1, 1), confidence="low"), ["low confidence", TOO_OLD]),
        (Provenance("blog", confidence="medium"), [UNDATED]),
        (Provenance("guess", confidence="assumption"), ["an assumption"]),
        (Provenance("", confidence="gap"), ["no source found"]),
        (Provenance("entered by the buyer", confidence="entered"), []),
        (Provenance("plan"), []),
        (CONVENTION, []),
    ],
)
def test_that_old_unsure_and_undated_figures_are_marked(
    origin: Provenance, marks: list[str]
) -> None:
    assert marks_of(origin, TODAY) == marks


def test_that_a_marked_input_is_marked_on_inputs_sources_and_cover(tmp_path: Path) -> None:
    old = {"value": 0.21, "source": "supply contract", "as_of": "2025-02-01", "confidence": "low"}
    evaluation = evaluate(plan(electricity=old), today=TODAY)
    export_workbook(evaluation, tmp_path / "old.xlsx")
    book = load_workbook(tmp_path / "old.xlsx", data_only=True)
    expected = f"low confidence, {TOO_OLD}"
    marked = [r[1] for r in book["Inputs"].iter_rows(values_only=True) if r[14] == expected]
    assert set(marked) == {"Electricity price"}
    sources = [r[2] for r in book["Sources"].iter_rows(values_only=True) if r[8] == expected]
    assert sources == ["supply contract"]
    cover = {row[1].value: row[2].value for row in book["Cover"].iter_rows()}
    assert f"low confidence ({len(marked)})" in cover["To check"]
    assert "2025-02-01" in cover["Age of the figures"]


def test_that_the_cover_states_the_conventions(stored: Workbook) -> None:
    cover = {row[1].value: row[2].value for row in stored["Cover"].iter_rows()}
    assert "in the middle of the month" in cover["Present value"]
    assert "stays at or below" in cover["Break-even"]
    assert cover["Tax"].startswith("Costs are before income tax.")
    assert cover["Compared with"].startswith(API)
    assert f"{cover['First month']:%Y-%m}" == "2027-01"
    assert f"{cover['Last month']:%Y-%m}" == "2029-12"


def test_that_every_column_of_the_summary_has_its_unit(stored: Workbook) -> None:
    sheet = stored["Summary"]
    units = {str(title.value): unit.value for title, unit in zip(sheet[7], sheet[8], strict=True)}
    assert units["Total cost (TCO)"] == units["Peak cash"] == "EUR"
    assert units["Cost per request"] == "EUR/request"
    assert units["Cost per million tokens"] == "EUR/Mtok"
    assert [cell.value for cell in sheet["A"][8:14]] == [1, 2, 3, 4, 5, 6]


def test_that_the_summary_says_when_options_do_less_work(tmp_path: Path, stored: Workbook) -> None:
    assert stored["Summary"]["B5"].value == "Every option serves all requests."
    short = plan().model_dump()
    short["options"][4]["bridge"] = None
    export_workbook(
        evaluate(type(plan()).model_validate(short), today=TODAY), tmp_path / "short.xlsx"
    )
    said = load_workbook(tmp_path / "short.xlsx", data_only=True)["Summary"]["B5"].value
    assert said.startswith("1 of 6 leaves requests unserved")


def test_that_no_unit_looks_forgotten(stored: Workbook) -> None:
    for sheet in stored:
        if sheet["A4"].value == "Key":
            units = [row[2].value for row in sheet.iter_rows(min_row=6) if row[0].value]
            assert all(units), sheet.title


def test_that_fifty_options_print_on_pages_that_can_be_read(tmp_path: Path) -> None:
    document = plan().model_dump()
    first = document["options"][0]
    document["options"] = [
        first | {"id": f"api-{n}", "name": f"A long name of a closed API, offer {n}"}
        for n in range(50)
    ]
    export_workbook(
        evaluate(type(plan()).model_validate(document), today=TODAY), tmp_path / "fifty.xlsx"
    )
    book = load_workbook(tmp_path / "fifty.xlsx")
    names = [name for name in book.sheetnames if name.startswith("A long name")]
    assert len({name.casefold() for name in names}) == 50
    assert max(map(len, book.sheetnames)) <= 31
    assert book["Summary"].page_setup.fitToWidth == 5
    assert book["Summary"].print_title_cols == "$A:$B"
