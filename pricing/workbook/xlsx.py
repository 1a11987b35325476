"""The file itself: a thin layer over XlsxWriter that writes formulas and text exactly as given.

Import this module only where a workbook is written: XlsxWriter takes its time to load.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from pricing.workbook.named_style import INPUT_STYLE, StyledWorkbook
from pricing.workbook.names import quoted
from pricing.workbook.references import at_column
from pricing.workbook.styles import FONT, Property, Style
from pricing.workbook.text import safe

PIXELS_PER_ROW = 22

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_row_height": PIXELS_PER_ROW,
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}

_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t")


class Book:
    """A workbook being written; rows are counted from 1, columns from 0."""

    def __init__(self, path: str) -> None:
        self.file = StyledWorkbook(path, _OPTIONS)
        self._formats: dict[tuple[tuple[str, Property], ...], Format] = {}

    def sheet(self, name: str) -> Canvas:
        """Add a sheet."""
        return Canvas(self, self.file.add_worksheet(name), name)

    def format(self, style: Style, number_format: str = "", **extra: Property) -> Format:
        """The file's format for a style; the same one for the same properties."""
        properties = {**style.properties, **extra}
        if number_format:
            properties["num_format"] = number_format
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            added = self.file.add_format(properties)
            added.xf_id = INPUT_STYLE if style.is_input else 0
            self._formats[key] = added
        return self._formats[key]


class Canvas:
    """One sheet."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book = book
        self.sheet = sheet
        self.name = name

    def text(self, row: int, column: int, text: str, style: Style, **extra: Property) -> None:
        """Write text; it stays text even when somebody edits the cell later."""
        text = safe(text)
        cell_format = self.book.format(style, "", **extra, **_kept_as_text(text))
        self.sheet.write_string(row - 1, column, text, cell_format)

    def link(
        self,
        row: int,
        column: int,
        sheet: str,
        style: Style,
        *,
        text: str = "",
        place: str = "A1",
        **extra: Property,
    ) -> None:
        """Write a link to a place on a sheet; without a text it shows the sheet's name."""
        shown = text or sheet
        cell_format = self.book.format(style, "", **extra, **_kept_as_text(shown))
        target = f"internal:{quoted(sheet)}!{place}"
        self.sheet.write_url(row - 1, column, target, cell_format, string=shown)

    def number(
        self,
        row: int,
        column: int,
        value: float,
        style: Style,
        number_format: str = "",
        **extra: Property,
    ) -> None:
        """Write a number that stands for itself."""
        self.sheet.write_number(
            row - 1, column, value, self.book.format(style, number_format, **extra)
        )

    def blank(self, row: int, columns: Sequence[int], style: Style) -> None:
        """Give empty cells a style."""
        for column in columns:
            self.sheet.write_blank(row - 1, column, None, self.book.format(style))

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        value: float | str,
        style: Style,
        number_format: str = "",
        **extra: Property,
    ) -> None:
        """Write a formula, given without the equals sign, with its value."""
        self.formulas(
            row, column, formula, [value], self.book.format(style, number_format, **extra)
        )

    def formulas(
        self,
        row: int,
        column: int,
        formula: str,
        values: Sequence[float | str],
        cell_format: Format,
    ) -> None:
        """Write one formula along a row; its marks take the letters of each column."""
        # write_formula rewrites what it takes for newer functions, even inside a sheet's name;
        # ours are complete, so they go into the table of cells as they are.
        sheet = self.sheet
        sheet._check_dimensions(row - 1, column)
        sheet._check_dimensions(row - 1, column + len(values) - 1)
        cells = sheet.table[row - 1]
        for place, value in enumerate(values, start=column):
            stored = safe(value) if isinstance(value, str) else value
            cells[place] = CellFormulaTuple(at_column(formula, place), cell_format, stored)


def _kept_as_text(text: str) -> dict[str, Property]:
    """What keeps a text from becoming a formula when somebody edits its cell."""
    return {"quote_prefix": True} if text.startswith(_LOOKS_LIKE_A_FORMULA) else {}
