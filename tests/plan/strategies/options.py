"""Pure options."""

from typing import Any, get_args

from hypothesis import strategies as st

from pricing.plan.capacity import Capacity
from pricing.plan.figure import Amount, PositiveAmount, Price, Share
from pricing.plan.option import (
    Appliance,
    ClosedApi,
    Committed,
    HostedOpen,
    OnDemand,
    OwnedServers,
    RentedGpus,
    Scheduled,
    TokenPrices,
)
from pricing.plan.workload import Sensitivity
from tests.plan.strategies.figures import figures, identifiers, maybe, names, texts

capacities = st.builds(
    Capacity,
    output_tokens_per_second=figures(PositiveAmount),
    input_tokens_per_second=maybe(figures(PositiveAmount)),
    usable_share=figures(Share).filter(lambda share: share.value > 0),
) | st.builds(Capacity, requests_per_hour=figures(PositiveAmount))

token_prices = st.builds(
    TokenPrices,
    input=figures(Price),
    output=figures(Price),
    cached_input=maybe(figures(Price)),
    batch_output=maybe(figures(Price)),
)

terms = (
    st.just(OnDemand())
    | st.builds(
        Scheduled,
        from_hour=st.integers(0, 11),
        to_hour=st.integers(12, 24),
        days_per_week=st.integers(1, 7),
    )
    | st.builds(Committed, years=st.sampled_from([1, 3]))
)

common_fields: dict[str, Any] = {
    "id": identifiers,
    "name": names,
    "setup_cost": figures(Price),
    "people_fte": figures(Amount),
    "vendor": texts,
    "accepts": maybe(st.sampled_from(get_args(Sensitivity))),
    "availability": maybe(figures(Share)),
    "first_token_seconds": maybe(figures(Amount)),
    "tokens_per_second": maybe(figures(PositiveAmount)),
    "note": texts,
}
_by_token = common_fields | {
    "model": st.just("openai/gpt-5-mini"),
    "prices": maybe(token_prices),
    "discount": figures(Share),
    "batch_tariff": st.booleans(),
    "minimum_spend": figures(Price),
}
_on_servers = common_fields | {
    "serves_model": texts,
    "capacity": capacities,
    "servers": maybe(st.integers(1, 100_000)),
    "spare_servers": st.integers(0, 1000),
    "most_servers": maybe(st.integers(1, 100_000)),
    "lead_time_months": st.integers(0, 36),
}

token_priced = st.builds(ClosedApi, **_by_token) | st.builds(HostedOpen, **_by_token)
self_hosted = (
    st.builds(
        RentedGpus, **_on_servers, instance=texts, price_per_hour=maybe(figures(Price)), terms=terms
    )
    | st.builds(
        OwnedServers,
        **_on_servers,
        price=maybe(figures(Price)),
        power_kw=maybe(figures(Amount)),
        maintenance_rate=figures(Amount),
        useful_life_months=st.integers(12, 120),
    )
    | st.builds(Appliance, **_on_servers, edition=texts, support_rate=figures(Amount))
)
options = token_priced | self_hosted
