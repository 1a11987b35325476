"""Prices in CNY keep their currency, length steps and hours."""

from datetime import date

import pytest

from pricing.catalogue import Catalogue, TokenUsage, prices_in_force, request_cost

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("input_tokens", "per_million"),
    [(32_000, 3.2), (32_001, 4.8), (128_000, 4.8), (128_001, 9.6), (256_000, 9.6)],
)
def test_that_doubao_re_rates_the_whole_request_by_its_length(
    catalogue: Catalogue, input_tokens: int, per_million: float
) -> None:
    model = catalogue.token_model("volcengine/doubao-seed-2.0-pro")
    cost = request_cost(model, TokenUsage(input_tokens, 0), TODAY)
    assert cost.currency == "CNY"
    assert cost.total == pytest.approx(input_tokens * per_million / 1e6)


def test_that_peak_hours_of_beijing_are_stated_in_utc(catalogue: Catalogue) -> None:
    peak = catalogue.token_model("deepseek-cn/deepseek-v4-pro:peak")
    calm = catalogue.token_model("deepseek-cn/deepseek-v4-pro")
    assert peak.hours_utc == (("01:00", "04:00"), ("06:00", "10:00"))
    assert calm.hours_utc == (("10:00", "01:00"), ("04:00", "06:00"))
    assert prices_in_force(peak, TODAY).output.value == 12
    assert prices_in_force(calm, TODAY).output.value == 6


def test_that_a_price_checked_in_june_says_so(catalogue: Catalogue) -> None:
    price = prices_in_force(catalogue.token_model("deepseek-cn/deepseek-v4-pro"), TODAY).input
    assert price.as_of == date(2026, 6, 29)
    assert "matching CNY not verified" in price.note


def test_that_a_row_naming_two_models_makes_two_entries(catalogue: Catalogue) -> None:
    for name in ("qianfan/ernie-speed", "qianfan/ernie-lite"):
        assert prices_in_force(catalogue.token_model(name), TODAY).input.value == 0


def test_that_qwen_abroad_is_priced_in_usd(catalogue: Catalogue) -> None:
    model = catalogue.token_model("dashscope/qwen3.8-max")
    assert (model.currency, prices_in_force(model, TODAY).output.value) == ("USD", 6)


def test_that_every_chinese_platform_of_the_table_is_there(catalogue: Catalogue) -> None:
    platforms = {line.id.partition("/")[0] for line in catalogue.token_models()}
    assert {"deepseek-cn", "bigmodel", "volcengine", "bailian", "qianfan", "hunyuan"} <= platforms
