"""Numbers and amounts as the window says them."""

import math
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

ROUGH: Final = 0.1
"""From which gap on tenths of a per cent say nothing."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Words", text)


def number(value: float, decimals: int) -> str:
    """A number with so many decimals and thousands separators; minus sign, no negative zero."""
    rounded = round(value, decimals)
    text = QLocale().toString(float(abs(rounded)), "f", decimals)
    return f"−{text}" if rounded < 0 else text


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, more where whole digits need them."""
    if value == 0 or not math.isfinite(value):
        return number(0.0, 0) if value == 0 else "–"
    magnitude = math.floor(math.log10(abs(float(f"{value:.{digits - 1}e}"))))
    return number(value, max(0, digits - 1 - magnitude))


def compact(value: float, digits: int = 3) -> str:
    """A number short enough for a card: 13.7 m, 48.2 k, 2.14."""
    scales = ((1e9, _t("{number} bn")), (1e6, _t("{number} m")), (1e4, _t("{number} k")))
    for scale, template in scales:
        if abs(value) >= scale * 0.9995:
            unit = scale if scale != 1e4 else 1e3
            text = significant(value / unit, digits)
            exact = f"{value / unit:.9g}"
            if len(exact.lstrip("-").replace(".", "")) < digits:
                text = significant(value / unit, len(exact.lstrip("-").replace(".", "")))
            return template.format(number=text)
    return significant(value, digits)


def money(value: float, currency: str, digits: int = 3) -> str:
    """A short amount with its currency in front: CNY 4.1 m."""
    return f"{currency} {compact(value, digits)}"


def whole_money(value: float) -> str:
    """An amount for a table whose heading names the currency."""
    return number(value, 0) if abs(value) >= 100 else significant(value, 4)


def percent(share: float, signed: bool = False) -> str:
    """A share as per cent with at most three digits."""
    size = abs(share) * 100
    text = f"{number(abs(share) * 100, 0 if size >= 10 or size == 0 else 1)}\u00a0%"
    sign = "−" if share < 0 else ("+" if signed and share > 0 else "")
    return sign + text


def score_text(score: float) -> str:
    """A quality score as per cent, with decimals only where there are any."""
    size = round(score * 100, 2)
    return f"{number(size, len(f'{size:g}'.partition('.')[2]))}\u00a0%"


def gap_text(gap: float) -> str:
    """A gap as per cent, rounded up so that it is no smaller than what is proven."""
    if gap >= ROUGH or not gap:
        return percent(math.ceil(gap * 100 - 1e-9) / 100)
    return percent(math.ceil(gap * 1000 - 1e-9) / 1000)


def part_text(share: float) -> str:
    """A part of a whole as per cent; 100 % only where nothing is missing."""
    missing = 1 - share
    if missing <= 0 or missing > 0.005:
        return percent(share)
    decimals = min(6, -math.floor(math.log10(missing * 100)))
    scale: float = 10**decimals
    return f"{number(math.floor(share * 100 * scale + 1e-6) / scale, decimals)}\u00a0%"


def full(value: float) -> str:
    """A number in full precision (up to 12 significant digits), for explanations."""
    if value == 0 or not math.isfinite(value):
        return significant(value)
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude < -9 or magnitude > 15:
        return f"{value:.6g}".replace("-", "−")
    digits = f"{abs(value):.{max(0, 11 - magnitude)}f}"
    decimals = len(digits.partition(".")[2].rstrip("0"))
    return number(value, min(decimals, 6 if magnitude >= 0 else 11))


KINDS: Final = (
    "closed_api",
    "hosted_open",
    "rented_gpus",
    "owned_servers",
    "appliance",
    "hybrid",
)
"""The ways to serve, in the order in which they are offered; a hybrid shares among the others."""


def kind_name(kind: str) -> str:
    """What a kind of option is called inside a line."""
    names = {
        "closed_api": _t("closed API"),
        "hosted_open": _t("hosted open model"),
        "rented_gpus": _t("rented GPUs"),
        "owned_servers": _t("owned servers"),
        "appliance": _t("appliance"),
        "hybrid": _t("hybrid"),
    }
    return names.get(kind, kind)


def kind_title(kind: str) -> str:
    """What a kind of option is called, with what it means."""
    titles = {
        "closed_api": _t("Closed API, billed by the token"),
        "hosted_open": _t("Hosted open model, billed by the token"),
        "rented_gpus": _t("Rented GPUs"),
        "owned_servers": _t("Owned servers"),
        "appliance": _t("All-in-one appliance"),
        "hybrid": _t("Hybrid: share the work between options of this plan"),
    }
    return titles.get(kind, kind)
