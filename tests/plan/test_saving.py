"""Saving: the new file whole or the old one untouched, and a sentence that says why not."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from pricing.plan.file import (
    LARGEST_BYTES,
    PlanFileError,
    load_plan,
    plan_text,
    save_plan,
    why_not_saved,
)
from tests.plan.permissions import as_anybody

GOLDEN = Path(__file__).parent / "golden" / "version_1.reckon"
PLAN = load_plan(GOLDEN)
OTHER = PLAN.model_copy(update={"name": "Other"})


def refused(path: Path) -> str:
    """What is said when a plan cannot be saved there; nothing temporary is left behind."""
    with pytest.raises(PlanFileError) as caught:
        save_plan(OTHER, path)
    if path.parent.is_dir():
        assert [found for found in path.parent.iterdir() if found.suffix == ".tmp"] == []
    return str(caught.value)


def test_that_saving_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.reckon"
    save_plan(PLAN, path)
    save_plan(OTHER, path)
    assert load_plan(path) == OTHER
    assert [found.name for found in tmp_path.iterdir()] == ["plan.reckon"]


def test_that_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "plan.reckon"
    save_plan(PLAN, path)
    path.chmod(0o640)
    save_plan(OTHER, path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_that_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    save_plan(PLAN, tmp_path / "plan.reckon")
    (tmp_path / "plain").touch()
    assert (tmp_path / "plan.reckon").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_that_a_symbolic_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "link.reckon"
    link.symlink_to(tmp_path / "far" / "plan.reckon")
    save_plan(PLAN, link)
    assert link.is_symlink()
    assert load_plan(tmp_path / "far" / "plan.reckon") == PLAN


def test_that_links_in_a_circle_are_explained(tmp_path: Path) -> None:
    link = tmp_path / "link.reckon"
    link.symlink_to(link)
    assert "its symbolic links lead in a circle" in refused(link)


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "plan.reckon"
    assert refused(path) == (
        f"plan.reckon was not saved: the folder {path.parent} does not exist; create it or choose "
        "another one."
    )


def test_that_a_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.reckon").mkdir()
    assert "a folder has this name" in refused(tmp_path / "plan.reckon")


def test_that_a_write_protected_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.reckon"
    save_plan(PLAN, path)
    path.chmod(0o444)
    assert "the file is write-protected" in refused(path)
    assert load_plan(path) == PLAN


def test_that_a_folder_without_permission_is_named() -> None:
    with as_anybody() as home:
        folder = home / "closed"
        folder.mkdir(mode=0o555)
        said = refused(folder / "plan.reckon")
        folder.chmod(0o755)
    assert f"writing to the folder {folder} is not permitted" in said


def test_that_a_name_no_file_can_have_is_explained(tmp_path: Path) -> None:
    assert "this cannot be the name of a file" in refused(tmp_path / "a\0b")
    assert "the name is too long" in refused(tmp_path / ("x" * 300))


def test_that_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert "this is no ordinary file" in refused(path)
    assert path.is_fifo()


def test_that_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    """The system stops the new file at 1000 bytes, as a full disk would."""
    path = tmp_path / "plan.reckon"
    save_plan(PLAN, path)
    program = (
        "import resource, sys\n"
        "from pricing.plan.file import PlanFileError, load_plan, save_plan\n"
        "plan = load_plan(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))\n"
        "try:\n"
        "    save_plan(plan.model_copy(update={'name': 'Other'}), sys.argv[1])\n"
        "except PlanFileError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        "plan.reckon was not saved: the file may not grow that large here; choose another place.\n"
    )
    assert path.read_text(encoding="utf-8") == plan_text(PLAN)
    assert list(tmp_path.iterdir()) == [path]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full; free some space or choose another place."),
        (errno.EROFS, "This place can only be read; choose another one."),
        (errno.EACCES, "Writing to the folder /plans is not permitted; choose another one."),
        (errno.EIO, "The system says: Input/output error."),
    ],
)
def test_that_every_failure_of_the_system_has_a_sentence(number: int, sentence: str) -> None:
    error = OSError(number, os.strerror(number))
    assert why_not_saved(error, Path("/plans/plan.reckon")).message == sentence


def test_that_a_plan_too_large_to_open_again_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pricing.plan.file.LARGEST_BYTES", 1000)
    assert "cut notes" in refused(tmp_path / "plan.reckon")
    assert LARGEST_BYTES == 50_000_000
