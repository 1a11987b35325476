"""Recipes, hybrids, and the rules for them."""

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from pricing.plan.figure import Amount, Correlation, PositiveAmount, Price, Share
from pricing.plan.hybrid import (
    Decision,
    Fleet,
    Hybrid,
    Question,
    ResultCache,
    Route,
    ServersFrom,
    ShareFrom,
)
from pricing.plan.option import SelfHosted, TokenPriced
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router
from pricing.plan.rules import Rules
from pricing.plan.workload import Sensitivity
from tests.plan.strategies.figures import figures, maybe, numbers, texts
from tests.plan.strategies.options import common_fields


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
        id=name, **{key: draw(drawn) for key, drawn in common_fields.items() if key != "id"},
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
    question=maybe(
        st.one_of(
            st.builds(
                Question,
                axis=st.sampled_from(["quality", "on_premises"]),
                level=numbers(0, 1),
            ),
            st.builds(Question, axis=st.just("capex"), level=numbers(0, 1e12)),
        )
    ),
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
