"""Reads a workbook back: its inputs and the results stored in it.

Rows are found by the keys in the first column, so sheets may have been moved or renamed.
"""

from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from pricing.workbook.cells import FIRST_MONTH, FIRST_ROW, HEADING_ROW, KEY, VALUE
from pricing.workbook.errors import WorkbookError
from pricing.workbook.layout import INPUTS

CellValue = float | str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a workbook, by the keys of the ledger."""

    inputs: dict[str, float] = field(default_factory=dict)
    constants: dict[str, CellValue] = field(default_factory=dict)
    """Stored result of the constant or total column, for every line that has one."""
    months: dict[str, tuple[CellValue, ...]] = field(default_factory=dict)
    """Stored results of the months, first month first, for every line that has any."""


def read_back(path: Path) -> Contents:
    """The inputs and the stored results of a workbook that this room wrote.

    Raises:
        WorkbookError: if the file is missing, is no workbook, or has no inputs sheet, or if an
            input is no number.
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
        contents = Contents()
        for sheet in book:
            rows = [tuple(row) for row in sheet.iter_rows(min_row=HEADING_ROW, values_only=True)]
            if sheet.title == INPUTS:
                _read_inputs(path, rows, contents)
            elif rows and rows[0] and rows[0][KEY] == "Key":
                _read_lines(rows, contents)
        return contents
    finally:
        book.close()


def _read_inputs(path: Path, rows: list[tuple[CellValue, ...]], contents: Contents) -> None:
    for row in rows[FIRST_ROW - HEADING_ROW :]:
        key = row[KEY] if row else None
        if not isinstance(key, str):
            continue
        value = row[VALUE]
        if isinstance(value, bool) or not isinstance(value, int | float):
            value = _day(value)
        if value is None:
            raise WorkbookError(
                f"{path}: the input {key} holds {row[VALUE]!r}; enter a number there"
            )
        contents.inputs[key] = float(value)


def _read_lines(rows: list[tuple[CellValue, ...]], contents: Contents) -> None:
    last = FIRST_MONTH
    while last < len(rows[0]) and rows[0][last] not in {None, ""}:
        last += 1
    for row in rows[FIRST_ROW - HEADING_ROW :]:
        key = row[KEY] if row else None
        if not isinstance(key, str):
            continue
        months = tuple(_number(value) for value in row[FIRST_MONTH:last])
        constant = _number(row[VALUE])
        if constant is not None:
            contents.constants[key] = constant
        if any(value is not None for value in months):
            contents.months[key] = months


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
