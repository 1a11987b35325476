"""Prices and price changes as published, read apart from our build."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from pricing.catalogue import Catalogue, prices_in_force

HERE = Path(__file__).parent
NOT_IN_THE_DATA = {
    ("anthropic", "claude-sonnet-5"): "the vendor cancelled the increase before it took effect",
}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def first_number(text: str) -> float:
    return float(text.partition(" ")[0])


@pytest.mark.parametrize(
    "event", rows("api_list_price_events.csv"), ids=lambda row: f"{row['model']}"
)
def test_that_a_published_price_change_takes_effect_on_its_day(
    catalogue: Catalogue, event: dict[str, str]
) -> None:
    model = catalogue.token_model(f"{event['provider']}/{event['model']}")
    day = date.fromisoformat(event["effective_date"])
    before, after = prices_in_force(model, day - timedelta(days=1)), prices_in_force(model, day)
    if (event["provider"], event["model"]) in NOT_IN_THE_DATA:
        assert after.input.value == before.input.value == first_number(event["in_before"])
        return
    assert before.input.value == first_number(event["in_before"])
    assert before.output.value == first_number(event["out_before"])
    assert after.input.value == first_number(event["in_after"])
    assert after.output.value == first_number(event["out_after"])
    if "above 200k" in event["in_before"]:
        assert [tier.above_tokens for tier in before.long_context] == [200_000]
        assert before.long_context[0].input.value == 2 * before.input.value
        assert before.long_context[0].output.value == 1.5 * before.output.value
        assert after.long_context == ()


@pytest.mark.parametrize(
    "row", rows("api_prices_headline.csv"), ids=lambda row: f"{row['provider']}/{row['model']}"
)
def test_that_a_headline_price_is_the_one_in_force(
    catalogue: Catalogue, row: dict[str, str]
) -> None:
    prices = prices_in_force(
        catalogue.token_model(f"{row['provider']}/{row['model']}"), date.fromisoformat(row["as_of"])
    )
    columns = {
        "input": "input_usd_per_mtok",
        "output": "output_usd_per_mtok",
        "cached_input": "cached_read_usd_per_mtok",
        "cache_write": "cache_write_5m_usd_per_mtok",
        "cache_write_1h": "cache_write_1h_usd_per_mtok",
        "batch_input": "batch_input_usd_per_mtok",
        "batch_output": "batch_output_usd_per_mtok",
    }
    for name, column in columns.items():
        price = getattr(prices, name)
        assert (price.value if price else None) == (float(row[column]) if row[column] else None)
    tiers = {f">{tier.above_tokens}:{tier.input.value:g}" for tier in prices.long_context}
    assert tiers == {part for part in row["long_context_tiers_input"].split(";") if part}


@pytest.mark.parametrize(
    ("model", "input_per_thousand", "output_per_thousand"),
    [
        ("openai/gpt-4", 0.03, 0.06),
        ("openai/gpt-4-turbo", 0.01, 0.03),
        ("openai/gpt-4-32k", 0.06, 0.12),
    ],
)
def test_that_models_of_older_articles_keep_their_prices(
    catalogue: Catalogue, model: str, input_per_thousand: float, output_per_thousand: float
) -> None:
    prices = prices_in_force(catalogue.token_model(model), date(2024, 6, 1))
    assert prices.input.value == pytest.approx(1000 * input_per_thousand)
    assert prices.output.value == pytest.approx(1000 * output_per_thousand)


def test_that_gemini_flash_doubles_on_new_years_day_2027(catalogue: Catalogue) -> None:
    model = catalogue.token_model("google/gemini-3.7-flash")
    assert prices_in_force(model, date(2026, 12, 31)).input.value == 0.75
    assert prices_in_force(model, date(2027, 1, 1)).input.value == 1.5


def test_that_peak_hours_are_an_entry_of_their_own_at_twice_the_price(
    catalogue: Catalogue,
) -> None:
    on = date(2026, 11, 22)
    calm = catalogue.token_model("deepseek/deepseek-v4-pro")
    peak = catalogue.token_model("deepseek/deepseek-v4-pro:peak")
    assert prices_in_force(peak, on).input.value == 2 * prices_in_force(calm, on).input.value
    assert peak.hours_utc == (("01:00", "04:00"), ("06:00", "10:00"))
    assert calm.hours_utc == (("10:00", "01:00"), ("04:00", "06:00"))
    assert "off-peak" in prices_in_force(calm, on).input.note


def test_that_the_tariff_of_most_hours_has_the_plain_id(catalogue: Catalogue) -> None:
    assert catalogue.token_model("deepseek/deepseek-chat").tariff == "peak"
    assert catalogue.token_model("deepseek/deepseek-v4-pro").tariff == "off-peak"
