"""Token prices of Chinese platforms, in CNY or for abroad in USD, made into catalogue records."""

import re

from catalogue_rows import (
    NOT_STATED,
    BuildError,
    Record,
    Row,
    hours_between,
    hours_text,
    joined,
    number,
    origin,
    slug,
)

PLATFORMS = {
    "DeepSeek": ("deepseek-cn", "DeepSeek (China)", "https://api-docs.deepseek.com"),
    "Zhipu GLM": ("bigmodel", "Zhipu BigModel", "https://docs.bigmodel.cn"),
    "ByteDance Doubao": (
        "volcengine",
        "Volcengine Ark (Doubao)",
        "https://www.volcengine.com/docs/82379/1544106",
    ),
    "Alibaba Qwen (Bailian)": ("bailian", "Alibaba Bailian (Qwen)", ""),
    "Alibaba Qwen (international)": ("dashscope", "Alibaba Model Studio, international", ""),
    "Baidu Qianfan / ERNIE": ("qianfan", "Baidu Qianfan (ERNIE)", ""),
    "Tencent Hunyuan": ("hunyuan", "Tencent Hunyuan", ""),
}
"""Vendor of the table: id, name and price page of the platform."""

IN_GENAI_PRICES = ("Moonshot Kimi", "MiniMax")
"""Vendors of whom the table only repeats USD prices that genai-prices has."""

THOUSAND = 1000
"""A "k" of a price list; lists do not say whether they mean 1,000 or 1,024, so the earlier step."""

PEAK = re.compile(r"peak (?P<hours>[\d\-, ]+) Beijing")
LENGTH = re.compile(r"(?:<=|(?P<above>\d+)-)(?P<to>\d+)k")
BEIJING_AHEAD_OF_UTC = 8


def _rates(row: Row) -> Record:
    if row["input_cny_per_mtok"]:
        stated = ("input_cny_per_mtok", "output_cny_per_mtok", "cached_cny_per_mtok")
    else:
        stated = ("usd_input", "usd_output", "")
    rates = {
        name: number(row.get(column, ""))
        for name, column in zip(("input", "output", "cached_input"), stated, strict=True)
    }
    return {name: value for name, value in rates.items() if value is not None}


def _peak_hours(text: str) -> list[list[str]]:
    hours = []
    for window in text.split(","):
        start, end = (int(hour) - BEIJING_AHEAD_OF_UTC for hour in window.strip().split("-"))
        hours.append([f"{start % 24:02d}:00", f"{end % 24:02d}:00"])
    return hours


def _entry(rows: list[Row], model: str, tariff: str, hours: list[list[str]]) -> Record:
    first = rows[0]
    platform = PLATFORMS[first["vendor"]][0]
    where = origin(first)
    prices = {"from": None, **_rates(first)}
    spans = [LENGTH.fullmatch(row["condition"]) for row in rows]
    tiers = [
        {"above": int(span["above"]) * THOUSAND, **_rates(row)}
        for row, span in zip(rows[1:], spans[1:], strict=True)
        if span is not None
    ]
    if len(tiers) != len(rows) - 1:
        raise BuildError(f"{model}: a length of {[row['condition'] for row in rows]} is not clear")
    if tiers:
        prices["long_context"] = tiers
    currency = "CNY" if first["input_cny_per_mtok"] else "USD"
    is_link = first["note"].startswith("https://")
    remarks = [
        "" if is_link else str(where["note"]),
        str(where["note"]).removeprefix(first["note"]).removeprefix("; ") if is_link else "",
        "" if "cached_input" in prices else "no price of cached input stated: billed as input",
        "only the list price is known, not since when it holds",
        f"time-of-day tariff: these are the {tariff} prices, {hours_text(hours)} UTC"
        if tariff
        else "",
        "k read as 1,000 tokens; beyond the last length no price is stated" if tiers else "",
    ]
    entry: Record = {
        "id": f"{platform}/{slug(model)}" + (":peak" if tariff == "peak" else ""),
        "name": f"{model} ({tariff})" if tariff else model,
        "provider": platform,
        "api_name": model,
        "currency": currency,
        "source": first["source"],
        "as_of": where["as_of"],
        "confidence": first["confidence"],
        "price_note": joined(*remarks) + ".",
        "prices": [prices],
    }
    if tariff:
        entry |= {"tariff": tariff, "hours_utc": hours}
    if spans[-1] is not None:
        entry["context_window"] = int(spans[-1]["to"]) * THOUSAND
        entry["note"] = (
            "The longest input is that of the price list's last length step; the model's own "
            "context window was not checked."
        )
    return entry


def chinese_records(rows: list[Row]) -> tuple[list[Record], dict[str, Record]]:
    """Entries and what the entries of each platform share."""
    by_model: dict[tuple[str, str, str], list[Row]] = {}
    peaks: dict[str, list[list[str]]] = {}
    for row in rows:
        if row["vendor"] in IN_GENAI_PRICES:
            continue
        if row["vendor"] not in PLATFORMS:
            raise BuildError(f"china_api_prices.csv: vendor {row['vendor']!r} is not known")
        peak = PEAK.fullmatch(row["condition"])
        tariff = "peak" if peak else "off-peak" if row["condition"] == "off-peak" else ""
        if peak:
            peaks[row["vendor"]] = _peak_hours(peak["hours"])
        by_model.setdefault((row["vendor"], row["model"], tariff), []).append(row)
    entries = []
    for (vendor, model, tariff), group in by_model.items():
        hours = peaks.get(vendor, [])
        if tariff == "off-peak":
            hours = hours_between(hours)
        entries += [
            _entry(group, name.strip(), tariff, hours if tariff else [])
            for name in model.split(" / ")
        ]
    used = {entry["provider"] for entry in entries}
    providers = {
        identifier: {
            "name": name,
            "region": "outside China" if identifier == "dashscope" else "China",
            "source": NOT_STATED,
            "url": page,
            "as_of": None,
            "confidence": "low",
            "price_note": "",
            "note": "",
        }
        for identifier, name, page in PLATFORMS.values()
        if identifier in used
    }
    return entries, providers
