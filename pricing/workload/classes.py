"""Counts to request classes: the numbers of a plan, each with the log as its source."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pricing.plan.figure import Amount, Confidence, PositiveAmount, Rate, Share
from pricing.plan.workload import MonthlyGrowth, RequestClass
from pricing.workload.coverage import Coverage
from pricing.workload.shape import Traffic, profile_of

FigureOf = Callable[[float, Confidence, str], dict[str, object]]
UnknownOf = Callable[[float, str], dict[str, object]]

OTHER = "other"
UNLABELLED = "unlabelled"


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Exact sums over the requests of one class."""

    rows: int
    requests: float
    input_tokens: float
    output_tokens: float
    cached_tokens: float
    input_squares: float
    output_squares: float
    single_requests: bool
    """Whether every row is one request, so that lengths vary from request to request."""

    def variation(self, total: float, squares: float) -> float | None:
        """Coefficient of variation of a length; none where rows add up several requests."""
        if not self.single_requests or total <= 0:
            return None
        mean = total / self.requests
        return math.sqrt(max(squares / self.requests - mean * mean, 0.0)) / mean


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers of a class come from."""

    file: str
    span: str
    """First and last time, in words."""
    as_of: date
    has_cache: bool


def request_class(
    class_id: str,
    name: str,
    counts: ClassCounts,
    traffic: Traffic,
    coverage: Coverage,
    origin: Origin,
) -> RequestClass:
    """One request class; every figure names the log, its span and its rows."""
    source = f"{origin.file}: {counts.requests:,.0f} requests, {origin.span}"
    rate_trust = _trust_in_rate(coverage)

    def figure(value: float, confidence: Confidence, note: str = "") -> dict[str, object]:
        return {
            "value": value,
            "source": source,
            "as_of": origin.as_of,
            "confidence": confidence,
            "note": note,
        }

    def unknown(value: float, note: str) -> dict[str, object]:
        known_by = f"assumed, because {origin.file} does not tell"
        return figure(value, "assumption", note) | {"source": known_by}

    input_variation = counts.variation(counts.input_tokens, counts.input_squares)
    output_variation = counts.variation(counts.output_tokens, counts.output_squares)
    input_trust = _trust_in_mean(counts.requests, input_variation)
    output_trust = _trust_in_mean(counts.requests, output_variation)
    cached = counts.cached_tokens / counts.input_tokens
    return RequestClass(
        id=class_id,
        name=name,
        requests=Amount.model_validate(
            figure(round(traffic.requests_per_day, 6), rate_trust, _rate_note(coverage))
        ),
        per="day",
        input_tokens=PositiveAmount.model_validate(
            figure(round(counts.input_tokens / counts.requests, 6), input_trust)
        ),
        output_tokens=Amount.model_validate(
            figure(round(counts.output_tokens / counts.requests, 6), output_trust)
        ),
        input_variation=None
        if input_variation is None
        else Amount.model_validate(figure(round(input_variation, 6), input_trust)),
        output_variation=None
        if output_variation is None
        else Amount.model_validate(figure(round(output_variation, 6), output_trust)),
        cacheable_share=Share.model_validate(
            figure(round(cached, 6), "high", "Cached over all input tokens of the log.")
            if origin.has_cache
            else unknown(0.0, "0 until you know better.")
        ),
        cache_hit_rate=Share.model_validate(
            figure(
                1.0,
                "high",
                "The log counts tokens that were found in the cache, so misses are already left "
                "out of the cacheable share.",
            )
            if origin.has_cache
            else unknown(1.0, "Without effect while the cacheable share is 0.")
        ),
        growth=MonthlyGrowth(rate=_growth(traffic, figure, unknown)),
        profile=profile_of(traffic, coverage, _profile_source(traffic, coverage, source)),
        note=f"Read from {origin.file}.",
    )


def _growth(traffic: Traffic, figure: FigureOf, unknown: UnknownOf) -> Rate:
    fit = traffic.growth
    if fit is None:
        return Rate.model_validate(
            unknown(0.0, "Growth takes 8 busy weeks to read; 0 until you know better.")
        )
    rate = round(fit.rate, 6) if fit.is_clear else 0.0
    values = figure(
        rate,
        "medium" if fit.is_clear else "low",
        f"Log-linear trend of {fit.weeks} weeks with its 95 % interval.",
    )
    bounds = {"low": min(round(fit.low, 6), rate), "high": max(round(fit.high, 6), rate)}
    return Rate.model_validate(values | bounds)


def _trust_in_rate(coverage: Coverage) -> Confidence:
    """High from four whole weeks on, medium from one, low where the rate is extrapolated."""
    if coverage.knowledge == "week":
        return "high" if len(coverage.complete_days) >= 28 else "medium"
    return "medium" if coverage.knowledge in {"day", "interval"} else "low"


def _trust_in_mean(requests: float, variation: float | None) -> Confidence:
    """By the standard error of the mean: high to 2 %, medium to 10 %."""
    if variation is None:
        return "high" if requests >= 1000 else "medium"
    error = variation / math.sqrt(requests)
    return "high" if error <= 0.02 else "medium" if error <= 0.1 else "low"


def _rate_note(coverage: Coverage) -> str:
    days = len(coverage.complete_days)
    match coverage.knowledge:
        case "week":
            return f"Mean of {days} whole days, every weekday counted alike."
        case "day":
            whole = f"{days} whole days" if days > 1 else "one whole day"
            return f"Mean of {whole}; weekdays are not told apart."
        case "hour":
            return "The log lasts less than a day; its rate is assumed around the clock."
        case "interval":
            return f"Rows add up {coverage.interval_days} days each."
    return "The log lasts under a minute; its requests are taken as those of one day."


def _profile_source(traffic: Traffic, coverage: Coverage, source: str) -> str:
    interval = traffic.interval_minutes
    count, unit = (interval, "minute") if interval < 1440 else (interval // 1440, "day")
    length = unit if count == 1 else f"{count} {unit}s"
    shape = {
        "week": "hours and weekdays" if coverage.hours_known else "weekdays",
        "day": "hours of the day" if coverage.hours_known else "days",
    }.get(coverage.knowledge, "peak only")
    return f"{source}; {shape}; peak of the busiest {length}"


def shown(text: str, longest: int = 120) -> str:
    """A label or file name as it may stand in a plan: one line, printable, not too long."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:longest] or UNLABELLED


def class_ids(labels: Sequence[str]) -> list[str]:
    """An identifier for each label: lower case, plain letters, unique, never longer than 60."""
    taken: set[str] = set()
    ids: list[str] = []
    for position, label in enumerate(labels, 1):
        slug = re.sub(r"[^a-z0-9._-]+", "-", label.lower()).strip("-._")[:50].strip("-._")
        slug = slug or f"class-{position}"
        unique, copy = slug, 2
        while unique in taken:
            unique, copy = f"{slug}-{copy}", copy + 1
        taken.add(unique)
        ids.append(unique)
    return ids
