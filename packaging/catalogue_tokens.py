"""Token prices of the genai-prices package made into catalogue records."""

import re
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version

from catalogue_open_weights import OpenWeights
from catalogue_rows import NOT_STATED, Record, hours_between, hours_text, joined
from catalogue_token_prices import (
    check_windows,
    conditions,
    is_inside,
    newest_change,
    price_periods,
    value_at,
    windows_of,
)
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import ModelInfo, Provider, StartDateConstraint, TimeOfDateConstraint

URL = "https://github.com/pydantic/genai-prices"
TARIFFS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("flex", {"service_tier": "flex"}),
    ("priority", {"service_tier": "priority"}),
    ("fast", {"speed": "fast"}),
)
"""Service levels with prices of their own, kept as entries of their own."""

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


def why_left_out(provider: Provider, model: ModelInfo) -> str:
    """Why a model of the package is not in the catalogue; empty if it is."""
    if NOT_TEXT_CHAT.search(model.id.lower()) or provider.id in ("elevenlabs", "voyageai"):
        return "not a text chat model"
    for condition in conditions(model):
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
    check_windows(model)
    windows = windows_of(model)
    minutes = [is_inside(windows, minute) for minute in range(24 * 60)]
    long_windows = sum(minutes) > len(minutes) / 2
    dear_hours = _hours(windows)
    dated = [
        condition.constraint.start_date
        for condition in conditions(model)
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
                "prices": price_periods(model, minutes.index(inside), {}, first),
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
        f"{words} cost {value_at(getattr(condition.prices, key), 0)} USD per million on top"
        for condition in conditions(model)
        for key, words in UNCOUNTED.items()
        if getattr(condition.prices, key) is not None
    ]
    if note := joined(*uncounted, model.price_comments or ""):
        base["note"] = note
    if windows_of(model):
        return _by_time_of_day(provider, model, base)
    entries = [{**base, "prices": price_periods(model, 0, {}, None)}]
    for tariff, context in TARIFFS:
        if prices := price_periods(model, 0, context, None):
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
