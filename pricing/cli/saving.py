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


def refuse_missing_folder(path: Path) -> None:
    """Raise Failure if the folder of a file is not there, before time is spent on its content."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise Failure(
            _(
                "{path} cannot be written: there is no folder {folder}; choose another with -o."
            ).format(path=path, folder=folder)
        )
