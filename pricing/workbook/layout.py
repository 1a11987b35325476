"""Where every figure of a ledger stands in the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pricing.ledger import Input, Ledger, Line, Schedule
from pricing.ledger.section import Section
from pricing.workbook.cells import FIRST_MONTH, FIRST_ROW
from pricing.workbook.names import folded, sheet_name
from pricing.workbook.short_names import short_titles

COVER, SUMMARY, INPUTS, CHECKS, SOURCES = "Cover", "Summary", "Inputs", "Checks", "Sources"
RULES, DECISION = "Rules", "Decision"
AT_EXPORT, BY_MONTH = "At export", "At export by month"
KEYS_BY_MONTH = "Key of input"
"""Heading of the keys on BY_MONTH; by it a reader knows which rows are inputs by month."""
OWN_SHEETS = (COVER, SUMMARY, DECISION, INPUTS, CHECKS, RULES, AT_EXPORT, BY_MONTH, SOURCES)


@dataclass(frozen=True, slots=True)
class Place:
    """The row of a figure."""

    sheet: str
    row: int
    """1 is the first."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names the rows below it."""

    row: int
    title: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section of the ledger: its lines and headings with their rows."""

    name: str
    section: Section
    headings: tuple[Heading, ...]
    lines: tuple[tuple[int, Line], ...]
    last_row: int


@dataclass(frozen=True, slots=True)
class InputRows:
    """The inputs of all sections, one below the other."""

    headings: tuple[Heading, ...]
    entries: tuple[tuple[int, Input], ...]
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class ScheduleRows:
    """The inputs by month once more, in a list of their own; their numbers stand elsewhere."""

    headings: tuple[Heading, ...]
    entries: tuple[tuple[int, Schedule], ...]
    first_row: int
    last_row: int


@dataclass(slots=True)
class Layout:
    """Sheets and rows of a ledger; made once, then only read."""

    ledger: Ledger
    sheets: tuple[Sheet, ...] = ()
    inputs: InputRows = field(default_factory=lambda: InputRows((), (), FIRST_ROW, FIRST_ROW))
    _places: dict[Input | Line, Place] = field(default_factory=dict)

    @property
    def last_month(self) -> int:
        """Column of the last month."""
        return FIRST_MONTH + self.ledger.months - 1

    def schedules(self, first_row: int) -> ScheduleRows:
        """The inputs by month, grouped by section, in a list that starts in a row."""
        headings: list[Heading] = []
        entries: list[tuple[int, Schedule]] = []
        row = first_row
        for sheet in self.sheets:
            found = [line for _, line in sheet.lines if isinstance(line, Schedule)]
            if not found:
                continue
            headings.append(Heading(row, sheet.section.title))
            entries += enumerate(found, start=row + 1)
            row += len(found) + 2
        return ScheduleRows(tuple(headings), tuple(entries), first_row, row - 2)

    def place(self, figure: Input | Line) -> Place:
        """Sheet and row of a figure."""
        return self._places[figure]

    @classmethod
    def of(cls, ledger: Ledger, reserved: Sequence[str] = ()) -> Layout:
        """Give every figure its place; `reserved` are names of further sheets."""
        layout = cls(ledger)
        layout._place_inputs()
        taken = {folded(name) for name in (*OWN_SHEETS, *reserved)}
        shown = [section for section in _in_order(ledger.sections) if section.lines]
        titles = short_titles(shown)
        layout.sheets = tuple(
            layout._place_lines(section, titles[section], taken) for section in shown
        )
        return layout

    def _place_inputs(self) -> None:
        headings, entries = [], []
        row = FIRST_ROW
        for section in _in_order(self.ledger.sections):
            if not section.inputs:
                continue
            headings.append(Heading(row, section.title))
            for entry in section.inputs:
                row += 1
                entries.append((row, entry))
                self._places[entry] = Place(INPUTS, row)
            row += 2
        self.inputs = InputRows(tuple(headings), tuple(entries), FIRST_ROW, row - 2)

    def _place_lines(self, section: Section, title: str, taken: set[str]) -> Sheet:
        name = sheet_name(title, taken)
        taken.add(folded(name))
        headings: list[Heading] = []
        lines: list[tuple[int, Line]] = []
        row, block = FIRST_ROW, ""
        for line in section.lines:
            if line.block != block:
                row += 1 if lines else 0
                block = line.block
                if block:
                    headings.append(Heading(row, block))
                    row += 1
            lines.append((row, line))
            self._places[line] = Place(name, row)
            row += 1
        return Sheet(name, section, tuple(headings), tuple(lines), row - 1)


def _in_order(sections: Sequence[Section]) -> list[Section]:
    """The sections as the ledger has them, but parts right after what they are parts of."""
    parts: dict[Section | None, list[Section]] = {}
    for section in sections:
        parts.setdefault(section.part_of, []).append(section)
    order: list[Section] = []
    waiting = parts.get(None, [])[::-1]
    while waiting:
        section = waiting.pop()
        order.append(section)
        waiting += parts.get(section, [])[::-1]
    return order
