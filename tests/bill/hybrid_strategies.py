"""Hybrids a buyer could mean: every recipe, caches, outages, overflow, servers decided on."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from pricing.plan.figure import Amount, Correlation, Price, Share
from pricing.plan.hybrid import Fleet, Hybrid, ResultCache, Route, ServersFrom, ShareFrom
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.quality import ModelQuality
from pricing.plan.recipe import Cascade, Direct, Layered, Router
from tests.bill.strategies import (
    amounts,
    around,
    fields,
    prices,
    request_classes,
    self_hosted,
    stated_works,
    token_priced,
)

shares = amounts(Share, 0, 1)


def named(option: Any, availability: Share | None) -> Any:
    """The option with a model whose score can be entered, and perhaps with outages."""
    changes: dict[str, Any] = {"availability": availability}
    if isinstance(option, SelfHosted):
        changes["serves_model"] = f"model of {option.id}"
    elif not option.model:
        changes["model"] = f"model of {option.id}"
    return option.model_copy(update=changes)


def model_of(option: Any) -> str:
    if not isinstance(option, SelfHosted):
        return str(option.model)
    return option.serving.model if option.serving is not None else option.serves_model


def cascades(small: str, large: str) -> st.SearchStrategy[Cascade]:
    needed = {
        "small": st.just(small),
        "large": st.just(large),
        "accepts_right": shares,
        "accepts_wrong": shares,
    }
    known = fields(needed | {"both_right": shares}, {"verifier_cost": prices(0.01)}) | fields(
        needed | {"correlation": amounts(Correlation, -0.9, 1)}, {"verifier_cost": prices(0.01)}
    )
    return known.map(lambda stated: Cascade(**stated))


def recipes(first: str, second: str) -> st.SearchStrategy[Any]:
    """Any recipe of two options."""
    layered = fields(
        {
            "base": st.just(first),
            "enhancement": st.sampled_from([first, second]),
            "enhanced_share": shares,
        },
        {"quality_gain": amounts(Amount, 0, 0.3)},
    ).map(lambda known: Layered(**known))
    router = fields(
        {
            "weak": st.just(first),
            "strong": st.just(second),
            "strong_share": shares | st.sampled_from([Share(value=0), Share(value=1)]),
            "apgr": amounts(Share, 0.05, 0.95),
        },
        {"router_cost": prices(0.01)},
    ).map(lambda known: Router(**known))
    direct = st.just(Direct(option=first))
    return direct | direct | layered | cascades(first, second) | router


def split(draw: st.DrawFn, count: int, months: int) -> list[tuple[ShareFrom, ...]]:
    """Shares of some routes of one class; in no month more than all together."""
    starts = [1, *sorted(draw(st.sets(st.integers(2, months), max_size=2)))]
    steps: list[list[ShareFrom]] = [[] for _ in range(count)]
    for start in starts:
        weights = [draw(st.integers(0, 4)) for _ in range(count)]
        whole = draw(st.sampled_from([1.0, 1.0, 0.8])) / max(sum(weights), 1)
        for place, weight in enumerate(weights):
            steps[place].append(ShareFrom(from_month=start, share=weight * whole))
    if count and draw(st.booleans()):
        steps[0] = steps[0][1:] or steps[0]
    return [tuple(row) for row in steps]


def routes(
    draw: st.DrawFn, served: str, options: Sequence[str], apis: Sequence[str], months: int
) -> list[Route]:
    found = []
    for steps in split(draw, draw(st.integers(0, 3)), months):
        recipe = draw(recipes(*draw(st.permutations(options))[:2]))
        others = [name for name in apis if name not in recipe.uses]
        found.append(
            Route(
                request_class=served,
                recipe=recipe,
                shares=steps,
                overflow=draw(st.none() | st.sampled_from(apis)),
                failover=draw(st.none() | st.sampled_from(others)) if others else None,
                order=draw(st.integers(1, 3)),
            )
        )
    return found


def caches(draw: st.DrawFn, served: str) -> list[ResultCache]:
    stated = {"request_class": st.just(served), "hit_rate": shares}
    more = {"peak_hit_rate": shares, "false_hits": shares}
    zones = draw(st.integers(0, 2))
    if zones == 2:
        stated["zone_share"] = amounts(Share, 0, 0.5)
    return [ResultCache(**draw(fields(stated, more))) for _ in range(zones)]


def fleets(draw: st.DrawFn, pools: Sequence[str], months: int) -> list[Fleet]:
    found = []
    for pool in pools:
        if draw(st.booleans()):
            starts = sorted(draw(st.sets(st.integers(1, months), max_size=4)))
            servers = tuple(
                ServersFrom(from_month=start, servers=draw(st.integers(0, 14))) for start in starts
            )
            found.append(Fleet(option=pool, servers=servers))
    return found


def scores(draw: st.DrawFn, options: Sequence[Any], classes: Sequence[str]) -> list[ModelQuality]:
    """A score for every model, and for some a better known one for a class."""
    found = []
    for model in dict.fromkeys(model_of(option) for option in options):
        found.append(ModelQuality(model=model, score=draw(shares)))
        if draw(st.booleans()):
            served = draw(st.sampled_from(classes))
            found.append(ModelQuality(model=model, request_class=served, score=draw(shares)))
    return found


@st.composite
def hybrid_plans(draw: st.DrawFn) -> Plan:
    """Two token-priced options, two or three with servers, and a hybrid of all of them."""
    classes = [draw(request_classes(name)) for name in ["a", "b", "c"][: draw(st.integers(1, 3))]]
    apis = ["api", "spare"]
    pools = ["first", "second", "third"][: draw(st.integers(1, 3))]
    known = [draw(token_priced(name)) for name in apis]
    known.append(draw(self_hosted(pools[0], "api")))
    known += [draw(self_hosted(name, "api", stated_works)) for name in pools[1:]]
    known = [named(option, draw(st.none() | amounts(Share, 0.8, 1))) for option in known]
    ids = [cls.id for cls in classes]
    plan = around(
        draw, classes, known, qualities=tuple(scores(draw, known, ids))
    )  # fmt: skip
    hybrid = Hybrid(
        id="mix",
        name="Mix",
        routes=tuple(
            route for name in ids for route in routes(draw, name, apis + pools, apis, plan.months)
        ),
        fleets=tuple(fleets(draw, pools, plan.months)),
        caches=tuple(cache for name in ids for cache in caches(draw, name)),
        lookup_cost=draw(prices(0.01)),
        store_cost=draw(st.just(Price.left_out(0)) | prices(0.01)),
        setup_cost=draw(prices(50_000)),
        fixed_monthly_cost=draw(prices(5000)),
        people_fte=draw(amounts(Amount, 0, 3)),
    )
    whole = plan.model_copy(update={"options": (*plan.options, hybrid)})
    return Plan.model_validate_json(whole.model_dump_json())
