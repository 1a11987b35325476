"""A look at a log before it is read: its columns, its first rows, what they seem to mean."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pricing.workload.csv_rows import CsvLog
from pricing.workload.json_rows import JsonLog
from pricing.workload.recognition import Recognition, recognise
from pricing.workload.source import OpenLog, opened

ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LogPreview:
    """What a person sees before mapping columns by hand."""

    format: str
    """CSV, JSON lines or JSON."""
    recognition: Recognition
    """Columns, and what they mean as far as it can be told."""
    rows: tuple[tuple[str, ...], ...]
    """The first rows as text, one cell per column; dotted columns are taken out of their JSON."""


def rows_of(log: OpenLog, name: str) -> CsvLog | JsonLog:
    """The rows of an open log, whatever its format."""
    return CsvLog(log, name) if log.format == "CSV" else JsonLog(log, name)


def preview(path: Path | str) -> LogPreview:
    """The columns and first rows of a log.

    Raises:
        WorkloadError: the file cannot be read or holds no table.
    """
    path = Path(path)
    with opened(path) as log:
        rows = rows_of(log, path.name)
        shown: list[tuple[str, ...]] = []
        for chunk in islice(rows.chunks(rows.header), 1):
            cells = [chunk.columns[name][:ROWS_SHOWN] for name in rows.header]
            shown += [tuple(map(_text, row)) for row in zip(*cells, strict=True)]
        return LogPreview(rows.format, recognise(rows.header), tuple(shown))


def _text(value: object) -> str:
    return "" if value is None else str(value)
