"""Token-priced models: dated list prices per million tokens, with their long-context tiers."""

from collections.abc import Sequence
from datetime import date

from pricing.catalogue.dates import months_later
from pricing.catalogue.errors import CatalogueError
from pricing.plan.figure import Price
from pricing.plan.model import Frozen


class TokenRates(Frozen):
    """Prices per million tokens that hold together."""

    input: Price
    """Input tokens neither read from nor written to the prefix cache."""
    output: Price
    """Output tokens, reasoning included."""
    cached_input: Price | None = None
    """Input tokens read from the prefix cache; none means billed as input."""
    cache_write: Price | None = None
    """Input tokens written to the prefix cache for minutes; none means billed as input."""
    cache_write_1h: Price | None = None
    """Input tokens written to the prefix cache for an hour; none means billed as `cache_write`."""
    batch_input: Price | None = None
    """Input tokens of batch requests; none means no batch tariff is known."""
    batch_output: Price | None = None
    """Output tokens of batch requests; none means no batch tariff is known."""
    batch_cached_input: Price | None = None
    """Cached input tokens of batch requests; none means billed as `batch_input`."""
    batch_cache_write: Price | None = None
    """Cache writes of batch requests; none means billed as `batch_input`."""
    batch_cache_write_1h: Price | None = None
    """One-hour cache writes of batch requests; none means billed as `batch_cache_write`."""

    @property
    def has_batch_tariff(self) -> bool:
        """Whether batch requests have prices of their own."""
        return self.batch_input is not None and self.batch_output is not None


class LongContextTier(TokenRates):
    """Prices of the whole request once its input is longer than a threshold."""

    above_tokens: int
    """Input tokens (cached ones included) above which these prices hold for every token."""


class DatedPrices(TokenRates):
    """Prices in force from a day on."""

    effective_from: date | None
    """First day in force; none means as far back as is known."""
    long_context: tuple[LongContextTier, ...] = ()
    """Tiers by rising threshold."""
    per_request: Price | None = None
    """Charge per request on top of the tokens."""

    def rates_for(self, input_tokens: float) -> TokenRates:
        """The rates of a request with so many input tokens, cached ones included."""
        rates: TokenRates = self
        for tier in self.long_context:
            if input_tokens > tier.above_tokens:
                rates = tier
        return rates


class TokenModel(Frozen):
    """A model sold by the token, by one provider under one tariff."""

    id: str
    """provider/model, with the tariff after a colon where there are several."""
    name: str
    provider: str
    """Provider in words."""
    api_name: str
    """The model's name in the provider's API."""
    context_window: int | None
    """Longest input in tokens; none means not known."""
    open_weights: bool | None
    """Whether the weights can be had; none means not known."""
    open_model: str | None
    """Catalogue id of the open model it is, where that can be told from its name."""
    deprecated: bool
    """Whether the source says that the provider phases it out."""
    region: str
    currency: str
    tariff: str
    """Empty for the standard tariff; else peak, off-peak, flex, priority or fast."""
    hours_utc: tuple[tuple[str, str], ...]
    """Hours of the day (UTC, from and to) for which a time-of-day tariff holds."""
    prices: tuple[DatedPrices, ...]
    """By rising date; only the first may be without one."""
    note: str


def prices_in_force(model: TokenModel, on: date) -> DatedPrices:
    """The prices of a model on a day.

    Raises:
        CatalogueError: no price is known for a day so early.
    """
    in_force = None
    for prices in model.prices:
        if prices.effective_from is None or prices.effective_from <= on:
            in_force = prices
    if in_force is None:
        first = model.prices[0].effective_from
        raise CatalogueError(
            f"No price of {model.id!r} is known for {on.isoformat()}; the first one holds from "
            f"{first.isoformat() if first else 'an unknown day'}."
        )
    return in_force


def monthly_prices(model: TokenModel, start: date, months: int) -> Sequence[DatedPrices]:
    """The prices each of so many months pays: those in force on its first day.

    Raises:
        CatalogueError: no price is known for the first month.
    """
    first = start.replace(day=1)
    return [prices_in_force(model, months_later(first, month)) for month in range(months)]


def price_changes(
    model: TokenModel, start: date, months: int
) -> tuple[tuple[int, DatedPrices], ...]:
    """The months (0 is the first) from which other prices are paid, the first month included.

    Raises:
        CatalogueError: no price is known for the first month.
    """
    monthly = monthly_prices(model, start, months)
    return tuple(
        (month, prices)
        for month, prices in enumerate(monthly)
        if month == 0 or prices is not monthly[month - 1]
    )
