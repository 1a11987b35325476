"""What a request costs, against figures worked out by hand from published prices."""

from datetime import date

import pytest

from pricing.catalogue import Catalogue, CatalogueError, TokenUsage, request_cost

TODAY = date(2026, 11, 22)


def test_that_cached_tokens_of_gpt_5_mini_cost_a_tenth(catalogue: Catalogue) -> None:
    model = catalogue.token_model("openai/gpt-5-mini")
    cost = request_cost(model, TokenUsage(1_000_000, 100_000, cached_tokens=400_000), TODAY)
    assert cost.fresh_input == pytest.approx(0.6 * 0.25)
    assert cost.cached_input == pytest.approx(0.4 * 0.025)
    assert cost.output == pytest.approx(0.1 * 2)
    assert cost.total == pytest.approx(0.36)


def test_that_a_batch_request_costs_half_where_there_is_a_batch_tariff(
    catalogue: Catalogue,
) -> None:
    usage = TokenUsage(10_000, 1_000, cached_tokens=2_000, cache_write_tokens=3_000)
    model = catalogue.token_model("anthropic/claude-sonnet-4-5")
    now = request_cost(model, usage, TODAY).total
    assert request_cost(model, usage, TODAY, batch=True).total == pytest.approx(now / 2)
    without = catalogue.token_model("deepseek/deepseek-v4-flash")
    assert not without.prices[-1].has_batch_tariff
    assert (
        request_cost(without, usage, TODAY, batch=True).total
        == request_cost(without, usage, TODAY).total
    )


def test_that_one_token_over_the_threshold_re_rates_the_whole_request(
    catalogue: Catalogue,
) -> None:
    model = catalogue.token_model("openai/gpt-5.4")
    under = request_cost(model, TokenUsage(272_000, 1_000), TODAY)
    over = request_cost(model, TokenUsage(272_001, 1_000), TODAY)
    assert under.total == pytest.approx(0.272 * 2.5 + 0.001 * 15)
    assert over.total == pytest.approx(0.272001 * 5 + 0.001 * 22.5)


def test_that_a_charge_per_request_is_added(catalogue: Catalogue) -> None:
    cost = request_cost(catalogue.token_model("perplexity/sonar"), TokenUsage(0, 0), TODAY)
    assert cost.total == cost.per_request == pytest.approx(0.012)


def test_that_more_cached_than_input_tokens_are_refused(catalogue: Catalogue) -> None:
    model = catalogue.token_model("openai/gpt-5-mini")
    with pytest.raises(CatalogueError, match="10 input tokens cannot read or write 11"):
        request_cost(model, TokenUsage(10, 0, cached_tokens=11), TODAY)
