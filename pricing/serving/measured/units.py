"""Units of a benchmark file, checked against each other.

Of requests in flight, each makes one token per TPOT after its TTFT, so throughput is concurrency x
output / (TTFT + TPOT x (output - 1)) (Little's law: in flight = rate x time in the system). Files
that state all of these agree with it within a few per cent; a column in another unit is off by the
factor of that unit, in most of its rows.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pricing.serving.columns import Numbers
from pricing.serving.measured.cells import Problem
from pricing.serving.measured.measurement import Doubt, Measurement

AGREES = 1.5
"""Factor up to which a point agrees with itself; closed-loop tests have ramps and tails."""
_CLOSE = 1.3
"""Factor up to which a point is off by just the factor of a unit."""
_FASTEST_TPOT_MS = 0.3
"""No accelerator of the catalogue makes a token of a language model faster."""


class _Slip(NamedTuple):
    """A unit that may have been mistaken."""

    column: str
    factor: Numbers
    """Throughput of the file over what it would be in the right unit."""
    reason: str


def unit_problems(rows: Sequence[Measurement]) -> list[Problem]:
    """Columns that are in another unit in most rows where it can be told."""
    problems = [*_seconds(rows, "tpot_ms"), *_seconds(rows, "ttft_ms")]
    return problems or _throughput(rows)


def doubts(rows: Sequence[Measurement]) -> tuple[Doubt, ...]:
    """Points whose throughput, latency and concurrency do not agree."""
    implied = _implied(rows)
    ratio = _column(rows, "output_tokens_per_s") / implied
    off = np.abs(np.log(ratio)) > np.log(AGREES)
    return tuple(
        Doubt(
            row.line,
            f"{row.concurrency:g} requests of {row.output_tokens:g} output tokens, one each "
            f"{row.tpot_ms:.4g} ms, make {value:,.0f} tokens/s, not "
            f"{row.output_tokens_per_s:,.0f}.",
        )
        for row, value, wrong in zip(rows, implied, off, strict=True)
        if wrong
    )


def _seconds(rows: Sequence[Measurement], column: str) -> list[Problem]:
    """Times that are too short to be milliseconds."""
    told = [row for row in rows if np.isfinite(getattr(row, column))]
    short = [row for row in told if _is_short(row, column)]
    if not told or len(short) * 2 <= len(told):
        return []
    value = getattr(short[0], column)
    return [
        Problem(
            short[0].line,
            column,
            f"{value:g}",
            f"{value:g} looks like seconds, as do {len(short)} of {len(told)} values; write "
            f"milliseconds: {value * 1000:g}.",
        )
    ]


def _is_short(row: Measurement, column: str) -> bool:
    if column == "tpot_ms":
        return row.tpot_ms < _FASTEST_TPOT_MS
    # the first token takes a pass over the whole prompt, so it never comes faster than the next
    return row.ttft_ms < (row.tpot_ms if np.isfinite(row.tpot_ms) else _FASTEST_TPOT_MS)


def _throughput(rows: Sequence[Measurement]) -> list[Problem]:
    ratio = _column(rows, "output_tokens_per_s") / _implied(rows)
    told = np.isfinite(ratio)
    best: tuple[int, int, _Slip, int] | None = None
    for slip in _slips(rows):
        applies = told & (np.abs(np.log(slip.factor)) > np.log(AGREES))
        match = applies & (np.abs(np.log(ratio / slip.factor)) < np.log(_CLOSE))
        found = int(match.sum())
        # what cannot tell the units apart, as rows of one accelerator, must not vote
        if found * 2 > int(applies.sum()) and (best is None or found > best[0]):
            best = (found, int(applies.sum()), slip, int(np.argmax(match)))
    if best is None:
        return []
    found, of, slip, first = best
    row = rows[first]
    value = row.output_tokens_per_s
    right = value / slip.factor[first]
    return [
        Problem(
            row.line,
            slip.column,
            f"{value:g}",
            f"{value:g} {slip.reason}, as in {found} of {of} rows that can tell: its concurrency "
            f"and latency make {right:,.0f} output tokens/s of the whole system; write that, or "
            "correct concurrency and latency.",
        )
    ]


def _slips(rows: Sequence[Measurement]) -> list[_Slip]:
    column = "output_tokens_per_s"
    accelerators, flight = _column(rows, "accelerators"), _column(rows, "concurrency")
    output, prompt = _column(rows, "output_tokens"), _column(rows, "input_tokens")
    ones = np.ones(len(rows))
    each = np.where(np.isfinite(flight), 1 / flight, 1.0)
    return [
        _Slip(column, 1 / accelerators, "looks like tokens/s per accelerator"),
        _Slip(column, each, "looks like tokens/s per request"),
        _Slip(column, (prompt + output) / output, "looks like input and output tokens together"),
        _Slip(column, 1 / output, "looks like requests/s"),
        _Slip(column, ones / 1000, "looks like thousands of tokens/s"),
    ]


def _implied(rows: Sequence[Measurement]) -> Numbers:
    """Throughput that concurrency and latency make; NaN where one of them is not known."""
    flight = _column(rows, "concurrency")
    output, tpot = _column(rows, "output_tokens"), _column(rows, "tpot_ms")
    first = _column(rows, "ttft_ms")
    first = np.where(np.isfinite(first), first, tpot)
    seconds = (first + tpot * (output - 1)) / 1000
    return np.where(np.isfinite(flight), flight, np.nan) * output / seconds


def _column(rows: Sequence[Measurement], name: str) -> Numbers:
    return np.array([getattr(row, name) for row in rows], dtype=np.float64)
