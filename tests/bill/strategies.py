"""Plans a buyer could mean: every feature of a bill, with figures of believable size."""

from typing import Any

from hypothesis import strategies as st

from pricing.plan.capacity import Capacity
from pricing.plan.figure import Amount, Figure, PositiveAmount, Price, Rate, Share
from pricing.plan.option import (
    Appliance,
    ClosedApi,
    HostedOpen,
    OwnedServers,
    RentedGpus,
    TokenPrices,
)
from pricing.plan.plan import Calendar, Finance, ForeignExchange, People, Plan, Tax
from pricing.plan.serving import Serving
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.plan.workload import (
    HourlyProfile,
    MonthlyGrowth,
    PeakToAverage,
    RequestClass,
    YearlySteps,
)
from tests.plan.strategies.figures import currencies, weights
from tests.plan.strategies.options import terms

MODELS = (
    "openai/gpt-5.4",
    "anthropic/claude-sonnet-4-5",
    "google/gemini-2.5-pro",
    "openrouter/qwen/qwen3-coder-flash",
    "bailian/qwen3-max",
    "deepseek/deepseek-v4-flash",
    "google/claude-opus-4-6",
    "perplexity/sonar",
    "x-ai/grok-4.20",
)
"""Models whose prices change, have batch tariffs, one or two long-context tiers that come and go,
charges per request, or are in yuan."""


def amounts(kind: type[Figure], low: float, high: float, places: int = 4) -> st.SearchStrategy[Any]:
    """Figures between two ends, at a buyer's precision."""
    return st.floats(low, high).map(lambda value: kind(value=round(value, places)))


def prices(high: float) -> st.SearchStrategy[Price]:
    return st.builds(
        lambda value, currency: Price(value=round(value, 4), currency=currency),
        st.floats(0, high),
        st.none() | currencies,
    )


def fields(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Keyword arguments: all of the required, any of the optional."""
    return st.fixed_dictionaries(required, optional=optional)


def sloppy(shape: st.SearchStrategy[tuple[float, ...]]) -> st.SearchStrategy[tuple[float, ...]]:
    """Weights that miss their mean of 1 by a little, as rounded ones do."""
    return st.tuples(shape, st.floats(0.996, 1)).map(lambda p: tuple(w * p[1] for w in p[0]))


profiles = st.builds(
    HourlyProfile,
    hours=sloppy(weights(24, 24)),
    weekdays=st.just((1.0,) * 7) | sloppy(weights(7, 7)),
    within_hour_peak=st.floats(1, 3),
) | st.builds(PeakToAverage, ratio=st.floats(1, 8))

growths = st.builds(MonthlyGrowth, rate=amounts(Rate, -0.1, 0.15)) | st.builds(
    YearlySteps, factors=st.lists(amounts(Amount, 0, 4), min_size=1, max_size=4).map(tuple)
)


def request_classes(identifier: str) -> st.SearchStrategy[RequestClass]:
    return fields(
        {
            "requests": amounts(Amount, 0, 50_000, 0),
            "per": st.sampled_from(["day", "month"]),
            "input_tokens": amounts(PositiveAmount, 10, 300_000, 0),
            "output_tokens": amounts(Amount, 1, 3000, 0),
            "profile": profiles,
            "urgency": st.sampled_from(["real-time", "asynchronous", "batch"]),
        },
        {
            "input_variation": amounts(Amount, 0, 3),
            "cacheable_share": amounts(Share, 0, 1),
            "cache_hit_rate": amounts(Share, 0, 1),
            "growth": growths,
        },
    ).map(lambda known: RequestClass(id=identifier, name=f"Class {identifier}", **known))


capacities = fields(
    {"output_tokens_per_second": amounts(PositiveAmount, 100, 20_000, 0)},
    {
        "input_tokens_per_second": amounts(PositiveAmount, 5000, 200_000, 0),
        "usable_share": amounts(Share, 0.3, 1),
    },
).map(lambda known: Capacity(**known)) | st.builds(
    Capacity, requests_per_hour=amounts(PositiveAmount, 50, 50_000, 0)
)

BIG_CHIP = AcceleratorSheet.model_validate(
    {
        "id": "chip", "name": "A large chip of 2026", "architecture": "Hopper",
        "memory_gb": 288, "bandwidth_gb_s": 8000, "bf16_tflops": 1500, "fp8_tflops": 3000,
        "interconnect_gb_s": 450, "interconnect": "NVLink", "max_scale_up": 8, "tdp_w": 1000,
    }
)  # fmt: skip
SMALL_MODEL = ModelSheet.model_validate(
    {
        "id": "model", "name": "A model without a limit", "total_params_b": 8.03,
        "active_params_b": 7.5, "layers": 32, "hidden": 4096, "intermediate": 14336,
        "n_heads": 32, "n_kv_heads": 8, "vocab": 128256,
    }
)  # fmt: skip
"""Of the shape of Llama 3.1 8B; the largest class of any plan fits on the chip."""

servings = fields(
    {
        "model": st.just("model"),
        "accelerator": st.just("chip"),
        "accelerators": st.sampled_from([1, 4, 8]),
    },
    {
        "precision": st.sampled_from(["bf16", "fp8"]),
        "tensor_parallel": st.just(1),
        "adaptation_overhead": amounts(Amount, 0, 0.5),
        "efficiency": amounts(PositiveAmount, 0.5, 1.5),
        "memory_overhead": amounts(Amount, 0, 0.4),
    },
).map(lambda known: Serving(**known))

stated_works = capacities.map(lambda stated: {"capacity": stated})
works = stated_works | servings.map(lambda predicted: {"serving": predicted})
"""What one server does, stated or predicted."""

token_prices = fields(
    {"input": prices(20), "output": prices(80)},
    {
        "cached_input": prices(5),
        "cache_write": prices(30),
        "batch_input": prices(10),
        "batch_output": prices(40),
    },
).map(lambda known: TokenPrices(**known))

_common: dict[str, Any] = {
    "setup_cost": prices(50_000),
    "fixed_monthly_cost": prices(5000),
    "people_fte": amounts(Amount, 0, 3),
}
_tokens = _common | {
    "discount": amounts(Share, 0, 1),
    "price_change_per_year": amounts(Rate, -0.6, 0.5),
    "batch_tariff": st.booleans(),
    "cost_per_request": prices(0.1),
    "minimum_spend": prices(400_000),
}


def _hosted(bridge: str) -> dict[str, Any]:
    return _common | {
        "servers": st.integers(1, 12),
        "spare_servers": st.integers(0, 3),
        "lead_time_months": st.integers(0, 9),
        "bridge": st.just(bridge),
    }


_machine: dict[str, Any] = {
    "price": prices(400_000),
    "power_kw": amounts(Amount, 0.2, 15),
    "pue": amounts(PositiveAmount, 1, 2),
}
_site: dict[str, Any] = {
    "electricity": prices(0.4),
    "facility_per_server": prices(900),
    "useful_life_months": st.integers(12, 72),
    "residual_share": amounts(Share, 0, 0.5),
}


def self_hosted(
    identifier: str, bridge: str, work: st.SearchStrategy[Any] = works
) -> st.SearchStrategy[Any]:
    named = {"id": st.just(identifier), "name": st.just(f"Option {identifier}")}
    required = named | {"work": work}
    hosted = _hosted(bridge)
    owned = _site | {
        "installation": prices(20_000),
        "network_share": amounts(Share, 0, 0.3),
        "deposit_share": amounts(Share, 0, 1),
        "colocation": prices(300),
        "maintenance_rate": amounts(Amount, 0, 0.2),
    }
    licensed = {"gpus_per_server": st.integers(1, 16), "software_per_gpu": prices(5000)}

    def option(
        kind: type[RentedGpus | OwnedServers | Appliance],
        needed: dict[str, Any],
        more: dict[str, Any],
    ) -> st.SearchStrategy[Any]:
        return fields(required | needed, hosted | more).map(
            lambda known: kind(**known.pop("work"), **known)
        )

    away = {"maintenance_hours": amounts(Amount, 0, 40)}
    return (
        option(
            RentedGpus,
            {"price_per_hour": prices(100)},
            # less than the one hour on one day in seven of the shortest schedule
            {"terms": terms, "maintenance_hours": amounts(Amount, 0, 1.4)},
        )
        | option(OwnedServers, _machine, owned | away)
        | option(OwnedServers, _machine | licensed, owned | away)
        | option(Appliance, _machine, _site | away | {"support_rate": amounts(Amount, 0, 0.2)})
    )


def token_priced(identifier: str) -> st.SearchStrategy[Any]:
    named = {"id": st.just(identifier), "name": st.just(f"Option {identifier}")}
    quoted = fields(named | {"prices": token_prices}, _tokens)
    listed = fields(named | {"model": st.sampled_from(MODELS)}, _tokens)
    return (quoted | listed).map(lambda known: ClosedApi(**known)) | quoted.map(
        lambda known: HostedOpen(**known)
    )


finances = fields(
    {},
    {
        "discount_rate": amounts(Rate, 0, 0.3),
        "payment_timing": st.sampled_from(["mid-month", "end-of-month"]),
        "tax": st.builds(Tax, rate=amounts(Share, 0, 0.6), depreciation_years=st.integers(1, 8)),
    },
).map(lambda known: Finance(**known))


def around(draw: st.DrawFn, classes: list[RequestClass], options: list[Any], **more: Any) -> Plan:
    """A plan of these classes and options: when it starts, its money, its calendar."""
    return Plan(
        name="A plan",
        start=f"{draw(st.integers(2025, 2028))}-{draw(st.integers(1, 12)):02}",
        months=draw(st.integers(12, 84)),
        currency=draw(currencies),
        fx=ForeignExchange(
            cny_per_usd=draw(amounts(PositiveAmount, 5, 9)),
            eur_per_usd=draw(amounts(PositiveAmount, 0.7, 1.2)),
        ),
        calendar=Calendar(
            days_per_month=draw(st.none() | st.floats(10, 31)),
            hours_per_day=draw(st.just(24.0) | st.floats(6, 24)),
        ),
        electricity=draw(prices(0.4)),
        people=People(loaded_cost_per_year=draw(prices(200_000))),
        finance=draw(finances),
        models=(SMALL_MODEL,),
        accelerators=(BIG_CHIP,),
        workload=tuple(classes),
        options=tuple(options),
        **more,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One token-priced option, which may bridge the others, and one or two self-hosted ones."""
    classes = [draw(request_classes(name)) for name in ["a", "b", "c"][: draw(st.integers(1, 3))]]
    hosted = ["first", "second"][: draw(st.integers(1, 2))]
    found = [draw(token_priced("api")), *(draw(self_hosted(name, "api")) for name in hosted)]
    ids = [cls.id for cls in classes]
    served = draw(st.lists(st.sampled_from(ids), unique=True).map(tuple))
    found[-1] = found[-1].model_copy(update={"serves": served})
    return around(draw, classes, found)
