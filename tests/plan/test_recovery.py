"""Unsaved work: kept while a process lives, offered when it is gone, never deleted unasked."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pricing.plan.file import PlanFileError, load_plan, plan_text
from pricing.plan.process_lock import ProcessLock
from pricing.plan.recovery import Recovered, Recovery

GOLDEN = Path(__file__).parent / "golden" / "version_1.reckon"
PLAN = load_plan(GOLDEN)

KEEPER = """
import sys
from pathlib import Path
from pricing.plan.file import load_plan
from pricing.plan.recovery import Recovery
recovery = Recovery(Path(sys.argv[1]))
recovery.keep(load_plan(sys.argv[2]), sys.argv[3] or None)
print("kept", flush=True)
sys.stdin.readline()
recovery.clear()
"""


@contextmanager
def keeper(folder: Path, original: str = "") -> Iterator[subprocess.Popen[str]]:
    """Another process that keeps the golden plan until it is told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(folder), str(GOLDEN), original],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "kept\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def left_by_a_killed_process(folder: Path, original: str = "") -> Recovered:
    """What one killed process left behind."""
    with keeper(folder, original) as process:
        process.kill()
        process.wait()
    (recovered,) = Recovery(folder).left_over()
    return recovered


def test_that_a_killed_process_leaves_its_plan_and_where_it_came_from(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    recovered = left_by_a_killed_process(tmp_path, "/plans/mine.reckon")
    assert recovered.plan() == PLAN
    assert recovered.text == plan_text(PLAN)
    assert recovered.original == Path("/plans/mine.reckon")
    assert before - timedelta(seconds=1) <= recovered.kept_at <= datetime.now(UTC)


def test_that_a_plan_never_saved_has_no_original(tmp_path: Path) -> None:
    assert left_by_a_killed_process(tmp_path).original is None


def test_that_a_running_process_is_left_alone(tmp_path: Path) -> None:
    with keeper(tmp_path):
        assert Recovery(tmp_path).left_over() == ()
        assert len(list(tmp_path.glob("*.kept"))) == 1
    assert len(Recovery(tmp_path).left_over()) == 1


def test_that_a_process_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    with keeper(tmp_path) as process:
        process.communicate("end\n", timeout=60)
    assert list(tmp_path.iterdir()) == []


def test_that_two_killed_processes_are_both_offered_the_newest_first(tmp_path: Path) -> None:
    with keeper(tmp_path, "/a.reckon"), keeper(tmp_path, "/b.reckon"):
        pass
    found = Recovery(tmp_path).left_over()
    assert {str(item.original) for item in found} == {"/a.reckon", "/b.reckon"}
    assert found[0].kept_at > found[1].kept_at


def test_that_looking_does_not_use_up_and_discarding_does(tmp_path: Path) -> None:
    recovered = left_by_a_killed_process(tmp_path)
    recovery = Recovery(tmp_path)
    assert recovery.left_over() == recovery.left_over() == (recovered,)
    recovery.discard(recovered)
    recovery.discard(recovered)
    assert recovery.left_over() == ()
    assert list(tmp_path.iterdir()) == []


def test_that_a_reused_process_number_hides_nothing(tmp_path: Path) -> None:
    recovered = left_by_a_killed_process(tmp_path)
    mine = tmp_path / f"{os.getpid()}-0123456789ab.kept"
    recovered.file.rename(mine)
    assert [item.file for item in Recovery(tmp_path).left_over()] == [mine]


def test_that_keeping_again_replaces_and_clearing_removes(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path / "deep" / "folder")
    recovery.keep(PLAN, None)
    recovery.keep(PLAN.model_copy(update={"name": "Newer"}), "x.reckon")
    kept = json.loads(recovery.file.read_text(encoding="utf-8"))
    assert '"name": "Newer"' in kept["plan"]
    assert kept["original"] == str(Path("x.reckon").absolute())
    assert recovery.left_over() == ()
    recovery.clear()
    recovery.clear()
    assert list(recovery.folder.iterdir()) == []
    recovery.keep(PLAN, None)
    assert recovery.file.exists()
    recovery.clear()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"format": "other"}',
        b'{"format": "reckoner-recovery", "schema": 1}',
        b'{"format": "reckoner-recovery", "schema": "x", "kept_at": "", "plan": ""}',
        b"[" * 100_000,
    ],
    ids=["empty", "cut", "binary", "list", "null", "other", "keys", "schema", "deep"],
)
def test_that_a_broken_file_is_put_aside_and_not_deleted(tmp_path: Path, content: bytes) -> None:
    recovered = left_by_a_killed_process(tmp_path)
    broken = tmp_path / "1-aa.kept"
    broken.write_bytes(content)
    assert Recovery(tmp_path).left_over() == (recovered,)
    assert (tmp_path / "broken" / "1-aa.kept").read_bytes() == content
    assert not broken.exists()


def test_that_a_plan_that_cannot_be_read_is_put_aside_beside_an_older_one(tmp_path: Path) -> None:
    for text in ("first", "second"):
        recovered = left_by_a_killed_process(tmp_path)
        content = json.loads(recovered.file.read_text(encoding="utf-8")) | {"plan": text}
        recovered.file.write_text(json.dumps(content), encoding="utf-8")
        recovered.file.rename(tmp_path / "7-same.kept")
        assert Recovery(tmp_path).left_over() == ()
    aside = [json.loads(path.read_text())["plan"] for path in (tmp_path / "broken").iterdir()]
    assert sorted(aside) == ["first", "second"]


@pytest.mark.parametrize(
    "newer", [{"schema": 2}, {"plan": '{"format": "reckoner-plan", "schema": 9}'}]
)
def test_that_work_of_a_newer_version_is_left_for_it(
    tmp_path: Path, newer: dict[str, object]
) -> None:
    recovered = left_by_a_killed_process(tmp_path)
    content = json.loads(recovered.file.read_text(encoding="utf-8")) | newer
    recovered.file.write_text(json.dumps(content), encoding="utf-8")
    assert Recovery(tmp_path).left_over() == ()
    assert recovered.file.exists()


def test_that_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    recovery = Recovery(tmp_path / "file" / "folder")
    assert recovery.left_over() == ()
    with pytest.raises(PlanFileError, match="Unsaved work could not be kept for a recovery: the f"):
        recovery.keep(PLAN, None)


def test_that_the_lock_of_a_process_killed_before_it_kept_anything_is_removed(
    tmp_path: Path,
) -> None:
    (tmp_path / "5-aa.lock").touch()
    held = ProcessLock(tmp_path / "6-bb.lock")
    assert held.acquire()
    assert Recovery(tmp_path).left_over() == ()
    assert [path.name for path in tmp_path.iterdir()] == ["6-bb.lock"]
    assert not ProcessLock(tmp_path / "6-bb.lock").acquire()
    held.release()
