"""Writing a file so that at every moment either the old or the new one is whole."""

import contextlib
import os
import secrets
import stat
from pathlib import Path


class WriteProtectedError(OSError):
    """The file exists and nobody may write to it."""


class NotAFileError(OSError):
    """Something that is neither a file nor a folder has the name."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a temporary file in the same folder, then put it in the place of the old file.

    Symbolic links are followed, permissions are kept. Raises OSError (ValueError for a name no
    file can have); the old file is then untouched and the temporary one removed.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_of(target)
    temporary = target.with_name(f".reckoner-{secrets.token_hex(8)}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _remember_folder(target.parent)


def _mode_of(target: Path) -> int | None:
    """Permissions of the file to replace, none if there is none."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(str(target))
    if not stat.S_ISREG(found.st_mode):
        raise NotAFileError(str(target))
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise WriteProtectedError(str(target))
    return stat.S_IMODE(found.st_mode)


def _remember_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system allows it (Windows does not)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
