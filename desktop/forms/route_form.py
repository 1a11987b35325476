"""The forms of one route and of one result cache of a hybrid."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from desktop.entry.limits import Limits
from desktop.forms.maker import RowMaker
from desktop.forms.recipe_rows import recipe_rows
from desktop.forms.row import Choice, Group, Row
from desktop.viewmodels.route_edits import moved_cache, moved_route
from pricing.plan.hybrid import Fleet, Hybrid, ResultCache, Route, ServersFrom
from pricing.plan.option import TokenPriced
from pricing.plan.plan import Plan


def _t(text: str) -> str:
    return QCoreApplication.translate("RouteForm", text)


Part = TypeVar("Part", Route, ResultCache)


def _class_row(make: RowMaker, plan: Plan, part: Part, moved: Callable[[str], Part]) -> Row:
    """A row for the request class; another one comes with a share that fits beside the others."""
    choices = tuple(
        Choice(item.name, part if item.id == part.request_class else moved(item.id))
        for item in plan.workload
    )
    chosen = next(n for n, item in enumerate(plan.workload) if item.id == part.request_class)
    return make.whole_choice("request_class", _t("Request class"), choices, chosen)


def route_form(plan: Plan, hybrid: Hybrid, number: int) -> tuple[Group, ...]:
    """Rows of a route, grouped by the question they answer."""
    route = hybrid.routes[number]
    make = RowMaker(route, f"options.{hybrid.id}.routes.{number}", plan.currency)
    suppliers = tuple(Choice(o.name, o.id) for o in plan.options if isinstance(o, TokenPriced))
    nobody = Choice(_t("nobody: reported as unserved"), None)
    rest = [
        make.choice("overflow", _t("When servers are full or down, by"), (nobody, *suppliers)),
        make.choice(
            "failover",
            _t("During outages, by") if route.overflow is None else _t("While that is down, by"),
            (nobody, *suppliers),
        ),
    ]
    if route.overflow is not None:
        rest.append(make.number("order", _t("Takes servers in order"), _t("1 first")))
    recipe = recipe_rows(make.inside("recipe"), route.recipe, plan, route.request_class)
    return (
        Group(
            _t("Which requests?"),
            (
                _class_row(make, plan, route, lambda name: moved_route(hybrid, number, name)),
                _shares(make),
            ),
        ),
        Group(_t("Who answers them?"), recipe),
        Group(_t("And who when not?"), tuple(rest)),
    )


def _shares(make: RowMaker) -> Row:
    row = make.special("shares", _t("Share of the class"), "steps")
    return replace(row, listing="share", limits=Limits(low=0, high=1, percent=True))


def recipe_form(plan: Plan, number: int) -> tuple[Group, ...]:
    """Rows of a recipe of two options that an optimiser may use."""
    recipe = plan.rules.recipes[number]
    make = RowMaker(recipe, f"rules.recipes.{number}", plan.currency)
    return (
        Group(
            _t("How may two options share a request?"), recipe_rows(make, recipe, plan, pairs=True)
        ),
    )


def cache_form(plan: Plan, hybrid: Hybrid, number: int) -> tuple[Group, ...]:
    """Rows of a result cache."""
    cache = hybrid.caches[number]
    make = RowMaker(cache, f"options.{hybrid.id}.caches.{number}", plan.currency)
    as_mean = _t("as on average")
    return (
        Group(
            _t("Whose answers are kept, and where?"),
            (
                _class_row(make, plan, cache, lambda name: moved_cache(hybrid, number, name)),
                make.text("zone", _t("Data zone"), _t("region or tenant; one for all")),
                make.number("zone_share", _t("Comes from this zone"), _t("% of the class")),
            ),
        ),
        Group(
            _t("How often does it know the answer?"),
            (
                make.number("hit_rate", _t("Hit rate"), _t("% of requests")),
                make.number(
                    "peak_hit_rate", _t("At the busiest hour"), _t("% of requests"),
                    placeholder=as_mean,
                ),
                make.number("false_hits", _t("Wrong hits"), _t("% of hits")),
            ),
        ),
    )  # fmt: skip


def cache_costs_form(plan: Plan, hybrid: Hybrid) -> tuple[Group, ...]:
    """Rows of what result caches cost."""
    make = RowMaker(hybrid, f"options.{hybrid.id}", plan.currency)
    rows = (
        make.number("lookup_cost", _t("A look-up"), _t("each")),
        make.number("store_cost", _t("Keeping an answer"), _t("each")),
    )
    return (Group(_t("What do result caches cost?"), rows),)


def servers_form(plan: Plan, hybrid: Hybrid, option: str) -> tuple[Group, ...]:
    """Rows of the servers of one option: whether they follow the load, or how many by month."""
    place = next((n for n, fleet in enumerate(hybrid.fleets) if fleet.option == option), None)
    fleet = None if place is None else hybrid.fleets[place]
    make = RowMaker(hybrid, f"options.{hybrid.id}", plan.currency)
    others = tuple(f for f in hybrid.fleets if f.option != option)
    decided = Fleet(option=option, servers=(ServersFrom(servers=1),))
    kept = hybrid.fleets if fleet is not None and fleet.servers else (*others, decided)
    ways = (
        Choice(_t("as many as the load needs"), others),
        Choice(_t("as decided, by month"), kept),
    )
    held = int(fleet is not None and bool(fleet.servers))
    row = make.choice(
        "fleets", _t("Servers in service"), ways, lambda _now, way: way is ways[held].value
    )
    rows = [replace(row, default=others, default_choice=0)]
    if fleet is not None and fleet.servers:
        inside = RowMaker(fleet, f"options.{hybrid.id}.fleets.{place}", plan.currency)
        steps = inside.special("servers", _t("How many"), "steps")
        limits = Limits(low=0, high=100_000, whole=True)
        rows.append(
            replace(steps, listing="servers", limits=limits, unit=_t("servers"),
                    default=fleet.servers)
        )  # fmt: skip
    return (Group(_t("How many servers, and when?"), tuple(rows)),)
