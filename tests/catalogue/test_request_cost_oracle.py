"""Our price of a request against genai_prices.calc_price, for every model it has."""

import random
from datetime import UTC, date, datetime, time

import pytest
from genai_prices import Usage, calc_price
from genai_prices.data_snapshot import get_snapshot

from pricing.catalogue import Catalogue, CatalogueError, TokenModel, TokenUsage, request_cost

PROVIDERS = [provider.id for provider in get_snapshot().providers]
MODELS = {
    (provider.id, model.id): (provider, model)
    for provider in get_snapshot().providers
    for model in provider.models
}
SERVICE_LEVELS = {
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
    "fast": {"speed": "fast"},
}
DAYS = (
    date(2024, 1, 1),
    date(2025, 6, 9),
    date(2025, 6, 10),
    date(2026, 3, 12),
    date(2026, 8, 17),
    date(2026, 10, 13),
    date(2026, 10, 14),
    date(2026, 11, 22),
    date(2026, 12, 1),
    date(2027, 1, 1),
    date(2028, 2, 29),
)
LENGTHS = (0, 1, 999, 32_000, 100_000, 100_001, 200_000, 200_001, 272_000, 272_001, 900_000)


def usages(seed: str, count: int) -> list[TokenUsage]:
    """Requests of many shapes, some exactly at a threshold; the same for the same seed."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        total = chance.choice(LENGTHS)
        cached = chance.choice((0, 0, total // 2, total))
        written = chance.choice((0, (total - cached) // 3, total - cached))
        kept = chance.choice((0, (total - cached - written) // 2))
        found.append(TokenUsage(total, chance.choice((0, 1, 800, 64_000)), cached, written, kept))
    return found


def oracle(model: TokenModel, usage: TokenUsage, on: date, batch: bool) -> tuple[float, bool]:
    """What genai-prices says, and whether its calc_price found the model by name.

    Some of its names lead to another model (an alias moved on); the model is then asked itself.
    """
    provider, info = MODELS[model.id.partition("/")[0], model.api_name]
    hour = time.fromisoformat(model.hours_utc[0][0]) if model.hours_utc else time(12)
    asked = Usage(
        input_tokens=int(usage.input_tokens),
        output_tokens=int(usage.output_tokens),
        cache_read_tokens=int(usage.cached_tokens),
        cache_write_tokens=int(usage.cache_write_tokens + usage.cache_write_1h_tokens),
        cache_write_1h_tokens=int(usage.cache_write_1h_tokens),
    )
    when = datetime.combine(on, hour, tzinfo=UTC)
    context = SERVICE_LEVELS.get(model.tariff, {"processing": "batch"} if batch else None)
    try:
        priced = calc_price(
            asked,
            model.api_name,
            provider_id=provider.id,
            genai_request_timestamp=when,
            price_context=context,
        )
    except LookupError:
        found = False
    else:
        found = priced.model is info
    if not found:
        priced = info.calc_price(
            asked, provider, genai_request_timestamp=when, price_context=context
        )
    return float(priced.total_price), found


def compare(model: TokenModel, seed: str, count: int) -> tuple[int, int]:
    """Compare so many random requests: how many were, and how many of them through calc_price."""
    chance = random.Random(seed)
    compared = by_name = 0
    for usage in usages(seed, count):
        on, batch = chance.choice(DAYS), chance.random() < 0.5
        try:
            ours = request_cost(model, usage, on, batch)
        except CatalogueError:
            first = model.prices[0].effective_from
            assert first is not None
            assert on < first
            continue
        expected, found = oracle(model, usage, on, batch)
        assert ours.total == pytest.approx(expected, rel=1e-9, abs=1e-15), (model.id, usage, on)
        compared += 1
        by_name += found
    return compared, by_name


@pytest.mark.parametrize("provider", PROVIDERS)
def test_that_a_request_costs_what_genai_prices_says_for_every_model(
    catalogue: Catalogue, provider: str
) -> None:
    ids = [line.id for line in catalogue.token_models() if line.id.startswith(f"{provider}/")]
    counts = [compare(catalogue.token_model(name), name, 4) for name in ids]
    assert sum(compared for compared, _ in counts) >= 3 * len(ids)


def test_that_thousands_of_requests_of_leading_models_cost_what_genai_prices_says(
    catalogue: Catalogue,
) -> None:
    leading = ("openai/", "anthropic/", "google/", "deepseek/", "x-ai/", "mistral/", "groq/")
    ids = [line.id for line in catalogue.token_models() if line.id.startswith(leading)]
    counts = [compare(catalogue.token_model(name), f"again {name}", 15) for name in ids]
    assert sum(by_name for _, by_name in counts) >= 3000


def test_that_every_text_model_of_genai_prices_is_in_the_catalogue_or_counted_as_left_out(
    catalogue: Catalogue,
) -> None:
    known = {line.id for line in catalogue.token_models()}
    missing = [
        f"{provider.id}/{model.id}".lower()
        for provider in get_snapshot().providers
        for model in provider.models
        if f"{provider.id}/{model.id}".lower() not in known
    ]
    assert len(missing) == sum(catalogue.manifest["left_out"]["models of genai-prices"].values())
    assert "openai/text-embedding-3-small" in missing
    assert not any(name.startswith("anthropic/") for name in missing)
