"""Timestamps of every common kind to seconds on the clock of the log."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a naive clock is meant: hours are kept as written
UTC_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 2000, 2100
EARLIEST = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - UTC_EPOCH).total_seconds()
LATEST = (datetime(LAST_YEAR, 1, 1, tzinfo=UTC) - UTC_EPOCH).total_seconds()

_UNIX_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""Below the first number, divide by the second: seconds, milli-, micro- and nanoseconds."""

_LOOSE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s+UTC)?$"
)
"""Year first, loosely written: 2026/3/5 9:07, 2026-03-05 09:07:11 UTC."""

_ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?"
_PLAIN = re.compile(rf"(?:{_ISO}\n)+", re.ASCII)
_PLAIN_UTC = re.compile(rf"(?:{_ISO}Z\n)+", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")


class TimeMissingError(ValueError):
    """The cell is empty."""


class TimeOutOfRangeError(ValueError):
    """A time, but none of this century."""


class Clock:
    """Reads timestamps as seconds since 1970 on one clock.

    Without a shift, hours are kept as written. With `utc_offset_hours`, every time is taken as
    UTC (or converted to it where it states its own offset) and then shifted, so that hours are
    those of the buyer's place.
    """

    def __init__(self, utc_offset_hours: float | None = None, time_format: str = "") -> None:
        self._shift = (utc_offset_hours or 0.0) * 3600
        self.shifts = utc_offset_hours is not None
        """Whether hours are brought to the buyer's clock."""
        self._format = time_format
        self.naive_seen = False
        """Whether a timestamp stated no offset."""
        self.utc_seen = False
        """Whether a timestamp was stated in UTC (Unix time is)."""
        self.offsets_seen: set[float] = set()
        """Other offsets from UTC, in hours, that timestamps stated themselves."""

    def seconds(self, value: object) -> float:
        """Seconds since 1970-01-01 00:00 on the clock of the log.

        Raises:
            ValueError: not a time; TimeMissingError and TimeOutOfRangeError say what is wrong.
        """
        try:
            moment = datetime.fromisoformat(value)  # type: ignore[arg-type]
        except (ValueError, TypeError):
            moment = None
        # a number of eight digits and a format of one's own are not for fromisoformat
        if moment is None or self._format or value[4] != "-":  # type: ignore[index]
            return self._read_elsewhere(value)
        if moment.tzinfo is None:
            self.naive_seen = True
            seconds = (moment - EPOCH).total_seconds() + self._shift
        elif moment.tzinfo is UTC:
            self.utc_seen = True
            seconds = (moment - UTC_EPOCH).total_seconds() + self._shift
        else:
            return self._on_our_clock(moment)
        if EARLIEST <= seconds < LATEST:
            return seconds
        raise TimeOutOfRangeError

    def all_seconds(self, values: Sequence[object]) -> FloatArray:
        """The seconds of many timestamps, nan where one is no time; fast for plain ISO times."""
        fast = self._plain_seconds(values)
        if fast is not None:
            return fast
        return np.array([self._seconds_or_nan(value) for value in values], dtype=np.float64)

    def _plain_seconds(self, values: Sequence[object]) -> FloatArray | None:
        """Seconds where all are written alike, without offset or all in UTC; none otherwise."""
        if self._format or not values:
            return None
        try:
            text = "\n".join(values)  # type: ignore[arg-type]
        except TypeError:
            return None
        in_utc = text.endswith("Z")
        if not (_PLAIN_UTC if in_utc else _PLAIN).fullmatch(text + "\n"):
            return None
        written = [value[:-1] for value in values] if in_utc else values  # type: ignore[index]
        try:
            moments = np.array(written, dtype="datetime64[us]")
        except ValueError:
            return None
        if in_utc:
            self.utc_seen = True
        else:
            self.naive_seen = True
        seconds: FloatArray = moments.astype(np.int64) / 1e6 + self._shift
        seconds[(seconds < EARLIEST) | (seconds >= LATEST)] = np.nan
        return seconds

    def _seconds_or_nan(self, value: object) -> float:
        try:
            return self.seconds(value)
        except (ValueError, OverflowError):
            return math.nan

    def stop_shifting(self) -> None:
        """Keeps hours as written from now on."""
        self._shift = 0.0
        self.shifts = False

    def _read_elsewhere(self, value: object) -> float:
        """Everything but a plain ISO date and time."""
        if value is None or (isinstance(value, str) and not value.strip()):
            raise TimeMissingError
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._unix(float(value))
        if not isinstance(value, str):
            raise ValueError(value)
        text = value.strip()
        if self._format:
            return self._on_our_clock(datetime.strptime(text, self._format))  # noqa: DTZ007
        if not _NUMBER.fullmatch(text):
            return self._on_our_clock(_loosely(text))
        if len(text) == 8 and text.isdigit():
            return self._on_our_clock(datetime.strptime(text, "%Y%m%d"))  # noqa: DTZ007
        return self._unix(float(text))

    def _unix(self, number: float) -> float:
        for limit, divisor in _UNIX_UNITS:
            if abs(number) < limit:
                self.utc_seen = True
                return _in_range(number / divisor + self._shift)
        raise TimeOutOfRangeError

    def _on_our_clock(self, moment: datetime) -> float:
        offset = moment.utcoffset()
        written = (moment.replace(tzinfo=None) - EPOCH).total_seconds()
        if offset is None:
            self.naive_seen = True
            return _in_range(written + self._shift)
        hours = offset.total_seconds() / 3600
        if hours:
            self.offsets_seen.add(hours)
        else:
            self.utc_seen = True
        return _in_range(written + self._shift - (hours * 3600 if self.shifts else 0.0))


def _loosely(text: str) -> datetime:
    match = _LOOSE.match(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second, zone = match.groups()
    written = f"{year}-{int(month):02}-{int(day):02}T{int(hour or 0):02}:{minute or '00'}"
    written += f":{(second or '00').replace(',', '.')}"
    if zone in {"Z", "UTC", "GMT"}:
        zone = "+00:00"
    return datetime.fromisoformat(written + (zone or ""))


def _in_range(seconds: float) -> float:
    if not EARLIEST <= seconds < LATEST:
        raise TimeOutOfRangeError
    return seconds


def moment_of(seconds: float) -> datetime:
    """The time on the clock of the log."""
    return EPOCH + timedelta(seconds=seconds)
