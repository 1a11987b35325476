"""Who a file or a module of the bundle comes from, as the machine that built it knows."""

import csv
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any, Final

from audit.contents import extension_module

_LICENCE_FILE: Final = re.compile(
    r"^(LICEN[CS]E|COPYING|NOTICE|AUTHORS|THIRD_PARTY)", re.IGNORECASE
)
_OURS: Final = {"pricing", "desktop", "surroundings", "field_docstrings", "socket"}
"""Our packages, and the stand-in for Python's `socket`."""
_SPDX_OF_DEBIAN: Final = {
    "libffi8": "MIT",
    "libxcb-cursor0": "X11",
    "libxcb-icccm4": "X11",
    "libxcb-image0": "X11",
    "libxcb-keysyms1": "X11",
    "libxcb-render-util0": "X11",
    "libxcb-util1": "X11",
}
"""As read in each package's file `copyright`."""


def normal(name: str) -> str:
    """The normalised name of a distribution."""
    return re.sub(r"[-_.]+", "-", name).lower()


def recorded_files(installed: Mapping[str, Distribution]) -> dict[str, str]:
    """The distribution that every installed file belongs to, by the path in site-packages.

    Args:
        installed: distributions by their normalised names.
    """
    return {
        row[0]: name
        for name, found in installed.items()
        for row in csv.reader((found.read_text("RECORD") or "").splitlines())
        if row
    }


def recorded_modules(recorded: Mapping[str, str]) -> dict[str, str]:
    """The distribution of every module, of packages without a file of their own too."""
    owners: dict[str, str] = {}
    for path, owner in recorded.items():
        if path.endswith(".py"):
            module: str | None = path[:-3].removesuffix("/__init__").replace("/", ".")
        else:
            module = extension_module(path)
        while module:
            owners.setdefault(module, owner)
            module = module.rpartition(".")[0]
    return owners


def module_owner(module: str, modules: Mapping[str, str]) -> str | None:
    """The distribution of a module; `python`, `pyinstaller` or `reckoner` without one."""
    top = module.partition(".")[0]
    if top in _OURS:
        return "reckoner"
    if top in sys.stdlib_module_names or top.startswith("_sysconfigdata"):
        return "python"
    if top.startswith(("_pyi", "pyi")):
        return "pyinstaller"
    return modules.get(module)


def is_standard(module: str | None) -> bool:
    """Whether a native module belongs to Python itself; on Windows they lie at the top."""
    return module is not None and module in sys.stdlib_module_names


def licence_files(found: Distribution) -> list[str]:
    """Texts of the licences and notices that a distribution brings, in the order of their paths."""
    texts = []
    for file in sorted(found.files or (), key=str):
        if _LICENCE_FILE.match(file.name) and file.suffix not in {".py", ".pyc"}:
            path = Path(str(found.locate_file(file)))
            if path.is_file():
                texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return texts


def bill_inside(found: Distribution, file: str) -> dict[str, Any]:
    """The bill of materials (CycloneDX) that a distribution brings; raises FileNotFoundError."""
    for path in found.files or ():
        if path.name == file:
            bill: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return bill
    raise FileNotFoundError(f"{found.name} brings no {file}")


def python_version() -> str:
    """The version of the interpreter in the bundle: that of the one that builds."""
    return platform.python_version()


def python_element_text() -> str:
    """The licence of Python; raises FileNotFoundError if this copy came without."""
    folders = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    for folder in folders:
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                return (folder / name).read_text(encoding="utf-8")
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    return debian.read_text(encoding="utf-8")


def debian_package(name: str) -> tuple[str, str, str, str, str, str] | None:
    """The Debian package of a shared library that the bundle took from the system.

    Returns:
        Name, version, SPDX licence, page of its source, package URL and text of its `copyright`;
        none where this is not Debian or no package has such a file. Raises KeyError for a package
        whose licence nobody has read.
    """
    if shutil.which("dpkg-query") is None:
        return None
    found = _output("dpkg-query", "--search", f"*/{Path(name).name}")
    line = next((line for line in found.splitlines() if "x86_64" in line or "aarch64" in line), "")
    package, _, _ = line.partition(":")
    if not package:
        return None
    form = "${Version}\t${source:Package}"
    version, source = _output("dpkg-query", "--show", f"--showformat={form}", package).split("\t")
    return (
        package,
        version,
        _SPDX_OF_DEBIAN[package],
        f"https://tracker.debian.org/pkg/{source}",
        f"pkg:deb/debian/{package}@{version}",
        Path(f"/usr/share/doc/{package}/copyright").read_text(encoding="utf-8"),
    )


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
