"""Files that appear whole or not at all, with an error that says what to do."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pricing.workbook.errors import WorkbookError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file in the same folder that takes the place of `path` when all went well.

    Raises:
        WorkbookError: if the place cannot be written; what stood there before stays.
    """
    if path.is_dir():
        raise WorkbookError(f"{path} is a folder; give the name of a file, such as bill.xlsx")
    if not path.parent.is_dir():
        raise WorkbookError(f"The folder {path.parent} does not exist; create it or choose another")
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem[:40]}-", suffix=".xlsx", dir=path.parent
        )
    except OSError as fault:
        raise _refused(path, fault) from fault
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as fault:
        raise _refused(path, fault) from fault
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(path: Path, fault: OSError) -> WorkbookError:
    if isinstance(fault, PermissionError) and path.exists():
        advice = "close it where it is open, or choose another name"
    elif isinstance(fault, PermissionError):
        advice = "choose a folder you may write to"
    else:
        advice = "choose another place"
    reason = fault.strerror or str(fault)
    return WorkbookError(f"{path} cannot be written ({reason}); {advice}")
