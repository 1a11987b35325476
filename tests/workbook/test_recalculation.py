"""Workbooks recalculated by a spreadsheet program agree with the engine, cell by cell."""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pricing.workbook import export_workbook
from pricing.workbook.read import Contents, read_back
from tests.workbook.closeness import differences
from tests.workbook.edges import edges
from tests.workbook.ledgers import rent_or_own
from tests.workbook.libreoffice import NEVER, LibreOffice
from tests.workbook.plans import customer_service
from tests.workbook.test_user_text import HOSTILE, hostile_workbook

SHORT = tuple(text for text in HOSTILE if len(text) < 200)

pytestmark = pytest.mark.spreadsheet

CHANGES = {
    "demand.requests_per_day": 91_500.0,
    "demand.growth_per_month": -0.0125,
    "finance.discount_rate_per_year": 0.11,
    "own.delivery_time": 4.0,
    "own.useful_life": 5.0,
    "rent.rent_per_server_and_month": 33_333.25,
    "timing.start": 46_753.0,
}
PLAN_CHANGES = {
    "demand.volume": 3.4,
    "demand.chat.stated": 310_000.0,
    "finance.discount_rate_per_year": 0.12,
    "comparison.first": 5.0,
    "comparison.second": 3.0,
    "option.owned.lead": 5.0,
}


@dataclass
class Recalculated:
    """Folder of the files as written, and of what LibreOffice made of them."""

    written: Path
    saved: Path

    def contents(self, name: str) -> Contents:
        return read_back(self.saved / f"{name}.xlsx")

    def rows(self, name: str, sheet: str) -> list[tuple[Any, ...]]:
        """The recalculated values of a sheet."""
        book = load_workbook(self.saved / f"{name}.xlsx", data_only=True, read_only=True)
        try:
            return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
        finally:
            book.close()

    def texts(self, name: str) -> list[str]:
        """Every text that any cell shows."""
        book = load_workbook(self.saved / f"{name}.xlsx", data_only=True, read_only=True)
        try:
            rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
            return [value for row in rows for value in row if isinstance(value, str)]
        finally:
            book.close()


@pytest.fixture(scope="session")
def recalculated(
    tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice
) -> Recalculated:
    """All workbooks of this module, recalculated in one run."""
    folder = tmp_path_factory.mktemp("written")
    files = {
        name: folder / f"{name}.xlsx"
        for name in (
            "bill",
            "planted",
            "changed",
            "plan",
            "plan_changed",
            "edges",
            "hostile",
            "broken",
        )
    }
    rent_or_own().write(files["bill"])
    _plant(files["bill"], files["planted"])
    _with_inputs(files["bill"], CHANGES, files["changed"])
    export_workbook(customer_service(), files["plan"])
    _with_inputs(files["plan"], PLAN_CHANGES, files["plan_changed"])
    edges().write(files["edges"])
    _break(files["bill"], files["broken"])
    hostile_workbook(files["hostile"], SHORT)
    saved = tmp_path_factory.mktemp("recalculated")
    libreoffice.convert(list(files.values()), saved)
    return Recalculated(folder, saved)


def _plant(right: Path, wrong: Path) -> None:
    """Copy a workbook with the stored result of every numeric formula replaced by 999."""
    with ZipFile(right) as source, ZipFile(wrong, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/"):
                part = re.sub(r"(</f><v>)-?[0-9][^<]*(</v>)", r"\g<1>999\2", part)
            target.writestr(name, part)


def _break(right: Path, wrong: Path) -> None:
    """Copy a workbook with a number typed over one month of the total cost."""
    book = load_workbook(right)
    sheet = next(sheet for sheet in book if sheet.title.startswith("Owned"))
    (row,) = (cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "own.cash")
    sheet.cell(row, 9).value = 1
    book.save(wrong)


def _with_inputs(path: Path, changes: dict[str, float], target: Path) -> None:
    """Change inputs as a person would; saving this way also drops every stored result."""
    book = load_workbook(path)
    rows = {row[0].value: row for row in book["Inputs"].iter_rows(max_col=4)}
    for key, value in changes.items():
        rows[key][3].value = value
    book.save(target)
    assert read_back(target).months == {}


def test_that_every_cell_of_a_recalculated_bill_is_the_engine_s(recalculated: Recalculated) -> None:
    example = rent_or_own()
    values = example.ledger.evaluate()
    assert differences(values, example.ledger.lines, recalculated.contents("bill")) == []


def test_that_every_cell_of_a_recalculated_plan_is_the_engine_s(recalculated: Recalculated) -> None:
    evaluation = customer_service()
    contents = recalculated.contents("plan")
    assert differences(evaluation.values, evaluation.ledger.lines, contents) == []


def test_that_stored_results_are_the_engine_s_before_any_recalculation(
    recalculated: Recalculated,
) -> None:
    evaluation = customer_service()
    contents = read_back(recalculated.written / "plan.xlsx")
    assert differences(evaluation.values, evaluation.ledger.lines, contents) == []
    assert contents.inputs == {entry.key: entry.value for entry in evaluation.ledger.inputs}


def test_that_planted_wrong_results_are_repaired_by_the_recalculation(
    recalculated: Recalculated,
) -> None:
    example = rent_or_own()
    values, lines = example.ledger.evaluate(), example.ledger.lines
    planted = read_back(recalculated.written / "planted.xlsx")
    assert len(differences(values, lines, planted)) > 300
    assert differences(values, lines, recalculated.contents("planted")) == []


def test_that_without_hard_recalculation_the_planted_results_would_survive(
    recalculated: Recalculated, tmp_path: Path
) -> None:
    """The trap is still there, so the test above proves something."""
    lazy = LibreOffice(tmp_path, recalculate=NEVER)
    (kept,) = lazy.convert([recalculated.written / "planted.xlsx"], tmp_path / "kept")
    example = rent_or_own()
    values = example.ledger.evaluate()
    assert len(differences(values, example.ledger.lines, read_back(kept))) > 300


@pytest.mark.parametrize(
    ("name", "changes"), [("changed", CHANGES), ("plan_changed", PLAN_CHANGES)]
)
def test_that_changing_inputs_in_the_file_equals_evaluating_with_them(
    recalculated: Recalculated, name: str, changes: dict[str, float]
) -> None:
    ledger = rent_or_own().ledger if name == "changed" else customer_service().ledger
    contents = recalculated.contents(name)
    assert {key: contents.inputs[key] for key in changes} == changes
    assert differences(ledger.evaluate(changes), ledger.lines, contents) == []


def test_that_numbers_at_the_edges_come_out_alike(recalculated: Recalculated) -> None:
    example = edges()
    values = example.ledger.evaluate()
    assert differences(values, example.ledger.lines, recalculated.contents("edges")) == []


def test_that_hostile_names_leave_the_formulas_working(recalculated: Recalculated) -> None:
    keys = [f"option{number}" for number in range(len(SHORT))]
    contents = recalculated.contents("hostile")
    assert [contents.constants[f"{key}.tco"] for key in keys] == [2.0] * len(keys)
    assert [contents.months[f"{key}.cash"] for key in keys] == [(4.0, 8.0, 12.0)] * len(keys)
    texts = recalculated.texts("hostile")
    assert len(texts) > 1000
    assert [text for text in texts if text.startswith(("#", "Err:"))] == []


@pytest.mark.parametrize("name", ["bill", "plan", "changed", "plan_changed"])
def test_that_every_check_holds_whatever_the_inputs_are(
    recalculated: Recalculated, name: str
) -> None:
    rows = recalculated.rows(name, "Checks")
    results = [row[7] for row in rows[9:] if row[7] is not None]
    assert len(results) > 10
    assert set(results) == {1}
    assert [row[8] for row in rows if row[1] == "All checks"] == ["OK"]
    assert [row[2] for row in recalculated.rows(name, "Cover") if row[1] == "All checks"] == ["OK"]


def test_that_a_broken_sum_is_caught_by_its_check(recalculated: Recalculated) -> None:
    rows = recalculated.rows("broken", "Checks")
    caught = [row[2] for row in rows[9:] if row[7] == 0]
    assert "in every month the categories add up to the total cost" in caught
    assert [row[8] for row in rows if row[1] == "All checks"] == ["CHECK"]
    verdicts = [row[2] for row in recalculated.rows("broken", "Cover") if row[1] == "All checks"]
    assert verdicts == ["CHECK: see the sheet Checks"]


def test_that_changed_inputs_are_counted_and_marked(recalculated: Recalculated) -> None:
    inputs, checks = recalculated.rows("changed", "Inputs"), recalculated.rows("changed", "Checks")
    assert sorted(row[0] for row in inputs if row[5] == "changed") == sorted(CHANGES)
    counted = [row[4] for row in checks if row[1] == "Inputs changed since export"]
    assert counted == [len(CHANGES)]
    verdicts = {row[8] for row in checks}
    assert "inputs changed since export" in verdicts
    assert "as exported" not in verdicts


def test_that_the_summary_follows_its_options(recalculated: Recalculated) -> None:
    evaluation = customer_service()
    values = evaluation.ledger.evaluate(PLAN_CHANGES)
    summary = recalculated.rows("plan_changed", "Summary")
    rows = {row[1]: row for row in summary[8:14]}
    totals = {}
    for lines in evaluation.bill.options:
        row = rows[lines.option.name]
        totals[lines.option.name] = values.number(lines.tco)
        for column, line in ((2, lines.tco), (5, lines.npv), (6, lines.per_request)):
            assert math.isclose(row[column], values.number(line), rel_tol=1e-9)
    cheapest = min(totals, key=lambda name: totals[name])
    assert summary[3][1] == f"{cheapest} costs least over the horizon"


def test_that_the_summary_tells_when_an_option_pays_off(recalculated: Recalculated) -> None:
    """Break-even against the baseline is the comparison's of the same pair of options."""
    evaluation = customer_service()
    summary = recalculated.rows("plan", "Summary")
    rows = {row[1]: row[11] for row in summary[8:14]}
    assert rows.pop(evaluation.baseline.name) == "baseline"
    for number, lines in enumerate(evaluation.bill.options[1:], start=2):
        chosen = {"comparison.first": float(number), "comparison.second": 1.0}
        pair = evaluation.bill.comparison.pair
        month = evaluation.ledger.evaluate(chosen).number(pair.break_even_month)
        expected = {0.0: "never", 1.0: "from the start"}.get(month, month)
        assert rows[lines.option.name] == expected
