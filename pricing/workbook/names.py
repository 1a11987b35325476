"""Names inside a workbook: sheets, defined names, and how a formula writes them."""

import re
from collections.abc import Container

from pricing.workbook.text import one_line, shortened

LONGEST_SHEET_NAME = 31

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_ESCAPE = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)")
"""The file format reads _x003D_ in a name as the character with that number."""
_BARE = re.compile(r"[A-Za-z]{4,}")
"""Sheet names that need no quotes and cannot be taken for a cell such as H100."""
_WORDS = {"TRUE", "FALSE"}
_RESERVED = {"history"}
_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]\d*([RrCc]\d*)?")


def sheet_name(title: str, taken: Container[str]) -> str:
    """A sheet name made from a title, unlike every name in `taken` (which holds folded names).

    Forbidden characters become a dash, the length is at most 31; a number tells equals apart.
    """
    name = _trimmed(plain(one_line(title)), LONGEST_SHEET_NAME) or "Sheet"
    candidate, number = name, 1
    while folded(candidate) in taken or folded(candidate) in _RESERVED:
        number += 1
        suffix = f" ({number})"
        candidate = _trimmed(name, LONGEST_SHEET_NAME - len(suffix)) + suffix
    return candidate


def plain(text: str) -> str:
    """The text with what a sheet name may not hold as dashes."""
    return _ESCAPE.sub("-", _FORBIDDEN.sub("-", text.replace(": ", " - ")))


def folded(name: str) -> str:
    """A sheet name as spreadsheet programs compare it: without regard to case."""
    return name.casefold()


def quoted(sheet: str) -> str:
    """A sheet name as a formula writes it before the exclamation mark."""
    if _BARE.fullmatch(sheet) and sheet.upper() not in _WORDS:
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def defined_name(key: str) -> str:
    """The key of a figure as a defined name: letters, digits, dots and underscores."""
    name = _ESCAPE.sub(".", re.sub(r"[^\w.]", "_", key))
    unfit = not name or not (name[0].isalpha() or name[0] == "_") or _CELL.fullmatch(name)
    return shortened(f"_{name}" if unfit else name, 250).replace("…", "_")


def _trimmed(name: str, longest: int) -> str:
    return shortened(name, longest).strip("' ")
