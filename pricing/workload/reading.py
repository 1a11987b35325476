"""The one door: a log file in, a report with request classes out."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pricing.workload.checks import CheckedRows, RowChecker
from pricing.workload.classes import OTHER, UNLABELLED
from pricing.workload.clock import Clock
from pricing.workload.counters import DAY, DayGrid, FloatArray, IntArray, Sums
from pricing.workload.errors import WorkloadError
from pricing.workload.mapping import ColumnMapping
from pricing.workload.preview import rows_of
from pricing.workload.recognition import Recognition, recognise
from pricing.workload.report import LogReport
from pricing.workload.rows import Chunk
from pricing.workload.source import opened
from pricing.workload.summary import Gathered, report_of

MOST_LABELS = 200
"""Values of a label column that are kept apart while reading."""

MOST_DAYS_BY_MINUTE = 4000
"""Days times classes whose minutes are kept: 1440 numbers of 8 bytes each, 46 MB at most."""


def read_log(
    path: Path | str,
    mapping: ColumnMapping | None = None,
    split_by: str | None = None,
    progress: Callable[[float], None] | None = None,
    *,
    utc_offset_hours: float | None = None,
    max_classes: int = 8,
) -> LogReport:
    """Reads a usage log once, in bounded memory, and turns it into request classes.

    Args:
        path: CSV, JSON lines or JSON; gzip is unpacked on the way.
        mapping: columns by meaning; none recognises them.
        split_by: column whose values become classes, or "model" for the export's own model
            column; none gives one class unless the mapping names a label.
        progress: called now and then with the share of the file read, 0 to 1; an exception it
            raises ends the reading.
        utc_offset_hours: hours by which the buyer's clock is ahead of UTC; times are then taken
            as UTC (or converted to it) and shifted. None keeps hours as written.
        max_classes: the largest classes to keep apart; the rest is gathered in "other".

    Raises:
        WorkloadError: the file cannot be read, a needed column is missing, or no row is usable.
    """
    if max_classes < 1:
        raise WorkloadError(f"max_classes must be at least 1, not {max_classes}.")
    if utc_offset_hours is not None and not -14 <= utc_offset_hours <= 14:
        raise WorkloadError(f"utc_offset_hours must be -14 to 14, not {utc_offset_hours:g}.")
    path = Path(path)
    with opened(path) as log:
        rows = rows_of(log, path.name)
        recognition = recognise(rows.header)
        columns = _columns(recognition, mapping, split_by)
        clock = Clock(utc_offset_hours, columns.time_format)
        checker = RowChecker(columns, clock)
        gatherer = _Gatherer(columns, utc_offset_hours or 0.0)
        daily_shift = False
        for position, chunk in enumerate(rows.chunks(columns.columns())):
            if position == 0 and utc_offset_hours and _whole_days(chunk, columns):
                clock.stop_shifting()
                gatherer.offset_seconds = 0.0
                daily_shift = True
            gatherer.add(checker.check(chunk))
            if progress is not None:
                progress(log.fraction_read())
        if progress is not None:
            progress(1.0)
        return report_of(
            gatherer.gathered(),
            checker,
            clock,
            recognition,
            columns,
            file=path.name,
            file_format=rows.format,
            guessed_encoding=log.encoding if log.guessed_encoding else None,
            ignored_offset=utc_offset_hours if daily_shift else None,
            max_classes=max_classes,
            most_labels=MOST_LABELS,
            explicit_mapping=mapping is not None,
        )


def _columns(
    recognition: Recognition, mapping: ColumnMapping | None, split_by: str | None
) -> ColumnMapping:
    """The mapping to use: as given or recognised, with the label to split by."""
    columns = recognition.needed() if mapping is None else mapping
    header = recognition.columns
    if split_by is not None:
        columns = columns.model_copy(update={"label": _label_column(recognition, split_by)})
    for name in columns.columns():
        if "*" not in name and not _is_there(name, header):
            raise WorkloadError(
                f"The log has no column {name!r}; its columns are {', '.join(header[:30])}."
            )
    return columns


def _label_column(recognition: Recognition, split_by: str) -> str:
    if split_by in recognition.columns:
        return split_by
    for name in recognition.columns:
        if name.lower() == split_by.lower():
            return name
    if split_by.lower() in {"model", "label"} and recognition.label_column:
        return recognition.label_column
    raise WorkloadError(
        f"The log cannot be split by {split_by!r}: it has no such column; its columns are "
        f"{', '.join(recognition.columns[:30])}."
    )


def _is_there(name: str, header: Sequence[str]) -> bool:
    """Whether a column exists, or is inside one whose cells hold JSON."""
    if any(column == name or column.startswith(name + ".") for column in header):
        return True
    return any(name.startswith(column + ".") for column in header)


def _whole_days(chunk: Chunk, columns: ColumnMapping) -> bool:
    """Whether all times of a chunk are midnights, read without any shift."""
    times = Clock(None, columns.time_format).all_seconds(chunk.columns[columns.timestamp])
    times = times[np.isfinite(times)]
    return bool(len(times)) and bool((times % DAY == 0).all())


class _Gatherer:
    """Adds checked rows to the counts of their classes."""

    def __init__(self, columns: ColumnMapping, offset_hours: float) -> None:
        self._has_label = columns.label is not None
        self._numbers: dict[str, int] = {}
        self._labels: dict[object, int] = {}  # as written, to the number of its class
        self.offset_seconds = offset_hours * 3600
        self._sums = Sums()
        self._hours = DayGrid(24)
        self._minutes = DayGrid(1440, MOST_DAYS_BY_MINUTE)
        self._minutes_of_all = DayGrid(1440, MOST_DAYS_BY_MINUTE)
        self._first = math.inf
        self._last = -math.inf
        self._bucket = DAY
        self._single_requests = True
        self._overflowed = False

    def add(self, rows: CheckedRows) -> None:
        for times in (rows.seconds, rows.idle_seconds):
            if len(times):
                self._first = min(self._first, float(times.min()))
                self._last = max(self._last, float(times.max()))
                self._narrow_bucket(times - self.offset_seconds)
        if len(rows.seconds) == 0:
            return
        classes = self._classes(rows)
        self._single_requests = self._single_requests and bool((rows.requests == 1).all())
        self._sums.add(
            classes, rows.requests, rows.input_tokens, rows.output_tokens, rows.cached_tokens
        )
        days = np.floor(rows.seconds / DAY).astype(np.int64)
        minutes = ((rows.seconds - days * DAY) // 60).astype(np.int64)
        self._hours.add(classes, days, minutes // 60, rows.requests)
        self._minutes.add(classes, days, minutes, rows.requests)
        if self._has_label:
            self._minutes_of_all.add(np.zeros_like(classes), days, minutes, rows.requests)

    def _narrow_bucket(self, times: FloatArray) -> None:
        if self._bucket == 1:
            return
        whole = times.astype(np.int64)
        if (whole != times).any():
            self._bucket = 1
        else:
            self._bucket = math.gcd(self._bucket, int(np.gcd.reduce(whole)))

    def _classes(self, rows: CheckedRows) -> IntArray:
        if not self._has_label:
            return np.zeros(len(rows.seconds), dtype=np.int64)
        try:
            known = [self._labels[label] for label in rows.labels]
        except (KeyError, TypeError):
            known = [self._class_of(label) for label in rows.labels]
        return np.array(known, dtype=np.int64)

    def _class_of(self, label: object) -> int:
        """Number of a class; 0 is for labels beyond the limit."""
        if isinstance(label, str) and label in self._labels:
            return self._labels[label]
        text = "" if label is None else label if isinstance(label, str) else str(label)
        name = text.strip() or UNLABELLED
        number = self._numbers.get(name)
        if number is None:
            if len(self._numbers) == MOST_LABELS:
                self._overflowed = True
                return 0
            number = self._numbers[name] = len(self._numbers) + 1
        if isinstance(label, str):
            self._labels[label] = number
        return number

    def gathered(self) -> Gathered:
        names = {0: OTHER} if self._overflowed or not self._has_label else {}
        names |= {number: name for name, number in self._numbers.items()}
        return Gathered(
            names=names,
            sums=self._sums,
            hours=self._hours,
            minutes=self._minutes,
            minutes_of_all=self._minutes_of_all if self._has_label else self._minutes,
            first=self._first,
            last=self._last,
            bucket=self._bucket,
            single_requests=self._single_requests,
            overflowed=self._overflowed,
        )
