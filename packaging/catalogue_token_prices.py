"""Dated prices of one model of genai-prices, read through the package's own rules."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from catalogue_rows import BuildError, Record, number
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

BATCH = {"processing": "batch"}
RATE_KEYS = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
}
"""Name of a rate in the catalogue: name in the package."""


def conditions(model: ModelInfo) -> list[ConditionalPrice]:
    if isinstance(model.prices, ModelPrice):
        return [ConditionalPrice(prices=model.prices)]
    return model.prices


def _start_days(model: ModelInfo) -> list[date]:
    constraints = [condition.constraint for condition in conditions(model)]
    constraints += [variant.constraint for variant in model.price_variants or ()]
    return sorted({c.start_date for c in constraints if isinstance(c, StartDateConstraint)})


def newest_change(today: date) -> date:
    """The newest dated price change up to a day: the package is at least that recent."""
    days = [
        day
        for provider in get_snapshot().providers
        for model in provider.models
        for day in _start_days(model)
    ]
    return max(day for day in days if day <= today)


def windows_of(model: ModelInfo) -> list[TimeOfDateConstraint]:
    return [
        condition.constraint
        for condition in conditions(model)
        if isinstance(condition.constraint, TimeOfDateConstraint)
    ]


def is_inside(windows: list[TimeOfDateConstraint], minute: int) -> bool:
    moment = datetime.combine(date(2000, 1, 1), time(minute // 60, minute % 60, tzinfo=UTC))
    return any(window.active(moment) for window in windows)


def check_windows(model: ModelInfo) -> None:
    """Make sure that a price by the hour is one dearer price in all its windows.

    Raises:
        BuildError: the windows differ in price, or are cheaper than the other hours.
    """
    inside = [c.prices for c in conditions(model) if isinstance(c.constraint, TimeOfDateConstraint)]
    outside = [c.prices for c in conditions(model) if c.constraint is None]
    if any(prices != inside[0] for prices in inside) or any(
        prices.input_mtok > inside[0].input_mtok for prices in outside
    ):
        raise BuildError(f"{model.id}: its prices by the hour are not one dearer price")


def value_at(price: Decimal | TieredPrices | None, input_tokens: int) -> Decimal | None:
    if not isinstance(price, TieredPrices):
        return price
    value = price.base
    for tier in price.tiers:
        if input_tokens > tier.start:
            value = tier.price
    return value


def _rates(standard: ModelPrice, batch: ModelPrice | None, input_tokens: int) -> Record:
    """Prices per million tokens of a request with so many input tokens."""
    found: Record = {}
    for prefix, prices in (("", standard), ("batch_", batch)):
        for name, key in RATE_KEYS.items():
            value = None if prices is None else value_at(getattr(prices, key), input_tokens)
            if value is not None:
                found[prefix + name] = number(value)
    return found


def _prices_at(model: ModelInfo, moment: datetime, context: Mapping[str, str]) -> Record | None:
    """The record of the prices at a moment; none where text in or out has no price."""
    standard = model.get_prices(moment, dict(context))
    if standard.input_mtok is None or standard.output_mtok is None:
        return None
    has_batch = not context and any(
        variant.when == BATCH and (variant.constraint is None or variant.constraint.active(moment))
        for variant in model.price_variants or ()
    )
    batch = model.get_prices(moment, BATCH) if has_batch else None
    thresholds = sorted(
        {
            tier.start
            for prices in (standard, batch)
            if prices is not None
            for key in RATE_KEYS.values()
            if isinstance(price := getattr(prices, key), TieredPrices)
            for tier in price.tiers
        }
    )
    record = _rates(standard, batch, 0)
    if thresholds:
        record["long_context"] = [
            {"above": start, **_rates(standard, batch, start + 1)} for start in thresholds
        ]
    if standard.requests_kcount is not None:
        record["per_request"] = number(value_at(standard.requests_kcount, 0) / 1000)
    return record


def price_periods(
    model: ModelInfo, minute: int, context: Mapping[str, str], first: date | None
) -> list[Record]:
    """Dated prices by rising day, from `first` on (none: as far back as is known)."""
    days = _start_days(model)
    starts: list[date | None] = [None, *days] if first is None else []
    starts += [day for day in days if first is not None and day >= first]
    periods: list[Record] = []
    for start in starts:
        day = start or (days[0] - timedelta(days=1) if days else date(2000, 1, 1))
        moment = datetime.combine(day, time(minute // 60, minute % 60, tzinfo=UTC))
        if context and not any(
            variant.when == context
            and (variant.constraint is None or variant.constraint.active(moment))
            for variant in model.price_variants or ()
        ):
            continue
        prices = _prices_at(model, moment, context)
        if prices is None:
            raise BuildError(f"{model.id}: no price from {start}")
        if not periods or {k: v for k, v in periods[-1].items() if k != "from"} != prices:
            periods.append({"from": start.isoformat() if start else None, **prices})
    return periods
