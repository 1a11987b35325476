"""From counts to the report: which classes stay apart, what they are, what must be said."""

from dataclasses import dataclass

from pricing.plan.workload import RequestClass
from pricing.workload.checks import BadRows, RowChecker
from pricing.workload.classes import (
    OTHER,
    ClassCounts,
    Origin,
    class_ids,
    request_class,
)
from pricing.workload.clock import Clock, moment_of
from pricing.workload.counters import DayCounts, DayGrid, Sums
from pricing.workload.coverage import Coverage, coverage_of, weekday_of
from pricing.workload.errors import WorkloadError
from pricing.workload.growth import FEWEST_WEEKS, trend
from pricing.workload.mapping import ColumnMapping
from pricing.workload.recognition import Recognition
from pricing.workload.report import ClassStatistics, Code, LogReport, LogWarning
from pricing.workload.sentences import warning
from pricing.workload.shape import Traffic, traffic_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that was counted while the log streamed by."""

    names: dict[int, str]
    """Label of each class number; 0 is what was gathered in "other", or all without a label."""
    sums: Sums
    hours: DayGrid
    minutes: DayGrid
    minutes_of_all: DayGrid
    first: float
    last: float
    bucket: int
    single_requests: bool
    overflowed: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Class numbers that become one request class."""

    name: str
    members: frozenset[int]


def report_of(
    found: Gathered,
    checker: RowChecker,
    clock: Clock,
    recognition: Recognition,
    columns: ColumnMapping,
    *,
    file: str,
    file_format: str,
    guessed_encoding: str | None,
    ignored_offset: float | None,
    max_classes: int,
    most_labels: int,
    explicit_mapping: bool,
) -> LogReport:
    """The report of a log that has been read.

    Raises:
        WorkloadError: not one row could be used.
    """
    bad = tuple(sorted(checker.bad.values(), key=lambda group: -group.count))
    if checker.good == 0:
        raise WorkloadError(_nothing_usable(file, checker, bad))
    everything = found.hours.of(set(found.names))
    coverage = coverage_of(found.first, found.last, found.bucket, everything)
    first, last = moment_of(found.first), moment_of(found.last)
    origin = Origin(
        file=file,
        span=f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}",
        as_of=last.date(),
        has_cache=bool(columns.cached_tokens),
    )
    warnings = _of_rows(checker, bad)
    groups = _groups(found, columns, max_classes, most_labels, warnings)
    warnings += _of_coverage(coverage, found, everything)
    whole = traffic_of(everything, _minutes(found.minutes_of_all, None), coverage)
    assert whole is not None

    classes: list[RequestClass] = []
    statistics: list[ClassStatistics] = []
    total = float(found.sums.requests.sum())
    name_one = file if columns.label is None else None
    for group, class_id in zip(groups, class_ids([g.name for g in groups]), strict=True):
        counts = _counts(found, group)
        hours = found.hours.of(set(group.members))
        traffic = traffic_of(hours, _minutes(found.minutes, group), coverage)
        if traffic is None:
            traffic = _like_the_whole(whole, counts.requests, coverage)
            warnings.append(warning(Code.CLASS_OUTSIDE_DAYS, name=group.name))
        classes.append(
            request_class(
                class_id, (name_one or group.name)[:120], counts, traffic, coverage, origin
            )
        )
        statistics.append(_statistics(class_id, counts, traffic, total))
        warnings += _of_growth(group.name, traffic, coverage)
    warnings += _of_columns(columns, found)
    if found.minutes.full and len(groups) > 1:
        warnings.append(warning(Code.PEAK_OF_WHOLE))
    warnings += _of_clock(clock, coverage, guessed_encoding, ignored_offset)
    return LogReport(
        file=file,
        format=file_format,
        export=None if explicit_mapping else recognition.export,
        mapping=columns,
        columns=recognition.columns,
        rows=checker.rows,
        good_rows=checker.good,
        skipped_rows=dict(checker.skipped),
        bad=bad,
        first=first,
        last=last,
        coverage=coverage,
        classes=tuple(classes),
        statistics=tuple(statistics),
        warnings=tuple(warnings),
    )


def _nothing_usable(file: str, checker: RowChecker, bad: tuple[BadRows, ...]) -> str:
    if checker.rows == 0:
        return f"{file} has a header but no rows."
    if not bad:
        return f"None of the {checker.rows:,} rows of {file} holds a request."
    return f"None of the {checker.rows:,} rows of {file} can be used. {bad[0].sentence}"


def _groups(
    found: Gathered,
    columns: ColumnMapping,
    max_classes: int,
    most_labels: int,
    warnings: list[LogWarning],
) -> list[_Group]:
    """The largest classes by requests, then what is left in "other"."""
    if columns.label is None:
        return [_Group("all-requests", frozenset({0}))]
    requests = found.sums.requests
    named = sorted(
        (number for number in found.names if number and requests[number] > 0),
        key=lambda number: (-requests[number], found.names[number]),
    )
    kept, rest = named[:max_classes], named[max_classes:]
    groups = [_Group(found.names[number], frozenset({number})) for number in kept]
    gathered = frozenset(rest) | ({0} if found.overflowed else frozenset())
    if gathered:
        groups.append(_Group(OTHER, gathered))
        share = float(sum(requests[number] for number in gathered) / requests.sum())
        warnings.append(
            warning(
                Code.CLASSES_GATHERED,
                column=columns.label,
                labels=len(named),
                kept=len(kept),
                share=share,
            )
        )
    if found.overflowed:
        warnings.append(warning(Code.LABELS_TOO_MANY, column=columns.label, limit=most_labels))
    return groups


def _counts(found: Gathered, group: _Group) -> ClassCounts:
    members = sorted(group.members)
    sums = found.sums
    return ClassCounts(
        rows=int(sums.rows[members].sum()),
        requests=float(sums.requests[members].sum()),
        input_tokens=float(sums.input_tokens[members].sum()),
        output_tokens=float(sums.output_tokens[members].sum()),
        cached_tokens=float(sums.cached_tokens[members].sum()),
        input_squares=float(sums.input_squares[members].sum()),
        output_squares=float(sums.output_squares[members].sum()),
        single_requests=found.single_requests,
    )


def _minutes(grid: DayGrid, group: _Group | None) -> DayCounts | None:
    if grid.full:
        return None
    return grid.of({0} if group is None else set(group.members))


def _like_the_whole(whole: Traffic, requests: float, coverage: Coverage) -> Traffic:
    return Traffic(
        requests_per_day=requests / coverage.span_days,
        hours=whole.hours,
        weekdays=whole.weekdays,
        within_hour_peak=whole.within_hour_peak,
        peak_to_mean=whole.peak_to_mean,
        peak_hour_to_mean=whole.peak_hour_to_mean,
        interval_minutes=whole.interval_minutes,
        growth=None,
    )


def _statistics(
    class_id: str, counts: ClassCounts, traffic: Traffic, total: float
) -> ClassStatistics:
    return ClassStatistics(
        id=class_id,
        rows=counts.rows,
        requests=counts.requests,
        input_tokens=counts.input_tokens,
        output_tokens=counts.output_tokens,
        cached_tokens=counts.cached_tokens,
        share=counts.requests / total,
        requests_per_day=traffic.requests_per_day,
        peak_to_mean=traffic.peak_to_mean,
        interval_minutes=traffic.interval_minutes,
        peak_hour_to_mean=traffic.peak_hour_to_mean,
    )


def _of_rows(checker: RowChecker, bad: tuple[BadRows, ...]) -> list[LogWarning]:
    found = [
        warning(Code.ROWS_LEFT_OUT, count=group.count, reason=group.reason, sentence=group.sentence)
        for group in bad
    ]
    found += [
        warning(Code.ROWS_WITHOUT_REQUEST, count=count, reason=reason)
        for reason, count in checker.skipped.items()
    ]
    return found


def _of_coverage(coverage: Coverage, found: Gathered, everything: DayCounts) -> list[LogWarning]:
    total = float(everything.counts.sum())
    first, last = moment_of(found.first), moment_of(found.last)
    warnings: list[LogWarning] = []
    match coverage.knowledge:
        case "moment":
            warnings.append(warning(Code.MOMENT_ONLY, requests=total))
        case "hour":
            hours = (coverage.end - coverage.start) / 3600
            warnings.append(
                warning(
                    Code.DAY_UNKNOWN,
                    hours=hours,
                    rate=total / hours,
                    requests=total,
                    first=f"{first:%Y-%m-%d %H:%M}",
                    last=f"{last:%H:%M}" if hours < 24 else f"{last:%Y-%m-%d %H:%M}",
                )
            )
        case "interval":
            warnings.append(warning(Code.LONG_INTERVALS, days=coverage.interval_days))
        case "day":
            seen = weekday_of(coverage.complete_days)
            names = ", ".join(WEEKDAYS[day] for day in sorted(set(seen.tolist())))
            warnings.append(
                warning(
                    Code.WEEK_UNKNOWN,
                    days=len(coverage.complete_days),
                    weekdays=names or "pieces of two",
                )
            )
        case "week":
            pass
    if coverage.knowledge in {"day", "week"} and not coverage.hours_known:
        bucket = "days" if coverage.bucket % 86400 == 0 else f"{coverage.bucket / 3600:g} hours"
        warnings.append(warning(Code.HOURS_UNKNOWN, bucket=bucket))
    if coverage.knowledge != "week" or len(coverage.complete_days) < FEWEST_WEEKS * 7:
        weeks = len(coverage.complete_days) // 7
        warnings.append(warning(Code.GROWTH_UNKNOWN, needed=FEWEST_WEEKS, weeks=weeks))
    return warnings


def _of_growth(name: str, traffic: Traffic, coverage: Coverage) -> list[LogWarning]:
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


def _of_columns(columns: ColumnMapping, found: Gathered) -> list[LogWarning]:
    warnings: list[LogWarning] = []
    if not columns.cached_tokens:
        warnings.append(warning(Code.CACHE_UNKNOWN))
    if not columns.output_tokens:
        warnings.append(warning(Code.OUTPUT_UNKNOWN))
    if not found.single_requests:
        warnings.append(warning(Code.VARIATION_UNKNOWN))
    return warnings


def _of_clock(
    clock: Clock, coverage: Coverage, guessed_encoding: str | None, ignored_offset: float | None
) -> list[LogWarning]:
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
