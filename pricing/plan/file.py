"""The `.reckon` file: a plan as UTF-8 JSON text that a person can read, diff and write.

Two spaces of indent, keys in the order of the models, a final newline, other alphabets readable.
What equals its default is left out (but for horizon, currency and the time basis of requests), so a
file holds what somebody entered and a diff what changed.
"""

import errno
import os
import stat
from math import ceil
from pathlib import Path

from pricing.plan.atomic import NotAFileError, WriteProtectedError, write_atomically
from pricing.plan.document import plan_document, validate_document
from pricing.plan.foreign import foreign_kind
from pricing.plan.notation import NotationError, read_json, write_json
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError, Problem
from pricing.plan.sentences import sentence

__all__ = [
    "LARGEST_BYTES",
    "PlanFileError",
    "load_plan",
    "parse_plan",
    "plan_text",
    "save_plan",
    "validate_document",
]

LARGEST_BYTES = 50_000_000
"""A file above this is refused unread; a plan with 100 classes and 50 options has 0.3 MB."""


class PlanFileError(PlanError):
    """A plan file that cannot be read or written, with every reason in sentences."""


def load_plan(path: str | os.PathLike[str]) -> Plan:
    """Read a plan file. Raises PlanFileError; the file is never changed."""
    subject = sentence("subject.open", {"name": Path(path).name or str(path)})
    try:
        return _parsed(_bytes_of(Path(path)))
    except PlanError as error:
        raise PlanFileError(subject, error.problems, error.count) from None


def parse_plan(text: str) -> Plan:
    """The plan of a file's text; raises PlanFileError."""
    try:
        return validate_document(read_json(text.removeprefix("\ufeff")))
    except NotationError as error:
        raise PlanFileError(sentence("subject.plan", {}), error.problems) from None
    except PlanError as error:
        raise PlanFileError(error.subject, error.problems, error.count) from None


def plan_text(plan: Plan) -> str:
    """The text of a plan's file; `parse_plan` of it gives an equal plan."""
    return write_json(plan_document(plan)) + "\n"


def save_plan(plan: Plan, path: str | os.PathLike[str]) -> None:
    """Write a plan file whole or not at all.

    Symbolic links are followed and permissions kept. Raises PlanFileError when it cannot be
    written; what was there before is then untouched.
    """
    subject = sentence("subject.save", {"name": Path(path).name or str(path)})
    content = plan_text(plan).encode("utf-8")
    if len(content) > LARGEST_BYTES:
        raise PlanFileError(subject, [Problem("save_huge", _size(len(content)))])
    try:
        write_atomically(Path(path), content)
    except (OSError, ValueError) as error:
        raise PlanFileError(subject, [why_not_saved(error, Path(path))]) from None


def _parsed(content: bytes) -> Plan:
    if not content.strip():
        raise _refused(Problem("file_empty", {}))
    if kind := foreign_kind(content):
        raise _refused(Problem("file_foreign", {"kind": kind}))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(Problem("file_utf16", {}))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(Problem("file_encoding", {"position": error.start + 1})) from None
    return parse_plan(text)


def _bytes_of(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise _refused(Problem("file_folder", {}))
        if not stat.S_ISREG(found.st_mode):
            raise _refused(Problem("file_special", {}))
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _refused(_why_not_read(error)) from None
    if len(content) > LARGEST_BYTES:
        raise _refused(Problem("file_huge", _size(max(found.st_size, len(content)))))
    return content


def _size(size: int) -> dict[str, object]:
    return {"size": ceil(size / 1e6), "limit": LARGEST_BYTES // 1_000_000}


def _refused(problem: Problem) -> PlanError:
    return PlanError(sentence("subject.plan", {}), [problem])


def _why_not_read(error: OSError | ValueError) -> Problem:
    if not isinstance(error, OSError) or error.errno == errno.ENAMETOOLONG:
        return Problem("file_bad_name", {})
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Problem("file_missing", {})
    if isinstance(error, PermissionError):
        return Problem("file_unreadable", {})
    return Problem("file_failed", {"reason": error.strerror or str(error)})


_SAVE_FAULTS = {
    errno.ENOENT: "save_folder_missing",
    errno.ENOTDIR: "save_folder_missing",
    errno.EACCES: "save_folder_refused",
    errno.EPERM: "save_folder_refused",
    errno.ENOSPC: "save_full",
    errno.EDQUOT: "save_full",
    errno.EFBIG: "save_too_large",
    errno.EROFS: "save_read_only",
    errno.ENAMETOOLONG: "save_long_name",
    errno.ELOOP: "save_loop",
}


def why_not_saved(error: OSError | ValueError, path: Path) -> Problem:
    """What the system's refusal to write a file means and what helps."""
    if isinstance(error, WriteProtectedError):
        return Problem("save_protected", {})
    if isinstance(error, IsADirectoryError):
        return Problem("save_is_folder", {})
    if isinstance(error, NotAFileError):
        return Problem("save_special", {})
    if not isinstance(error, OSError):
        return Problem("file_bad_name", {})
    facts = {"folder": str(path.absolute().parent), "reason": error.strerror or str(error)}
    return Problem(_SAVE_FAULTS.get(error.errno or 0, "file_failed"), facts)
