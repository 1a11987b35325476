"""Which of the shared libraries found are needed, and copies of them without symbols."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from PyInstaller.depend.bindepend import get_imports

Entry = tuple[str, str, str]
"""Place in the bundle, file it is copied from (of a link: what it points to), kind."""


def needed(found: Iterable[Entry]) -> list[Entry]:
    """Extension modules, plugins and Python itself, and the libraries that these need in turn.

    PyInstaller follows the needs of everything it finds. Where a plugin is left out afterwards, the
    libraries that only it needed are still there; this leaves them out too.
    """
    entries = list(found)
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry[2] != "SYMLINK":
            by_name.setdefault(PurePath(entry[0]).name, []).append(entry)
    kept: set[Entry] = set()
    waiting = [entry for entry in entries if _is_root(entry)]
    while waiting:
        entry = waiting.pop()
        if entry in kept:
            continue
        kept.add(entry)
        for name, _ in get_imports(entry[1]):
            waiting.extend(by_name.get(PurePath(name).name, ()))
    return linked([entry for entry in entries if entry in kept or entry[2] == "SYMLINK"], kept)


def linked(entries: Iterable[Entry], kept: Iterable[Entry]) -> list[Entry]:
    """The entries without links to what is not kept."""
    places = {PurePath(place) for place, _, _ in kept}
    return [
        (place, target, kind)
        for place, target, kind in entries
        if kind != "SYMLINK" or PurePath(place).parent / target in places
    ]


def without_symbols(found: Iterable[Entry], chosen: Mapping[str, str], folder: Path) -> list[Entry]:
    """The same with stripped copies of those whose place matches one of the chosen patterns."""
    return [
        (place, _stripped(Path(source), folder / place), kind)
        if kind != "SYMLINK" and any(re.search(pattern, place) for pattern in chosen)
        else (place, source, kind)
        for place, source, kind in found
    ]


def _is_root(entry: Entry) -> bool:
    place, _, kind = entry
    return kind == "EXTENSION" or "/plugins/" in PurePath(place).as_posix() or "python3" in place


def _stripped(source: Path, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "--strip-unneeded", "-o", target, source.resolve()], check=True)
    return str(target)
