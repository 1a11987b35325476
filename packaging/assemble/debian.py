"""Packs the bundle as a Debian package, with dpkg-deb alone."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from assemble.place import BUILD, BUNDLE, DIST, PACKAGING, SHARE, moment, set_times
from pricing.version import VERSION

PROGRAMS = ("reckoner", "reckoner-desktop")


def make_debian() -> Path:
    """The package in dist/; needs the bundle and build/share/."""
    tree = BUILD / "debian"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / "usr" / "lib" / "reckoner", symlinks=True)
    shutil.copytree(SHARE, tree / "usr" / "share")
    programs = tree / "usr" / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        (programs / name).symlink_to(f"../lib/reckoner/{name}")
    _write_control(tree)
    set_times(tree)
    package = DIST / f"reckoner_{VERSION}_{_architecture()}.deb"
    subprocess.run(
        [
            # of the blocks of several threads, so that it does not matter how many there are
            *("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=2"),
            *("--build", str(tree), str(package)),
        ],
        env=os.environ | {"SOURCE_DATE_EPOCH": str(moment())},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return package


def _write_control(tree: Path) -> None:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    control = tree / "DEBIAN"
    control.mkdir()
    text = (PACKAGING / "debian" / "control.in").read_text("utf-8")
    for name, value in (
        ("VERSION", VERSION), ("ARCHITECTURE", _architecture()), ("SIZE", str(size)),
    ):  # fmt: skip
        text = text.replace(f"@{name}@", value)
    (control / "control").write_text(text, "utf-8")
    sums = (f"{_md5(path)}  {path.relative_to(tree)}\n" for path in files)
    (control / "md5sums").write_text("".join(sums), "utf-8")


def _md5(path: Path) -> str:
    """The checksum that dpkg keeps; it finds damage, not malice."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _architecture() -> str:
    asked = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return asked.stdout.strip()
