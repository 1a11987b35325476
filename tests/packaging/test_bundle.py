"""The bundle that was built: small, self-contained, and the same program as the source."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pricing.version import VERSION

pytestmark = pytest.mark.skipif(
    "RECKONER_BUNDLE" not in os.environ, reason="RECKONER_BUNDLE names no bundle"
)
BUNDLE = Path(os.environ.get("RECKONER_BUNDLE", "none"))
MOST_UNPACKED, MOST_PACKED = 260e6, 85e6
WARM_LOADED = 8.0
"""Seconds for a start while other tests take the processors; `make bench` holds the promise."""


def ask(program: str, *arguments: str, **variables: str) -> str:
    done = subprocess.run(
        [BUNDLE / program, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def needed_by(path: Path) -> set[str]:
    told = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=False)
    return set(re.findall(r"NEEDED\s+(\S+)", told.stdout))


def test_that_it_is_as_small_as_promised() -> None:
    files = [path for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) <= MOST_UNPACKED


def test_that_what_is_handed_out_is_as_small_as_promised_and_has_its_checksum() -> None:
    packed = [*BUNDLE.parent.glob("*.deb"), *BUNDLE.parent.glob("*.tar.xz")]
    assert len(packed) == 2
    assert all(path.stat().st_size <= MOST_PACKED for path in packed)
    subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=BUNDLE.parent, check=True)


def test_that_the_portable_archive_runs_where_it_is_unpacked(tmp_path: Path) -> None:
    (archive,) = BUNDLE.parent.glob("*.tar.xz")
    subprocess.run(["tar", "--extract", "--file", archive], cwd=tmp_path, check=True)
    (folder,) = tmp_path.iterdir()
    link = tmp_path / "reckoner"
    link.symlink_to(folder / "reckoner")
    done = subprocess.run([link, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"reckoner {VERSION}\n"
    assert (folder / "README.txt").is_file()


def test_that_both_programs_are_of_this_version() -> None:
    assert ask("reckoner", "--version") == f"reckoner {VERSION}\n"
    assert ask("reckoner-desktop", "--version") == f"reckoner-desktop {VERSION}\n"


def test_that_fields_are_described_as_in_the_source() -> None:
    source = subprocess.run(
        [sys.executable, "-c", "from pricing.cli.main import main; main(['schema'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "description" in source.stdout
    assert ask("reckoner", "schema") == source.stdout


def test_that_every_library_is_in_it_or_in_a_package_it_declares() -> None:
    control = Path(__file__).parents[2] / "packaging" / "debian" / "control.in"
    depends = re.search(
        r"^Depends: (.*?)\n(?! )", control.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert depends is not None
    declared = {name.split()[0] for name in depends[1].split(",")}
    inside = {path.name for path in BUNDLE.rglob("*.so*")}
    outside: dict[str, str] = {}
    for path in BUNDLE.rglob("*"):
        if path.is_file() and not path.is_symlink() and ".so" in path.name:
            outside |= dict.fromkeys(needed_by(path) - inside, path.name)
    assert outside
    for library, user in outside.items():
        found = subprocess.run(
            ["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True, check=True
        )
        packages = {line.split(":")[0] for line in found.stdout.splitlines()}
        assert packages & declared, f"{user} needs {library} of {packages}"


def test_that_qt_is_there_to_be_replaced() -> None:
    libraries = {path.name for path in (BUNDLE / "_internal" / "PySide6" / "Qt" / "lib").iterdir()}
    assert {"libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6"} <= libraries


def test_that_the_window_can_be_used_soon(tmp_path: Path) -> None:
    from tests.benchmarks.bench_package import start

    program = BUNDLE / "reckoner-desktop"
    start(program, tmp_path)
    assert start(program, tmp_path) <= WARM_LOADED


def test_that_charts_keep_their_list_of_fonts_in_a_folder_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: Mapping[str, str] = {
        name: str(tmp_path / name) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    }
    sample = BUNDLE / "_internal" / "resources" / "samples" / "customer_service.reckon"
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    ask("reckoner-desktop", "--quit-when-ready", str(sample), **folders)
    folder = tmp_path / "XDG_CACHE_HOME"
    lists = [path.relative_to(folder).parts[:-1] for path in folder.rglob("fontlist*")]
    assert lists == [("Reckoner", "matplotlib")]
