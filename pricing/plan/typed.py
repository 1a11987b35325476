"""Values as they were typed: numbers keep their notation, everything is short enough to show."""

import json
import math

LONGEST = 60
"""Characters of a value that a message shows."""


class TypedNumber(float):
    """A number read from a file that remembers how it was written (1e3, 0.50, NaN)."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str | float) -> "TypedNumber":
        """Read the number; one beyond the range of floats becomes infinite and is refused later."""
        number = super().__new__(cls, text)
        number.text = str(text)
        return number


def read_number(text: str) -> float:
    """The number a text stands for; it remembers its notation where that is not the usual one."""
    number = float(text)
    return number if _shown_number(number) == text else TypedNumber(text)


def shown(value: object) -> str:
    """A value as a message shows it: as typed, texts in quotation marks, containers by kind."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        printable = value[: LONGEST + 1].encode("utf-8", "backslashreplace").decode()
        return json.dumps(_short(printable), ensure_ascii=False)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return _shown_number(value) if isinstance(value, int | float) else _short(str(value))


def _shown_number(value: float) -> str:
    if isinstance(value, TypedNumber):
        return _short(value.text)
    if isinstance(value, int):
        if value.bit_length() > 3 * LONGEST:
            return f"a number of about {round(value.bit_length() * 0.30103)} digits"
        return str(value)
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
