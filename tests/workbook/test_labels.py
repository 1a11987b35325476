"""Labels stay within their column: they wrap, and their row is high enough."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from pricing.resources import resource
from pricing.workbook import export_workbook
from pricing.workbook.sheets.heights import POINTS_PER_LINE
from pricing.workbook.text import drawn, width
from tests.workbook.plans import TODAY


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The sample of a hybrid, whose routes have long names."""
    path = tmp_path_factory.mktemp("labels") / "sample.xlsx"
    plan = load_plan(resource("samples", "hybrid_routing.reckon"))
    export_workbook(evaluate(plan, today=TODAY), path)
    return load_workbook(path)


def _with_lines(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book if sheet["B4"].value in {"Line", "Input"}]


def test_that_no_label_runs_under_the_units(book: Workbook) -> None:
    sheets, seen = _with_lines(book), 0
    assert len(sheets) > 12
    for sheet in sheets:
        room = sheet.column_dimensions["B"].width - 0.7
        for row in range(5, sheet.max_row + 1):
            label, unit = sheet.cell(row, 2), sheet.cell(row, 3)
            if not isinstance(label.value, str) or not unit.value:
                continue
            if not label.alignment.wrap_text:
                assert drawn(label.value) <= room, (sheet.title, label.value)
                continue
            seen += 1
            lines = math.ceil(drawn(label.value) / room)
            assert sheet.row_dimensions[row].height >= lines * POINTS_PER_LINE
    assert seen > 10


def test_that_a_label_that_fits_is_not_wrapped(book: Workbook) -> None:
    sheet = book["Demand"]
    short = [row for row in sheet.iter_rows(min_row=5) if row[2].value and len(row[1].value) < 60]
    assert short
    assert not any(row[1].alignment.wrap_text for row in short)


def test_that_members_of_the_sample_are_told_apart_by_their_sheets(book: Workbook) -> None:
    names = [name for name in book.sheetnames if name.startswith("By need")]
    assert len(names) > 3
    assert not any("(2)" in name for name in names)
    for words in ("rented H100", "owned H100", "GPT-5.4"):
        assert sum(words in name for name in names) == 1


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [("0123456789", 5560), ("WAM", 944 + 667 + 833), ("fill in", 4 * 222 + 278 * 2 + 556)],
)
def test_that_letters_have_the_widths_of_helvetica(text: str, thousandths: int) -> None:
    """Adobe's metrics of Helvetica: W 944, A 667, M 833, f 278, i 222, l 222, n 556, blank 278."""
    assert drawn(text) == pytest.approx(thousandths / 556)


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60))
def test_that_a_text_is_drawn_no_wider_than_its_widest_letters(text: str) -> None:
    assert 0 <= drawn(text) <= 1.8 * width(text)
