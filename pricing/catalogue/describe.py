"""An entry of the catalogue in words, as `reckoner catalogue show` prints it."""

from collections.abc import Iterable, Iterator
from datetime import date

from pricing.catalogue.assumption import Assumption, Fact
from pricing.catalogue.hardware import Hardware, Rental, RentalPrice
from pricing.catalogue.licences import permitted_use
from pricing.catalogue.models import Accelerator, OpenModel
from pricing.catalogue.tokens import DatedPrices, TokenModel, TokenRates
from pricing.catalogue.wording import NOT_KNOWN, amount, figure_lines, origin_lines, value_text
from pricing.plan.figure import Figure, Price
from pricing.plan.model import Frozen

_RATES = (
    ("input", "input"),
    ("output", "output"),
    ("cached_input", "cached input"),
    ("cache_write", "cache write"),
    ("cache_write_1h", "cache write, 1 h"),
    ("batch_input", "batch input"),
    ("batch_output", "batch output"),
    ("batch_cached_input", "batch cached input"),
    ("batch_cache_write", "batch cache write"),
    ("batch_cache_write_1h", "batch cache write, 1 h"),
)
_SHEET = (
    "memory_gb",
    "bandwidth_gb_s",
    "bf16_tflops",
    "fp8_tflops",
    "int8_tops",
    "fp4_tflops",
    "interconnect_gb_s",
    "tdp_w",
    "all_in_kw",
)


def describe(entry: Frozen, today: date | None = None) -> str:
    """An entry in lines of plain text; with a day, figures too old on it are marked."""
    if isinstance(entry, TokenModel):
        lines = _token_model(entry, today)
    elif isinstance(entry, Rental):
        lines = _rental(entry, today)
    elif isinstance(entry, Hardware):
        lines = _hardware(entry, today)
    elif isinstance(entry, Assumption):
        lines = _assumption(entry, today)
    elif isinstance(entry, Accelerator):
        lines = _accelerator(entry)
    elif isinstance(entry, OpenModel):
        lines = _open_model(entry)
    elif isinstance(entry, Fact):
        lines = _fact(entry)
    else:
        raise TypeError(f"{type(entry).__name__} is no entry of the catalogue")
    return "\n".join(lines)


def _head(identifier: str, name: str, *facts: str) -> Iterator[str]:
    yield f"{identifier}: {name}"
    for fact in facts:
        if fact:
            yield fact


def _rates(rates: TokenRates) -> str:
    stated: Iterable[tuple[str, Price | None]] = (
        (label, getattr(rates, name)) for name, label in _RATES
    )
    return ", ".join(
        f"{label} {amount(price.value)}" for label, price in stated if price is not None
    )


def _dated(prices: DatedPrices) -> Iterator[str]:
    since = prices.effective_from.isoformat() if prices.effective_from else "as far as known"
    yield f"  from {since}: {_rates(prices)}"
    for tier in prices.long_context:
        yield f"    whole request above {tier.above_tokens:,} input tokens: {_rates(tier)}"
    if prices.per_request is not None:
        yield f"    plus {value_text(prices.per_request)}"


def _token_model(model: TokenModel, today: date | None) -> Iterator[str]:
    window = f"{model.context_window:,} tokens" if model.context_window else NOT_KNOWN
    weights = {True: "open", False: "closed", None: NOT_KNOWN}[model.open_weights]
    hours = " and ".join(f"{start}-{end}" for start, end in model.hours_utc)
    yield from _head(
        model.id,
        model.name,
        f"Provider: {model.provider}; region: {model.region}; context window: {window}; "
        f"weights: {weights}" + (f" ({model.open_model})" if model.open_model else ""),
        f"Tariff: {model.tariff}" + (f", {hours} UTC" if hours else "") if model.tariff else "",
        "Being phased out by the provider" if model.deprecated else "",
    )
    first = model.prices[0].input
    yield f"Prices in {first.unit}:"
    for prices in model.prices:
        yield from _dated(prices)
    yield from origin_lines(first, today)
    if model.note:
        yield f"About the model: {model.note}"


def _way(label: str, price: RentalPrice | None, today: date | None) -> Iterator[str]:
    if price is None:
        yield f"{label}: {NOT_KNOWN}"
        return
    derived = " (derived, not quoted)" if price.derived else ""
    hours = ", ".join(map(value_text, (price.per_instance_hour, price.per_gpu_hour)))
    yield f"{label}: {hours}{derived}"
    yield from origin_lines(price.per_gpu_hour, today, indent="  ")


def _rental(rental: Rental, today: date | None) -> Iterator[str]:
    memory = f", {amount(rental.memory_gb_per_gpu)} GB each" if rental.memory_gb_per_gpu else ""
    yield from _head(
        rental.id,
        rental.name,
        f"Provider: {rental.provider} ({rental.tier}); region: {rental.region}; "
        f"{rental.accelerator_count} x {rental.accelerator}{memory}",
    )
    yield from _way("On demand", rental.on_demand, today)
    yield from _way("Spot", rental.spot, today)
    yield from _way("1-year commitment", rental.reserved_1y, today)
    yield from _way("3-year commitment", rental.reserved_3y, today)


def _hardware(entry: Hardware, today: date | None) -> Iterator[str]:
    count = entry.accelerator_count
    yield from _head(
        entry.id,
        entry.name,
        f"Category: {entry.category}; region: {entry.region}; accelerators: "
        f"{count if count is not None else NOT_KNOWN} x {entry.accelerator or NOT_KNOWN}",
    )
    yield from figure_lines("Price", entry.price, today)
    if entry.stated_low is not None:
        yield from figure_lines("Stated low end", entry.stated_low, today)
    if entry.stated_high is not None:
        yield from figure_lines("Stated high end", entry.stated_high, today)
    yield from figure_lines("Power", entry.power_kw, today)
    if entry.gap:
        yield f"Gap: {entry.note}"


def _assumption(entry: Assumption, today: date | None) -> Iterator[str]:
    yield from _head(entry.id, entry.name, f"Region: {entry.region}")
    yield from figure_lines("Typical value", entry.figure, today)
    if entry.stated_low is not None:
        yield from figure_lines("Stated low end", entry.stated_low, today)
    if entry.stated_high is not None:
        yield from figure_lines("Stated high end", entry.stated_high, today)


def _accelerator(entry: Accelerator) -> Iterator[str]:
    yield from _head(
        entry.id,
        entry.name,
        f"Vendor: {entry.vendor}; architecture: {entry.architecture}; "
        f"released: {entry.release_year or NOT_KNOWN}; interconnect: {entry.interconnect}",
    )
    for name in _SHEET:
        figure: Figure | None = getattr(entry, name)
        label = name.replace("_", " ")
        mark = " (not verified)" if name in entry.unverified else ""
        yield f"{label}: {value_text(figure) + mark if figure is not None else NOT_KNOWN}"
    yield f"Source: {entry.source}"
    if entry.note:
        yield f"Note: {entry.note}"


def _open_model(entry: OpenModel) -> Iterator[str]:
    marks = dict.fromkeys(entry.unverified, " (not verified)")
    context = f"{entry.max_context:,} tokens" if entry.max_context else NOT_KNOWN
    yield from _head(
        entry.id,
        f"{entry.name} ({entry.hf_id})",
        f"Licence: {entry.licence or NOT_KNOWN}{marks.get('licence', '')}; released: "
        f"{entry.release_date or NOT_KNOWN}{marks.get('release_date', '')}; context: {context}",
        f"Parameters: {amount(entry.total_params_b.value)} billion, "
        f"{amount(entry.active_params_b.value)} billion active per token",
        f"Shape: {entry.layers} layers, hidden {entry.hidden}, {entry.n_heads} heads, "
        f"{entry.n_kv_heads} key-value heads, vocabulary {entry.vocab:,}; {entry.attention}",
    )
    if entry.n_experts:
        yield f"Experts: {entry.n_experts}, {entry.experts_per_token} per token"
    yield permitted_use(entry.licence, verified="licence" not in entry.unverified)
    if entry.licence_source:
        yield f"Licence and release stated by: {entry.licence_source}"
    yield f"Source: {entry.source}"
    yield f"Note: {entry.note}"


def _fact(entry: Fact) -> Iterator[str]:
    yield from _head(entry.id, f"{entry.provider}, {entry.topic}: {entry.name}")
    yield f"Value: {entry.value or 'not stated'} {entry.unit}".rstrip()
    day = entry.as_of or "no date"
    yield f"Source: {entry.source}, {day}, confidence {entry.confidence}"
    if entry.url:
        yield f"Link: {entry.url}"
    if entry.note:
        yield f"Note: {entry.note}"
