"""Numbers as the command line says them; files and JSON have them in full.

Money in a sentence is `money`: the currency, then three digits at most (USD 1.63 m). In a table
whose heading names the currency it is `amount`: 1,634,210.
"""

import math
from datetime import date, timedelta

from pricing.amounts import money
from pricing.cli.texts import _

__all__ = ["NONE", "amount", "count", "figure", "money", "percent", "significant"]

NONE = "–"
"""What stands where there is no figure."""
_EPOCH = date(1899, 12, 30)


def significant(value: float, digits: int = 4) -> str:
    """A number with so many significant digits, all whole digits kept."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else NONE
    magnitude = math.floor(math.log10(abs(float(f"{value:.{digits - 1}e}"))))
    text = f"{value:,.{max(0, digits - 1 - magnitude)}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def amount(value: float) -> str:
    """Money in a table whose heading names the currency: whole from 100 on."""
    if abs(value) < 100:
        return significant(value)
    return f"{value:,.0f}"


def count(value: float) -> str:
    """A number of pieces, whole if it is."""
    return f"{value:,.0f}" if value == int(value) else significant(value)


def percent(share: float, *, signed: bool = False) -> str:
    """A share as per cent."""
    return f"{share * 100:{'+' if signed else ''},.1f} %"


def figure(value: float, unit: str) -> str:
    """A figure of the ledger with its unit, up to 12 significant digits.

    The ledger calls every plain ratio a share; one above 1 (peak over mean load) is no per cent.
    """
    if unit == "share" and abs(value) <= 1:
        return f"{_plain(value * 100)} %"
    if unit == "flag":
        return _("yes") if value else _("no")
    if unit == "date":
        return (_EPOCH + timedelta(days=round(value))).isoformat()
    return f"{_plain(value)} {'' if unit in {'share', 'ratio'} else unit}".rstrip()


def _plain(value: float) -> str:
    if value == 0 or not math.isfinite(value):
        return f"{value:g}".removeprefix("-")
    magnitude = math.floor(math.log10(abs(value)))
    if not -9 <= magnitude <= 15:
        return f"{value:.6g}"
    decimals = min(max(0, 11 - magnitude), 2 if magnitude >= 3 else 6 if magnitude >= 0 else 11)
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
