"""Money in a sentence: the currency and three digits at most; the window writes it the same."""

import math

DIGITS = 3
"""Significant digits of an amount that is rounded."""


def money(value: float, currency: str) -> str:
    """An amount with three significant digits, and fewer where fewer are all of it: USD 800 k."""
    size, unit = abs(value), ""
    for limit, scale, name in ((1e9, 1e9, " bn"), (1e6, 1e6, " m"), (1e4, 1e3, " k")):
        if size >= limit * 0.9995:
            size, unit = size / scale, name
            break
    digits = min(DIGITS, _digits_of(size)) if unit else DIGITS
    sign = "-" if value < 0 else ""
    return f"{sign}{currency} {significant(size, digits)}{unit}".strip()


def significant(value: float, digits: int = DIGITS) -> str:
    """A number with so many significant digits, all whole digits kept."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "–"
    magnitude = math.floor(math.log10(abs(float(f"{value:.{digits - 1}e}"))))
    return f"{value:,.{max(0, digits - 1 - magnitude)}f}"


def _digits_of(size: float) -> int:
    """Digits that tell all of a number, as far as nine do."""
    return len(f"{size:.9g}".replace(".", ""))
