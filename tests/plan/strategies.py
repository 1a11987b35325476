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
    Correlation,
    Currency,
    Figure,
    Money,
    PositiveAmount,
    Price,
    Rate,
    Share,
)
from pricing.plan.hybrid import Decision, Fleet, Hybrid, ResultCache, Route, ServersFrom, ShareFrom
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
    TokenPriced,
    TokenPrices,
)
from pricing.plan.plan import Calendar, Finance, ForeignExchange, People, Plan, Tax
from pricing.plan.quality import ModelQuality
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router
from pricing.plan.rules import Rules
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
    first_token_limit=maybe(figures(PositiveAmount)),
    answer_limit=maybe(figures(PositiveAmount)),
    language=st.sampled_from(get_args(Language)),
    note=texts,
)

_common: dict[str, Any] = {
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
_by_token = _common | {
    "model": st.just("openai/gpt-5-mini"),
    "prices": maybe(token_prices),
    "discount": figures(Share),
    "batch_tariff": st.booleans(),
    "minimum_spend": figures(Price),
}
_on_servers = _common | {
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


def model_qualities(classes: list[str]) -> st.SearchStrategy[tuple[ModelQuality, ...]]:
    """Scores of models, for all classes or for one."""
    return st.lists(
        st.builds(
            ModelQuality,
            model=identifiers,
            request_class=maybe(st.sampled_from(classes)),
            score=figures(Share),
        ),
        max_size=3,
        unique_by=lambda quality: (quality.model, quality.request_class),
    ).map(tuple)


@st.composite
def recipes(draw: st.DrawFn, names: list[str]) -> Recipe:
    """Every kind of recipe over some options."""
    name = st.sampled_from(names)
    one, other = draw(name), draw(name)
    price, seconds = draw(figures(Price)), draw(figures(Amount))
    kind = draw(st.sampled_from(["direct", "layered", "cascade", "router"]))
    if kind == "layered":
        gain = draw(maybe(numbers(0, 1).map(lambda value: Amount(value=value))))
        share = draw(figures(Share))
        return Layered(base=one, enhancement=other, enhanced_share=share, quality_gain=gain)
    if kind == "direct" or one == other:
        return Direct(option=one)
    if kind == "router":
        apgr = draw(figures(Share).filter(lambda share: 0 < share.value < 1))
        return Router(
            weak=one, strong=other, strong_share=draw(figures(Share)), apgr=apgr,
            router_cost=price, router_seconds=seconds,
        )  # fmt: skip
    both = draw(maybe(figures(Share)))
    correlation = draw(numbers(-0.95, 1)) if both is None else None
    return Cascade(
        small=one, large=other, accepts_right=draw(figures(Share)),
        accepts_wrong=draw(figures(Share)), both_right=both,
        correlation=None if correlation is None else Correlation(value=correlation),
        verifier_cost=price, verifier_seconds=seconds,
    )  # fmt: skip


def _rising(steps: st.SearchStrategy[Any], at_least: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(
        steps, min_size=at_least, max_size=3, unique_by=lambda step: step.from_month
    ).map(lambda found: tuple(sorted(found, key=lambda step: step.from_month)))


@st.composite
def hybrids(draw: st.DrawFn, name: str, classes: list[str], pure: list[Any]) -> Hybrid:
    """Hybrids over pure options; the routes of a class take no more than all of it."""
    token = [option.id for option in pure if isinstance(option, TokenPriced)]
    servers = [option.id for option in pure if isinstance(option, SelfHosted)]
    sent = draw(st.lists(st.sampled_from(classes), max_size=4)) if classes else []
    elsewhere = maybe(st.sampled_from(token)) if token else st.none()
    routes = []
    for request_class in sent:
        most = 1 / sent.count(request_class)
        recipe = draw(recipes([option.id for option in pure]))
        failover = draw(elsewhere)
        step = st.builds(ShareFrom, from_month=st.integers(1, 84), share=numbers(0, most))
        routes.append(
            Route(
                request_class=request_class,
                recipe=recipe,
                shares=draw(_rising(step, 1)),
                overflow=draw(elsewhere),
                failover=None if recipe.uses == (failover,) else failover,
                order=draw(st.integers(1, 100)),
            )
        )
    kept = st.builds(ServersFrom, from_month=st.integers(1, 84), servers=st.integers(0, 100_000))
    decided = draw(st.lists(st.sampled_from(servers), unique=True)) if servers else []
    cached = draw(st.lists(st.sampled_from(classes), max_size=2)) if classes else []
    zones = {c: numbers(0, 1 / cached.count(c)).map(lambda v: Share(value=v)) for c in cached}
    return Hybrid(
        id=name, **{key: draw(drawn) for key, drawn in _common.items() if key != "id"},
        routes=tuple(routes),
        fleets=tuple(Fleet(option=option, servers=draw(_rising(kept, 0))) for option in decided),
        caches=tuple(
            ResultCache(
                request_class=c, zone=draw(texts), zone_share=draw(zones[c]),
                hit_rate=draw(figures(Share)), peak_hit_rate=draw(maybe(figures(Share))),
                false_hits=draw(figures(Share)),
            )
            for c in cached
        ),
        lookup_cost=draw(figures(Price)), store_cost=draw(figures(Price)),
        decision=draw(maybe(_decisions)),
    )  # fmt: skip


_decisions = st.builds(
    Decision,
    made_by=st.sampled_from(["optimiser", "hand"]),
    made_on=st.dates(date(1, 1, 1), date(9999, 12, 31)),
    npv=numbers(-1e15, 1e15),
    bound=maybe(numbers(-1e15, 1e15)),
    facts=texts,
    locked=st.booleans(),
    note=texts,
)


def rules(pure: list[str]) -> st.SearchStrategy[Rules]:
    """Rules that can be kept, with recipes over some options."""
    return st.builds(
        Rules,
        outside=st.sampled_from(get_args(Sensitivity)),
        capex_per_year=st.lists(figures(Price), max_size=3).map(tuple),
        site_power_kw=maybe(figures(PositiveAmount)),
        vendors=st.integers(1, 4),
        least_vendor_share=numbers(0, 0.25).map(lambda value: Share(value=value)),
        most_vendor_share=maybe(numbers(0.25, 1).map(lambda value: Share(value=value))),
        quality=maybe(figures(Share)),
        on_premises=maybe(figures(Share)),
        purchases=st.sampled_from(["month", "quarter"]),
        recipes=st.lists(recipes(pure), max_size=2).map(tuple),
    )


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
    """Whole plans: every kind of option, figure, growth and profile; the first may be a bridge.

    The last of several options may be a hybrid of those before it that serve all.
    """
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
    asked = [item.id for item in workload]
    if len(drawn) > 1 and draw(st.booleans()):
        serving_all = [option for option in drawn[:-1] if not option.serves]
        if serving_all:
            drawn[-1] = draw(hybrids(ids[-1], asked, serving_all))
    pure = [option.id for option in drawn if not isinstance(option, Hybrid)]
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
        qualities=draw(model_qualities(asked)),
        rules=draw(rules(pure)),
    )
