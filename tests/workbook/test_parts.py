"""Parts of a section: right after it, in its colour, under names that tell them apart."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pricing.ledger import Ledger, LedgerError
from pricing.workbook.names import sheet_name
from tests.workbook.ledgers import rent_or_own, with_parts
from tests.workbook.lint import faults

LONG = "Hybrid of owned H100 servers for the base load and an API for peaks"


def test_that_parts_come_right_after_what_they_are_parts_of(tmp_path: Path) -> None:
    with_parts("Mix", ("GPT", "H100")).write(tmp_path / "parts.xlsx")
    book = load_workbook(tmp_path / "parts.xlsx")
    assert book.sheetnames[3:] == [
        "Timing", "Finance", "Demand", "Mix 1", "Mix 1 - GPT", "Mix 1 - H100", "Mix 2",
        "Mix 2 - GPT", "Mix 2 - H100", "Notes", "Chart data", "Checks", "At export", "Sources",
    ]  # fmt: skip
    headings = [row[1].value for row in book["Inputs"].iter_rows(min_row=6) if not row[0].value]
    assert [text for text in headings if text] == [
        "Timing", "Finance", "Demand", "Mix 1: GPT", "Mix 1: H100", "Mix 2: GPT", "Mix 2: H100",
    ]  # fmt: skip
    assert faults(tmp_path / "parts.xlsx") == []


def test_that_a_part_has_the_colour_of_the_whole_and_the_cover_says_what_it_is(
    tmp_path: Path,
) -> None:
    with_parts("Mix", ("GPT", "H100")).write(tmp_path / "parts.xlsx")
    book = load_workbook(tmp_path / "parts.xlsx")
    colours = {sheet.title: sheet.sheet_properties.tabColor.rgb for sheet in book}
    assert colours["Mix 1"] == colours["Mix 1 - GPT"] == colours["Mix 1 - H100"] == "FF0072B2"
    assert colours["Mix 2"] == colours["Mix 2 - GPT"] == colours["Mix 2 - H100"] == "FFE69F00"
    told = {row[1].value: row[2].value for row in book["Cover"].iter_rows(min_row=15)}
    assert told["Mix 1 - GPT"] == "Part of Mix 1"
    assert told["Mix 1"] == "option"


def test_that_long_names_keep_the_part_apart_and_every_formula_its_sheet(tmp_path: Path) -> None:
    members = ("GPT-5 mini, list price", "GPT-5, list price", "Owned H100 (Dell's offer)")
    with_parts(LONG, members).write(tmp_path / "long.xlsx")
    book = load_workbook(tmp_path / "long.xlsx")
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    assert max(map(len, book.sheetnames)) <= 31
    assert [name for name in book.sheetnames if name.startswith("Hybrid")] == [
        "Hybrid of owned H100 servers f…", "Hybrid of own… - GPT-5 mini, l…",
        "Hybrid of own… - GPT-5, list p…", "Hybrid of own… - Owned H100 (D…",
        "Hybrid of owned H100 serve… (2)", "Hybrid of own… - GPT-5 min… (2)",
        "Hybrid of own… - GPT-5, li… (2)", "Hybrid of own… - Owned H10… (2)",
    ]  # fmt: skip
    assert faults(tmp_path / "long.xlsx") == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Mix: GPT", "Mix - GPT"),
        ("Mix: base: GPT", "Mix - base - GPT"),
        ("Routed at 10:30", "Routed at 10-30"),
        (": GPT", "- GPT"),
        ("Mix:", "Mix-"),
        ("混合方案: 通义千问", "混合方案 - 通义千问"),
        ("A" * 40 + ": GPT", "A" * 24 + "… - GPT"),
        ("Mix: " + "B" * 40, "Mix - " + "B" * 24 + "…"),
        ("A" * 40 + ": " + "B" * 40, "A" * 13 + "… - " + "B" * 13 + "…"),
    ],
)
def test_that_a_sheet_name_keeps_both_sides_of_a_colon(title: str, name: str) -> None:
    assert sheet_name(title, set()) == name


def test_that_a_part_of_another_ledger_s_section_is_refused() -> None:
    stranger = rent_or_own().ledger.sections[-1]
    ledger = Ledger(3, date(2027, 1, 1))
    with pytest.raises(LedgerError, match="'own' is none of this ledger"):
        ledger.section("own.part", "Part", part_of=stranger)
