"""Addresses: where the columns of a timeline are and how a cell is written."""

from functools import lru_cache

KEY, LABEL, UNIT, VALUE, OPENING, FIRST_MONTH = range(6)
"""Columns of every sheet with lines: 0 is A. The opening column stands before the first month."""

TITLE_ROW, SUBTITLE_ROW, MONTH_ROW, HEADING_ROW = 1, 2, 3, 4
"""Header rows, 1 is the first; the heading row carries the dates of the months."""

FIRST_ROW = 6
"""First row below the header that holds anything."""


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    number = column + 1
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def cell(column: int, row: int) -> str:
    """An absolute address such as $D$7."""
    return f"${letters(column)}${row}"


def span(first: int, last: int, row: int) -> str:
    """An absolute range of one row such as $F$7:$AO$7."""
    return f"{cell(first, row)}:{cell(last, row)}"
