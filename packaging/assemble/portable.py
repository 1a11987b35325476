"""Packs the bundle as an archive that runs from any folder."""

import platform
import shutil
import subprocess
from pathlib import Path

from assemble.place import BUILD, BUNDLE, DIST, PACKAGING, SHARE, moment, set_times
from pricing.version import VERSION


def make_portable() -> Path:
    """The archive in dist/; needs the bundle and build/share/."""
    name = f"reckoner-{VERSION}-linux-{platform.machine()}"
    tree = BUILD / "portable" / name
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree, symlinks=True)
    shutil.copytree(SHARE, tree / "share")
    shutil.copyfile(PACKAGING / "debian" / "portable.txt", tree / "README.txt")
    set_times(tree)
    archive = DIST / f"{name}.tar"
    subprocess.run(
        [
            *("tar", "--create", "--sort=name", "--format=gnu", f"--mtime=@{moment()}"),
            *("--owner=0", "--group=0", "--numeric-owner"),
            *("--file", str(archive), "--directory", str(tree.parent), name),
        ],
        check=True,
    )
    subprocess.run(["xz", "--force", "--threads=2", "-6", str(archive)], check=True)
    return archive.with_name(archive.name + ".xz")
