"""Text that people wrote, made safe for a cell: it can never become a formula or break the file."""

import re
import unicodedata

LONGEST = 32_767
"""Characters (UTF-16 units) that one cell of a workbook can hold."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters, lone surrogates and non-characters: XML 1.0 has no way to write them."""


_PER_THOUSAND = {
    222: "ijl'", 278: " ftI!,./:;[]|", 333: "r()-", 500: "ckszvxyJ", 611: "FTZ",
    667: "ABEKPSVXY&", 722: "CDHNRUw", 778: "GOQ", 833: "mM", 944: "W",
}  # fmt: skip
"""Widths of Helvetica, which Arial shares, in thousandths of the size (Adobe's metrics file)."""
_DIGIT = 556
_OVER_DIGIT = {
    character: thousandths / _DIGIT
    for thousandths, characters in _PER_THOUSAND.items()
    for character in characters
}


def safe(text: str) -> str:
    """The text without characters that a workbook cannot store, cut to what a cell can hold.

    It stays text: cells are written as strings, so a leading =, +, - or @ has no meaning.
    """
    return shortened(_UNSTORABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n"), LONGEST)


def one_line(text: str) -> str:
    """Safe text with every run of white space as one blank."""
    return " ".join(safe(text).split())


def shortened(text: str, longest: int) -> str:
    """The text, ending in an ellipsis if it had more than `longest` UTF-16 units."""
    if units(text) <= longest:
        return text
    kept = text.encode("utf-16-le")[: 2 * (longest - 1)].decode("utf-16-le", "ignore")
    return kept + "…"


def width(text: str) -> float:
    """Room a text takes, in digits of the workbook's font; East Asian characters take two."""
    return max((_width_of_line(line) for line in text.split("\n")), default=0.0)


def drawn(text: str) -> float:
    """Room that a text takes as it is drawn, in digits; letters of Arial differ in width."""
    return max((sum(map(_drawn, line)) for line in text.split("\n")), default=0.0)


def _drawn(character: str) -> float:
    known = _OVER_DIGIT.get(character)
    return width(character) if known is None else known


def fitted(text: str, room: float) -> str:
    """The text on one line, ending in an ellipsis if it is wider than the room for it."""
    line = one_line(text)
    if width(line) <= room:
        return line
    used, kept = 1.0, []
    for character in line:
        used += width(character)
        if used > room:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def _width_of_line(line: str) -> float:
    if line.isascii():
        return float(len(line))
    return float(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line))


def units(text: str) -> int:
    """Length of a text as the file format counts it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
