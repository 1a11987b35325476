"""Plan files that commands write: never over another file by accident."""

from pathlib import Path

from pricing.cli.failure import Failure
from pricing.cli.texts import _


def refuse_to_replace(path: Path, *, force: bool) -> None:
    """Raise Failure if a file has this name already and nobody allowed to replace it."""
    if not force and (path.exists() or path.is_symlink()):
        raise Failure(
            _("{path} exists already; choose another name with -o, or add --force.").format(
                path=path
            )
        )
