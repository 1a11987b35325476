"""Every module that our code imports only when it needs it can be imported."""

import dis
import sys
from collections.abc import Iterator
from importlib import import_module
from types import CodeType, ModuleType

from desktop.selftest.check import CheckError, Place, require

OURS = ("desktop", "pricing")
IMPORT = dis.opmap["IMPORT_NAME"]


def parts_loaded_late(_place: Place) -> str:
    """Follow the imports inside all functions of ours that are loaded, and of those they load."""
    looked_into: set[str] = set()
    found: set[str] = set()
    while waiting := [name for name in _ours() if name not in looked_into]:
        for name in waiting:
            looked_into.add(name)
            for wanted, members in late_imports(sys.modules[name]):
                _import(name, wanted, members)
                found.add(wanted)
    require(bool(found), "no imports inside functions were found")
    return f"{len(found)} modules imported inside functions of {len(looked_into)} modules"


def late_imports(module: ModuleType) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Modules that functions of a module import, with the names they take from them."""
    # Python's own loader has it, and so has that of a frozen binary, which is of no common type
    get_code = getattr(getattr(module.__spec__, "loader", None), "get_code", None)
    code = get_code(module.__name__) if get_code is not None else None
    if code is not None:
        for inner in _within(code):
            yield from _of(inner)


def _ours() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] in OURS]


def _within(code: CodeType) -> Iterator[CodeType]:
    """Functions with imports in a piece of code, at any depth, without the piece itself."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if IMPORT in constant.co_code[::2]:  # cheap to ask, and few have any
                yield constant
            yield from _within(constant)


def _of(code: CodeType) -> Iterator[tuple[str, tuple[str, ...]]]:
    wanted, members = "", list[str]()
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            if wanted:
                yield wanted, tuple(members)
            wanted, members = str(step.argval), []
        elif step.opname == "IMPORT_FROM":
            members.append(str(step.argval))
    if wanted:
        yield wanted, tuple(members)


def _import(by: str, wanted: str, members: tuple[str, ...]) -> None:
    try:
        module = import_module(wanted)
        for member in members:
            if not hasattr(module, member):
                import_module(f"{wanted}.{member}")
    except ImportError as error:
        raise CheckError(f"{by} cannot load {wanted}: {error}") from error
