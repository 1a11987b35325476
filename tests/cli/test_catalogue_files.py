"""`reckoner catalogue import`, `export`, `list`, `use` and `take` on real files."""

import json
from pathlib import Path

import pytest

from pricing.catalogue import Catalogue, load_catalogue
from pricing.catalogue.installed import store
from pricing.plan.file import load_plan
from tests.catalogue.editions import MODEL, NEWER, OLDER, edition, written
from tests.cli.conftest import Run, process
from tests.cli.json_keys import described, paths

pytestmark = pytest.mark.usefixtures("data_home")


def words(text: str) -> str:
    """A text without its line breaks, which depend on the width of the terminal."""
    return " ".join(text.split())


@pytest.fixture
def file(tmp_path: Path, newer: Catalogue) -> Path:
    return written(tmp_path, newer)


def test_that_a_dry_run_shows_the_changes_and_keeps_nothing(
    run: Run, file: Path, newer: Catalogue
) -> None:
    answer = run("catalogue", "import", file, "--dry-run")
    assert answer.code == 0
    assert f"SHA-256 of its manifest: {newer.id}" in answer.out
    assert "Prices changed: 1" in words(answer.out)
    (row,) = [line for line in answer.out.splitlines() if line.startswith(MODEL)]
    assert row.split()[1:5] == ["input", "2026-12", "0.25", "0.5"]
    assert "Nothing was imported (--dry-run)" in answer.out
    assert not store().exists()


def test_that_an_import_is_listed_in_use_and_taken_by_new_plans_only(
    run: Run, tmp_path: Path, file: Path, newer: Catalogue
) -> None:
    before, after = tmp_path / "before.reckon", tmp_path / "after.reckon"
    new = ("new", "--from", "coding-assistant", "--requests", "100", "-o")
    assert run(*new, before).code == 0
    assert run("catalogue", "import", file).code == 0
    assert run(*new, after).code == 0
    assert load_plan(before).catalogue == load_catalogue().reference
    assert load_plan(after).catalogue == newer.reference
    rows = [line.split() for line in run("catalogue", "list").out.splitlines()]
    assert [NEWER, newer.id[:12], "imported", "2,500", "yes"] in rows
    assert f"Catalogue of {NEWER}" in run("catalogue", "show").out
    old, now = (json.loads(run("evaluate", p, "--json").out) for p in (before, after))
    assert old["catalogue"] == load_catalogue().id
    assert (now["catalogue"], now["catalogue_date"]) == (newer.id, NEWER)
    assert now["options"][0]["tco"] > old["options"][0]["tco"]
    flat = " ".join(run("evaluate", before).out.split())
    assert f"a newer one of {NEWER} is installed" in flat
    assert f"catalogue of {NEWER} ({newer.id[:12]})" in " ".join(run("evaluate", after).out.split())


def test_that_taking_a_catalogue_shows_what_changes_and_can_be_taken_back(
    run: Run, tmp_path: Path, file: Path, newer: Catalogue
) -> None:
    plan = tmp_path / "plan.reckon"
    run("new", "--from", "coding-assistant", "--requests", "100", "-o", plan)
    original = plan.read_bytes()
    run("catalogue", "import", file)
    tried = run("catalogue", "take", plan, "--dry-run")
    assert plan.read_bytes() == original
    assert "Price of input tokens" in tried.out
    assert "Total cost" in tried.out
    taken = run("catalogue", "take", plan)
    assert load_plan(plan).catalogue == newer.reference
    back = next(line for line in taken.out.splitlines() if line.startswith("To go back: "))
    command = back.removeprefix("To go back: reckoner ").split()
    assert run(*command).code == 0
    assert plan.read_bytes() == original
    again = run("catalogue", "take", plan, "--catalogue", "shipped")
    assert "goes by the catalogue of 2026-11-22" in again.out


def test_that_a_plan_can_be_taken_elsewhere_and_stays_as_it_was(
    run: Run, plan: Path, tmp_path: Path, file: Path, newer: Catalogue
) -> None:
    original, other = plan.read_bytes(), tmp_path / "other.reckon"
    run("catalogue", "import", file)
    assert run("catalogue", "take", plan, "-o", other).code == 0
    assert plan.read_bytes() == original
    assert load_plan(other).catalogue == newer.reference


def test_that_an_older_file_is_refused_until_it_is_meant(run: Run, tmp_path: Path) -> None:
    older = edition(OLDER)
    file = written(tmp_path, older)
    refused = run("catalogue", "import", file)
    assert refused.code == 1
    assert "older than the one in use of 2026-11-22; --older keeps it" in refused.err
    assert not store().exists()
    assert "needs --older" in run("catalogue", "import", file, "--dry-run").out
    kept = run("catalogue", "import", file, "--older")
    assert kept.code == 0
    assert "the newer one stays in use" in kept.out
    assert run("catalogue", "use", OLDER).code == 0
    assert older.id in run("catalogue", "show").out
    assert run("catalogue", "use", "shipped").code == 0
    assert load_catalogue().id in run("catalogue", "show").out
    assert older.id in run("catalogue", "show", "--catalogue", OLDER).out


def test_that_what_is_exported_is_imported_with_nothing_changed(run: Run, tmp_path: Path) -> None:
    file, again = tmp_path / "a.reckoncat", tmp_path / "b.reckoncat"
    assert load_catalogue().id in run("catalogue", "export", file).out
    assert "exists already" in run("catalogue", "export", file).err
    assert run("catalogue", "export", again, "--catalogue", "shipped").code == 0
    assert file.read_bytes() == again.read_bytes()
    answer = run("catalogue", "import", file)
    assert answer.code == 0
    assert "Nothing is different." in words(answer.out)
    assert "It is the catalogue in use; nothing changes." in answer.out


def test_that_the_json_of_an_import_has_the_keys_that_are_described(
    run: Run, tmp_path: Path
) -> None:
    file = written(
        tmp_path,
        edition(
            change=lambda entries: (
                entries[0]["prices"][-1].update(input=77),
                entries[1].update(name="Other"),
                entries.append({**entries[2], "id": "acme/new"}),
                entries.pop(3),
            )
        ),
    )
    dry = json.loads(run("catalogue", "import", file, "--json", "--dry-run").out)
    assert (dry["imported"], dry["in_use"], dry["standing"]) == (False, False, "newer")
    done = json.loads(run("catalogue", "import", file, "--json").out)
    assert (done["imported"], done["in_use"]) == (True, True)
    assert [len(done[key]) for key in ("added", "removed", "figures", "reworded")] == [1, 1, 1, 1]
    assert paths(done) == described("catalogue_import_json.md")
    last = json.loads(run("catalogue", "import", file, "--json").out)
    assert (last["standing"], last["installed_before"], last["in_use"]) == ("in_use", True, True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04 and nothing else", "it is cut off or damaged"),
        (b"id,price\n", "it is a text, not a catalogue that Reckoner exported"),
    ],
)
def test_that_a_file_that_is_no_catalogue_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "x.reckoncat"
    file.write_bytes(content)
    answer = run("catalogue", "import", file)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"reckoner: x.reckoncat was not imported: {reason}")
    assert answer.err.count("\n") == 1


def test_that_an_unknown_catalogue_is_answered_with_those_there_are(run: Run) -> None:
    answer = run("catalogue", "use", "1999-01-01")
    assert answer.code == 1
    assert load_catalogue().id[:12] in answer.err


def test_that_a_damaged_stored_file_is_named(run: Run, file: Path) -> None:
    run("catalogue", "import", file)
    (kept,) = store().glob("*.reckoncat")
    kept.write_bytes(kept.read_bytes()[:1000])
    flat = " ".join(run("catalogue", "list").out.split())
    assert "is damaged and not used; import that catalogue again" in flat
    assert run("catalogue", "import", file).code == 0
    assert "is damaged" not in run("catalogue", "list").out


def test_that_a_data_folder_that_cannot_be_written_is_said(
    run: Run, file: Path, data_home: Path
) -> None:
    data_home.write_text("no folder")
    answer = run("catalogue", "import", file)
    assert answer.code == 1
    assert "Not a directory" in answer.err


def test_that_the_installed_command_imports_and_evaluates(
    tmp_path: Path, file: Path, plan: Path, data_home: Path
) -> None:
    env = {"XDG_DATA_HOME": str(data_home)}
    assert process("catalogue", "import", file, env=env).code == 0
    found = json.loads(process("evaluate", plan, "--json", "--no-volume", env=env).out)
    assert "catalogue.newer" in {finding["code"] for finding in found["findings"]}
    moved = {"XDG_DATA_HOME": str(tmp_path / "another computer")}
    assert process("catalogue", "take", plan, env=env).code == 0
    found = json.loads(process("evaluate", plan, "--json", "--no-volume", env=moved).out)
    assert "catalogue.not_installed" in {finding["code"] for finding in found["findings"]}
    assert found["catalogue"] == load_catalogue().id
