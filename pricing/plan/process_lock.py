"""A lock on a file that ends with its process, however that ends."""

import os
import sys
from pathlib import Path
from typing import BinaryIO


class ProcessLock:
    """Holds a file locked until released or until the process is gone.

    The system itself ends the lock of a killed process, so a reused process number fools nobody.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting; says whether it was free. Raises OSError."""
        while True:
            file = self.path.open("a+b")
            if not _lock(file):
                file.close()
                return False
            if _is_still(self.path, file):
                self._file = file
                return True
            file.close()

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._file is None:
            return
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        self._file.close()
        self._file = None
        if sys.platform == "win32":
            self.path.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _is_still(path: Path, file: BinaryIO) -> bool:
    """Whether the name still means the locked file: another process may have removed it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
