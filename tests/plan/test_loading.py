"""Opening: files that are missing, broken, foreign or from tomorrow are explained and untouched."""

import gzip
import os
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pricing.plan.file import LARGEST_BYTES, PlanFileError, load_plan, parse_plan
from tests.plan.permissions import as_anybody

GOLDEN = Path(__file__).parent / "golden" / "version_1.reckon"
TEXT = GOLDEN.read_text(encoding="utf-8")


def said(path: Path) -> str:
    """Why a file cannot be opened."""
    with pytest.raises(PlanFileError) as caught:
        load_plan(path)
    prefix = f"{path.name} cannot be opened: "
    assert str(caught.value).startswith(prefix)
    return str(caught.value).removeprefix(prefix)


def of(tmp_path: Path, content: bytes | str) -> str:
    """Why a file of that content cannot be opened."""
    path = tmp_path / "plan.reckon"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return said(path)


def test_that_a_folder_a_device_and_a_bad_name_are_told_apart(tmp_path: Path) -> None:
    assert said(tmp_path) == "this is a folder; choose a plan file in it."
    assert said(Path("/dev/zero")) == "this is no ordinary file; choose a .reckon file."
    assert said(tmp_path / ("x" * 300)) == (
        "this cannot be the name of a file; choose another one."
    )


def test_that_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert said(tmp_path / "pipe") == "this is no ordinary file; choose a .reckon file."


def test_that_an_unreadable_file_is_explained() -> None:
    with as_anybody() as home:
        path = home / "plan.reckon"
        path.touch(mode=0o000)
        assert said(path) == "reading it is not permitted; ask its owner or copy it."


@pytest.mark.parametrize("content", [b"", b" \n\t "])
def test_that_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    assert of(tmp_path, content) == "the file is empty; nothing was saved in it."


def test_that_a_truncated_file_is_named_with_line_and_column(tmp_path: Path) -> None:
    cut = TEXT[: TEXT.index('"months"')]
    assert of(tmp_path, cut).startswith("the text breaks off at line 7, column 3")
    assert "breaks off at line 4, column 11" in of(tmp_path, TEXT[: TEXT.index("Golden") + 3])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"months": 48,', '"months": 48', "line 8, column 3: a comma or closing bracket"),
        ('"months": 48,', '"months" 48,', "line 7, column 12: a colon is missing"),
        ('"months": 48,', '"months": ,', "line 7, column 13: a value is missing"),
        ('"months": 48,', "months: 48,", "line 7, column 3: a key in double quotation marks"),
        ('"months": 48,', '"months": 48,,', "line 7, column 16: a key in double quotation marks"),
        ('"months": 48,', '"months": 0x30,', "line 7, column 14: a comma or closing bracket"),
        ("Golden", "Gol\nden", "line 4, column 15: a control character inside a text"),
        ("Golden", "Gol\\den", "line 4, column 15: this character cannot follow a backslash"),
    ],
)
def test_that_a_slip_of_the_hand_is_named_with_line_and_column(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert of(tmp_path, TEXT.replace(old, new, 1)).startswith(fault)


def test_that_text_after_the_plan_is_refused(tmp_path: Path) -> None:
    assert "there is more text after the end of the plan" in of(tmp_path, TEXT + "}")


def test_that_foreign_files_are_named_by_their_kind(tmp_path: Path) -> None:
    book = tmp_path / "book.reckon"
    openpyxl.Workbook().save(book)
    assert said(book) == "this is an Excel workbook, not a plan; choose a .reckon file."
    with zipfile.ZipFile(tmp_path / "zip.reckon", "w") as archive:
        archive.writestr("plan.reckon", TEXT)
    assert said(tmp_path / "zip.reckon").startswith("this is a zip archive")
    assert of(tmp_path, gzip.compress(TEXT.encode())).startswith("this is a gzip archive")
    assert of(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(20)).startswith("this is a PNG image")
    assert of(tmp_path, b"%PDF-1.7 ...").startswith("this is a PDF document")
    assert of(tmp_path, bytes(range(256))).startswith("this is a binary file")


def test_that_other_encodings_are_named(tmp_path: Path) -> None:
    assert of(tmp_path, TEXT.encode("utf-16")).startswith("its text is UTF-16; save it as UTF-8")
    assert of(tmp_path, TEXT.encode("gb18030")).startswith("its text is not UTF-8 (byte ")


def test_that_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "plan.reckon"
    with path.open("wb") as file:
        file.truncate(3 * LARGEST_BYTES)
    start = time.monotonic()
    assert said(path) == ("it is 150 MB long; a plan has less than 50 MB, so this is another file.")
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[" * 1_000_000, "it is nested too deeply to be a plan."),
        ('{"a":' * 1_000_000, "it is nested too deeply to be a plan."),
        (
            "{" + ",".join(f'"k{i}": 1' for i in range(200_000)) + "}",
            "no plan has that many entries; this is another file.",
        ),
        (
            '{"hours": [' + "null," * 2_000_000 + "1]}",
            "no plan has that many entries; this is another file.",
        ),
        (
            '{"options": [' + '{"kind": 1, "kind": 1},' * 400_000 + "1]}",
            "no plan has that many entries; this is another file.",
        ),
    ],
    ids=["deep list", "deep object", "many keys", "long list", "many objects"],
)
def test_that_a_bomb_is_refused_within_seconds(tmp_path: Path, content: str, sentence: str) -> None:
    start = time.monotonic()
    assert of(tmp_path, content) == sentence
    assert time.monotonic() - start < 5


def test_that_thousands_of_faults_are_explained_within_seconds() -> None:
    """As many faults as a text may hold before it is given up."""
    start = time.monotonic()
    twice = '{"id": "a", "id": "a", "list": [' + ",".join(['{"k": "", "k": ""}'] * 90) + "]}"
    header = '{"format": "reckoner-plan", "schema": 1, "options": ['
    with pytest.raises(PlanFileError, match='Id: the key "id" is written twice'):
        parse_plan(header + ",".join([twice] * 900) + "]}")
    figure = '{"value": -1, ' + ", ".join(f'"k{i}": 1' for i in range(99)) + "}"
    option = '{"kind": "owned_servers", ' + f'"price": {figure}, "pue": {figure}' + "}"
    with pytest.raises(PlanFileError, match="- Options › entry 1 › Id: missing"):
        parse_plan(header + ",".join([option] * 490) + "]}")
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        (
            "2",
            "it was written by a newer version (schema 2), this version reads up to 1; update the "
            "program (the file was not changed).",
        ),
        ("0", "0 is no schema number; this version writes 1."),
        ('"1"', '"1" is no schema number; this version writes 1.'),
        ("true", "true is no schema number; this version writes 1."),
        ("1.5", "1.5 is no schema number; this version writes 1."),
    ],
)
def test_that_another_schema_number_is_explained(
    tmp_path: Path, schema: str, sentence: str
) -> None:
    assert of(tmp_path, TEXT.replace('"schema": 1', f'"schema": {schema}')) == sentence
    assert (tmp_path / "plan.reckon").read_text(encoding="utf-8").count(schema)


@pytest.mark.parametrize("content", ["{}", '{"format": "other", "schema": 1}'])
def test_that_json_that_is_no_plan_is_told_what_a_plan_starts_with(
    tmp_path: Path, content: str
) -> None:
    assert of(tmp_path, content) == (
        'the first entries must be "format": "reckoner-plan" and "schema": 1.'
    )


@pytest.mark.parametrize(("content", "what"), [("[]", "a list"), ("7", "7"), ("null", "null")])
def test_that_json_that_is_no_object_is_refused(tmp_path: Path, content: str, what: str) -> None:
    assert of(tmp_path, content) == f"a plan is one object in braces, this file holds {what}."
