"""Usage logs are read in every format and in every export that is known."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from desktop.selftest.check import Place, require
from pricing.workload import ColumnMapping, LogReport, read_log
from pricing.workload.exports import EXPORTS, KnownExport

MONDAY: Final = datetime(2026, 1, 5)  # noqa: DTZ001  # the clock of the log
DAYS: Final = 7
INPUT, OUTPUT, PER_ROW = 100, 20, 3
"""Tokens of a request, and requests of a row in exports that count them."""
HEADER: Final = ("timestamp", "input_tokens", "output_tokens", "feature")


def logs(place: Place) -> str:
    """Read the same week of requests, one an hour, however it is written."""
    folder = place.folder / "logs"
    folder.mkdir()
    formats = 0
    for name, content in _formats():
        path = folder / name
        path.write_bytes(content)
        _hold(name, read_log(path, split_by="feature"), 24.0)
        formats += 1
    known = 0
    for export in EXPORTS:
        if export.mapping is not None:
            path = _exported(folder / f"export-{known}", export, export.mapping)
            report = read_log(path)
            require(report.export == export.name, f"{export.name} was taken for {report.export}")
            _hold(export.name, report, 24.0 * (PER_ROW if export.mapping.requests else 1))
            known += 1
    return f"{formats} formats, {known} exports of products"


def _hold(name: str, report: LogReport, requests: float) -> None:
    """Hold what was read against what was written."""
    (only,) = report.classes
    found = (only.requests.value, only.input_tokens.value)
    require(found == (requests, INPUT), f"{name}: {found} is read instead of {(requests, INPUT)}")
    with_output = only.output_tokens.value if report.mapping.output_tokens else OUTPUT
    require(with_output == OUTPUT, f"{name}: {with_output} output tokens instead of {OUTPUT}")
    require(report.bad_rows == 0, f"{name}: {report.bad_rows} rows were not understood")


def _times() -> Iterator[str]:
    for hour in range(24 * DAYS):
        yield (MONDAY + timedelta(hours=hour)).isoformat(sep=" ")


def _formats() -> Iterator[tuple[str, bytes]]:
    """Name and content of the week in every format."""
    rows = [(time, INPUT, OUTPUT, "客服") for time in _times()]
    records = [dict(zip(HEADER, row, strict=True)) for row in rows]
    plain = _csv(rows)
    for name, delimiter in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|")):
        yield f"{name}.csv", _csv(rows, delimiter).encode("utf-8")
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        yield f"{encoding}.csv", plain.encode(encoding)
    lines = "".join(json.dumps(record) + "\n" for record in records)
    yield "lines.jsonl", lines.encode("utf-8")
    yield "array.json", json.dumps(records, indent=1).encode("utf-8")
    yield "packed.csv.gz", gzip.compress(plain.encode("utf-8"))
    yield "packed.jsonl.gz", gzip.compress(lines.encode("utf-8"))


def _csv(rows: list[tuple[Any, ...]], delimiter: str = ",") -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return target.getvalue()


def _exported(path: Path, export: KnownExport, mapping: ColumnMapping) -> Path:
    """The week as a product writes it: CSV, or JSON lines where columns lie within others."""
    of_row = PER_ROW if mapping.requests else 1
    records = []
    for time in _times():
        record: dict[str, Any] = dict.fromkeys(sorted(export.signature), "0")
        _put(record, mapping.timestamp, time)
        _put(record, mapping.input_tokens[0], INPUT * of_row)
        if mapping.output_tokens:
            _put(record, mapping.output_tokens[0], OUTPUT * of_row)
        if mapping.requests:
            _put(record, mapping.requests, of_row)
        records.append(record)
    nested = any("." in name for name in (*mapping.input_tokens, *mapping.output_tokens))
    if nested:
        target = path.with_suffix(".jsonl")
        text = "".join(json.dumps(record) + "\n" for record in records)
    else:
        target = path.with_suffix(".csv")
        written = io.StringIO()
        writer = csv.DictWriter(written, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        text = written.getvalue()
    target.write_text(text, encoding="utf-8")
    return target


def _put(record: dict[str, Any], name: str, value: object) -> None:
    """Put a value at a dotted path; a pattern stands for a key of its own words."""
    *outer, last = name.split(".")
    for part in outer:
        if not isinstance(record.get(part), dict):
            record[part] = {}
        record = record[part]
    record[last.replace("*", "")] = value
