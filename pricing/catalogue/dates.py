"""Dates of figures: ragged texts of sources made into dates, and whether a date is too old."""

import re
from datetime import date

from pricing.plan.figure import Figure

STALE_AFTER_MONTHS = 6
"""Age from which a price is marked stale."""

_PERIOD = re.compile(
    r"(?P<year>20\d\d)"
    r"(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<month>0[1-9]|1[0-2])(?!\d)(?:-(?P<day>[0-3]\d)(?!\d))?))?"
    r"(?P<to_date>\s+YTD)?"
)


def parse_as_of(text: str) -> date | None:
    """The first day of the first period a source states, none if it states none.

    Sources write "2026-10-14", "2026-10", "2025-Q1", "2023-H2", "2026 (early)", "2025-26" (a range
    of years) or "2024-07 YTD" (the year up to July). A figure is never taken for younger than it
    may be, so the start of the period counts.

    Raises:
        ValueError: the text states a day that does not exist.
    """
    found = _PERIOD.search(text)
    if found is None:
        return None
    year, quarter, half = int(found["year"]), found["quarter"], found["half"]
    if found["to_date"]:
        return date(year, 1, 1)
    if quarter:
        return date(year, 3 * int(quarter) - 2, 1)
    if half:
        return date(year, 6 * int(half) - 5, 1)
    return date(year, int(found["month"] or 1), int(found["day"] or 1))


def months_later(day: date, months: int) -> date:
    """The same day of the month that many months later; the 28th stands for days after it."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, 28))


def is_stale(dated: Figure | date | None, today: date, months: int = STALE_AFTER_MONTHS) -> bool:
    """Whether a figure is older than so many months; one without a date counts as stale."""
    day = dated.as_of if isinstance(dated, Figure) else dated
    return day is None or months_later(day, months) < today
