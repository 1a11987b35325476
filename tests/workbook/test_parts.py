"""Parts of a section: right after it, in its colour, under names that tell them apart."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pricing.ledger import Ledger, LedgerError
from pricing.workbook.names import sheet_name
from pricing.workbook.short_names import short_titles, told_apart
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
        "Hybrid of owned H100 servers…1", "Hybrid of…1 - GPT-5 mini, list…",
        "Hybrid of…1 - GPT-5, list price", "Hybrid of…1 - Owned H100 (Dell…",
        "Hybrid of owned H100 servers…2", "Hybrid of…2 - GPT-5 mini, list…",
        "Hybrid of…2 - GPT-5, list price", "Hybrid of…2 - Owned H100 (Dell…",
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
    ],
)
def test_that_a_sheet_name_has_a_dash_for_a_colon(title: str, name: str) -> None:
    assert sheet_name(title, set()) == name


INSURER = "By need: APIs, hosted, rented, own servers"


@pytest.mark.parametrize(
    ("whole", "parts", "names"),
    [
        ("Mix", ("GPT",), ("Mix - GPT",)),
        ("A" * 40, ("GPT",), ("A" * 24 + "… - GPT",)),
        ("Mix", ("B" * 40,), ("Mix - " + "B" * 24 + "…",)),
        ("A" * 40, ("B" * 40,), ("A" * 11 + "… - " + "B" * 15 + "…",)),
        (
            INSURER,
            ("Llama 3.3 70B on rented H100, on demand", "Llama 3.3 70B on owned H100 servers",
             "GPT-5.4 by API"),
            ("By need - Llama 3.3…rented H100", "By need - Llama 3.3…owned H100",
             "By need - GPT-5.4 by API"),
        ),
        (
            "客服混合方案",
            ("通义千问七十二亿参数版本在自有服务器上运行一号机",
             "通义千问七十二亿参数版本在自有服务器上运行二号机"),
            ("客服混合方案 - 通义千问七十二亿参数版本在自有服务器…一号机",
             "客服混合方案 - 通义千问七十二亿参数版本在自有服务器…二号机"),
        ),
    ],
)  # fmt: skip
def test_that_a_part_s_sheet_is_called_by_the_whole_and_by_what_tells_the_part_apart(
    whole: str, parts: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert _names({whole: parts})[1:] == list(names)


def test_that_parts_of_two_wholes_that_begin_alike_are_told_apart() -> None:
    assert _names({LONG + " 1": ("GPT",), LONG + " 2": ("GPT",)}) == [
        "Hybrid of owned H100 servers…1", "Hybrid of owned H100…1 - GPT",
        "Hybrid of owned H100 servers…2", "Hybrid of owned H100…2 - GPT",
    ]  # fmt: skip


def test_that_a_further_part_changes_the_name_of_no_part_that_begins_otherwise() -> None:
    before = _names({INSURER: ("Llama 3.3 70B on rented H100, on demand", "GPT-5.4 by API")})
    after = _names({
        INSURER: ("Llama 3.3 70B on rented H100, on demand", "GPT-5.4 by API", "Qwen3 hosted"),
    })  # fmt: skip
    assert after[: len(before)] == before


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=60),
        st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4),
        min_size=1, max_size=3,
    )
)  # fmt: skip
def test_that_short_titles_fit_and_a_title_that_fits_stays_whole(
    wholes: dict[str, list[str]],
) -> None:
    for name in _names({whole: tuple(parts) for whole, parts in wholes.items()}):
        assert len(name.encode("utf-16-le")) // 2 <= 31
    for title in told_apart(list(wholes), 60):
        assert title in wholes or "…" in title


def _names(wholes: dict[str, tuple[str, ...]]) -> list[str]:
    ledger = Ledger(3, date(2027, 1, 1))
    for number, (whole, parts) in enumerate(wholes.items()):
        section = ledger.section(f"whole{number}", whole)
        for place, part in enumerate(parts):
            ledger.section(f"whole{number}.{place}", f"{whole}: {part}", part_of=section)
    sections = ledger.sections[1:] if ledger.sections[0].key == "timing" else ledger.sections
    titles = short_titles(sections)
    return [titles[section] for section in sections]


def test_that_a_part_of_another_ledger_s_section_is_refused() -> None:
    stranger = rent_or_own().ledger.sections[-1]
    ledger = Ledger(3, date(2027, 1, 1))
    with pytest.raises(LedgerError, match="'own' is none of this ledger"):
        ledger.section("own.part", "Part", part_of=stranger)
