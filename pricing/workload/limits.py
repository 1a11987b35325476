"""What a log cannot tell, and what was left out of it, as warnings."""

from datetime import datetime

from pricing.workload.checks import BadRows, RowChecker
from pricing.workload.clock import Clock
from pricing.workload.coverage import Coverage, weekday_of
from pricing.workload.growth import FEWEST_WEEKS, trend
from pricing.workload.mapping import ColumnMapping
from pricing.workload.report import Code, LogWarning
from pricing.workload.sentences import warning
from pricing.workload.shape import Traffic

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def limits_of_rows(checker: RowChecker, bad: tuple[BadRows, ...]) -> list[LogWarning]:
    """Rows that did not become load, by reason."""
    found = [
        warning(Code.ROWS_LEFT_OUT, count=group.count, reason=group.reason, sentence=group.sentence)
        for group in bad
    ]
    found += [
        warning(Code.ROWS_WITHOUT_REQUEST, count=count, reason=reason)
        for reason, count in checker.skipped.items()
    ]
    return found


def limits_of_coverage(
    coverage: Coverage, first: datetime, last: datetime, requests: float
) -> list[LogWarning]:
    """What the span of the log cannot tell."""
    warnings: list[LogWarning] = []
    match coverage.knowledge:
        case "moment":
            warnings.append(warning(Code.MOMENT_ONLY, requests=requests))
        case "hour":
            hours = (coverage.end - coverage.start) / 3600
            warnings.append(
                warning(
                    Code.DAY_UNKNOWN,
                    hours=hours,
                    rate=requests / hours,
                    requests=requests,
                    first=f"{first:%Y-%m-%d %H:%M}",
                    last=f"{last:%H:%M}" if hours < 24 else f"{last:%Y-%m-%d %H:%M}",
                )
            )
        case "interval":
            warnings.append(warning(Code.LONG_INTERVALS, days=coverage.interval_days))
        case "day":
            days = len(coverage.complete_days)
            seen = sorted(set(weekday_of(coverage.complete_days).tolist()))
            covered = ", ".join(WEEKDAYS[day] for day in seen) or "in pieces of two days"
            span = f"{days or 1} whole day{'s' if days > 1 else ''} ({covered})"
            warnings.append(warning(Code.WEEK_UNKNOWN, days=days, covered=span))
        case "week":
            pass
    if coverage.knowledge in {"day", "week"} and not coverage.hours_known:
        bucket = "days" if coverage.bucket % 86400 == 0 else f"{coverage.bucket / 3600:g} hours"
        warnings.append(warning(Code.HOURS_UNKNOWN, bucket=bucket))
    if coverage.knowledge != "week" or len(coverage.complete_days) < FEWEST_WEEKS * 7:
        weeks = len(coverage.complete_days) // 7
        warnings.append(warning(Code.GROWTH_UNKNOWN, needed=FEWEST_WEEKS, weeks=weeks))
    return warnings


def limits_of_growth(name: str, traffic: Traffic, coverage: Coverage) -> list[LogWarning]:
    """What the growth of a class is worth."""
    fit = traffic.growth
    if fit is None:
        return []
    if not fit.is_clear:
        return [
            warning(Code.GROWTH_UNCLEAR, name=name, weeks=fit.weeks, low=fit.low, high=fit.high)
        ]
    at_end = trend(fit, coverage.complete_days[-1:], coverage.complete_days)
    return [
        warning(
            Code.GROWTH_MEASURED,
            name=name,
            rate=fit.rate,
            low=fit.low,
            high=fit.high,
            weeks=fit.weeks,
            end=float(traffic.requests_per_day * at_end[0]),
        )
    ]


def limits_of_columns(columns: ColumnMapping, *, single_requests: bool) -> list[LogWarning]:
    """What the columns of the log cannot tell."""
    warnings: list[LogWarning] = []
    if not columns.cached_tokens:
        warnings.append(warning(Code.CACHE_UNKNOWN))
    if not columns.output_tokens:
        warnings.append(warning(Code.OUTPUT_UNKNOWN))
    if not single_requests:
        warnings.append(warning(Code.VARIATION_UNKNOWN))
    return warnings


def limits_of_clock(
    clock: Clock, coverage: Coverage, guessed_encoding: str | None, ignored_offset: float | None
) -> list[LogWarning]:
    """Whose hours these are, and in which alphabet the labels."""
    warnings: list[LogWarning] = []
    if not clock.shifts and ignored_offset is None and coverage.hours_known:
        offsets = sorted(clock.offsets_seen | ({0.0} if clock.utc_seen else set()))
        if offsets == [0.0] and not clock.naive_seen:
            warnings.append(warning(Code.HOURS_IN_UTC))
        elif offsets and (clock.naive_seen or offsets[-1] - offsets[0] > 1):
            shown = ", ".join(f"{offset:+g} h" for offset in offsets[:6])
            warnings.append(warning(Code.OFFSETS_MIXED, offsets=shown))
    if ignored_offset is not None:
        warnings.append(warning(Code.OFFSET_NOT_APPLIED, offset=ignored_offset))
    if guessed_encoding is not None:
        warnings.append(warning(Code.ENCODING_GUESSED, encoding=guessed_encoding))
    return warnings
