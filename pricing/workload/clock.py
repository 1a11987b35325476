"""Timestamps of every common kind to seconds on the clock of the log."""

import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a naive clock is meant: hours are kept as written
SECOND = timedelta(seconds=1)
FIRST_YEAR, LAST_YEAR = 2000, 2100
EARLIEST = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / SECOND
LATEST = (datetime(LAST_YEAR, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / SECOND

_UNIX_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""Below the first number, divide by the second: seconds, milli-, micro- and nanoseconds."""

_LOOSE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s+UTC)?$"
)
"""Year first, loosely written: 2026/3/5 9:07, 2026-03-05 09:07:11 UTC."""


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
        self._shift = None if utc_offset_hours is None else utc_offset_hours * 3600
        self._format = time_format
        self.offsets_seen: set[float] = set()
        """Offsets from UTC in hours that timestamps stated themselves."""
        self.naive_seen = False
        """Whether a timestamp stated no offset."""

    def seconds(self, value: object) -> float:
        """Seconds since 1970-01-01 00:00 on the clock of the log.

        Raises:
            ValueError: not a time; TimeMissingError and TimeOutOfRangeError say what is wrong.
        """
        if type(value) is str and not self._format and value[4:5] == "-":
            try:
                moment = datetime.fromisoformat(value)
            except ValueError:
                moment = self._loose(value)
        elif isinstance(value, str):
            text = value.strip()
            if not text:
                raise TimeMissingError
            if self._format:
                moment = datetime.strptime(text, self._format)  # noqa: DTZ007
            elif text[:1].isdigit() and "/" not in text and "-" not in text and ":" not in text:
                return self._number(text)
            else:
                moment = self._loose(text)
        elif value is None:
            raise TimeMissingError
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return self._unix(float(value))
        else:
            raise ValueError(value)
        offset = moment.utcoffset()
        if offset is None:
            self.naive_seen = True
            seconds = (moment - EPOCH) / SECOND
            return self._checked(seconds if self._shift is None else seconds + self._shift)
        self.offsets_seen.add(offset / timedelta(hours=1))
        seconds = (moment.replace(tzinfo=None) - EPOCH) / SECOND
        if self._shift is not None:
            seconds += self._shift - offset / SECOND
        return self._checked(seconds)

    def stop_shifting(self) -> None:
        """Keeps hours as written from now on."""
        self._shift = None

    @property
    def shifts(self) -> bool:
        """Whether hours are brought to the buyer's clock."""
        return self._shift is not None

    def _number(self, text: str) -> float:
        if len(text) == 8 and text.isdigit() and "1900" <= text[:4] <= "2199":
            return self._checked((datetime.strptime(text, "%Y%m%d") - EPOCH) / SECOND)  # noqa: DTZ007
        return self._unix(float(text))

    def _unix(self, number: float) -> float:
        for limit, divisor in _UNIX_UNITS:
            if abs(number) < limit:
                self.offsets_seen.add(0.0)
                return self._checked(number / divisor + (self._shift or 0.0))
        raise TimeOutOfRangeError

    def _loose(self, text: str) -> datetime:
        match = _LOOSE.match(text.strip())
        if match is None:
            raise ValueError(text)
        year, month, day, hour, minute, second, zone = match.groups()
        written = f"{year}-{int(month):02}-{int(day):02}T{int(hour or 0):02}:{minute or '00'}"
        written += f":{(second or '00').replace(',', '.')}"
        if zone in {"Z", "UTC", "GMT"}:
            zone = "+00:00"
        return datetime.fromisoformat(written + (zone or ""))

    @staticmethod
    def _checked(seconds: float) -> float:
        if not EARLIEST <= seconds < LATEST:
            raise TimeOutOfRangeError
        return seconds


def moment_of(seconds: float) -> datetime:
    """The time on the clock of the log."""
    return EPOCH + timedelta(seconds=seconds)
