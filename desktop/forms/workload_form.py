"""The form of one request class."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.row import Choice, Group, Row
from pricing.plan.figure import Amount
from pricing.plan.plan import Plan
from pricing.plan.workload import (
    HourlyProfile,
    MonthlyGrowth,
    PeakToAverage,
    RequestClass,
    YearlySteps,
)

Kinded = MonthlyGrowth | YearlySteps | HourlyProfile | PeakToAverage
FLAT_DAY: Final = HourlyProfile(hours=(1.0,) * 24)


def _t(text: str) -> str:
    return QCoreApplication.translate("WorkloadForm", text)


def _same_kind(current: Kinded, choice: Kinded) -> bool:
    return current.kind == choice.kind


def workload_form(item: RequestClass, plan: Plan) -> tuple[Group, ...]:
    """Rows of a request class, grouped by the question they answer."""
    make = RowMaker(item, f"workload.{item.id}", plan.currency)
    return (
        Group(
            _t("What is it?"),
            (make.text("name", _t("Name")), make.note("note", _t("Note"), _t("for the reader"))),
        ),
        Group(_t("How much work?"), (*_volume(make, item), *_growth(make, item))),
        Group(_t("How long is a request?"), _lengths(make)),
        Group(_t("When does it come?"), _profile(make, item)),
        Group(_t("How fast must it be?"), _speed(make)),
        Group(_t("What must never leave, and how good must it be?"), _rules(make)),
    )


def _volume(make: RowMaker, item: RequestClass) -> tuple[Row, ...]:
    per_day = item.per == "day"
    return (
        make.number("requests", _t("Requests"), _t("per day") if per_day else _t("per month")),
        make.choice(
            "per", _t("Counted"), (Choice(_t("per day"), "day"), Choice(_t("per month"), "month"))
        ),
    )


def _growth(make: RowMaker, item: RequestClass) -> tuple[Row, ...]:
    kinds = (
        Choice(_t("by a rate every month"), MonthlyGrowth()),
        Choice(_t("in yearly steps"), YearlySteps(factors=(Amount(value=1),))),
    )
    row = make.choice("growth", _t("Grows"), kinds, _same_kind)
    inside = make.inside("growth")
    if isinstance(item.growth, MonthlyGrowth):
        return row, inside.number("rate", _t("Growth"), _t("% per month"))
    return row, inside.special(
        "factors",
        _t("Multiple of year 1"),
        "weights",
        _t("one number per plan year, as 1; 1.4; 2"),
    )


def _lengths(make: RowMaker) -> tuple[Row, ...]:
    return (
        make.number("input_tokens", _t("Input"), _t("tokens")),
        make.number("output_tokens", _t("Output"), _t("tokens")),
        make.number("cacheable_share", _t("Repeated prefix"), _t("% of input")),
        make.number("cache_hit_rate", _t("Cache hits"), _t("% of requests")),
        make.number(
            "input_variation", _t("Spread of input"), _t("std / mean"), placeholder=_t("not known")
        ),
        make.number(
            "output_variation",
            _t("Spread of output"),
            _t("std / mean"),
            placeholder=_t("not known"),
        ),
    )


def _profile(make: RowMaker, item: RequestClass) -> tuple[Row, ...]:
    from pricing.workload.profiles import default_profiles

    now = item.profile
    ratio = now.ratio if isinstance(now, PeakToAverage) else 1.0
    own = now if isinstance(now, HourlyProfile) else FLAT_DAY
    shapes = tuple(Choice(shape.name, shape.profile) for shape in default_profiles())
    kinds = (
        Choice(_t("over the hours of a day, drawn below"), own),
        Choice(_t("with a peak, shape not known"), PeakToAverage(ratio=ratio)),
        *shapes,
    )
    known = next((choice.value for choice in shapes if choice.value == now), None)

    def holds(_current: Kinded, choice: Kinded) -> bool:
        return choice is known if known is not None else choice.kind == now.kind

    row = make.choice("profile", _t("Spread"), kinds, holds)
    inside = make.inside("profile")
    if isinstance(item.profile, PeakToAverage):
        return (
            row,
            inside.number("ratio", _t("Peak"), _t("times the mean")),
            inside.note("source", _t("Source of the ratio")),
        )
    return (
        row,
        inside.special(
            "hours",
            _t("Hours of the day"),
            "hours",
            _t("drag a bar, or use the arrow keys; the line is the mean load"),
        ),
        inside.special(
            "weekdays", _t("Weekdays"), "weights", _t("Monday first; the mean is kept at 1")
        ),
        inside.number("within_hour_peak", _t("Peak inside an hour"), _t("times its mean")),
        inside.note("source", _t("Source of the shape")),
    )


def _speed(make: RowMaker) -> tuple[Row, ...]:
    seconds, none = _t("seconds"), _t("no limit")
    return (
        make.choice("urgency", _t("Urgency"), _urgency()),
        make.number("first_token_limit", _t("First token within"), seconds, placeholder=none),
        make.number("answer_limit", _t("Whole answer within"), seconds, placeholder=none),
    )


def _urgency() -> tuple[Choice, ...]:
    return (
        Choice(_t("real-time: answered at once"), "real-time"),
        Choice(_t("asynchronous: within the day"), "asynchronous"),
        Choice(_t("batch: within the month"), "batch"),
    )


def _rules(make: RowMaker) -> tuple[Row, ...]:
    sensitivity = (
        Choice(_t("public"), "public"),
        Choice(_t("internal"), "internal"),
        Choice(_t("confidential"), "confidential"),
        Choice(_t("restricted"), "restricted"),
    )
    languages = (
        Choice(_t("any"), "any"),
        Choice(_t("English"), "en"),
        Choice(_t("Chinese"), "zh"),
        Choice(_t("several"), "multilingual"),
    )
    return (
        make.choice("sensitivity", _t("Data"), sensitivity),
        make.choice("language", _t("Language"), languages),
        make.number("quality_floor", _t("Quality floor"), placeholder=_t("none"), fractions=True),
    )
