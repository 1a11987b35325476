"""What a one-folder bundle holds: Python modules, native code, and all other files."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader, ZlibArchiveReader

_NATIVE = (
    b"\x7fELF",
    b"MZ",
    b"\xcf\xfa\xed\xfe",  # Mach-O, 64 bit
    b"\xca\xfe\xba\xbe",  # Mach-O for several processors
)
_EXTENSION_FOLDERS = ("lib-dynload",)
_EXTENSION_SUFFIXES = (".so", ".pyd")
_INTERPRETERS = ("libpython", "python3", "Python")
_START = "surroundings"
_LOADER = "pyi"
"""How the names of PyInstaller's own start-up modules begin."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything in a bundle, by what it is."""

    modules: frozenset[str]
    """Names of Python modules, compiled or native, that an import statement could find."""
    libraries: frozenset[str]
    """Paths of programs and shared libraries, relative to the folder that holds them all."""
    data: frozenset[str]
    """Paths of all other files, likewise."""
    built_in: frozenset[str]
    """Modules compiled into the interpreter's library; found without a file of their own."""
    python_sockets: bool
    """Whether a module `socket` is Python's own, which looks for `_socket`, and no stand-in."""
    blocked: frozenset[str]
    """Modules that every program of the bundle keeps from being imported, whatever has them."""


def inner_folder(bundle: Path) -> Path:
    """The folder with everything but the programs.

    Raises:
        FileNotFoundError: this is no bundle.
    """
    for place in (bundle / "_internal", bundle / "Contents" / "Frameworks"):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{bundle} is no bundle: it has no folder _internal")


def programs(bundle: Path) -> tuple[Path, ...]:
    """The programs that a person starts."""
    inner_folder(bundle)
    folder = bundle / "Contents" / "MacOS"
    if not folder.is_dir():
        folder = bundle
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.is_symlink() and is_native(path)
    )


def is_native(path: Path) -> bool:
    """Whether a file is a program or a library of Linux, Windows or macOS."""
    with path.open("rb") as file:
        start = file.read(4)
    return any(start.startswith(magic) for magic in _NATIVE)


def read_contents(bundle: Path) -> Contents:
    """Read a bundle.

    Raises:
        FileNotFoundError: this is no bundle.
    """
    inner = inner_folder(bundle)
    modules: set[str] = set()
    libraries: set[str] = set()
    data: set[str] = set()
    built_in: set[str] = set()
    python_sockets = False
    started = programs(bundle)
    for program in started:
        modules |= frozen_modules(program)
        python_sockets |= has_python_sockets(program)
    blocked = [blocked_modules(program) for program in started]
    for path in sorted(inner.rglob("*")):
        if path.is_dir() or path.is_symlink():
            continue
        name = path.relative_to(inner).as_posix()
        if is_native(path):
            libraries.add(name)
            extension = extension_module(name)
            modules |= {extension} if extension else set()
            if path.name.startswith(_INTERPRETERS):
                built_in |= built_in_modules(path)
        elif name == "base_library.zip":
            modules |= zipped_modules(path)
        elif path.suffix in {".py", ".pyc"}:
            modules.add(_dotted(name.rsplit(".", 1)[0]))
        else:
            data.add(name)
    return Contents(
        frozenset(modules),
        frozenset(libraries),
        frozenset(data),
        frozenset(built_in),
        python_sockets,
        frozenset(set.intersection(*blocked)) if blocked else frozenset(),
    )


def frozen_modules(program: Path) -> set[str]:
    """Modules in the archive that is part of a program."""
    found = {name for archive in _frozen_archives(program) for name in archive.toc}
    return {name for name in found if not name.startswith(_LOADER)}


def has_python_sockets(program: Path) -> bool:
    """Whether the module `socket` of a program, if it has one, imports `_socket`."""
    return any(
        "_socket" in archive.extract("socket").co_names
        for archive in _frozen_archives(program)
        if "socket" in archive.toc
    )


def blocked_modules(program: Path) -> set[str]:
    """What a program blocks: the constant BLOCKED of its module `surroundings`."""
    found: set[str] = set()
    for archive in _frozen_archives(program):
        if _START in archive.toc:
            space: dict[str, object] = {"__name__": _START}
            exec(archive.extract(_START), space)  # of our own bundle
            names = space.get("BLOCKED", ())
            found |= {str(name) for name in names} if isinstance(names, tuple) else set()
    return found


def _frozen_archives(program: Path) -> list[ZlibArchiveReader]:
    reader = CArchiveReader(str(program))
    return [reader.open_embedded_archive(name) for name in reader.toc if name.endswith(".pyz")]


def zipped_modules(path: Path) -> set[str]:
    """Modules that the interpreter needs before it can read the archive."""
    with zipfile.ZipFile(path) as file:
        return {_dotted(name[:-4]) for name in file.namelist() if name.endswith(".pyc")}


def extension_module(name: str) -> str | None:
    """The import name of a native module; none for a plain library.

    >>> extension_module("numpy/linalg/_umath_linalg.cpython-311-x86_64-linux-gnu.so")
    'numpy.linalg._umath_linalg'
    >>> extension_module("python3.11/lib-dynload/_csv.cpython-311-x86_64-linux-gnu.so")
    '_csv'
    >>> extension_module("PySide6/Qt/plugins/platforms/libqxcb.so") is None
    True
    """
    parts = name.split("/")
    file = parts[-1]
    if not file.endswith(_EXTENSION_SUFFIXES) or file.startswith("lib"):
        return None
    for folder in _EXTENSION_FOLDERS:
        if folder in parts:
            parts = parts[parts.index(folder) + 1 :]
    return ".".join((*parts[:-1], file.split(".")[0]))


def built_in_modules(library: Path) -> set[str]:
    """Modules whose start function is in a library: CPython calls it PyInit_ and the name."""
    content = library.read_bytes()
    found: set[str] = set()
    start = content.find(b"PyInit_")
    while start >= 0:
        end = content.find(b"\0", start)
        name = content[start + len(b"PyInit_") : end]
        if name.isascii() and name.decode("ascii").isidentifier():
            found.add(name.decode("ascii"))
        start = content.find(b"PyInit_", start + 1)
    return found


def _dotted(path: str) -> str:
    return path.removesuffix("/__init__").replace("/", ".")
