"""What reading a log gives back: request classes, the account of its rows, and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pricing.plan.workload import RequestClass
from pricing.workload.checks import BadRows
from pricing.workload.coverage import Coverage
from pricing.workload.mapping import ColumnMapping

Fact = float | int | str


class Code(StrEnum):
    """What a reader of the report must know."""

    ROWS_LEFT_OUT = "rows-left-out"
    ROWS_WITHOUT_REQUEST = "rows-without-request"
    MOMENT_ONLY = "moment-only"
    DAY_UNKNOWN = "day-unknown"
    WEEK_UNKNOWN = "week-unknown"
    HOURS_UNKNOWN = "hours-unknown"
    LONG_INTERVALS = "long-intervals"
    GROWTH_UNKNOWN = "growth-unknown"
    GROWTH_UNCLEAR = "growth-unclear"
    GROWTH_MEASURED = "growth-measured"
    CACHE_UNKNOWN = "cache-unknown"
    OUTPUT_UNKNOWN = "output-unknown"
    VARIATION_UNKNOWN = "variation-unknown"
    HOURS_IN_UTC = "hours-in-utc"
    OFFSETS_MIXED = "offsets-mixed"
    OFFSET_NOT_APPLIED = "offset-not-applied"
    ENCODING_GUESSED = "encoding-guessed"
    CLASSES_GATHERED = "classes-gathered"
    LABELS_TOO_MANY = "labels-too-many"
    PEAK_OF_WHOLE = "peak-of-whole"
    CLASS_OUTSIDE_DAYS = "class-outside-days"


@dataclass(frozen=True, slots=True)
class LogWarning:
    """One limit of what the log says: a code, its facts, and a sentence."""

    code: Code
    facts: Mapping[str, Fact]
    sentence: str


@dataclass(frozen=True, slots=True)
class ClassStatistics:
    """What was measured of one request class, beyond what a plan holds."""

    id: str
    rows: int
    requests: float
    input_tokens: float
    """Sum over all requests."""
    output_tokens: float
    cached_tokens: float
    share: float
    """Share of all requests of the log."""
    requests_per_day: float
    peak_to_mean: float
    """Busiest interval over the mean."""
    interval_minutes: int
    """Length of that interval."""
    peak_hour_to_mean: float | None
    """Busiest hour over the mean hour; none where the log does not tell hours apart."""


@dataclass(frozen=True, slots=True)
class LogReport:
    """A log as request classes, with the account of every row."""

    file: str
    """Name of the file, without its folder."""
    format: str
    """CSV, JSON lines or JSON."""
    export: str | None
    """The known export, if it was recognised as one."""
    mapping: ColumnMapping
    columns: tuple[str, ...]
    """All columns found."""
    rows: int
    """Data rows read."""
    good_rows: int
    skipped_rows: Mapping[str, int]
    """Rows without a request (idle intervals, failed calls), by reason."""
    bad: tuple[BadRows, ...]
    """Rows left out, by reason, most frequent first."""
    first: datetime
    """Time of the first row, on the clock of the log."""
    last: datetime
    """Time of the last row."""
    coverage: Coverage
    classes: tuple[RequestClass, ...]
    statistics: tuple[ClassStatistics, ...]
    """One entry per class, in the same order."""
    warnings: tuple[LogWarning, ...]

    @property
    def bad_rows(self) -> int:
        """Rows left out for any reason."""
        return sum(group.count for group in self.bad)
