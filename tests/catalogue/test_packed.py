"""Catalogue files: the same facts give the same bytes, and nothing damaged gets through."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.catalogue import Catalogue, CatalogueFileError, load_catalogue
from pricing.catalogue.changes import changes_between
from pricing.catalogue.packed import LARGEST_PART, MOST_PARTS, pack, read_packed, unpack
from pricing.catalogue.verify import verify
from tests.catalogue.editions import (
    MODEL,
    Parts,
    changed,
    dearer,
    edition,
    entry,
    sealed,
    shipped_parts,
    written,
    zipped,
)

TODAY = date(2026, 11, 22)
SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "build_catalogue.py"
PARTS = shipped_parts()
PACKED = pack(load_catalogue())


def test_that_what_was_exported_comes_back_with_nothing_changed(tmp_path: Path) -> None:
    back = read_packed(written(tmp_path, load_catalogue()))
    verify(back, TODAY)
    assert back.reference == load_catalogue().reference
    assert changes_between(load_catalogue(), back).nothing
    assert pack(back) == PACKED


def test_that_the_maintainers_script_packs_the_very_bytes_that_are_exported(tmp_path: Path) -> None:
    file = tmp_path / "made.reckoncat"
    run = subprocess.run(
        [sys.executable, str(SCRIPT), "--out", str(tmp_path / "made"), "--pack", str(file)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert file.read_bytes() == PACKED
    assert load_catalogue().id in run.stdout


def test_that_the_file_says_its_form_day_sources_and_licences() -> None:
    manifest = json.loads(PARTS["manifest.json"])
    assert (manifest["format"], manifest["schema"]) == ("reckoner-catalogue", 1)
    assert manifest["data_date"] == load_catalogue().data_date.isoformat()
    named = {source["name"] for source in manifest["sources"]}
    assert named == {"genai-prices", *manifest["source_sha256"]}
    assert all(source["licence"] for source in manifest["sources"])
    assert b"MIT License" in PARTS["LICENCE-genai-prices.txt"]


def test_that_a_file_somebody_repacked_with_compression_is_the_same_catalogue() -> None:
    small = zipped(PARTS, zipfile.ZIP_DEFLATED)
    assert len(small) < len(PACKED) / 4
    assert unpack(small).id == load_catalogue().id


def without(parts: Parts, name: str) -> Parts:
    return {key: content for key, content in parts.items() if key != name}


def manifest_with(**said: Any) -> Parts:
    manifest = json.loads(PARTS["manifest.json"]) | said
    return {**PARTS, "manifest.json": json.dumps(manifest).encode()}


def encrypted() -> bytes:
    """A file whose table of contents says that its parts are encrypted."""
    content = bytearray(PACKED)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "it is empty"),
    "a plan": (lambda: b'{"format": "reckoner-plan"}', "it is a text"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not a catalogue"),
    "a workbook": (lambda: zipped({"xl/workbook.xml": b"<x/>"}), "no manifest.json"),
    "cut off": (lambda: PACKED[: len(PACKED) // 2], "cut off or damaged"),
    "its end missing": (lambda: PACKED[:-10], "cut off or damaged"),
    "one bit changed": (
        lambda: PACKED.replace(b"0.25", b"0.24", 1), "damaged",
    ),
    "a price changed, manifest kept": (
        lambda: zipped(changed(PARTS, "token_models.json", dearer)),
        "token_models.json is not the file its manifest was written for: the SHA-256 differs",
    ),
    "a part missing": (
        lambda: zipped(without(PARTS, "servers.json")), "servers.json is missing",
    ),
    "a kind missing, sealed": (
        lambda: zipped(sealed(without(PARTS, "servers.json"))), "it has no servers.json",
    ),
    "a part too many": (
        lambda: zipped({**PARTS, "run.sh": b"rm"}), "it has run.sh, which its manifest does not",
    ),
    "a way out of the folder": (
        lambda: zipped({**PARTS, "../../.bashrc": b"x"}), "'../../.bashrc'",
    ),
    "a way out, sealed": (
        lambda: zipped(sealed({**PARTS, "../out.json": b"{}"})), "'../out.json'",
    ),
    "an absolute name": (lambda: zipped({**PARTS, "/etc/passwd": b"x"}), "'/etc/passwd'"),
    "a folder": (lambda: zipped({**PARTS, "folder/": b""}), "'folder/'"),
    "a Windows drive": (lambda: zipped({**PARTS, "C:\\x.json": b""}), "no plain file name"),
    "no manifest": (lambda: zipped(without(PARTS, "manifest.json")), "no manifest.json"),
    "a manifest of nothing": (lambda: zipped({**PARTS, "manifest.json": b""}), "is no JSON"),
    "a manifest of nesting": (
        lambda: zipped({**PARTS, "manifest.json": b"[" * 200_000}), "is no JSON",
    ),
    "a list for a manifest": (lambda: zipped({**PARTS, "manifest.json": b"[]"}), "is not right"),
    "another format": (lambda: zipped(manifest_with(format="prices")), "format"),
    "a newer form": (lambda: zipped(manifest_with(schema=2)), "install a newer Reckoner"),
    "no form": (lambda: zipped(manifest_with(schema="1")), "schema"),
    "no day": (lambda: zipped(manifest_with(data_date="soon")), "data_date"),
    "hashes that are none": (
        lambda: zipped(manifest_with(sha256={"servers.json": "abc"})), "sha256",
    ),
    "a part far too large": (
        lambda: zipped({**PARTS, "zeros.json": bytes(LARGEST_PART + 1)}, zipfile.ZIP_DEFLATED),
        "zeros.json in it has more than 32 MB",
    ),
    "many large parts": (
        lambda: zipped(
            {**PARTS, **{f"{n}.json": bytes(LARGEST_PART) for n in range(3)}},
            zipfile.ZIP_DEFLATED,
        ),
        "more than 64 MB together",
    ),
    "a thousand parts": (
        lambda: zipped({**PARTS, **{f"{n}.json": b"" for n in range(1000)}}),
        f"more than {MOST_PARTS}",
    ),
    "packed otherwise": (lambda: zipped(PARTS, zipfile.ZIP_LZMA), "packed otherwise"),
    "encrypted": (encrypted, "encrypted"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_that_a_file_that_is_not_whole_is_refused_with_the_reason(name: str) -> None:
    make, reason = BROKEN[name]
    with pytest.raises(CatalogueFileError) as refused:
        unpack(make())
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_that_a_part_larger_than_it_says_is_not_read_to_its_end() -> None:
    """The size in the table of contents is a lie: 100 bytes, but megabytes come out."""
    parts = {**PARTS, "zeros.json": bytes(40_000_000)}
    content = bytearray(zipped(parts, zipfile.ZIP_DEFLATED))
    at = content.rindex(b"zeros.json") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(CatalogueFileError, match=r"zeros\.json"):
        unpack(bytes(content))


def test_that_a_name_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped_twice()
    with pytest.raises(CatalogueFileError, match=r"it has servers\.json twice"):
        unpack(content)


def zipped_twice() -> bytes:
    import io

    file = io.BytesIO(PACKED)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("servers.json", b"{}")
    return file.getvalue()


@given(st.data())
def test_that_a_file_changed_anywhere_is_refused_or_means_the_same(data: st.DataObject) -> None:
    content = bytearray(PACKED)
    at = data.draw(st.integers(0, len(content) - 1))
    kind = data.draw(st.sampled_from(["flip", "cut", "insert", "drop"]))
    if kind == "flip":
        content[at] ^= data.draw(st.integers(1, 255))
    elif kind == "cut":
        del content[at:]
    elif kind == "insert":
        content[at:at] = data.draw(st.binary(min_size=1, max_size=8))
    else:
        del content[at : at + data.draw(st.integers(1, 400))]
    try:
        found = unpack(bytes(content))
    except CatalogueFileError:
        return
    assert pack(found) == PACKED


def broken_entry(change: Callable[[dict[str, Any]], object]) -> Catalogue:
    return edition(change=lambda entries: change(entry(entries, MODEL)))


WRONG_ENTRIES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a negative price": (lambda e: e["prices"][0].update(input=-1), MODEL),
    "a price in words": (lambda e: e["prices"][0].update(input="cheap"), MODEL),
    "no prices": (lambda e: e.update(prices=[]), "not in order"),
    "prices of text": (lambda e: e.update(prices="none"), MODEL),
    "no price at all": (lambda e: e.pop("prices"), MODEL),
    "a day that does not exist": (lambda e: e["prices"][0].update({"from": "2026-02-31"}), MODEL),
    "days out of order": (
        lambda e: e["prices"].append({**e["prices"][0], "from": "2020-01-01"}), "not in order",
    ),
    "an unknown provider": (lambda e: e.update(provider="nobody"), MODEL),
    "an unknown currency": (lambda e: e.update(currency="XYZ"), MODEL),
    "no id": (lambda e: e.pop("id"), "has no id"),
    "a number for an id": (lambda e: e.update(id=5), "has no id"),
    "an id in capitals": (lambda e: e.update(id="OpenAI/GPT"), "has no id"),
    "an id twice": (lambda e: e.update(id="openai/gpt-5"), "2 entries have the id"),
    "a command to the terminal": (lambda e: e.update(name="\x1b[2J"), "control character"),
    "an infinite price": (lambda e: e["prices"][0].update(input=1e999), MODEL),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_ENTRIES)
def test_that_an_entry_that_is_not_right_is_named_though_every_hash_is(name: str) -> None:
    change, reason = WRONG_ENTRIES[name]
    with pytest.raises(CatalogueFileError) as refused:
        verify(broken_entry(change), TODAY)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"entries": 5}', b'{"entries": [5]}', b"{", b"[" * 100_000, b"\xff"]
)
def test_that_a_part_that_holds_no_entries_is_named(content: bytes) -> None:
    parts = sealed({**PARTS, "rentals.json": content})
    with pytest.raises(CatalogueFileError, match=r"rentals\.json"):
        verify(unpack(zipped(parts)), TODAY)


def test_that_a_catalogue_of_tomorrow_may_hold_prices_of_tomorrow() -> None:
    verify(edition("2026-12-20"), TODAY)


def test_that_folders_and_missing_and_special_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match="not a file"):
        read_packed(tmp_path)
    with pytest.raises(CatalogueFileError, match="cannot be read"):
        read_packed(tmp_path / "nothing.reckoncat")
    pipe = tmp_path / "pipe.reckoncat"
    os.mkfifo(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(CatalogueFileError, match="not a file"):
        read_packed(pipe)
