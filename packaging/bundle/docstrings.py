"""Writes down what pydantic reads from our source, for the bundle: python docstrings.py OUT.py

Fields are described by docstrings in the source: tooltips, messages and the JSON Schema show them.
pydantic reads them from the source files at every start, which a bundle does not have.
"""

import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from pprint import pformat
from typing import Any

from pydantic._internal import _fields

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pricing", "desktop")


def docstrings() -> dict[str, dict[str, str]]:
    """By full name of every model: the docstring of each field that has one."""
    found: dict[str, dict[str, str]] = {}
    read = _fields.extract_docstrings_from_cls

    def noted(cls: type[Any], use_inspect: bool = False) -> dict[str, str]:
        answer = read(cls, use_inspect=use_inspect)
        if answer:
            found[f"{cls.__module__}.{cls.__qualname__}"] = answer
        return answer

    _fields.extract_docstrings_from_cls = noted
    for room in ROOMS:
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if not module.name.startswith("pricing.calibration"):
                import_module(module.name)
    return found


def main(target: Path) -> None:
    """Write them as a module."""
    text = pformat(docstrings(), width=100, sort_dicts=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"DOCSTRINGS = {text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(Path(sys.argv[1]))
