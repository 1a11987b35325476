"""Rows of the source tables: read, refused if they may not be bundled, and turned into figures."""

import csv
import re
from decimal import Decimal
from pathlib import Path

from pricing.catalogue.dates import parse_as_of

Row = dict[str, str]
Record = dict[str, object]

FORBIDDEN = ("do not bundle", "must not be bulk copied")
"""Remarks of a row whose licence keeps it out of this repository."""

NOT_STATED = "not stated"
"""Region of a figure whose source names none."""

_CLEAN_DATE = re.compile(r"20\d\d-\d\d-\d\d")


class BuildError(Exception):
    """A source table that cannot be made into a catalogue; the message names the row."""


def read_rows(path: Path) -> list[Row]:
    """The rows of a table.

    Raises:
        BuildError: a row says that it may not be bundled.
    """
    with path.open(encoding="utf-8", newline="") as table:
        rows = [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(table)]
    for number, row in enumerate(rows, start=2):
        for remark in FORBIDDEN:
            if any(remark in value for value in row.values()):
                raise BuildError(f"{path.name} line {number} may not be bundled: {remark!r}")
    return rows


def slug(text: str) -> str:
    """A readable id: lower case, words joined by hyphens; points are kept (llama-3.1)."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")


def number(text: str | Decimal) -> float | int | None:
    """A number as JSON writes it shortest, none for an empty text."""
    if text == "":
        return None
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def joined(*notes: str) -> str:
    """Remarks joined into one note, empty ones left out."""
    return "; ".join(note for note in notes if note)


def origin(row: Row, *notes: str) -> Record:
    """Where a row's figures come from: region, source, url, as_of, confidence and note."""
    date_text = row.get("date", "") or row.get("as_of", "")
    as_of = parse_as_of(date_text)
    ragged = bool(date_text) and not _CLEAN_DATE.fullmatch(date_text)
    return {
        "region": row.get("region", "") or NOT_STATED,
        "source": row["source"],
        "url": row.get("source_url", ""),
        "as_of": as_of.isoformat() if as_of else None,
        "confidence": row["confidence"],
        "note": joined(
            *notes,
            row.get("note", ""),
            f'date as stated by the source: "{date_text}"' if ragged else "",
            "" if date_text else "the source states no date",
        ),
    }


def hours_between(hours: list[list[str]]) -> list[list[str]]:
    """The hours of the day outside the given ones, which rise and do not touch."""
    ends = [hours[-1][1], *(end for _, end in hours[:-1])]
    return [[end, start] for end, (start, _) in zip(ends, hours, strict=True) if end != start]


def hours_text(hours: list[list[str]]) -> str:
    """Hours in words: 01:00-04:00 and 06:00-10:00."""
    return " and ".join(f"{start}-{end}" for start, end in hours)


def unique(records: list[Record]) -> list[Record]:
    """The records by rising id.

    Raises:
        BuildError: two of them share an id.
    """
    seen: set[object] = set()
    for record in records:
        if record["id"] in seen:
            raise BuildError(f"two entries share the id {record['id']!r}")
        seen.add(record["id"])
    return sorted(records, key=lambda record: str(record["id"]))
