"""What one request costs at list prices: the rule the bill applies, for one request."""

from dataclasses import dataclass
from datetime import date

from pricing.catalogue.errors import CatalogueError
from pricing.catalogue.tokens import DatedPrices, TokenModel, TokenRates, prices_in_force
from pricing.plan.figure import Price

TOKENS_PER_PRICE = 1_000_000
"""List prices are quoted per million tokens."""


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens of one request; cached and cache-write tokens are part of the input tokens."""

    input_tokens: float
    output_tokens: float
    cached_tokens: float = 0
    """Input tokens read from the prefix cache."""
    cache_write_tokens: float = 0
    """Input tokens written to the prefix cache for minutes."""
    cache_write_1h_tokens: float = 0
    """Input tokens written to the prefix cache for an hour."""

    @property
    def fresh_tokens(self) -> float:
        """Input tokens neither read from nor written to the cache."""
        return (
            self.input_tokens
            - self.cached_tokens
            - self.cache_write_tokens
            - self.cache_write_1h_tokens
        )


@dataclass(frozen=True, slots=True)
class RequestCost:
    """Cost of one request by part, in `currency`, and the prices it was reckoned with."""

    fresh_input: float
    cached_input: float
    cache_write: float
    output: float
    per_request: float
    currency: str
    rates: TokenRates
    prices: DatedPrices

    @property
    def total(self) -> float:
        """The whole cost."""
        return (
            self.fresh_input + self.cached_input + self.cache_write + self.output + self.per_request
        )


def request_cost(
    model: TokenModel, usage: TokenUsage, on: date, batch: bool = False
) -> RequestCost:
    """What a request costs on a day; without a batch tariff a batch request pays standard rates.

    Raises:
        CatalogueError: no price is known for the day, or the parts exceed the input tokens.
    """
    if usage.fresh_tokens < 0:
        raise CatalogueError(
            f"A request with {usage.input_tokens:g} input tokens cannot read or write "
            f"{usage.input_tokens - usage.fresh_tokens:g} of them in the cache."
        )
    prices = prices_in_force(model, on)
    rates = prices.rates_for(usage.input_tokens)
    fresh, output, cached, write, write_1h = _per_token(rates, batch)
    return RequestCost(
        fresh_input=usage.fresh_tokens * fresh,
        cached_input=usage.cached_tokens * cached,
        cache_write=usage.cache_write_tokens * write + usage.cache_write_1h_tokens * write_1h,
        output=usage.output_tokens * output,
        per_request=prices.per_request.value if prices.per_request is not None else 0.0,
        currency=model.currency,
        rates=rates,
        prices=prices,
    )


def _per_token(rates: TokenRates, batch: bool) -> tuple[float, float, float, float, float]:
    """Price of one token: fresh input, output, cached input, cache write, one-hour cache write."""
    fresh, output = rates.input, rates.output
    cached, write, write_1h = rates.cached_input, rates.cache_write, rates.cache_write_1h
    if batch and rates.batch_input is not None and rates.batch_output is not None:
        fresh, output, cached = rates.batch_input, rates.batch_output, rates.batch_cached_input
        write, write_1h = rates.batch_cache_write, rates.batch_cache_write_1h
    written = write or fresh
    each: tuple[Price, ...] = (fresh, output, cached or fresh, written, write_1h or written)
    one, two, three, four, five = (price.value / TOKENS_PER_PRICE for price in each)
    return one, two, three, four, five
