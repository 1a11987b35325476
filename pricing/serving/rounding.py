"""Figures inside sentences: three digits, and never a power of ten."""

import math

DIGITS = 3


def rounded(value: float) -> str:
    """A positive figure with three significant digits, or all before the point."""
    return _text(value, round(value, _decimals(value)))


def rounded_up(value: float) -> str:
    """The same for what is needed: no less than the figure, so that what is named is enough."""
    scale = 10.0 ** _decimals(value)
    return _text(value, math.ceil(value * scale - 1e-9) / scale)


def _decimals(value: float) -> int:
    return max(0, DIGITS - 1 - math.floor(math.log10(value))) if value > 0 else 0


def _text(value: float, shown: float) -> str:
    text = f"{shown:,.{_decimals(value)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
