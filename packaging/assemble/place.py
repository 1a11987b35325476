"""Where things are, and the moment that everything made carries."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
PACKAGING = ROOT / "packaging"
DIST = ROOT / "dist"
"""What is handed out, and the bundle."""
BUNDLE = DIST / "reckoner"
BUILD = ROOT / "build"
"""What is made on the way."""
SHARE = BUILD / "share"
"""Icons, menu entry, manual pages: what lies in /usr/share after the installation."""


def moment() -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH, or else the time of the commit.

    Raises:
        SystemExit: there is neither.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isdigit():
        return int(stated)
    asked = subprocess.run(
        ["git", "-C", ROOT, "log", "-1", "--format=%ct"],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        raise SystemExit(
            "This is no git checkout: set SOURCE_DATE_EPOCH to the time of the source."
        )
    return int(asked.stdout)


def set_times(folder: Path) -> None:
    """Give everything in a folder the moment, and modes that no umask has touched.

    Libraries are loaded, not run: only programs keep the mode that lets them run.
    """
    when = moment()
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
    folder.chmod(0o755)
    os.utime(folder, (when, when))
