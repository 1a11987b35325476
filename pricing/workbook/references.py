"""How a formula of one row names the cells of other rows.

A row is printed once with two marks, this month's column and the one before; every cell puts its
own letters in their place, so that the formula is the same along the whole row.
"""

from collections.abc import Sequence

from pricing.ledger import Input, Line
from pricing.workbook.cells import FIRST_MONTH, MONTH_ROW, OPENING, VALUE, cell, letters, span
from pricing.workbook.layout import Layout
from pricing.workbook.names import quoted

NOW, BEFORE = "\x01", "\x02"
"""Marks of this month's column and of the one before it; no sheet name can hold them."""


def at_column(formula: str, column: int) -> str:
    """The formula as it stands in a column (0 is A)."""
    return formula.replace(NOW, letters(column)).replace(BEFORE, letters(column - 1))


class References:
    """Addresses as seen from one row of one sheet."""

    def __init__(self, layout: Layout, sheet: str, row: int = 0) -> None:
        self._layout = layout
        self.sheet = sheet
        self.row = row
        """The row that the formula stands in; 0 where it may not look at its own past."""

    def now(self, figure: Input | Line) -> str:
        """The cell of a figure in this month, or its one cell."""
        place = self._layout.place(figure)
        here = f"{NOW}{place.row}" if figure.timed else cell(VALUE, place.row)
        return self._prefix(place.sheet) + here

    def before(self, line: Line) -> str:
        """The cell of the month before; before the first month stands the empty opening column."""
        place = self._layout.place(line)
        return f"{self._prefix(place.sheet)}{BEFORE}{place.row}"

    def so_far(self, line: Line) -> str:
        """The cells from the first month to this one."""
        place = self._layout.place(line)
        return f"{self._prefix(place.sheet)}${letters(FIRST_MONTH)}{place.row}:{NOW}{place.row}"

    def all_months(self, line: Line) -> str:
        """The cells of all months."""
        place = self._layout.place(line)
        return self._prefix(place.sheet) + span(FIRST_MONTH, self._layout.last_month, place.row)

    def total(self, line: Line) -> str:
        """The cell that adds up the months of a flow."""
        place = self._layout.place(line)
        return self._prefix(place.sheet) + cell(VALUE, place.row)

    def month_numbers(self) -> str:
        """The header cells that number all months, on the formula's own sheet."""
        return span(FIRST_MONTH, self._layout.last_month, MONTH_ROW)

    def month_numbers_so_far(self) -> str:
        """The header cells from the first month to this one."""
        return f"${letters(FIRST_MONTH)}${MONTH_ROW}:{NOW}${MONTH_ROW}"

    def own_past(self) -> str:
        """The formula's own row from the opening column to last month."""
        return f"${letters(OPENING)}{self.row}:{BEFORE}{self.row}"

    def month_numbers_past(self) -> str:
        """The header cells above `own_past`."""
        return f"${letters(OPENING)}${MONTH_ROW}:{BEFORE}${MONTH_ROW}"

    def runs(self, figures: Sequence[Input | Line]) -> list[str]:
        """Cells as arguments; figures in rows next to each other become one range."""
        runs: list[list[Input | Line]] = []
        for figure in figures:
            if runs and self._follows(runs[-1][-1], figure):
                runs[-1].append(figure)
            else:
                runs.append([figure])
        return [self._run(run[0], run[-1]) for run in runs]

    def _follows(self, above: Input | Line, below: Input | Line) -> bool:
        one, two = self._layout.place(above), self._layout.place(below)
        return (one.sheet, one.row + 1, above.timed) == (two.sheet, two.row, below.timed)

    def _run(self, first: Input | Line, last: Input | Line) -> str:
        if first is last:
            return self.now(first)
        row = self._layout.place(last).row
        end = f"{NOW}{row}" if last.timed else cell(VALUE, row)
        return f"{self.now(first)}:{end}"

    def _prefix(self, sheet: str) -> str:
        return "" if sheet == self.sheet else quoted(sheet) + "!"
