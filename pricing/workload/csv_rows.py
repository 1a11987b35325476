"""CSV in any of its dialects, streamed in chunks of the columns that are needed."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from pricing.workload.errors import WorkloadError
from pricing.workload.rows import CHUNK_ROWS, Chunk, as_matched, leaf_paths
from pricing.workload.source import OpenLog, sound_gzip

DELIMITERS = ",;\t|"
LONGEST_CELL = 16 << 20
"""Characters of one cell; whole prompts of a million tokens fit."""

LONGEST_HEADER = 1 << 20

_LOOK = 50
"""Rows looked at for cells that hold JSON."""


@contextmanager
def _long_cells_allowed() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def delimiter_of(header: str) -> str:
    """The delimiter that splits the header line into the most columns; a comma where none does."""
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([header], delimiter=mark))))


class CsvLog:
    """A CSV log: its header first, then its rows."""

    format = "CSV"

    def __init__(self, log: OpenLog, name: str) -> None:
        self._text = log.text
        self._name = name
        self._line = 0
        first = self._next_filled_line()
        hint = first.strip().strip('"').lower()
        if len(hint) == 5 and hint.startswith("sep="):
            delimiter = hint[-1]
            first = self._next_filled_line()
        else:
            delimiter = delimiter_of(first)
        self.delimiter = delimiter
        self._header = [
            cell.strip().lstrip("\ufeff")
            for cell in next(csv.reader([first], delimiter=delimiter), [])
        ]
        self.header = self._with_json_paths(log.sample)

    def _next_filled_line(self) -> str:
        with sound_gzip(self._name):
            while line := self._text.readline(LONGEST_HEADER):
                self._line += 1
                if len(line) == LONGEST_HEADER:
                    raise WorkloadError(
                        f"{self._name} begins with a line of over {LONGEST_HEADER:,} characters; "
                        "a CSV log begins with the names of its columns."
                    )
                if line.strip():
                    return line
        return ""

    def _with_json_paths(self, sample: str) -> tuple[str, ...]:
        """The header; columns whose cells hold JSON objects add the paths inside."""
        names = dict.fromkeys(self._header)
        with _long_cells_allowed():
            rows = csv.reader(sample.splitlines(keepends=True)[1:], delimiter=self.delimiter)
            try:
                looked_at = list(islice(rows, _LOOK))
            except csv.Error:
                looked_at = []
        for row in looked_at:
            for name, cell in zip(self._header, row, strict=False):
                if cell[:1] == "{":
                    names.update(dict.fromkeys(leaf_paths(_parsed(cell), name)))
        return tuple(names)

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """The rows; only the wanted columns are kept."""
        plans = {name: self._plan(name) for name in wanted}
        width = 1 + max((index for index, _ in plans.values()), default=0)
        reader = csv.reader(self._text, delimiter=self.delimiter, strict=True)
        with _long_cells_allowed():
            ended = False
            while not ended:
                start = self._line + reader.line_num
                rows: list[list[str]] = []
                fault = ""
                try:
                    with sound_gzip(self._name):
                        rows.extend(islice(reader, CHUNK_ROWS))
                    ended = len(rows) < CHUNK_ROWS
                except csv.Error as error:
                    fault = f"its quotes are wrong ({error})"
                end = self._line + reader.line_num
                numbers = _line_numbers(rows, start, end, broke_off=bool(fault))
                # a quote that is never closed swallows lines: each of them is a lost row
                last = numbers[-1] if len(numbers) else start
                broken = [(line, fault, "") for line in range(last + 1, end + 1)] if fault else []
                if rows and min(map(len, rows)) < width:
                    broken += self._too_short(rows, numbers, width)
                    numbers = [n for row, n in zip(rows, numbers, strict=True) if len(row) >= width]
                    rows = [row for row in rows if len(row) >= width]
                yield Chunk(self._columns(rows, plans), numbers, broken)

    def _too_short(
        self, rows: list[list[str]], numbers: Sequence[int], width: int
    ) -> list[tuple[int, str, str]]:
        """Rows that end before the last needed column; blank lines are none."""
        return [
            (number, "it has too few columns", self.delimiter.join(row))
            for row, number in zip(rows, numbers, strict=True)
            if 0 < len(row) < width
        ]

    def _plan(self, name: str) -> tuple[int, tuple[str, ...]]:
        """Index of the cell and the path inside it (empty for a plain cell)."""
        if name in self._header:
            return self._header.index(name), ()
        parts = name.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            outer = ".".join(parts[:cut])
            if outer in self._header:
                return self._header.index(outer), tuple(parts[cut:])
        raise KeyError(name)

    @staticmethod
    def _columns(
        rows: list[list[str]], plans: dict[str, tuple[int, tuple[str, ...]]]
    ) -> dict[str, Sequence[object]]:
        cells = list(zip(*rows, strict=False))  # as many columns as the shortest row has
        parsed: dict[int, list[object]] = {}
        columns: dict[str, Sequence[object]] = {}
        for name, (index, path) in plans.items():
            column = cells[index] if rows else ()
            if not path:
                columns[name] = column
                continue
            if index not in parsed:
                parsed[index] = [_parsed(cell) for cell in column]
            columns[name] = [as_matched(value, path) for value in parsed[index]]
        return columns


def _line_numbers(rows: list[list[str]], start: int, end: int, *, broke_off: bool) -> Sequence[int]:
    """The line on which each row ends; cells may hold line breaks."""
    if end - start == len(rows) and not broke_off:
        return range(start + 1, end + 1)
    numbers: list[int] = []
    line = start
    for row in rows:
        line += 1 + sum(cell.count("\n") for cell in row)
        numbers.append(line)
    return numbers


def _parsed(cell: str) -> object:
    if cell[:1] != "{":
        return None
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return None
