"""Token bills against the price of one request, and long-context shares against random lengths.

`pricing.catalogue.request_cost` is checked against another implementation in tests/catalogue.
"""

from datetime import date

import numpy as np
import pytest

from pricing.catalogue import Catalogue, TokenUsage, request_cost
from pricing.evaluate import evaluate
from tests.bill.small import api, plan, request_class
from tests.bill.strategies import MODELS

USE = {"input_tokens": 40_000, "output_tokens": 1500, "cacheable_share": 0.5, "cache_hit_rate": 0.8}
FX = {"cny_per_usd": 7.1, "eur_per_usd": 0.9}


@pytest.mark.parametrize("urgency", ["real-time", "batch"])
@pytest.mark.parametrize("input_tokens", [900, 40_000, 150_000, 300_000])
@pytest.mark.parametrize("model", MODELS)
def test_that_a_token_bill_is_requests_times_the_price_of_one(
    model: str, input_tokens: int, urgency: str, catalogue: Catalogue
) -> None:
    """Every month at the price in force on its first day, in the model's own currency."""
    entry = catalogue.token_model(model)
    start = date(2026, 2, 1)
    use = request_class(**{**USE, "input_tokens": input_tokens}, urgency=urgency)
    paid = evaluate(
        plan(api(prices=None, model=model), classes=[use], months=24, start="2026-02",
             currency=entry.currency, fx=FX),
        catalogue,
    ).bill_of("api")  # fmt: skip
    usage = TokenUsage(
        input_tokens=input_tokens,
        output_tokens=1500,
        cached_tokens=input_tokens * 0.4,
        cache_write_tokens=input_tokens * 0.1,
    )
    days = [date(start.year + (month + 1) // 12, (month + 1) % 12 + 1, 1) for month in range(24)]
    expected = [73_000 * request_cost(entry, usage, day, urgency == "batch").total for day in days]
    np.testing.assert_allclose(paid.categories["tokens"].values, expected, rtol=1e-12)


def test_that_announced_price_changes_take_effect_in_their_month(catalogue: Catalogue) -> None:
    """deepseek-v4-flash changes on 17 August and 10 September 2026: paid from the next month on."""
    model = catalogue.token_model("deepseek/deepseek-v4-flash")
    listed = [prices.input.value for prices in model.prices]
    use = request_class(output_tokens=0)
    evaluation = evaluate(
        plan(api(prices=None, model=model.id), classes=[use], start="2026-07", fx=FX,
             currency=model.currency), catalogue,
    )  # fmt: skip
    price = evaluation.bill_of("api").categories["tokens"].values / 73
    assert len(set(listed)) == 3
    assert price == pytest.approx([listed[0]] * 2 + [listed[1]] + [listed[2]] * 9)


@pytest.mark.parametrize("variation", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("model", ["openai/gpt-5.4", "bailian/qwen3-max"])
def test_that_long_requests_are_rated_as_random_lengths_would_be(
    model: str, variation: float, catalogue: Catalogue
) -> None:
    """Half a million lognormal lengths, each priced by itself, to within their sampling error."""
    entry = catalogue.token_model(model)
    mean = 60_000
    use = request_class(**{**USE, "input_tokens": mean}, input_variation=variation)
    evaluation = evaluate(
        plan(api(prices=None, model=model), classes=[use], fx=FX, currency=entry.currency),
        catalogue,
    )
    ours = evaluation.bill_of("api").categories["tokens"].values[0] / 73_000
    spread = np.sqrt(np.log(1 + variation**2))
    random = np.random.default_rng(20_261_122)
    lengths = mean * np.exp(random.normal(-(spread**2) / 2, spread, 500_000))
    prices = entry.prices[-1]
    cost = np.zeros_like(lengths)
    for low, high in zip(
        [0, *(tier.above_tokens for tier in prices.long_context)],
        [*(tier.above_tokens for tier in prices.long_context), np.inf],
        strict=True,
    ):
        inside = (lengths > low) & (lengths <= high)
        example = TokenUsage(
            input_tokens=low + 1, output_tokens=0,
            cached_tokens=0.4 * (low + 1), cache_write_tokens=0.1 * (low + 1),
        )  # fmt: skip
        day = date(2027, 1, 1)
        per_token = request_cost(entry, example, day).total / (low + 1)
        output = request_cost(entry, TokenUsage(low + 1, 1), day).output
        cost[inside] = lengths[inside] * per_token + 1500 * output
    error = cost.std() / np.sqrt(cost.size)
    assert ours == pytest.approx(cost.mean(), abs=4 * error)
