"""What is set right around the program before its libraries are imported."""

import sys
from collections.abc import MutableMapping
from pathlib import Path
from types import ModuleType

BLOCKED = ("_socket",)
"""Modules that cannot be imported: where Python has them built in, they cannot be left out."""
SEARCHED, SEARCHED_BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


def set_right(environment: MutableMapping[str, str]) -> None:
    """Change the environment of the process, and of the programs it starts.

    The start program lets libraries be searched in the bundle. That is known to this process by
    now, and must not reach others: a file manager that is asked to show a folder has its own.

    The bundle brings only the fonts it uses, so its list of fonts must not become that of another
    matplotlib of the same person.

    The library of linear algebra would start a thread for every processor, with memory of its own;
    the matrices here are a dozen rows large.
    """
    before = environment.pop(SEARCHED_BEFORE, None)
    if before is not None:
        environment[SEARCHED] = before
    else:
        environment.pop(SEARCHED, None)
    environment.setdefault("MPLCONFIGDIR", str(_caches(environment) / "matplotlib"))
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")


def block(modules: MutableMapping[str, ModuleType | None]) -> None:
    """Let no import find what is blocked; for `sys.modules`, before anything else is imported."""
    for name in BLOCKED:
        modules[name] = None


def _caches(environment: MutableMapping[str, str]) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Reckoner"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "Reckoner"
    return Path(environment.get("XDG_CACHE_HOME") or home / ".cache") / "Reckoner"
