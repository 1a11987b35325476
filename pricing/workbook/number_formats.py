"""How numbers are shown: a format for every unit, with as many decimals as the size asks for."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pricing.ledger import is_money

COUNTED = frozenset(
    word + ending
    for word in (
        "token", "request", "server", "GPU", "day", "hour", "second", "piece", "month", "year"
    )
    for ending in ("", "s")
)  # fmt: skip
"""Units of things that come in ones; whole numbers of them are shown without decimals."""

FEWEST_DIGITS = 4
"""Significant digits of the largest number of a row."""

MOST_DECIMALS = 10
"""Of an input that somebody typed."""

MOST_DECIMALS_OF_LINES = 6
"""Of a calculated line; where not even they show anything, its size is told as a power of ten."""

NOISE = 1e-12
"""A line that is no larger shows nothing: rounding."""

TYPED_DIGITS, TYPED_DECIMALS = 6, 4
"""A number with more of both was calculated, not typed: as many decimals as its size asks for."""

MOST_DECIMALS_OF_MONTHS = 4
"""Of an input by month, unless its largest number would show fewer than `FEWEST_DIGITS`."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format of the file and how wide it shows a number."""

    code: str
    decimals: int = 0
    percent: bool = False
    text_width: float = 0
    """Width where it does not depend on the number (dates)."""

    def width(self, value: float) -> float:
        """Characters that a number takes, with room for brackets."""
        if self.text_width:
            return self.text_width
        shown = abs(value) * 100 if self.percent else abs(value)
        return len(f"{shown:,.{self.decimals}f}") + (1 if self.percent else 0) + 2


DATE = NumberFormat("yyyy-mm-dd", text_width=11)
MONTH = NumberFormat("mmm yyyy", text_width=10)
PLAIN_INTEGER = NumberFormat("0")
TINY = NumberFormat('0.0E+00_);(0.0E+00);"–"_)', text_width=9)


_EPOCH = date(1899, 12, 30).toordinal()


def serial_day(day: date) -> int:
    """A day as spreadsheets count it: 1 is 1899-12-31."""
    return day.toordinal() - _EPOCH


def line_format(unit: str, values: Iterable[float]) -> NumberFormat:
    """The format of a calculated line; zero is shown as a dash."""
    numbers = list(values)
    fixed = _fixed(unit)
    if fixed:
        return fixed
    percent, largest = _percent(unit), max(map(abs, numbers), default=0)
    if largest < NOISE:
        return _dashed(percent, _fewest_decimals(unit, numbers))
    if largest * (100 if percent else 1) < 0.5 * 10**-MOST_DECIMALS_OF_LINES and not is_money(unit):
        return TINY
    return _dashed(percent, min(_decimals_of_size(unit, numbers), MOST_DECIMALS_OF_LINES))


def input_format(unit: str, value: float) -> NumberFormat:
    """The format of an input: every digit that was typed is shown, of a calculated one four."""
    fixed = _fixed(unit)
    if fixed:
        return fixed
    percent = _percent(unit)
    entered = _decimals_entered(value) - (2 if percent else 0)
    if _digits_of(value) > TYPED_DIGITS and entered > TYPED_DECIMALS:
        entered = _decimals_of_size(unit, [value])
    decimals = max(entered, _fewest_decimals(unit, [value]), 0)
    return _plain(percent, min(decimals, MOST_DECIMALS))


def schedule_format(unit: str, values: Iterable[float]) -> NumberFormat:
    """The format of an input by month: every digit that was entered, as far as months show it."""
    numbers = list(values)
    fixed = _fixed(unit)
    if fixed:
        return fixed
    percent = _percent(unit)
    entered = max(map(_decimals_entered, numbers)) - (2 if percent else 0)
    if entered > MOST_DECIMALS_OF_MONTHS:
        entered = max(MOST_DECIMALS_OF_MONTHS, _decimals_of_size(unit, numbers))
    decimals = max(entered, _fewest_decimals(unit, numbers) if entered > 0 else 0)
    return _whole_apart(decimals) if percent and decimals else _plain(percent, decimals)


def _fixed(unit: str) -> NumberFormat | None:
    if unit == "date":
        return DATE
    return PLAIN_INTEGER if unit in {"flag", "month number"} else None


def _percent(unit: str) -> bool:
    return unit.split("/", maxsplit=1)[0] == "share"


def _fewest_decimals(unit: str, values: list[float]) -> int:
    if _percent(unit):
        return 1
    if is_money(unit):
        return 0 if max(map(abs, values), default=0) >= 1000 else 2
    return 2 if any(is_money(part) for part in unit.split("/")[:1]) else 0


def _decimals_of_size(unit: str, values: list[float]) -> int:
    fewest = _fewest_decimals(unit, values)
    if all(value == math.floor(value) for value in values):
        return 0 if unit in COUNTED or unit == "" else fewest
    largest = max(map(abs, values), default=0) * (100 if _percent(unit) else 1)
    if largest == 0 or (unit in COUNTED and largest >= 1000) or is_money(unit):
        return fewest
    needed = FEWEST_DIGITS - 1 - math.floor(math.log10(largest))
    return min(max(fewest, needed), MOST_DECIMALS)


def _digits_of(value: float) -> int:
    """Significant digits that tell a number, as far as fifteen do."""
    digits = f"{abs(value):.15g}".partition("e")[0].replace(".", "")
    return len(digits.strip("0"))


def _decimals_entered(value: float) -> int:
    text = f"{abs(value):.15g}"
    if "e-" in text:
        digits, exponent = text.split("e-")
        return len(digits.partition(".")[2]) + int(exponent)
    return 0 if "e" in text else len(text.partition(".")[2])


def _plain(percent: bool, decimals: int) -> NumberFormat:
    number = _number(percent, decimals)
    return NumberFormat(f"{number}_);({number})", decimals, percent)


def _whole_apart(decimals: int) -> NumberFormat:
    """A share, nothing and all of it without decimals, so that months between stand out."""
    code = f"[=0]0%_);[=1]0%_);{_number(True, decimals)}_)"
    return NumberFormat(code, decimals, percent=True)


def _dashed(percent: bool, decimals: int) -> NumberFormat:
    number = _number(percent, decimals)
    return NumberFormat(f'{number}_);({number});"–"_)', decimals, percent)


def _number(percent: bool, decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
