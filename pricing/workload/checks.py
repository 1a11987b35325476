"""Every row is either counted or reported: raw cells to checked numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pricing.workload.clock import (
    FIRST_YEAR,
    LAST_YEAR,
    Clock,
    TimeMissingError,
    TimeOutOfRangeError,
)
from pricing.workload.mapping import ColumnMapping
from pricing.workload.rows import Chunk

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IndexArray = NDArray[np.intp]
Cells = Mapping[str, object]

MOST_TOKENS = 1e8
"""Tokens of one request beyond which a row is taken for damaged: ten times the longest context
window sold (10 million tokens, Llama 4 Scout, April 2025)."""

MOST_REQUESTS = 1e9
"""Requests of one row beyond which it is taken for damaged."""

EXAMPLES_KEPT = 5
"""Examples kept of each kind of bad row."""

SKIPPED_EMPTY = "no tokens"
"""A request that failed before the model: neither input nor output."""

SKIPPED_IDLE = "no usage"
"""An interval without requests, or an event that is no model call."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that could not be used."""

    line: int
    text: str
    """The offending value, shortened."""


@dataclass(slots=True)
class BadRows:
    """All rows that could not be used for the same reason."""

    reason: str
    """What is wrong, as the end of a sentence: "input_tokens is not a number"."""
    count: int = 0
    examples: list[BadRow] = field(default_factory=list)

    def add(self, line: int, text: object) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES_KEPT:
            shown = str(text)
            self.examples.append(BadRow(line, shown if len(shown) <= 40 else shown[:37] + "..."))

    @property
    def sentence(self) -> str:
        """One sentence with count, reason and the first lines."""
        lines = ", ".join(str(example.line) for example in self.examples)
        more = ", ..." if self.count > len(self.examples) else ""
        shown = next((f" ({e.text!r})" for e in self.examples if e.text), "")
        rows = "row" if self.count == 1 else "rows"
        return f"{self.count:,} {rows} left out: {self.reason}{shown}; line {lines}{more}."


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """The good rows of a chunk, all arrays of the same length."""

    seconds: FloatArray
    """Seconds since 1970 on the clock of the log."""
    requests: FloatArray
    input_tokens: FloatArray
    output_tokens: FloatArray
    cached_tokens: FloatArray
    labels: Sequence[object]
    idle_seconds: FloatArray
    """Times of rows that hold no request but show that the log was running."""


class RowChecker:
    """Turns chunks into numbers and keeps account of what could not be used."""

    def __init__(self, mapping: ColumnMapping, clock: Clock) -> None:
        self._mapping = mapping
        self._clock = clock
        self._optional_columns = [*mapping.cached_tokens]
        for group in (mapping.input_tokens, mapping.output_tokens):
            self._optional_columns += group if len(group) > 1 else ()
        amounts = (*mapping.input_tokens, *mapping.output_tokens, *mapping.cached_tokens)
        self._amount_columns = (*amounts, mapping.requests) if mapping.requests else amounts
        self.rows = 0
        """Data rows seen."""
        self.good = 0
        """Rows that were counted."""
        self.bad: dict[str, BadRows] = {}
        self.skipped: dict[str, int] = {}
        """Rows without a request, by reason; neither good nor bad."""

    def check(self, chunk: Chunk) -> CheckedRows:
        """The good rows of a chunk."""
        mapping, columns = self._mapping, chunk.columns
        count = len(chunk.lines)
        self.rows += count + len(chunk.broken)
        for line, reason, text in chunk.broken:
            self._report(reason, line, text)

        seconds = self._clock.all_seconds(columns[mapping.timestamp])
        numbers = {name: _numbers(columns[name]) for name in self._amount_columns}
        zeros = np.zeros(count)
        input_tokens = _sum(numbers, mapping.input_tokens, zeros)
        output_tokens = _sum(numbers, mapping.output_tokens, zeros)
        cached = np.nan_to_num(_sum(numbers, mapping.cached_tokens, zeros), nan=0.0)
        requests = numbers[mapping.requests] if mapping.requests else np.ones(count)
        ok = (
            np.isfinite(seconds)
            & _plausible(requests, MOST_REQUESTS, at_least=1)
            & _plausible(input_tokens, MOST_TOKENS * requests, at_least=requests)
            & _plausible(output_tokens, MOST_TOKENS * requests)
            & (cached <= input_tokens)
        )
        for name in self._optional_columns:
            ok &= _plausible(numbers[name], np.inf) | _missing(columns[name], numbers[name])
        idle = self._account_for(chunk, np.flatnonzero(~ok), seconds)
        self.good += int(np.count_nonzero(ok))
        labels: Sequence[object] = columns[mapping.label] if mapping.label else ()
        if mapping.label and not ok.all():
            labels = [label for label, good in zip(labels, ok, strict=True) if good]
        return CheckedRows(
            seconds=seconds[ok],
            requests=requests[ok],
            input_tokens=input_tokens[ok],
            output_tokens=output_tokens[ok],
            cached_tokens=cached[ok],
            labels=labels,
            idle_seconds=np.array(idle),
        )

    def _account_for(self, chunk: Chunk, rows: IndexArray, seconds: FloatArray) -> list[float]:
        """Reports the rows that are not good; returns the times of those without a request."""
        idle: list[float] = []
        for row in rows.tolist():
            cells = {name: values[row] for name, values in chunk.columns.items()}
            reason, text = self._verdict(cells, time_known=bool(np.isfinite(seconds[row])))
            if reason in {SKIPPED_EMPTY, SKIPPED_IDLE}:
                self.skipped[reason] = self.skipped.get(reason, 0) + 1
                if np.isfinite(seconds[row]):
                    idle.append(float(seconds[row]))
            else:
                self._report(reason, chunk.lines[row], text)
        return idle

    def _report(self, reason: str, line: int, text: object) -> None:
        self.bad.setdefault(reason, BadRows(reason)).add(line, text)

    def _verdict(self, cells: Cells, *, time_known: bool) -> tuple[str, object]:
        """What is wrong with a row that is not good: the reason and the offending value."""
        mapping = self._mapping
        parts = (*mapping.input_tokens, *mapping.output_tokens)
        requests = _number(cells[mapping.requests]) if mapping.requests else 1.0
        counted = (*parts, mapping.requests) if mapping.requests else parts
        if mapping.rows_without_usage == "skipped" and all(_is_missing(cells[n]) for n in counted):
            return SKIPPED_IDLE, ""
        if not time_known:
            return self._time_fault(cells[mapping.timestamp])
        if requests >= 0 and all(_number(cells[name]) == 0 for name in parts):
            return SKIPPED_EMPTY, ""
        limits = (
            ((mapping.requests,) if mapping.requests else (), MOST_REQUESTS, 1, False),
            (mapping.input_tokens, MOST_TOKENS * requests, requests, False),
            (mapping.output_tokens, MOST_TOKENS * requests, 0, False),
            (mapping.cached_tokens, math.inf, 0, True),
        )
        for names, most, least, optional in limits:
            values = [cells[name] for name in names]
            fault = _fault(values, most, least, optional=optional) if names else None
            if fault is not None:
                return f"{' + '.join(names)} {fault[0]}", fault[1]
        cached = " + ".join(mapping.cached_tokens)
        return (
            f"{cached} is more than all input tokens (where cached tokens are counted apart, "
            "map input_tokens to both columns)",
            cells[mapping.cached_tokens[0]],
        )

    def _time_fault(self, value: object) -> tuple[str, object]:
        name = self._mapping.timestamp
        try:
            self._clock.seconds(value)
        except TimeMissingError:
            return f"{name} is empty", ""
        except TimeOutOfRangeError:
            return f"{name} is not between the years {FIRST_YEAR} and {LAST_YEAR}", value
        except (ValueError, OverflowError):
            pass
        return f"{name} is not a time that can be read (write 2026-03-05 09:07:11)", value


def _numbers(values: Sequence[object]) -> FloatArray:
    """Cells as numbers; what is none becomes nan."""
    try:
        if bool not in set(map(type, values)):
            return np.array(list(map(float, values)), dtype=np.float64)  # type: ignore[arg-type]
    except (ValueError, TypeError, OverflowError):
        pass
    return np.array([_number(value) for value in values], dtype=np.float64)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return math.nan
    try:
        return float(value)
    except (ValueError, OverflowError):
        return math.nan


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _missing(values: Sequence[object], numbers: FloatArray) -> BoolArray:
    """Rows whose cell is empty, as opposed to one that holds no number."""
    result: BoolArray = np.isnan(numbers)
    for row in np.flatnonzero(result).tolist():
        result[row] = _is_missing(values[row])
    return result


def _sum(numbers: dict[str, FloatArray], names: tuple[str, ...], zeros: FloatArray) -> FloatArray:
    """Sum of several columns; a missing part counts as 0 unless all parts are missing."""
    if not names:
        return zeros
    if len(names) == 1:
        return numbers[names[0]]
    parts = np.stack([numbers[name] for name in names])
    missing = np.isnan(parts)
    total: FloatArray = np.where(missing, 0.0, parts).sum(axis=0)
    total[missing.all(axis=0)] = np.nan
    return total


def _plausible(
    values: FloatArray, most: float | FloatArray, at_least: float | FloatArray = 0
) -> BoolArray:
    """Whole numbers from `at_least` to `most`."""
    with np.errstate(invalid="ignore"):
        result: BoolArray = (values >= at_least) & (values <= most) & (values == np.floor(values))
    return result


def _fault(
    values: Sequence[object], most: float, least: float, *, optional: bool
) -> tuple[str, object] | None:
    """What is wrong with an amount that may be a sum of several cells, if anything."""
    present = [value for value in values if not _is_missing(value)]
    if not present:
        return None if optional else ("is empty", "")
    for value in present:
        number = _number(value)
        if math.isnan(number):
            return "is not a number", value
        if number < 0:
            return "is negative", value
        if math.isfinite(number) and number != math.floor(number):
            return "is not a whole number", value
    total = sum(map(_number, present))
    fault = None
    if total > most or math.isinf(total):
        fault = "is absurdly large"
    elif total < least:
        fault = "is less than one token per request" if total else "is zero"
    return None if fault is None else (fault, present[0])
