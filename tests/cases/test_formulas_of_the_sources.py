"""Where a source prints a formula and no result, the table's result is worked out here again."""

import math
from typing import Any

import pytest

from pricing.cases import all_cases
from pricing.workload import templates


def table(case_id: str, name: str) -> list[dict[str, Any]]:
    case = next(case for case in all_cases() if case.id == case_id)
    return [dict(row) for row in case.tables[name]]


@pytest.mark.parametrize("row", table("petrenko2026", "decline.csv"))
def test_that_a_falling_cloud_price_pays_off_by_the_blogs_formula(row: dict[str, Any]) -> None:
    """n = ln(1 - H(1-m)/c) / ln m, m = (1-d)^(1/12), c = tok/s x 2.592 s of a month x price."""
    blend = 0.3 * row["price_in"] + 0.7 * row["price_out"]
    cloud = row["tok_s"] * 3600 * 720 * blend / 1e6
    monthly = (1 - row["decline_per_year"]) ** (1 / 12)
    inside = 1 - row["hardware_usd"] * (1 - monthly) / cloud
    if inside <= 0:
        assert row["payoff_months"] == "never"
    else:
        assert row["payoff_months"] == pytest.approx(math.log(inside) / math.log(monthly), abs=1e-3)


@pytest.mark.parametrize("row", table("sunkcost", "setups.csv"))
def test_that_days_to_break_even_follow_sunkcosts_formula(row: dict[str, Any]) -> None:
    hours = row["tokens_per_day"] / row["tok_s"] / 3600
    local = hours * row["watt"] / 1000 * 0.15
    cloud = row["tokens_per_day"] / 1e6 * row["cloud_usd_per_mtok_out"]
    days = row["hardware_usd"] / (cloud - local)
    assert row["hours_per_day"] == pytest.approx(hours)
    assert row["local_usd_per_day"] == pytest.approx(local, abs=1e-6)
    if days > 84 * 30:
        assert row["days"] == "never"
    else:
        assert row["days"] == pytest.approx(days, abs=1e-3)


@pytest.mark.parametrize("row", table("mithril", "use.csv"))
def test_that_a_token_costs_more_by_the_share_left_unused(row: dict[str, Any]) -> None:
    assert row["usd_per_mtok"] == pytest.approx(0.52 * 0.65 / row["share"], abs=1e-6)


@pytest.mark.parametrize("row", table("B14", "classes.csv"), ids=lambda row: str(row["template"]))
def test_that_a_class_costs_its_tokens_at_the_price_list(row: dict[str, Any]) -> None:
    prefix = row["input_tokens"] * row["cacheable_share"]
    read, written = prefix * row["cache_hit_rate"], prefix * (1 - row["cache_hit_rate"])
    fresh, out = row["input_tokens"] - prefix, row["output_tokens"]
    if row["batch"]:
        cost = 1.5 * row["input_tokens"] + 7.5 * out
    else:
        cost = 3 * fresh + 0.3 * read + 3.75 * written + 15 * out
    assert row["usd_per_month"] == pytest.approx(row["requests"] * cost / 1e6)


def test_that_every_template_is_billed() -> None:
    billed = {row["template"] for row in table("B14", "classes.csv")}
    assert billed == {template.id for template in templates()}
    assert len(billed) == 7


@pytest.mark.parametrize("row", table("A12", "verifier.csv"))
def test_that_a_cascade_follows_from_who_is_right_how_often(row: dict[str, Any]) -> None:
    """739 both, 382 only the large, 94 only the small, 92 neither; 3 standard errors of 400,000."""
    small, both, only_large = 833 / 1307, 739 / 1307, 382 / 1307
    error, kept = row["error"], row["accepts_right"]
    escalated = (1 - kept) * small + (1 - error) * (1 - small)
    right = kept * small + (1 - kept) * both + (1 - error) * only_large
    assert kept == pytest.approx(1 - error)
    assert row["escalated"] == pytest.approx(escalated, abs=0.0024)
    assert row["right"] == pytest.approx(right, abs=0.0024)
    assert row["usd"] == pytest.approx(0.24 + 24.7 * escalated, abs=0.0025)
