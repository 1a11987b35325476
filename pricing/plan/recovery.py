"""Unsaved work outlives a crash: each running process keeps its plan in a file of its own."""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pricing.plan.atomic import write_atomically
from pricing.plan.file import PlanFileError, parse_plan, plan_text, why_not_saved
from pricing.plan.plan import Plan
from pricing.plan.process_lock import ProcessLock
from pricing.plan.sentences import sentence

FORMAT = "reckoner-recovery"
SCHEMA = 1
_KEPT = ".kept"
_LOCK = ".lock"
_BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Recovered:
    """Work that a process left behind when it ended without saving or discarding it."""

    text: str
    """Text of the plan file; `plan()` reads it."""
    original: Path | None
    """The file it was opened from or saved to; none if it never was."""
    kept_at: datetime
    """When it was kept, in UTC."""
    file: Path
    """Where it lies until it is discarded."""

    def plan(self) -> Plan:
        """The plan; raises PlanFileError if this version cannot read it."""
        return parse_plan(self.text)


class Recovery:
    """Keeps the unsaved plan of this process and finds those that others left behind.

    One file per process, locked while the process lives. Nothing here ever deletes work that the
    buyer has not saved or discarded; what cannot be read is moved to the folder `broken`.
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder, made when first needed; several processes may share it."""
        self.folder = folder
        self._name = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._lock: ProcessLock | None = None

    @property
    def file(self) -> Path:
        """Where this process keeps its plan."""
        return self.folder / (self._name + _KEPT)

    def keep(self, plan: Plan, original: str | os.PathLike[str] | None) -> None:
        """Keep the plan, replacing what this process kept before. Raises PlanFileError."""
        content = {
            "format": FORMAT,
            "schema": SCHEMA,
            "kept_at": datetime.now(UTC).isoformat(),
            "original": None if original is None else str(Path(original).absolute()),
            "plan": plan_text(plan),
        }
        text = json.dumps(content, ensure_ascii=True, indent=1) + "\n"
        try:
            self._hold_lock()
            write_atomically(self.file, text.encode("ascii"))
        except OSError as error:
            subject = sentence("subject.keep", {})
            raise PlanFileError(subject, [why_not_saved(error, self.file)]) from None

    def clear(self) -> None:
        """Forget what this process kept, after the plan was saved or discarded.

        Should the system refuse, the saved plan is offered once more: harmless, so no error.
        """
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)
            if self._lock is not None:
                self._lock.release()
        self._lock = None

    def left_over(self) -> tuple[Recovered, ...]:
        """What processes that are gone left behind, the newest first.

        A file that cannot be read is moved to `broken` and not reported. A folder that does not
        exist or cannot be read holds nothing.
        """
        found: list[Recovered] = []
        with contextlib.suppress(OSError):
            for path in sorted(self.folder.glob("*" + _LOCK)):
                self._remove_unused(path)
            kept = (path for path in sorted(self.folder.glob("*" + _KEPT)) if path != self.file)
            found += filter(None, map(self._recovered, kept))
        return tuple(sorted(found, key=lambda item: item.kept_at, reverse=True))

    def discard(self, recovered: Recovered) -> None:
        """Delete left-over work, after it was opened and saved or refused."""
        with contextlib.suppress(OSError):
            recovered.file.unlink(missing_ok=True)

    def _hold_lock(self) -> None:
        if self._lock is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = ProcessLock(self.folder / (self._name + _LOCK))
            lock.acquire()
            self._lock = lock

    def _remove_unused(self, path: Path) -> None:
        """Remove the lock of a process that ended before it kept anything."""
        if path.stem != self._name and not path.with_suffix(_KEPT).exists():
            lock = ProcessLock(path)
            lock.acquire()
            lock.release()

    def _recovered(self, path: Path) -> Recovered | None:
        lock = ProcessLock(path.with_suffix(_LOCK))
        try:
            return _read(path) if lock.acquire() else None
        except (OSError, _FromNewerVersionError):
            return None
        except (ValueError, KeyError, TypeError, PlanFileError, RecursionError):
            with contextlib.suppress(OSError):
                self._put_aside(path)
            return None
        finally:
            lock.release()

    def _put_aside(self, path: Path) -> None:
        broken = self.folder / _BROKEN
        broken.mkdir(exist_ok=True)
        target = broken / path.name
        while target.exists():
            target = broken / f"{path.stem}-{secrets.token_hex(3)}{_KEPT}"
        path.rename(target)


class _FromNewerVersionError(Exception):
    """Work that a newer version kept and can still recover."""


def _read(path: Path) -> Recovered:
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["format"] != FORMAT:
        raise ValueError(f"{path.name} was written by another program")
    if content["schema"] > SCHEMA:
        raise _FromNewerVersionError
    original, text = content["original"], content["plan"]
    kept_at = datetime.fromisoformat(content["kept_at"])
    if not isinstance(text, str) or not (original is None or isinstance(original, str)):
        raise TypeError(f"{path.name} holds no text of a plan")
    if kept_at.tzinfo is None:
        raise ValueError(f"{path.name} does not say when it was kept")
    try:
        parse_plan(text)
    except PlanFileError as error:
        if error.problems[0].code == "file_newer":
            raise _FromNewerVersionError from None
        raise
    return Recovered(text, None if original is None else Path(original), kept_at, path)
