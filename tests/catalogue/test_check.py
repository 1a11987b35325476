"""What `reckoner catalogue check` finds, on real files and on copies that were spoilt."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pricing.catalogue import Catalogue, CatalogueError, check_catalogue

TODAY = date(2026, 11, 22)
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy to spoil, with few of the token models so that a check is quick."""
    copy = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("sources", "*.md"))
    path = copy / "token_models.json"
    document = json.loads(path.read_text("utf-8"))
    document["entries"] = [
        entry for entry in document["entries"] if entry["provider"] in ("openai", "volcengine")
    ]
    path.write_text(json.dumps(document), encoding="utf-8")
    return copy


def spoil(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], object]) -> Catalogue:
    path = folder / name
    document = json.loads(path.read_text("utf-8"))
    change(document["entries"])
    path.write_text(json.dumps(document), encoding="utf-8")
    return Catalogue(folder)


def errors(catalogue: Catalogue, today: date = TODAY) -> set[tuple[str, str]]:
    return {
        (problem.code, problem.entry)
        for problem in check_catalogue(catalogue, today)
        if problem.severity == "error"
    }


def test_that_the_shipped_catalogue_has_no_errors(catalogue: Catalogue) -> None:
    assert errors(catalogue) == set()


def test_that_gaps_old_figures_and_announced_changes_are_listed(catalogue: Catalogue) -> None:
    found = {(p.severity, p.code, p.entry) for p in check_catalogue(catalogue, TODAY)}
    assert ("note", "gap", "kunlun-p800-all-in-one") in found
    assert ("warning", "stale", "servers.json") in found
    assert ("note", "price_change_ahead", "google/gemini-3.7-flash") in found


def test_that_more_figures_are_old_a_year_later(catalogue: Catalogue) -> None:
    def old(today: date) -> int:
        problems = check_catalogue(catalogue, today)
        return sum(int(p.sentence.split()[0]) for p in problems if p.code == "stale")

    assert old(date(2027, 11, 22)) > 2 * old(TODAY)


def test_that_a_changed_file_is_noticed(folder: Path) -> None:
    catalogue = spoil(folder, "servers.json", lambda entries: entries.pop())
    assert ("file_changed", "servers.json") in errors(catalogue)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: e["price"].update(value=-1), "entry_damaged"),
        (lambda e: e["price"].update(value="a lot"), "entry_damaged"),
        (lambda e: e.pop("name"), "entry_damaged"),
        (lambda e: e["price"].update(source=" "), "no_source"),
        (lambda e: e["price"].update(unit=""), "no_unit"),
        (lambda e: e["price"].update(region=""), "no_region"),
        (lambda e: e["price"].pop("currency"), "no_currency"),
        (lambda e: e["price"].update(confidence="entered"), "no_confidence"),
        (lambda e: e["price"].update(as_of="2026-11-23"), "future_date"),
    ],
)
def test_that_a_faulty_figure_is_an_error_of_its_entry(
    folder: Path, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    def spoil_one(entries: list[dict[str, Any]]) -> None:
        change(next(entry for entry in entries if entry["id"] == "dgx-b200"))

    assert (code, "dgx-b200") in errors(spoil(folder, "servers.json", spoil_one))


def test_that_an_id_used_twice_is_an_error(folder: Path) -> None:
    twice = spoil(folder, "servers.json", lambda entries: entries.append(dict(entries[0])))
    assert ("duplicate", "a100-80-8x-china") in errors(twice)


def test_that_an_id_used_by_two_kinds_is_an_error(folder: Path) -> None:
    taken = spoil(folder, "servers.json", lambda entries: entries[0].update(id="dgx-spark"))
    assert ("duplicate", "dgx-spark") in errors(taken)


def test_that_prices_out_of_order_are_an_error(folder: Path) -> None:
    def turn(entries: list[dict[str, Any]]) -> None:
        next(e for e in entries if e["id"] == "openai/o3")["prices"].reverse()

    assert ("prices_out_of_order", "openai/o3") in errors(spoil(folder, "token_models.json", turn))


def test_that_tiers_out_of_order_are_an_error(folder: Path) -> None:
    def turn(entries: list[dict[str, Any]]) -> None:
        model = next(e for e in entries if e["id"] == "volcengine/doubao-seed-2.0-pro")
        model["prices"][0]["long_context"].reverse()

    found = errors(spoil(folder, "token_models.json", turn))
    assert ("tiers_out_of_order", "volcengine/doubao-seed-2.0-pro") in found


@pytest.mark.parametrize("content", [b"", b"{", b'{"entries": 3}', b"\xff\xfe", b"[]"])
def test_that_a_damaged_file_is_an_error_and_not_a_crash(folder: Path, content: bytes) -> None:
    (folder / "rentals.json").write_bytes(content)
    catalogue = Catalogue(folder)
    assert ("file_damaged", "rentals.json") in errors(catalogue)
    with pytest.raises(CatalogueError, match=r"rentals\.json cannot be read; install"):
        catalogue.rental("oci/bm.gpu-h100@global")
    assert catalogue.server("dgx-b200").id == "dgx-b200"


def test_that_missing_and_foreign_files_are_errors(folder: Path) -> None:
    (folder / "facts.json").unlink()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["sha256"]["parts.json"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = errors(Catalogue(folder))
    assert {("file_missing", "facts.json"), ("not_in_manifest", "parts.json")} <= found


def test_that_a_missing_manifest_is_an_error(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert ("no_manifest", "manifest.json") in errors(Catalogue(folder))
