"""Edits that keep hybrids, rules and scores whole when an option or a request class changes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pricing.plan.broken import Repair
from pricing.plan.hybrid_references import RECIPE_FIELDS, ROUTE_FIELDS


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
        before = len(option["routes"])
        routes = _without(option["routes"], lambda r: name in _named(r["recipe"]))
        if len(routes) < before:
            repairs.append(Repair("routes_lost", ("options", index, "routes")))
        for route in routes:
            for field in ROUTE_FIELDS:
                if route[field] == name:
                    route[field] = None
                    repairs.append(Repair(f"{field}_lost", ("options", index, "routes")))
        option["routes"] = routes
        fleets = _without(option["fleets"], lambda f: f["option"] == name)
        if len(fleets) < len(option["fleets"]) and len(routes) == before:
            repairs.append(Repair("fleets_lost", ("options", index, "fleets")))
        option["fleets"] = fleets
    rules = document["rules"]
    recipes = _without(rules["recipes"], lambda recipe: name in _named(recipe))
    if len(recipes) < len(rules["recipes"]):
        repairs.append(Repair("recipes_lost", ("rules", "recipes")))
    rules["recipes"] = recipes
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
