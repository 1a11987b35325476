"""From counts to the report: which classes stay apart, what they are, what must be said."""

from dataclasses import dataclass, replace

from pricing.plan.workload import RequestClass
from pricing.workload.checks import BadRows, RowChecker
from pricing.workload.classes import (
    OTHER,
    ClassCounts,
    Origin,
    class_ids,
    request_class,
    shown,
)
from pricing.workload.clock import Clock, moment_of
from pricing.workload.counters import DayCounts, DayGrid, Sums
from pricing.workload.coverage import Coverage, coverage_of
from pricing.workload.errors import WorkloadError
from pricing.workload.limits import (
    limits_of_clock,
    limits_of_columns,
    limits_of_coverage,
    limits_of_growth,
    limits_of_rows,
)
from pricing.workload.mapping import ColumnMapping
from pricing.workload.recognition import Recognition
from pricing.workload.report import ClassStatistics, Code, LogReport, LogWarning
from pricing.workload.sentences import warning
from pricing.workload.shape import Traffic, traffic_of


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
        file=shown(file),
        span=f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}",
        as_of=last.date(),
        has_cache=bool(columns.cached_tokens),
    )
    warnings = limits_of_rows(checker, bad)
    groups = _groups(found, columns, max_classes, most_labels, warnings)
    warnings += limits_of_coverage(coverage, first, last, float(everything.counts.sum()))
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
            warnings.append(warning(Code.CLASS_OUTSIDE_DAYS, name=shown(group.name)))
        elif found.minutes.full:
            traffic = _with_bursts_of(whole, traffic)
        classes.append(
            request_class(
                class_id, shown(name_one or group.name), counts, traffic, coverage, origin
            )
        )
        statistics.append(_statistics(class_id, counts, traffic, total))
        warnings += limits_of_growth(shown(group.name), traffic, coverage)
    warnings += limits_of_columns(columns, single_requests=found.single_requests)
    if found.minutes.full and len(groups) > 1:
        warnings.append(warning(Code.PEAK_OF_WHOLE))
    warnings += limits_of_clock(clock, coverage, guessed_encoding, ignored_offset)
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
    return replace(whole, requests_per_day=requests / coverage.span_days, growth=None)


def _with_bursts_of(whole: Traffic, traffic: Traffic) -> Traffic:
    """Traffic known by the hour, with the bursts inside the hour that all requests show."""
    if whole.peak_hour_to_mean is None:
        return traffic
    burst = whole.peak_to_mean / whole.peak_hour_to_mean
    return replace(
        traffic,
        within_hour_peak=round(min(traffic.within_hour_peak * burst, 100.0), 4),
        peak_to_mean=traffic.peak_to_mean * burst,
        interval_minutes=whole.interval_minutes,
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
