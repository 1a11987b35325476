"""The names inside hybrids, rules and scores that point at options and request classes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pricing.plan.broken import BrokenReference, Way, listed

RECIPE_FIELDS = ("option", "base", "enhancement", "small", "large", "weak", "strong")
"""Fields of recipes that name an option."""

ROUTE_FIELDS = ("overflow", "failover")
"""Fields of a route that name a token-priced option."""

TWO_MODELS = (("small", "large"), ("weak", "strong"))
"""Fields of recipes that must name different options; a model may well enhance its own answer."""

EXACT = 1e-9
"""Shares are entered with few digits; a smaller excess is one of arithmetic."""


LAST_MONTH = 84
"""The longest horizon of a plan, in months."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that may be pointed at; none where a list cannot be read as a whole."""

    classes: frozenset[str] | None
    kinds: Mapping[str, str] | None
    """Kind of each option by its id."""
    serves: Mapping[str, tuple[str, ...]]
    """Ids of request classes by option; empty means all."""

    def of_kind(self, *, servers: bool) -> set[str]:
        """Ids of the self-hosted, or of the token-priced options.

        An option of unreadable kind may be any: what is wrong with it is another message's
        business.
        """
        kinds = self.kinds or {}
        others = (*(TOKEN_KINDS if servers else SERVER_KINDS), "hybrid")
        return {name for name, kind in kinds.items() if kind not in others}


TOKEN_KINDS = ("closed_api", "hosted_open")
"""Kinds of option that are billed by the token."""

SERVER_KINDS = ("rented_gpus", "owned_servers", "appliance")
"""Kinds of option that run on servers."""


def broken_in_hybrids(document: Mapping[str, Any], known: Known) -> Iterator[BrokenReference]:
    """Every broken reference of hybrids, of recipes in the rules, and of scores by class."""
    for index, option in _objects(document.get("options")):
        if option.get("kind") == "hybrid":
            yield from _broken_in_hybrid(option, ("options", index), known)
            yield from _named_like_a_part(option, document, known)
    rules = document.get("rules")
    for place, recipe in _objects(rules.get("recipes") if isinstance(rules, Mapping) else None):
        yield from _broken_recipe(recipe, ("rules", "recipes", place), known, None)
    for place, score in _objects(document.get("qualities")):
        yield from _unknown_class(score, ("qualities", place), known)


def _named_like_a_part(
    hybrid: Mapping[str, Any], document: Mapping[str, Any], known: Known
) -> Iterator[BrokenReference]:
    """Options called as the ledger calls an option's part in the hybrid: id, dot, id."""
    start = f"{hybrid.get('id')}."
    for index, option in _objects(document.get("options")):
        name = option.get("id")
        if isinstance(name, str) and name.startswith(start):
            part = name.removeprefix(start)
            if known.kinds is not None and part in known.kinds:
                facts = {"value": name, "hybrid": str(hybrid.get("id")), "part": part}
                yield BrokenReference("id_of_a_part", ("options", index, "id"), facts)


def _broken_in_hybrid(
    option: Mapping[str, Any], at: Way, known: Known
) -> Iterator[BrokenReference]:
    for place, route in _objects(option.get("routes")):
        way = (*at, "routes", place)
        yield from _unknown_class(route, way, known)
        recipe, served = route.get("recipe"), route.get("request_class")
        if isinstance(recipe, Mapping):
            yield from _broken_recipe(recipe, (*way, "recipe"), known, served)
            yield from _failing_over_to_itself(route, recipe, way)
        for field in ROUTE_FIELDS:
            usable = known.of_kind(servers=False)
            yield from _not_among(route, field, way, known, usable, "unknown_overflow")
            if isinstance(name := route.get(field), str) and name in usable:
                yield from _not_served(route, field, way, known, served)
    seen: set[str] = set()
    for place, fleet in _objects(option.get("fleets")):
        way = (*at, "fleets", place)
        yield from _not_among(
            fleet, "option", way, known, known.of_kind(servers=True), "unknown_fleet"
        )
        name = fleet.get("option")
        if isinstance(name, str):
            if name in seen:
                yield BrokenReference("fleet_twice", (*way, "option"), {"value": name})
            seen.add(name)
    for place, cache in _objects(option.get("caches")):
        yield from _unknown_class(cache, (*at, "caches", place), known)
    yield from _beyond_all(option, at)


def _broken_recipe(
    recipe: Mapping[str, Any], at: Way, known: Known, served: object
) -> Iterator[BrokenReference]:
    usable = known.of_kind(servers=True) | known.of_kind(servers=False)
    for field in RECIPE_FIELDS:
        yield from _not_among(recipe, field, at, known, usable, "unknown_option")
        yield from _not_served(recipe, field, at, known, served)
    for one, other in TWO_MODELS:
        name = recipe.get(other)
        if isinstance(name, str) and name == recipe.get(one):
            yield BrokenReference("recipe_of_one", (*at, other), {"value": name})


def _not_served(
    entry: Mapping[str, Any], field: str, at: Way, known: Known, served: object
) -> Iterator[BrokenReference]:
    """An option that is planned without the request class which it is sent."""
    name = entry.get(field)
    own = known.serves.get(name, ()) if isinstance(name, str) else ()
    if own and isinstance(served, str) and served not in own and served in (known.classes or ()):
        facts = {"value": str(name), "served": served, "names": ", ".join(own)}
        yield BrokenReference("route_not_served", (*at, field), facts)


def _failing_over_to_itself(
    route: Mapping[str, Any], recipe: Mapping[str, Any], at: Way
) -> Iterator[BrokenReference]:
    name = route.get("failover")
    if isinstance(name, str) and name == recipe.get("option"):
        yield BrokenReference("failover_itself", (*at, "failover"), {"value": name})


def _not_among(
    entry: Mapping[str, Any], field: str, at: Way, known: Known, names: set[str], code: str
) -> Iterator[BrokenReference]:
    name = entry.get(field)
    if known.kinds is not None and isinstance(name, str) and name not in names:
        yield BrokenReference(code, (*at, field), {"value": name, "names": listed(names)})


def _unknown_class(entry: Mapping[str, Any], at: Way, known: Known) -> Iterator[BrokenReference]:
    name = entry.get("request_class")
    if known.classes is not None and isinstance(name, str) and name not in known.classes:
        facts = {"value": name, "names": listed(set(known.classes))}
        yield BrokenReference("unknown_class", (*at, "request_class"), facts)


def _beyond_all(option: Mapping[str, Any], at: Way) -> Iterator[BrokenReference]:
    """Routes that together take more than all requests of a class, zones that are more than all."""
    taken: dict[str, list[float]] = {}
    told: set[str] = set()
    for place, route in _objects(option.get("routes")):
        name = route.get("request_class")
        if not isinstance(name, str) or name in told:
            continue
        sums = taken.setdefault(name, [0.0] * LAST_MONTH)
        for month, share in enumerate(_monthly(route)):
            sums[month] += share
            if sums[month] > 1 + EXACT and name not in told:
                told.add(name)
                facts = {
                    "value": name, "month": str(month + 1), "total": f"{100 * sums[month]:.9g}",
                }  # fmt: skip
                yield BrokenReference("routes_above_all", (*at, "routes", place, "shares"), facts)
    zones: dict[str, float] = {}
    for place, cache in _objects(option.get("caches")):
        name, share = cache.get("request_class"), _share(cache.get("zone_share", 1))
        if not isinstance(name, str):
            continue
        zones[name] = zones.get(name, 0.0) + share
        if zones[name] > 1 + EXACT:
            facts = {"value": name, "total": f"{100 * zones[name]:.9g}"}
            yield BrokenReference("zones_above_all", (*at, "caches", place, "zone_share"), facts)


def _monthly(route: Mapping[str, Any]) -> list[float]:
    """Share of a route in every month that a plan can have; 0 before the first step.

    Steps that are out of order are another message's business.
    """
    if "shares" not in route:
        return [1.0] * LAST_MONTH
    shares, before = [0.0] * LAST_MONTH, 0
    for _, step in _objects(route["shares"]):
        first = step.get("from_month", 1)
        if not isinstance(first, int) or not before < first <= LAST_MONTH:
            return [0.0] * LAST_MONTH
        shares[first - 1 :] = [_share(step.get("share"))] * (LAST_MONTH - first + 1)
        before = first
    return shares


def _share(entry: object) -> float:
    """A share, alone or with its source; 0 for what is none, of which other messages tell."""
    if isinstance(entry, Mapping):
        entry = entry.get("value")
    return float(entry) if isinstance(entry, int | float) and 0 <= entry <= 1 else 0.0


def _objects(entries: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if isinstance(entries, list | tuple):
        for place, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                yield place, entry
