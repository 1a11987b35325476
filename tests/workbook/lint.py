"""Rules of good spreadsheets, checked on every formula of a file.

The rules are those finance reviewers agree on (FAST 02b; ICAEW, Twenty principles): one formula a
row, no number hidden in a formula, nothing volatile, no links to other files, nothing hidden.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FIRST_MONTH = 6
MONTH_ROW = 3

EXCEL_2010 = {
    "ABS", "AND", "CEILING", "CHOOSE", "COLUMN", "COLUMNS", "COUNT", "COUNTIF", "DATE", "DAY",
    "EOMONTH", "EXP", "IF", "IFERROR", "INDEX", "INT", "ISERROR", "LN", "MATCH", "MAX", "MIN",
    "MONTH", "N", "NORMSDIST", "NORMSINV", "NOT", "NPV", "OR", "ROUND", "ROW", "ROWS", "SQRT",
    "SUM", "SUMIF", "SUMPRODUCT", "YEAR",
}  # fmt: skip
"""Functions that every spreadsheet program of the last fifteen years has; none is volatile."""

WORDS_ALLOWED = {
    "Cover", "Summary", "Decision", "Checks", "Rules", "Inputs", "Comparison",
}  # fmt: skip
"""Sheets whose formulas may hold text, which is shown to the reader."""

_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_QUOTED_OR_REFERENCE = re.compile(
    r"""'(?:[^']|'')*'!|"[^"]*"|[A-Za-z]+!|[A-Z.]+\(|(\$?)([A-Z]{1,3})(\$?)(\d+)"""
)
"""Names of sheets, texts and functions, which stay as they are, and references, which do not."""


def faults(path: Path) -> list[str]:
    """A sentence for every cell that breaks a rule."""
    book = load_workbook(path)
    found = [f"{sheet.title} is hidden" for sheet in book if sheet.sheet_state != "visible"]
    for sheet in book:
        found += _hidden(sheet)
        found += _inconsistent_rows(sheet)
        for place, formula in _different_formulas(sheet):
            found += [
                f"{sheet.title}!{place}: {fault} in {formula}" for fault in _of(formula, sheet)
            ]
            found += [
                f"{sheet.title}!{place}: {fault}" for fault in _on_blanks(book, sheet, formula)
            ]
    return found


def _different_formulas(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """One cell for every formula that is not the same as one left of it."""
    for row in sheet.iter_rows():
        seen = set()
        for cell in row:
            if cell.data_type == "f":
                form = relative(str(cell.value), cell.row, cell.column)
                if form not in seen:
                    seen.add(form)
                    yield cell.coordinate, str(cell.value)


def _hidden(sheet: Worksheet) -> list[str]:
    found = [
        f"{sheet.title}: row {n} is hidden" for n, r in sheet.row_dimensions.items() if r.hidden
    ]
    found += [
        f"{sheet.title}: column {n} is hidden"
        for n, c in sheet.column_dimensions.items()
        if c.hidden
    ]
    return found + [f"{sheet.title}: {area} is merged" for area in sheet.merged_cells.ranges]


def _of(formula: str, sheet: Worksheet) -> Iterator[str]:
    if len(formula) > 8192:
        yield f"{len(formula)} characters"
    depth = 0
    open_functions: list[list[str | int]] = []
    for token in Tokenizer(formula).items:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            depth += 1
            open_functions.append([token.value[:-1], 0])
            if token.value[:-1] not in EXCEL_2010:
                yield f"the function {token.value}"
        elif token.type == Token.FUNC:
            open_functions.pop()
        elif token.type == Token.SEP and open_functions:
            open_functions[-1][1] = int(open_functions[-1][1]) + 1
        elif token.type == Token.OPERAND:
            yield from _operand(token, sheet, open_functions)
    if depth > 64:
        yield f"{depth} functions"


def _operand(
    token: Token, sheet: Worksheet, open_functions: list[list[str | int]]
) -> Iterator[str]:
    digits_of_round = bool(open_functions) and open_functions[-1] == ["ROUND", 1]
    if token.subtype == Token.NUMBER and token.value not in {"0", "1"} and not digits_of_round:
        yield f"the number {token.value}"
    elif token.subtype == Token.TEXT and sheet.title not in WORDS_ALLOWED and token.value != '">"':
        yield f"the text {token.value}"
    elif token.subtype == Token.ERROR:
        yield f"the error {token.value}"
    elif token.subtype == Token.RANGE and ("[" in token.value or "#" in token.value):
        yield f"the outside reference {token.value}"


def _inconsistent_rows(sheet: Worksheet) -> list[str]:
    """Rows with two formulas, or with a formula in some months only."""
    months = [
        column
        for column in range(FIRST_MONTH, sheet.max_column + 1)
        if sheet.cell(MONTH_ROW, column).data_type == "f"
    ]
    found = []
    for number in range(MONTH_ROW, sheet.max_row + 1) if months else ():
        cells = [sheet.cell(number, column) for column in months]
        if any(cell.data_type == "f" for cell in cells):
            forms = {relative(str(cell.value), number, cell.column) for cell in cells}
            if len(forms) > 1:
                found.append(f"{sheet.title}: row {number} has {len(forms)} formulas: {forms}")
    return found


def relative(formula: str, row: int, column: int) -> str:
    """The formula with its references relative to its own cell, as in R1C1 notation."""

    def offset(found: re.Match[str]) -> str:
        fixed_column, name, fixed_row, number = found.groups()
        if name is None:
            return found.group()
        across, down = column_index_from_string(name), int(number)
        right = f"C{across}" if fixed_column else f"C[{across - column}]"
        return (f"R{down}" if fixed_row else f"R[{down - row}]") + right

    return _QUOTED_OR_REFERENCE.sub(offset, formula)


def _on_blanks(book: Workbook, sheet: Worksheet, formula: str) -> Iterator[str]:
    """References to single cells that hold nothing; the opening column is empty by design."""
    for token in Tokenizer(formula).items:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE or ":" in token.value:
            continue
        name, _, address = token.value.rpartition("!")
        found = _REFERENCE.fullmatch(address)
        if found is None:
            continue
        title = name.strip("'").replace("''", "'") or sheet.title
        if title not in book.sheetnames:
            yield f"a reference to the missing sheet {title}"
            continue
        target = book[title]
        letters, number = found.group(2), int(found.group(4))
        if letters == get_column_letter(FIRST_MONTH - 1) and target["B4"].value == "Line":
            continue
        if target[f"{letters}{number}"].value is None:
            yield f"a reference to the empty cell {token.value}"
