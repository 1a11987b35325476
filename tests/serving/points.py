"""Files of benchmark points to read."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pricing.catalogue import load_catalogue
from pricing.resources import resource
from pricing.serving.measured.measurement import Measurements
from pricing.serving.measured.names import Names
from pricing.serving.measured.reading import read_measurements

POINT: Mapping[str, Any] = {
    "model": "Llama-3.1-70B",
    "gpu": "H100-SXM",
    "weight_precision": "fp8",
    "tp": 8,
    "isl": 1000,
    "osl": 500,
    "output_tokens_per_s": 2500,
}
"""One plain point with the columns that are asked for."""


@cache
def names() -> Names:
    """Of the catalogue."""
    return Names.of(load_catalogue())


@cache
def shipped() -> Measurements:
    """The points in resources/serving."""
    return read_measurements(resource("serving", "measurements.csv"), names())


def saved(folder: Path, rows: Iterable[Mapping[str, Any]], delimiter: str = ",") -> Path:
    """Rows as a CSV file; the first tells the columns."""
    path = folder / "points.csv"
    made = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(made)
    return path


def read(folder: Path, *rows: Mapping[str, Any], **options: Any) -> Measurements:
    """The points of rows written to a file, each with what it changes in `POINT`."""
    filled = [{**POINT, **row} for row in rows]
    columns = list(dict.fromkeys(name for row in filled for name in row))
    whole = [{name: row.get(name, "") for name in columns} for row in filled]
    return read_measurements(saved(folder, whole), names(), **options)
