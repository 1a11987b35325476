"""Small logs for the tests, written the way products write them."""

import csv
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
AZURE = DATA / "azure_llm_2023_conv.csv"
SERIES = DATA / "servegen_series_10min.csv"

MONDAY = datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)
"""A Monday, midnight, on whatever clock the log has."""

HEADER = ("timestamp", "input_tokens", "output_tokens")


def write_csv(path: Path, rows: Iterable[Sequence[object]], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def write_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def packed(path: Path) -> Path:
    target = path.with_name(path.name + ".gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    return target


def every(
    minutes: float, days: float, start: datetime = MONDAY, tokens: tuple[int, int] = (100, 20)
) -> list[tuple[str, int, int]]:
    """One request every so many minutes for some days."""
    count = round(days * 1440 / minutes)
    return [
        ((start + timedelta(minutes=minutes * n)).isoformat(sep=" "), *tokens) for n in range(count)
    ]
