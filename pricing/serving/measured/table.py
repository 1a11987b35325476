"""Heading and rows of a file of benchmark points, whatever its dialect of CSV."""

import csv
from collections.abc import Sequence
from typing import Final, TextIO

from pricing.serving.errors import ServingError
from pricing.serving.measured.cells import REQUIRED, Problem

MOST_ROWS: Final = 200_000
"""More are no table of a benchmark."""
_DELIMITERS: Final = ",;\t|"
_LONGEST_HEADING: Final = 1 << 16


class MeasurementError(ServingError):
    """A file of benchmark points cannot be used; the message is a sentence for each problem."""

    def __init__(self, file: str, problems: Sequence[Problem], more: int = 0) -> None:
        lines = [problem.sentence(file) for problem in problems]
        if more:
            lines.append(f"... and {more:,} more of the kind.")
        super().__init__("measurements", "\n".join(lines))
        self.problems = tuple(problems)


class MeasurementTable:
    """Heading and rows of a CSV file."""

    def __init__(self, file: TextIO, name: str) -> None:
        self.name = name
        first = file.readline(_LONGEST_HEADING)
        self.delimiter = max(_DELIMITERS, key=first.count)
        self._file = file
        written = next(csv.reader([first], delimiter=self.delimiter), [])
        self.headings = ["_".join(cell.lower().split()) for cell in written]
        if not any(self.headings):
            raise whole_file(name, f"it is empty; its first line must name {', '.join(REQUIRED)}.")

    def rows(self) -> list[tuple[int, list[str]]]:
        """Line number and cells of each row that is not blank."""
        found: list[tuple[int, list[str]]] = []
        reader = csv.reader(self._file, delimiter=self.delimiter, strict=True)
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    found.append((reader.line_num + 1, row))
                if len(found) > MOST_ROWS:
                    raise whole_file(
                        self.name, f"it has over {MOST_ROWS:,} rows; split it into several files."
                    )
        except csv.Error as error:
            problem = Problem(reader.line_num + 1, "", "", f"its quotes are wrong ({error}).")
            raise MeasurementError(self.name, [problem]) from None
        return found


def whole_file(file: str, reason: str) -> MeasurementError:
    """The error for what is wrong with a file as a whole."""
    return MeasurementError(file, [Problem(1, "", "", reason)])
