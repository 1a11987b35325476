"""Reads a workbook back: its inputs and the results stored in it.

Rows are found by the keys in the first column, so sheets may have been moved or renamed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from pricing.workbook.cells import FIRST_MONTH, FIRST_ROW, HEADING_ROW, KEY, VALUE
from pricing.workbook.errors import WorkbookError
from pricing.workbook.layout import INPUTS, KEYS_BY_MONTH

CellValue = float | str | None
Row = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a workbook, by the keys of the ledger."""

    inputs: dict[str, float] = field(default_factory=dict)
    schedules: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """Inputs with a number for every month, first month first."""
    constants: dict[str, CellValue] = field(default_factory=dict)
    """Stored result of the constant or total column, for every line that has one."""
    months: dict[str, tuple[CellValue, ...]] = field(default_factory=dict)
    """Stored results of the months, first month first, for every line that has any."""


def read_back(path: Path) -> Contents:
    """The inputs and the stored results of a workbook that this room wrote.

    Raises:
        WorkbookError: if the file is missing, is no workbook, or has no inputs sheet, or if an
            input is no number in its cell or in one of its months.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True, read_only=True)
    except OSError as fault:
        raise WorkbookError(f"{path} cannot be read ({fault.strerror or fault})") from fault
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise WorkbookError(f"{path} is no Excel workbook (.xlsx); export it again") from fault
    try:
        if INPUTS not in book.sheetnames:
            raise WorkbookError(f"{path} has no sheet {INPUTS!r}; it was not exported from here")
        contents, lines, kept = Contents(), list[list[Row]](), dict[str, int]()
        for sheet in book:
            rows = [tuple(row) for row in sheet.iter_rows(min_row=HEADING_ROW, values_only=True)]
            heading = rows[0][KEY] if rows and rows[0] else None
            if sheet.title == INPUTS:
                _read_inputs(path, rows, contents)
            elif heading == KEYS_BY_MONTH:
                kept = {key: _count(row[FIRST_MONTH:]) for key, row in _keyed(rows)}
            elif heading == "Key":
                lines.append(rows)
        for rows in lines:
            _read_schedules(path, rows, kept, contents)
            _read_lines(rows, contents)
        return contents
    finally:
        book.close()


def _read_inputs(path: Path, rows: list[Row], contents: Contents) -> None:
    for key, row in _keyed(rows):
        value: object = row[VALUE]
        if isinstance(value, bool) or not isinstance(value, int | float):
            value = _day(value)
        if value is None:
            raise WorkbookError(
                f"{path}: the input {key} holds {row[VALUE]!r}; enter a number there"
            )
        contents.inputs[key] = float(value)


def _read_lines(rows: list[Row], contents: Contents) -> None:
    last = FIRST_MONTH
    while last < len(rows[0]) and rows[0][last] not in {None, ""}:
        last += 1
    for key, row in _keyed(rows):
        months = tuple(_number(value) for value in row[FIRST_MONTH:last])
        constant = _number(row[VALUE])
        if constant is not None:
            contents.constants[key] = constant
        if key not in contents.schedules and any(value is not None for value in months):
            contents.months[key] = months


def _read_schedules(
    path: Path, rows: list[Row], kept: Mapping[str, int], contents: Contents
) -> None:
    """Read the inputs by month among the lines of a sheet; `kept` says how many months each has."""
    for key, row in _keyed(rows):
        numbers = []
        for month in range(1, kept.get(key, 0) + 1):
            value = row[FIRST_MONTH + month - 1]
            number = None if isinstance(value, bool | str) else _number(value)
            if not isinstance(number, float):
                raise WorkbookError(
                    f"{path}: the input {key} holds {value!r} in month {month}; "
                    "enter a number there"
                )
            numbers.append(number)
        if numbers:
            contents.schedules[key] = tuple(numbers)


def _count(cells: Row) -> int:
    """The number of cells up to the first empty one."""
    return next((n for n, value in enumerate(cells) if value is None), len(cells))


def _keyed(rows: list[Row]) -> Iterator[tuple[str, Row]]:
    """The rows of a sheet that have a key."""
    for row in rows[FIRST_ROW - HEADING_ROW :]:
        key = row[KEY] if row else None
        if isinstance(key, str):
            yield key, row


def _number(value: object) -> CellValue:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return float(value)
    return _day(value)


def _day(value: object) -> float | None:
    """A date as a spreadsheet counts days."""
    from datetime import datetime

    from openpyxl.utils.datetime import to_excel

    return float(to_excel(value)) if isinstance(value, datetime) else None
