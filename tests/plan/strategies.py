"""Hypothesis strategies for plans and their parts; other rooms' tests may use them too."""

from datetime import date
from functools import cache
from math import ceil, floor
from typing import Any, get_args

from hypothesis import strategies as st

from pricing.plan.capacity import Capacity
from pricing.plan.figure import (
    Amount,
    Confidence,
    Currency,
    Figure,
    Money,
    PositiveAmount,
    Price,
    Rate,
    Share,
)
from pricing.plan.option import (
    Appliance,
    ClosedApi,
    Committed,
    HostedOpen,
    OnDemand,
    OwnedServers,
    RentedGpus,
    Scheduled,
    SelfHosted,
    TokenPrices,
)
from pricing.plan.plan import Calendar, Finance, ForeignExchange, People, Plan, Tax
from pricing.plan.quality import ModelQuality
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.plan.workload import (
    HourlyProfile,
    Language,
    MonthlyGrowth,
    PeakToAverage,
    RequestClass,
    Sensitivity,
    Urgency,
    YearlySteps,
)

currencies = st.sampled_from(get_args(Currency))
identifiers = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,15}", fullmatch=True)
HARD_TEXTS = (
    "",
    "quote 4711",
    "银行知识库",
    "=1+1",
    'a "b" \\c',
    "two\nlines\t",
    "\u2028😀",
    "1e5",
    "null",
)
"""Texts that trip writers of JSON, workbooks and CSV."""
texts = st.sampled_from(HARD_TEXTS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=8
)
names = texts.filter(lambda text: bool(text.strip()) and text.isprintable())


def numbers(low: float, high: float, *, above: bool = False) -> st.SearchStrategy[float]:
    """Floats and whole numbers alike, ends included (`above`: the low end left out)."""
    fractions = st.floats(low, high, exclude_min=above, allow_nan=False)
    least = floor(low) + 1 if above else ceil(low)
    return fractions | st.integers(least, floor(high)).map(float) if least <= high else fractions


@cache
def figures(kind: type[Figure]) -> st.SearchStrategy[Any]:
    """Bare numbers, and numbers with origin and range."""
    ranges = {
        Share: numbers(0, 1),
        Rate: numbers(-0.95, 10),
        Amount: numbers(0, 1e15),
        PositiveAmount: numbers(0, 1e15, above=True),
        Price: numbers(0, 1e15),
    }
    values = ranges.get(kind, numbers(-1e15, 1e15))
    bare = values.map(lambda value: kind(value=value))
    return bare | values.flatmap(lambda value: _sourced(kind, value))


def _sourced(kind: type[Figure], value: float) -> st.SearchStrategy[Figure]:
    more: dict[str, Any] = (
        {
            "currency": st.none() | currencies,
        }
        if issubclass(kind, Money)
        else {}
    )
    return st.builds(
        kind,
        value=st.just(value),
        low=st.none() | st.just(value) | numbers(-1e15, value),
        high=st.none() | st.just(value) | numbers(value, 1e15),
        unit=texts,
        region=texts,
        source=texts,
        url=texts,
        as_of=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
        confidence=st.sampled_from(get_args(Confidence)),
        note=texts,
        **more,
    )


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The strategy, or none."""
    return st.none() | strategy


def weights(count: int, highest: float) -> st.SearchStrategy[tuple[float, ...]]:
    """Weights with a mean of 1, none above `highest`."""
    raw = st.lists(st.floats(0.2, 1), min_size=count, max_size=count)
    return raw.map(
        lambda listed: tuple(min(weight * count / sum(listed), highest) for weight in listed)
    )


profiles = st.builds(
    HourlyProfile,
    hours=weights(24, 24),
    weekdays=st.just((1.0,) * 7) | weights(7, 7),
    within_hour_peak=st.floats(1, 100),
    source=texts,
) | st.builds(PeakToAverage, ratio=st.floats(1, 1000), source=texts)

growths = st.builds(MonthlyGrowth, rate=figures(Rate)) | st.builds(
    YearlySteps, factors=st.lists(figures(Amount), min_size=1, max_size=7).map(tuple)
)

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


request_classes = st.builds(
    RequestClass,
    id=identifiers,
    name=names,
    template=texts,
    requests=figures(Amount),
    per=st.sampled_from(["day", "month"]),
    input_tokens=figures(PositiveAmount),
    output_tokens=figures(Amount),
    input_variation=maybe(figures(Amount)),
    cacheable_share=figures(Share),
    cache_hit_rate=figures(Share),
    growth=growths,
    profile=profiles,
    urgency=st.sampled_from(get_args(Urgency)),
    sensitivity=st.sampled_from(get_args(Sensitivity)),
    quality_floor=maybe(figures(Share)),
    language=st.sampled_from(get_args(Language)),
    note=texts,
)

_common: dict[str, Any] = {
    "id": identifiers,
    "name": names,
    "setup_cost": figures(Price),
    "people_fte": figures(Amount),
    "note": texts,
}
_by_token = _common | {
    "model": st.just("openai/gpt-5-mini"),
    "prices": maybe(token_prices),
    "discount": figures(Share),
    "batch_tariff": st.booleans(),
}
_on_servers = _common | {
    "serves_model": texts,
    "capacity": capacities,
    "servers": maybe(st.integers(1, 100_000)),
    "spare_servers": st.integers(0, 1000),
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

accelerator_sheets = st.builds(
    AcceleratorSheet,
    id=identifiers,
    name=names,
    vendor=texts,
    memory_gb=maybe(numbers(1, 1000).map(lambda value: PositiveAmount(value=value))),
    bandwidth_gb_s=maybe(numbers(100, 1e5).map(lambda value: PositiveAmount(value=value))),
    bf16_tflops=maybe(figures(PositiveAmount)),
    fp8_tflops=maybe(figures(PositiveAmount)),
    interconnect=texts,
    max_scale_up=maybe(st.integers(1, 100_000)),
    tdp_w=maybe(figures(PositiveAmount)),
    release_year=maybe(st.integers(2000, 2100)),
    unverified=st.lists(texts, max_size=2).map(tuple),
    source=texts,
    as_of=maybe(st.dates(date(1, 1, 1), date(9999, 12, 31))),
    note=texts,
)


@st.composite
def model_sheets(draw: st.DrawFn) -> ModelSheet:
    """Dense models and mixtures of experts, with and without grouping and windows."""
    layers, kv_heads, head_dim = (draw(st.integers(1, 128)) for _ in range(3))
    heads = kv_heads * draw(st.integers(1, 16))
    experts = draw(st.sampled_from([None, 8, 256]))
    total = draw(numbers(0.01, 2000))
    sliding = draw(maybe(st.integers(0, layers)))
    return ModelSheet(
        id=draw(identifiers),
        name=draw(names),
        licence=draw(texts),
        total_params_b=PositiveAmount(value=total),
        active_params_b=PositiveAmount(value=total if experts is None else total / 8),
        layers=layers,
        hidden=draw(st.integers(1, 20_000)),
        intermediate=draw(st.integers(1, 80_000)),
        gated_mlp=draw(st.booleans()),
        n_heads=heads,
        n_kv_heads=kv_heads,
        head_dim=head_dim,
        vocab=draw(st.integers(1, 300_000)),
        sliding_layers=sliding,
        sliding_window=1024 if sliding else None,
        n_experts=experts,
        experts_per_token=None if experts is None else draw(st.integers(1, experts)),
        moe_intermediate=None if experts is None else draw(st.integers(1, 10_000)),
        first_k_dense=draw(maybe(st.integers(0, layers))) if experts else None,
        tie_embeddings=draw(st.sampled_from([None, True, False])),
        max_context=draw(maybe(st.integers(1, 10_000_000))),
        native_dtype=draw(st.sampled_from(["bfloat16", "fp8"])),
        note=draw(texts),
    )


def own_sheets(sheets: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Data sheets with ids that differ."""
    return st.lists(sheets, max_size=2, unique_by=lambda sheet: sheet.id).map(tuple)


model_qualities = st.lists(
    st.builds(ModelQuality, model=identifiers, score=figures(Share)),
    max_size=3,
    unique_by=lambda quality: quality.model,
).map(tuple)


_fx = st.builds(
    ForeignExchange,
    cny_per_usd=maybe(figures(PositiveAmount)),
    eur_per_usd=maybe(figures(PositiveAmount)),
)
_calendars = st.builds(
    Calendar,
    days_per_month=maybe(numbers(0, 31, above=True)),
    hours_per_day=numbers(0, 24, above=True),
)
_finances = st.builds(
    Finance,
    discount_rate=figures(Rate),
    payment_timing=st.sampled_from(["mid-month", "end-of-month"]),
    tax=maybe(st.builds(Tax, rate=figures(Share))),
)
_people = st.builds(People, loaded_cost_per_year=figures(Price))
_months = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: f"{day:%Y-%m}")
_distinct_ids = st.lists(identifiers, min_size=1, max_size=3, unique=True)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Whole plans: every kind of option, figure, growth and profile; the first may be a bridge."""
    classes, ids = draw(_distinct_ids), draw(_distinct_ids)
    workload = [draw(request_classes).model_copy(update={"id": name}) for name in classes[:2]]
    served = st.lists(st.sampled_from([item.id for item in workload]), unique=True).map(tuple)
    drawn: list[Any] = []
    for name in ids:
        option = draw(options if drawn else token_priced)
        changes: dict[str, Any] = {"id": name, "serves": draw(served)}
        if isinstance(option, SelfHosted) and draw(st.booleans()):
            changes["bridge"] = ids[0]
        drawn.append(option.model_copy(update=changes))
    return Plan(
        name=draw(names),
        note=draw(texts),
        start=draw(_months),
        months=draw(st.integers(12, 84)),
        currency=draw(currencies),
        fx=draw(_fx),
        calendar=draw(_calendars),
        electricity=draw(maybe(figures(Price))),
        people=draw(_people),
        finance=draw(_finances),
        workload=tuple(workload),
        options=tuple(drawn),
        baseline=draw(st.sampled_from([None, *ids])),
        models=draw(own_sheets(model_sheets())),
        accelerators=draw(own_sheets(accelerator_sheets)),
        qualities=draw(model_qualities),
    )
