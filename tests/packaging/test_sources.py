"""What the sources may not do: import networking, open pages of the web, start other programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pricing.resources import resource

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = sorted(
    path for room in ("pricing", "desktop") for path in (ROOT / room).rglob("*.py")
)  # fmt: skip
NETWORKING = {
    *("socket", "ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib"),
    *("xmlrpc", "socketserver", "asyncio", "asyncore", "webbrowser", "cgi", "wsgiref"),
    *("urllib.request", "urllib.robotparser", "multiprocessing.connection", "logging.handlers"),
    *("requests", "httpx", "httpx2", "urllib3", "aiohttp", "websockets", "genai_prices"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore", "PySide6.QtQml"),
}
OTHER_PROGRAMS = {"subprocess", "multiprocessing", "pty"}
DECLARED = {"desktop/app/exporting.py": "fromLocalFile"}
"""Files that hand something to the desktop, and what makes that a folder of this machine."""

COMPUTED = "<computed>"
IMPORTING_BY_NAME = {"desktop/selftest/late.py"}
"""The self-test loads what the sources of the product name; they are looked at here too."""


def imported(tree: ast.AST) -> Iterator[str]:
    """Names that a module imports anywhere, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            if called in {"import_module", "importlib.import_module", "__import__"}:
                first = node.args[0]
                yield str(first.value) if isinstance(first, ast.Constant) else COMPUTED


def forbidden(names: Iterator[str], among: set[str]) -> set[str]:
    return {
        name
        for name in names
        for bad in among
        if name == bad or name.startswith(f"{bad}.")
    }  # fmt: skip


def test_that_no_module_imports_networking_or_starts_programs() -> None:
    found = {}
    for path in PRODUCT:
        names = list(imported(ast.parse(path.read_text(encoding="utf-8"))))
        name = path.relative_to(ROOT).as_posix()
        if bad := forbidden(iter(names), NETWORKING | OTHER_PROGRAMS):
            found[name] = bad
        assert (COMPUTED in names) == (name in IMPORTING_BY_NAME), name
    assert len(PRODUCT) > 500
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "def later():\n    import http.client",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "import importlib\nimportlib.import_module('ssl')",
        "__import__('requests')",
    ],
)
def test_that_every_way_to_import_networking_is_seen(source: str) -> None:
    assert forbidden(imported(ast.parse(source)), NETWORKING)


def test_that_only_folders_of_this_machine_are_handed_to_the_desktop() -> None:
    opening = re.compile(r"openUrl|setOpenExternalLinks\(True|setOpenLinks\(True")
    found = {}
    for path in PRODUCT:
        for call in opening.finditer(text := path.read_text(encoding="utf-8")):
            name = path.relative_to(ROOT).as_posix()
            found[name] = text[call.start() : text.index("\n", call.start())]
    assert found.keys() == DECLARED.keys()
    for name, what in DECLARED.items():
        assert what in found[name]


def test_that_help_pages_load_no_pictures_or_pages_from_elsewhere() -> None:
    for page in sorted(resource("help").glob("*.md")):
        pictures = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", page.read_text(encoding="utf-8"))
        assert [address for address in pictures if "//" in address] == [], page.name
        assert "<img" not in page.read_text(encoding="utf-8")
