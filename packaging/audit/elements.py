"""What a bundle is made of: every element with version, licence, source, licence texts and files.

Files belong, in this order, to Reckoner itself, to a part of `parts.toml`, to a Python distribution
whose record names them, to the Debian package that installed the same file. A file or module that
belongs to nobody is an error: then nobody would have looked at its licence.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, Final

from audit.contents import Contents, extension_module, inner_folder, programs
from audit.owners import (
    bill_inside,
    debian_package,
    is_standard,
    licence_files,
    module_owner,
    normal,
    python_element_text,
    python_version,
    recorded_files,
    recorded_modules,
)

HERE: Final = Path(__file__).resolve().parent
PARTS: Final = HERE / "parts.toml"
TEXTS: Final = HERE.parent / "licences"
LOCK: Final = HERE.parent / "requirements.txt"
OWN: Final = "Reckoner"
OWN_DATA: Final = ("resources/", "desktop/", "pricing/")
PYTHON: Final = "CPython"
LOADER: Final = "PyInstaller's start program"


class OriginError(LookupError):
    """Something in the bundle whose origin or licence nobody stated."""


@dataclass(slots=True)
class Element:
    """One thing that somebody else made, or Reckoner."""

    name: str
    version: str | None
    licence: str
    """An SPDX expression."""
    source: str
    """Where its source code, or its page, is."""
    purl: str | None = None
    kind: str = "library"
    """`library` or `data`."""
    inside: str | None = None
    """Name of the element it is compiled into."""
    replaceable: bool = False
    """Whether its licence asks that it can be replaced."""
    texts: list[str] = field(default_factory=list)
    """Full texts of its licences and notices."""
    artefacts: tuple[str, ...] = ()
    """SHA-256 of the archives that the lock accepts for it."""
    files: dict[str, str] = field(default_factory=dict)
    """Files in the bundle with their SHA-256."""


def collect(bundle: Path, contents: Contents) -> tuple[Element, ...]:
    """Everything a bundle is made of, Reckoner first, then by name.

    Raises:
        OriginError: a file, module or licence that nobody stated.
    """
    table = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    installed = {normal(found.name): found for found in distributions()}
    collector = _Collector(table, installed, locked_hashes(LOCK.read_text(encoding="utf-8")))
    inner = inner_folder(bundle)
    for name in sorted(contents.libraries | contents.data | _archives(inner)):
        collector.take_file(name, hashlib.sha256((inner / name).read_bytes()).hexdigest())
    for module in sorted(contents.modules):
        collector.take_module(module)
    collector.take_loader(programs(bundle))
    return collector.finished()


def _archives(inner: Path) -> set[str]:
    return {path.relative_to(inner).as_posix() for path in inner.glob("base_library.zip")}


def locked_hashes(lock: str) -> dict[str, tuple[str, ...]]:
    """SHA-256 of the archives of every distribution in a lock, by normalised name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lock.splitlines():
        if pin := re.match(r"([A-Za-z0-9._-]+)==", line):
            name = normal(pin[1])
        if digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found.setdefault(name, []).append(digest[1])
    return {name: tuple(sorted(digests)) for name, digests in found.items()}


class _Collector:
    """Gives every file and module to its element."""

    def __init__(
        self,
        table: Mapping[str, Any],
        installed: Mapping[str, Distribution],
        locked: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._licences: Mapping[str, str] = table["licence_of"]
        self._parts: list[Mapping[str, Any]] = table["part"]
        self._bills: Mapping[str, str] = table["bill_of"]
        self._installed, self._locked = installed, locked
        self._recorded = recorded_files(installed)
        self._modules = recorded_modules(self._recorded)
        self._found: dict[str, Element] = {OWN: self._own()}

    def take_file(self, name: str, digest: str) -> None:
        """Find the owner of a file."""
        for part in self._parts:
            if any(fnmatchcase(name, pattern) for pattern in part.get("holds", ())):
                self._part(part).files[name] = digest
                return
        if is_standard(extension_module(name)):
            element = self._part(self._named(PYTHON))
        elif owner := self._recorded.get(name):
            element = self._distribution(owner)
        elif name.startswith(OWN_DATA):
            element = self._found[OWN]
        elif package := debian_package(name):
            element = self._found.setdefault(package[0], Element(*package[:4], purl=package[4]))
            element.texts = [package[5]]
        else:
            raise OriginError(f"{name} belongs to no part, distribution or Debian package")
        element.files[name] = digest

    def take_module(self, module: str) -> None:
        """Find the owner of a module, so that pure Python counts too."""
        owner = module_owner(module, self._modules)
        if owner is None:
            raise OriginError(f"module {module} belongs to no distribution")
        if owner == "python":
            self._part(self._named(PYTHON))
        elif owner == "pyinstaller":
            self._part(self._named(LOADER))
        elif owner != "reckoner":
            self._distribution(owner)

    def take_loader(self, started: Iterable[Path]) -> None:
        """The programs: PyInstaller's start program with our modules behind it."""
        element = self._part(self._named(LOADER))
        for program in started:
            element.files[f"../{program.name}"] = hashlib.sha256(program.read_bytes()).hexdigest()

    def finished(self) -> tuple[Element, ...]:
        """All elements, with what is compiled into them, Reckoner first."""
        for part in self._parts:
            if part.get("inside") in self._found:
                self._part(part)
        for name, file in self._bills.items():
            if name in self._found:
                self._nest(name, bill_inside(self._installed[name], file))
        others = sorted(set(self._found) - {OWN}, key=str.casefold)
        return tuple(self._found[name] for name in (OWN, *others))

    def _nest(self, name: str, bill: Mapping[str, Any]) -> None:
        for given in bill["components"]:
            expression = given["licenses"][0]["expression"].replace("/", " OR ")
            title = f"{given['name']} {given['version']}, in {name}"
            self._found[title] = Element(
                given["name"],
                given["version"],
                expression,
                f"https://crates.io/crates/{given['name']}/{given['version']}",
                purl=given["purl"],
                inside=name,
            )

    def _named(self, name: str) -> Mapping[str, Any]:
        return next(part for part in self._parts if part["name"] == name)

    def _part(self, part: Mapping[str, Any]) -> Element:
        name = part["name"]
        if name not in self._found:
            version = part.get("version")
            if "version_of" in part:
                version = self._version(part["version_of"])
            self._found[name] = Element(
                name,
                version,
                part["licence"],
                part["source"],
                purl="pkg:generic/cpython@" + python_version() if name == PYTHON else None,
                kind=part.get("kind", "library"),
                inside=part.get("inside"),
                replaceable=part.get("replaceable", False),
                texts=[text for given in part["texts"] for text in self._texts(given)],
            )
        return self._found[name]

    def _texts(self, given: str) -> list[str]:
        if given == "of python":
            return [python_element_text()]
        if given.startswith("of "):
            return licence_files(self._installed[given.removeprefix("of ")])
        return [(TEXTS / given).read_text(encoding="utf-8")]

    def _version(self, name: str) -> str:
        return python_version() if name == "python" else self._installed[name].version

    def _distribution(self, name: str) -> Element:
        if name not in self._found:
            found = self._installed[name]
            licence = self._licences.get(name) or found.metadata.get("License-Expression")
            if not licence:
                raise OriginError(f"{name} states no SPDX licence; add it to {PARTS.name}")
            texts = licence_files(found)
            if licence.startswith("LGPL-3.0"):
                texts += self._texts("LGPL-3.0.txt") + self._texts("GPL-3.0.txt")
            if not texts:
                raise OriginError(f"{name} brings no licence text")
            self._found[name] = Element(
                name,
                found.version,
                licence,
                f"https://pypi.org/project/{name}/{found.version}/",
                purl=f"pkg:pypi/{name}@{found.version}",
                replaceable=licence.startswith("LGPL"),
                texts=texts,
                artefacts=self._locked.get(name, ()),
            )
        return self._found[name]

    def _own(self) -> Element:
        from pricing.version import VERSION

        root = HERE.parents[1]
        text = (root / "LICENSE").read_text(encoding="utf-8")
        return Element(OWN, VERSION, "Apache-2.0", "", texts=[text])
