"""The names inside hybrids, rules and scores that point at options and request classes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pricing.plan.broken import BrokenReference, Repair, Way, listed

RECIPE_FIELDS = ("option", "base", "enhancement", "small", "large", "weak", "strong")
"""Fields of recipes that name an option."""

ROUTE_FIELDS = ("overflow", "failover")
"""Fields of a route that name a token-priced option."""

EXACT = 1e-9
"""Shares are entered with few digits; a smaller excess is one of arithmetic."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that may be pointed at; none where a list cannot be read as a whole."""

    classes: frozenset[str] | None
    kinds: Mapping[str, str] | None
    """Kind of each option by its id."""
    serves: Mapping[str, tuple[str, ...]]
    """Ids of request classes by option; empty means all."""

    def of_kind(self, *, servers: bool) -> set[str]:
        """Ids of the self-hosted, or of the token-priced options."""
        kinds = self.kinds or {}
        wanted = SERVER_KINDS if servers else TOKEN_KINDS
        return {name for name, kind in kinds.items() if kind in wanted}


TOKEN_KINDS = ("closed_api", "hosted_open")
"""Kinds of option that are billed by the token."""

SERVER_KINDS = ("rented_gpus", "owned_servers", "appliance")
"""Kinds of option that run on servers."""


def broken_in_hybrids(document: Mapping[str, Any], known: Known) -> Iterator[BrokenReference]:
    """Every broken reference of hybrids, of recipes in the rules, and of scores by class."""
    for index, option in _objects(document.get("options")):
        if option.get("kind") == "hybrid":
            yield from _broken_in_hybrid(option, ("options", index), known)
    rules = document.get("rules")
    for place, recipe in _objects(rules.get("recipes") if isinstance(rules, Mapping) else None):
        yield from _broken_recipe(recipe, ("rules", "recipes", place), known, None)
    for place, score in _objects(document.get("qualities")):
        yield from _unknown_class(score, ("qualities", place), known)


def _broken_in_hybrid(
    option: Mapping[str, Any], at: Way, known: Known
) -> Iterator[BrokenReference]:
    for place, route in _objects(option.get("routes")):
        way = (*at, "routes", place)
        yield from _unknown_class(route, way, known)
        recipe = route.get("recipe")
        if isinstance(recipe, Mapping):
            served = route.get("request_class")
            yield from _broken_recipe(recipe, (*way, "recipe"), known, served)
        for field in ROUTE_FIELDS:
            yield from _not_among(
                route, field, way, known, known.of_kind(servers=False), "unknown_overflow"
            )
    seen: set[object] = set()
    for place, fleet in _objects(option.get("fleets")):
        way = (*at, "fleets", place)
        yield from _not_among(
            fleet, "option", way, known, known.of_kind(servers=True), "unknown_fleet"
        )
        name = fleet.get("option")
        if isinstance(name, str) and name in seen:
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
        name = recipe.get(field)
        own = known.serves.get(name, ()) if isinstance(name, str) else ()
        if own and isinstance(served, str) and served not in own and served in (
            known.classes or ()
        ):  # fmt: skip
            facts = {"value": str(name), "served": served, "names": ", ".join(own)}
            yield BrokenReference("route_not_served", (*at, field), facts)


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
    routes = [(place, route) for place, route in _objects(option.get("routes"))]
    months = sorted({1, *(s["from_month"] for _, route in routes for s in _steps(route))})
    told: set[object] = set()
    for month in months:
        taken: dict[object, float] = {}
        for place, route in routes:
            name = route.get("request_class")
            taken[name] = taken.get(name, 0.0) + _in_force(_steps(route), month)
            if taken[name] > 1 + EXACT and name not in told:
                told.add(name)
                facts = {
                    "value": str(name), "month": str(month), "total": f"{taken[name]:.6g}",
                }  # fmt: skip
                yield BrokenReference("routes_above_all", (*at, "routes", place, "shares"), facts)
    zones: dict[object, float] = {}
    for place, cache in _objects(option.get("caches")):
        name, share = cache.get("request_class"), _number(cache.get("zone_share", 1.0))
        zones[name] = zones.get(name, 0.0) + share
        if zones[name] > 1 + EXACT:
            facts = {"value": f"{share:.6g}", "total": f"{zones[name]:.6g}"}
            yield BrokenReference("zones_above_all", (*at, "caches", place, "zone_share"), facts)


def _steps(route: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "shares" not in route:
        return [{"from_month": 1, "share": 1.0}]
    return [
        {"from_month": first, "share": share}
        for _, step in _objects(route["shares"])
        if isinstance(first := step.get("from_month", 1), int)
        and isinstance(share := step.get("share"), int | float)
    ]


def _in_force(steps: list[Mapping[str, Any]], month: int) -> float:
    share = 0.0
    for step in steps:
        if step["from_month"] <= month:
            share = float(step["share"])
    return share


def _number(entry: object) -> float:
    if isinstance(entry, Mapping):
        entry = entry.get("value")
    return float(entry) if isinstance(entry, int | float) else 0.0


def _objects(entries: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if isinstance(entries, list | tuple):
        for place, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                yield place, entry


def rename_in_hybrids(document: dict[str, Any], field: str, old: str, new: str) -> None:
    """Let routes, fleets, caches, recipes and scores follow the new id of an entry, in place."""
    if field == "workload":
        for entry in _of_classes(document):
            if entry["request_class"] == old:
                entry["request_class"] = new
    elif field == "options":
        for entry, names in _of_options(document):
            for name in names:
                if entry.get(name) == old:
                    entry[name] = new


def _of_classes(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for option in document["options"]:
        yield from option.get("routes", ())
        yield from option.get("caches", ())
    yield from document["qualities"]


def _of_options(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    for option in document["options"]:
        for route in option.get("routes", ()):
            yield route, ROUTE_FIELDS
            yield route["recipe"], RECIPE_FIELDS
        for fleet in option.get("fleets", ()):
            yield fleet, ("option",)
    for recipe in document["rules"]["recipes"]:
        yield recipe, RECIPE_FIELDS


def forget_option_in_hybrids(document: dict[str, Any], name: str) -> list[Repair]:
    """Take routes, fleets and recipes of a removed option away, in place."""
    repairs = []
    for index, option in enumerate(document["options"]):
        if option["kind"] != "hybrid":
            continue
        routes = _without(option["routes"], lambda r: name in _named(r["recipe"]))
        if len(routes) < len(option["routes"]):
            repairs.append(Repair("routes_lost", ("options", index, "routes")))
        for route in routes:
            for field in ROUTE_FIELDS:
                if route[field] == name:
                    route[field] = None
                    repairs.append(Repair(f"{field}_lost", ("options", index, "routes")))
        option["routes"] = routes
        option["fleets"] = _without(option["fleets"], lambda f: f["option"] == name)
    rules = document["rules"]
    rules["recipes"] = _without(rules["recipes"], lambda recipe: name in _named(recipe))
    return list(dict.fromkeys(repairs))


def forget_class_in_hybrids(document: dict[str, Any], name: str) -> None:
    """Take routes, caches and scores of a removed request class away, in place."""
    for option in document["options"]:
        for field in ("routes", "caches"):
            if field in option:
                option[field] = _without(option[field], lambda e: e["request_class"] == name)
    document["qualities"] = _without(document["qualities"], lambda q: q["request_class"] == name)


def copy_class_in_hybrids(document: dict[str, Any], name: str, copy: str) -> list[Repair]:
    """Route the copy of a request class as its original, in place."""
    repairs = []
    for index, option in enumerate(document["options"]):
        for field in ("routes", "caches"):
            entries = option.get(field, ())
            added = [{**e, "request_class": copy} for e in entries if e["request_class"] == name]
            if added:
                option[field] = [*entries, *added]
                if field == "routes":
                    repairs.append(Repair("routes_joined", ("options", index, "routes"), copy))
    scores = [{**q, "request_class": copy} for q in document["qualities"]
              if q["request_class"] == name]  # fmt: skip
    document["qualities"] = [*document["qualities"], *scores]
    return repairs


def _named(recipe: Mapping[str, Any]) -> set[object]:
    return {recipe.get(field) for field in RECIPE_FIELDS}


def _without(
    entries: tuple[dict[str, Any], ...], gone: Callable[[dict[str, Any]], bool]
) -> list[dict[str, Any]]:
    return [entry for entry in entries if not gone(entry)]
