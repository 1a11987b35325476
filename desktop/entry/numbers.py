"""Reads numbers as people write them: 2.5k, 3M, 15%, 1,200, 1_200, 3 万."""

import math
import re
from dataclasses import dataclass
from typing import Final

SCALES: Final = {
    "": 1.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "g": 1e9,
    "t": 1e12,
    "千": 1e3,
    "万": 1e4,
    "亿": 1e8,
}
"""Words after a number and what they multiply it by; 万 and 亿 are the Chinese 10^4 and 10^8."""

_SPACES = re.compile(r"[\s_'’\u00a0\u2009\u202f]+")
_PARTS = re.compile(r"^([+-]?)([\d.,]+(?:[eE][+-]?\d+)?)([^\d.,%]*)(%?)$")
_MINUS = str.maketrans({"−": "-", "，": ",", "％": "%", "．": "."})


class NotANumber(ValueError):
    """The text cannot be read as one number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    value: float
    percent: bool
    """Whether it was written with a per cent sign; the value is then already divided by 100."""


def read_number(text: str, decimal: str = ".", group: str = ",") -> Reading:
    """The number a text says, in the given decimal and group separators.

    Raises:
        NotANumber: it is empty, infinite, ambiguous (`1,20`) or no number at all.
    """
    compact = _SPACES.sub("", text.translate(_MINUS))
    match = _PARTS.match(compact)
    if match is None:
        raise NotANumber(text)
    sign, digits, word, percent = match.groups()
    scale = SCALES.get(word if word in SCALES else word.lower())
    if scale is None:
        raise NotANumber(text)
    number = float(_plain(digits, decimal, group, text)) * scale
    if not math.isfinite(number):
        raise NotANumber(text)
    number = -number if sign == "-" else number
    return Reading(number / 100 if percent else number, bool(percent))


def _plain(digits: str, decimal: str, group: str, text: str) -> str:
    """Digits with a point as decimal separator and no group separators."""
    whole, *fraction = digits.split(decimal)
    if len(fraction) > 1 or not (whole or fraction):
        raise NotANumber(text)
    if group and group in whole:
        first, *groups = whole.split(group)
        if not first or len(first) > 3 or any(len(part) != 3 for part in groups):
            raise NotANumber(text)
        whole = first + "".join(groups)
    plain = whole + ("." + fraction[0] if fraction else "")
    try:
        float(plain)
    except ValueError as error:
        raise NotANumber(text) from error
    return plain


def decimals_of(value: float, significant: int = 12) -> int:
    """How many decimals show a value without loss at so many significant digits."""
    if value == 0 or not math.isfinite(value):
        return 0
    digits = f"{value:.{significant - 1}e}"
    mantissa, exponent = digits.split("e")
    kept = len(mantissa.lstrip("-").replace(".", "").rstrip("0"))
    return max(0, kept - 1 - int(exponent))
