"""Standard output and standard error: UTF-8, width, emphasis, and a line of progress."""

import io
import os
import shutil
import sys
import unicodedata
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

WIDTH_OF_A_FILE = 120
"""Columns of a table that goes into a file or a pipe."""
_KEPT = "\n\t"


def prepare() -> None:
    """Write UTF-8 whatever the locale says, never fail over a character or a closed stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def width() -> int:
    """Columns there are for a table."""
    return max(40, shutil.get_terminal_size((WIDTH_OF_A_FILE, 24)).columns)


def say(text: str = "", *, strong: bool = False) -> None:
    """Print a text on standard output, bold on a terminal if strong."""
    text = harmless(text)
    print(f"\x1b[1m{text}\x1b[0m" if strong and _styled(sys.stdout) else text)


def complain(text: str) -> None:
    """Print a text on standard error."""
    print(harmless(text), file=sys.stderr)


def harmless(text: str) -> str:
    """A text without characters that command a terminal or turn its direction of writing."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter in _KEPT or not _commands(letter) else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )


def _commands(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" or letter in "\u202a\u202b\u202c\u202d\u202e"


def _styled(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Progress:
    """A line on standard error that says how far something is; silent unless it is a terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = ""
        self._active = sys.stderr.isatty()

    def __call__(self, share: float) -> None:
        """Show the share done, 0 to 1."""
        text = f"{self._what} {share:4.0%}"
        if self._active and text != self._shown:
            self._shown = text
            print(f"\r{harmless(text)}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe the line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
