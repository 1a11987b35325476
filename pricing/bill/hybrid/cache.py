"""Result caches: what they answer before routing, and what that costs."""

from dataclasses import dataclass, replace

from pricing.bill.costs import Costs
from pricing.bill.demand import ClassDemand, Shape
from pricing.bill.factors import times
from pricing.ledger import Expression, Line, Section, maximum, ratio, total
from pricing.plan.hybrid import Hybrid


@dataclass(frozen=True, slots=True)
class Cached:
    """A request class behind its result caches."""

    asked: ClassDemand
    routed: ClassDemand
    """The requests that are not found."""
    hits: Line | None = None
    false_hits: Line | None = None
    """Share of the hits that are wrong for their request."""


def write_caches(costs: Costs, classes: tuple[ClassDemand, ...]) -> tuple[Cached, ...]:
    """Write hits and misses of every class; a class without a cache goes on as it is.

    Hit share of a class: the sum over its zones of zone share times hit rate. At the busiest
    moment the hit rate of the peak counts, so the peak of what is left falls by its own measure.
    """
    option = costs.option
    assert isinstance(option, Hybrid)
    found = tuple(_write_class(costs, option, demand) for demand in classes)
    behind = [cached for cached in found if cached.hits is not None]
    _write_cost(
        costs, "lookup_cost", "Cost of a look-up in the result cache", "Look-ups in the cache",
        [cached.asked.requests for cached in behind],
    )  # fmt: skip
    _write_cost(
        costs, "store_cost", "Cost of keeping an answer", "Answers kept in the cache",
        [cached.routed.requests for cached in behind],
    )  # fmt: skip
    return found


def _write_class(costs: Costs, option: Hybrid, demand: ClassDemand) -> Cached:
    book, section, key = costs.book, costs.section, demand.key
    zones = [
        (number, cache)
        for number, cache in enumerate(option.caches)
        if cache.request_class == demand.request_class.id
    ]
    if not zones:
        return Cached(demand, demand)
    section.block(f"{demand.name}: result cache")
    by_hit: list[Expression] = []
    by_peak: list[Expression] = []
    by_false: list[Expression] = []
    for place, (number, cache) in enumerate(zones, start=1):
        at = f"{costs.path}.caches.{number}"
        name = f"{demand.name}, {cache.zone or f'zone {place}'}" if len(zones) > 1 else demand.name

        def enter(
            label: str, field: str, at: str = at, cache: object = cache, name: str = name,
            place: int = place,
        ) -> Expression:  # fmt: skip
            return book.enter(
                section, f"{name}: {label}", getattr(cache, field), "share", f"{at}.{field}",
                f"{key}.{field}_{place}",
            )  # fmt: skip

        zone = enter("share of requests from the zone", "zone_share")
        hit = zone * enter("hit rate of the result cache", "hit_rate")
        by_hit.append(hit)
        by_false.append(hit * enter("false hits, share of hits", "false_hits"))
        by_peak.append(
            hit
            if cache.peak_hit_rate is None
            else zone * enter("hit rate at the busiest moment", "peak_hit_rate")
        )
    share = section.line(
        f"{demand.name}: hit rate of the result cache, of all requests", total(by_hit), "share",
        key=f"{key}.hit_share",
    )  # fmt: skip
    hits = section.line(
        f"{demand.name}: requests answered by the result cache", demand.requests * share,
        "requests", key=f"{key}.hits", flow=True,
    )  # fmt: skip
    misses = section.line(
        f"{demand.name}: requests to be routed", demand.requests - hits, "requests",
        key=f"{key}.misses", flow=True,
    )  # fmt: skip
    false = section.line(
        f"{demand.name}: false hits of all zones, share of hits",
        ratio(total(by_false), share), "share", key=f"{key}.false_share",
    )  # fmt: skip
    shape = demand.shape
    if any(cache.peak_hit_rate is not None for _, cache in zones):
        rest = section.line(
            f"{demand.name}: peak behind the cache against that before it, each over its mean",
            ratio(1 - total(by_peak), 1 - share), "share", key=f"{key}.peak_left",
            note="the busiest moment finds fewer (or more) answers in the cache than the mean one",
        )  # fmt: skip
        shape = _behind(section, demand, rest)
    return Cached(demand, replace(demand, requests=misses, shape=shape), hits, false)


def _behind(section: Section, demand: ClassDemand, rest: Line) -> Shape:
    """Write the shape of what is left: its peak falls by `rest`, though never below a mean hour.

    Where hours are known they keep their weights, and bursts inside them fall.
    """
    shape, name, key = demand.shape, demand.name, demand.key
    if demand.request_class.urgency != "real-time":
        return shape
    note = "no moment is busier than the busiest, so not below 1"
    if shape.hours is None:
        peak = section.line(
            f"{name}: peak over mean behind the cache", maximum(times(rest, shape.level), 1),
            "share", key=f"{key}.level_behind", note=note,
        )  # fmt: skip
        return replace(shape, level=peak)
    peak = section.line(
        f"{name}: peak inside an hour over its mean, behind the cache",
        maximum(times(rest, shape.burst), 1), "share", key=f"{key}.burst_behind", note=note,
    )  # fmt: skip
    return replace(shape, burst=peak)


def _write_cost(costs: Costs, field: str, each: str, label: str, requests: list[Line]) -> None:
    if not requests or not costs.stated(field):
        return
    book, section = costs.book, costs.section
    section.block("Cost of the result cache")
    price = book.money(
        section, each, getattr(costs.option, field), "/request", f"{costs.path}.{field}", field
    )
    line = section.line(label, total(list(requests)) * price, book.currency, key=f"{field}_all")
    costs.add("gateway", line)
