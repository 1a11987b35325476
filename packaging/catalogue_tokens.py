"""Token prices of the genai-prices package made into catalogue records."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib.metadata import version

from catalogue_open_weights import OpenWeights
from catalogue_rows import NOT_STATED, BuildError, Record, hours_between, hours_text, joined, number
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

URL = "https://github.com/pydantic/genai-prices"
BATCH = {"processing": "batch"}
TARIFFS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("flex", {"service_tier": "flex"}),
    ("priority", {"service_tier": "priority"}),
    ("fast", {"speed": "fast"}),
)
"""Service levels with prices of their own, kept as entries of their own."""

RATE_KEYS = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
}
OTHER_OUTPUT = ("output_image_mtok", "output_audio_mtok", "output_video_mtok", "audio_hours")
UNCOUNTED = {
    "output_reasoning_mtok": "reasoning tokens",
    "output_citation_mtok": "citation tokens",
}
"""Output priced apart from the answer, which a usage in input and output tokens does not tell."""

NOT_TEXT_CHAT = re.compile(
    r"embed|rerank|reranker|tts|whisper|transcribe|realtime|audio|image|imagen|sonic|moderation"
    r"|\blive\b|ocr|lyria|veo|nano-banana|orpheus|flux|diffusion|voyage|speech|omni-1\.1|omni-flash"
)
RESELLERS = ("openrouter", "quicksilverpro", "github-copilot", "cursor", "huggingface_")
"""Providers that pass on prices of others."""

CONVERTED = {
    "zhipuai": "billed in CNY; converted at 7.25 CNY per USD by the source; cheapest length tier",
    "databricks": "billed in DBU; converted at 0.070 USD per DBU by the source (US regions)",
    "github-copilot": "billed in AI credits of 0.01 USD",
    "cloudflare": "billed in neurons; token-equivalent prices of the provider",
}
REGIONS = {
    "azure": "global deployments",
    "databricks": "US regions",
    "minimax": "international platform",
    "zai": "international platform",
    "zhipuai": "China",
}


def package_version() -> str:
    """The version of the package the prices come from."""
    return version("genai-prices")


def _conditions(model: ModelInfo) -> list[ConditionalPrice]:
    if isinstance(model.prices, ModelPrice):
        return [ConditionalPrice(prices=model.prices)]
    return model.prices


def _start_days(model: ModelInfo) -> list[date]:
    constraints = [condition.constraint for condition in _conditions(model)]
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


def _windows(model: ModelInfo) -> list[TimeOfDateConstraint]:
    return [
        condition.constraint
        for condition in _conditions(model)
        if isinstance(condition.constraint, TimeOfDateConstraint)
    ]


def _is_inside(windows: list[TimeOfDateConstraint], minute: int) -> bool:
    moment = datetime.combine(date(2000, 1, 1), time(minute // 60, minute % 60, tzinfo=UTC))
    return any(window.active(moment) for window in windows)


def _value(price: Decimal | TieredPrices | None, input_tokens: int) -> Decimal | None:
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
            value = None if prices is None else _value(getattr(prices, key), input_tokens)
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
        record["per_request"] = number(_value(standard.requests_kcount, 0) / 1000)
    return record


def _periods(
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


def why_left_out(provider: Provider, model: ModelInfo) -> str:
    """Why a model of the package is not in the catalogue; empty if it is."""
    if NOT_TEXT_CHAT.search(model.id.lower()) or provider.id in ("elevenlabs", "voyageai"):
        return "not a text chat model"
    for condition in _conditions(model):
        prices = condition.prices
        if any(getattr(prices, key) is not None for key in OTHER_OUTPUT):
            return "not a text chat model"
        if prices.input_mtok is None or prices.output_mtok is None:
            return "no price for both input and output tokens"
    return ""


def _region(provider: Provider, model: ModelInfo) -> str:
    if provider.id == "aws" and model.id.startswith(("global.", "regional.")):
        return f"{model.id.partition('.')[0]} routing"
    return REGIONS.get(provider.id, NOT_STATED)


def _hours(windows: list[TimeOfDateConstraint]) -> list[list[str]]:
    return [[f"{w.start_time:%H:%M}", f"{w.end_time:%H:%M}"] for w in windows]


def _by_time_of_day(provider: Provider, model: ModelInfo, base: Record) -> list[Record]:
    """Two entries of a model priced by the hour; the tariff of most hours has the plain id."""
    windows = _windows(model)
    minutes = [_is_inside(windows, minute) for minute in range(24 * 60)]
    long_windows = sum(minutes) > len(minutes) / 2
    dear_hours = _hours(windows)
    dated = [
        condition.constraint.start_date
        for condition in _conditions(model)
        if isinstance(condition.constraint, StartDateConstraint)
    ]
    entries = []
    for inside in (True, False):
        hours = dear_hours if inside else hours_between(dear_hours)
        tariff = "peak" if inside else "off-peak"
        is_default = inside == long_windows
        remark = (
            f"Time-of-day tariff: these are the {tariff} prices, {hours_text(hours)} UTC"
            f"{'' if inside else ' and, where the provider says so, weekends and holidays'}; "
            f"for other hours see the {'peak' if not inside else 'off-peak'} entry of this model."
        )
        first = max(dated) if inside and dated else None
        entries.append(
            {
                **base,
                "id": base["id"] if is_default else f"{base['id']}:{tariff}",
                "name": f"{base['name']} ({tariff})",
                "tariff": tariff,
                "hours_utc": hours,
                "price_note": remark,
                "prices": _periods(model, minutes.index(inside), {}, first),
            }
        )
    return entries


def _entries(provider: Provider, model: ModelInfo, open_weights: OpenWeights) -> list[Record]:
    base: Record = {
        "id": f"{provider.id}/{model.id}".lower(),
        "name": model.name or model.id,
        "provider": provider.id,
        "api_name": model.id,
    }
    if model.context_window is not None:
        base["context_window"] = model.context_window
    base |= open_weights.look_up(model.id)
    if model.deprecated:
        base |= {"deprecated": True, "confidence": "medium"}
    if (region := _region(provider, model)) != REGIONS.get(provider.id, NOT_STATED):
        base["region"] = region
    uncounted = [
        f"{words} cost {_value(getattr(condition.prices, key), 0)} USD per million on top"
        for condition in _conditions(model)
        for key, words in UNCOUNTED.items()
        if getattr(condition.prices, key) is not None
    ]
    if note := joined(*uncounted, model.price_comments or ""):
        base["note"] = note
    if _windows(model):
        return _by_time_of_day(provider, model, base)
    entries = [{**base, "prices": _periods(model, 0, {}, None)}]
    for tariff, context in TARIFFS:
        if prices := _periods(model, 0, context, None):
            entries.append(
                {
                    **base,
                    "id": f"{base['id']}:{tariff}",
                    "name": f"{base['name']} ({tariff})",
                    "tariff": tariff,
                    "price_note": f"Prices of the {tariff} service level.",
                    "prices": prices,
                }
            )
    return entries


def token_records(
    today: date, open_weights: OpenWeights
) -> tuple[list[Record], dict[str, Record], dict[str, int]]:
    """Entries, what those of each provider share, and how many models were left out and why."""
    package = f"genai-prices {package_version()}"
    as_of = newest_change(today).isoformat()
    entries: list[Record] = []
    providers: dict[str, Record] = {}
    left_out: dict[str, int] = {}
    for provider in get_snapshot().providers:
        kept = []
        for model in provider.models:
            if reason := why_left_out(provider, model):
                left_out[reason] = left_out.get(reason, 0) + 1
            else:
                kept += _entries(provider, model, open_weights)
        if not kept:
            continue
        entries += kept
        pages = provider.pricing_urls or []
        providers[provider.id] = {
            "name": provider.name,
            "region": REGIONS.get(provider.id, NOT_STATED),
            "source": package,
            "url": pages[0] if pages else URL,
            "as_of": as_of,
            "confidence": "medium" if provider.id.startswith((*RESELLERS, *CONVERTED)) else "high",
            "price_note": joined(
                f"List price as {package} (MIT, {URL}) records it; the date is that of the newest "
                "price change in the package, the provider's own page was not read",
                CONVERTED.get(provider.id, ""),
            )
            + ".",
            "note": provider.price_comments or "",
        }
    return entries, providers, left_out
