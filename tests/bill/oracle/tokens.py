"""What requests cost by the token."""

import itertools
import math
from datetime import date

import numpy as np

from pricing.catalogue import Catalogue, DatedPrices, TokenRates
from pricing.plan.figure import Price
from pricing.plan.option import TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from tests.bill.oracle.demand import months_of
from tests.bill.oracle.money import in_plan_currency


def length_bands(cls: RequestClass, limits: list[int]) -> list[tuple[float, float, float]]:
    """(length that stands for the band, share of requests, share of input tokens) per band.

    Bands lie between the limits; lengths are lognormal, integrated numerically.
    """
    mean, variation = cls.input_tokens.value, cls.input_variation
    if variation is None or variation.value == 0:
        return [(mean, 1.0, 1.0)]
    spread = math.sqrt(math.log(1 + variation.value**2))
    ends = [0.0, *limits, math.inf]
    bands = []
    for low, high in itertools.pairwise(ends):
        inside = low + 1.0 if math.isinf(high) else (low + high) / 2
        bands.append((inside, *_share(mean, spread, low, high)))
    return bands


def _share(mean: float, spread: float, low: float, high: float) -> tuple[float, float]:
    """Shares of requests and of tokens between two lengths, by Gauss-Legendre panels."""
    middle = math.log(mean) - spread**2 / 2

    def score(length: float, otherwise: float) -> float:
        if length in {0.0, math.inf}:
            return otherwise
        return min(max((math.log(length) - middle) / spread, -15.0), spread + 15.0)

    start, end = score(low, -15.0), score(high, spread + 15.0)
    nodes, weights = np.polynomial.legendre.leggauss(16)
    requests = tokens = 0.0
    panels = max(1, math.ceil(2 * (end - start)))
    width = (end - start) / panels
    for panel in range(panels):
        z = start + width * (panel + (nodes + 1) / 2)
        density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * weights * width / 2
        requests += float(density.sum())
        tokens += float((density * np.exp(middle + spread * z)).sum()) / mean
    return requests, tokens


def _rates_in_force(option: TokenPriced, catalogue: Catalogue, day: date) -> TokenRates:
    if option.prices is not None:
        quote = option.prices.model_dump()
        return TokenRates.model_validate(quote)
    listed = catalogue.token_model(option.model).prices
    known = [p for p in listed if p.effective_from is None or p.effective_from <= day]
    return known[-1] if known else listed[0]


def _bill_rates(rates: TokenRates, batch: bool) -> tuple[Price, Price, Price, Price]:
    """Prices of fresh, cached and written input and of output."""
    if batch and rates.batch_input is not None and rates.batch_output is not None:
        fresh, output = rates.batch_input, rates.batch_output
        return fresh, rates.batch_cached_input or fresh, rates.batch_cache_write or fresh, output
    fresh = rates.input
    return fresh, rates.cached_input or fresh, rates.cache_write or fresh, rates.output


def token_cost(
    plan: Plan, option: TokenPriced, catalogue: Catalogue, cls: RequestClass, number: int
) -> float:
    """Cost of one mean request of a class in a month (0 is the first)."""
    year, month = months_of(plan)[number]
    rates = _rates_in_force(option, catalogue, date(year, month, 1))
    batch = cls.urgency == "batch" and option.batch_tariff
    limits = [t.above_tokens for t in rates.long_context] if isinstance(rates, DatedPrices) else []
    kept, hits = cls.cacheable_share.value, cls.cache_hit_rate.value
    cost = 0.0
    for length, of_requests, of_input in length_bands(cls, limits):
        held = rates.rates_for(length) if isinstance(rates, DatedPrices) else rates
        fresh, cached, written, output = (
            in_plan_currency(plan, price) for price in _bill_rates(held, batch)
        )
        blend = (1 - kept) * fresh + kept * hits * cached + kept * (1 - hits) * written
        cost += of_input * cls.input_tokens.value * blend / 1e6
        cost += of_requests * cls.output_tokens.value * output / 1e6
    cost *= 1 - option.discount.value
    cost *= (1 + option.price_change_per_year.value) ** (number / 12)
    cost += in_plan_currency(plan, option.cost_per_request)
    if isinstance(rates, DatedPrices) and rates.per_request is not None:
        cost += in_plan_currency(plan, rates.per_request)
    return cost
