"""The tables of servers and of result caches."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.entry.limits import Limits
from desktop.tables.edit_cells import EditCell, EditColumn
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_routes import Table
from desktop.viewmodels.routing_words import class_name, steps_words
from desktop.viewmodels.words import kind_name, number, percent, whole_money
from pricing.plan.hybrid import Hybrid, ResultCache
from pricing.plan.option import SelfHosted, ServerOption
from pricing.plan.plan import Plan

NAME, DECIDED, MOST, USE, COST = range(5)
C_CLASS, C_ZONE, C_SHARE, C_HIT, C_PEAK, C_FALSE, C_FOUND = range(7)
SHARES: Final = Limits(low=0, high=1, percent=True)
MAYBE: Final = Limits(low=0, high=1, percent=True, optional=True)
CACHE_FIELDS: Final = {
    C_SHARE: "zone_share", C_HIT: "hit_rate", C_PEAK: "peak_hit_rate", C_FALSE: "false_hits",
}  # fmt: skip


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingServers", text)


def pools(plan: Plan, hybrid: Hybrid) -> tuple[ServerOption, ...]:
    """Options with servers that a route reaches or that a fleet is decided for."""
    used = {use for route in hybrid.routes for use in route.recipe.uses}
    used |= {fleet.option for fleet in hybrid.fleets}
    return tuple(o for o in plan.options if isinstance(o, SelfHosted) and o.id in used)


def servers_table(
    plan: Plan, hybrid: Hybrid, colours: OptionColours, costs: HybridCosts | None
) -> Table:
    """The servers of each option with servers: as decided or as the load needs."""
    columns = (
        EditColumn(_t("Servers of"), width=200),
        EditColumn(_t("In service"), width=-1),
        EditColumn(_t("Most"), right=True, width=88, tip=_t("Most servers in any month")),
        EditColumn(_t("Mean use"), right=True, width=104),
        EditColumn(
            _t("Cost, {currency}").format(currency=plan.currency), right=True, width=120,
            tip=_t("Over the plan, people and setup included"),
        ),
    )  # fmt: skip
    rows = []
    for option in pools(plan, hybrid):
        place, fleet = next(
            ((n, f) for n, f in enumerate(hybrid.fleets) if f.option == option.id), (-1, None)
        )
        told = costs.told_at(f"options.{hybrid.id}.fleets.{place}") if costs else ""
        decided = fleet is not None and bool(fleet.servers)
        words = (
            steps_words(fleet.servers) if fleet is not None and decided
            else _t("as many as the load needs")
        )  # fmt: skip
        second = _t("decided") if decided else ""
        rows.append(
            (
                EditCell(
                    option.name, second=kind_name(option.kind), colour=colours.of(option.id),
                    bold=True,
                ),
                EditCell(words, second=second, third=told),
                *_use(option, costs),
            )
        )  # fmt: skip
    return Table(columns, tuple(rows))


def _use(option: ServerOption, costs: HybridCosts | None) -> tuple[EditCell, ...]:
    none = EditCell("–", tone="quiet", right=True)
    member = None if costs is None else costs.lines.member(option.id)
    if costs is None or member is None or member.fleet is None or member.fleet.servers is None:
        return none, none, none
    servers = costs.monthly(member.fleet.servers)
    month = int(servers.argmax())
    most = EditCell(
        number(float(servers[month]), 0), key=member.fleet.servers.key, month=month + 1, right=True
    )
    use = none
    line = member.fleet.mean_utilisation
    if line is not None:
        use = EditCell(percent(costs.evaluation.values.number(line)), key=line.key, right=True)
    cost = float(costs.monthly(member.cash).sum())
    return most, use, EditCell(whole_money(cost), key=member.cash.key, month=1, right=True,
                               tip=_t("A click explains the first month"))  # fmt: skip


def caches_table(plan: Plan, hybrid: Hybrid, costs: HybridCosts | None) -> Table:
    """The result caches by class and zone; rates can be typed."""
    columns = (
        EditColumn(_t("Request class"), width=-1),
        EditColumn(_t("Zone"), width=96, roomy=152, tip=_t("Where answers may be kept")),
        EditColumn(_t("Of class"), right=True, width=92, tip=_t("Share from this zone")),
        EditColumn(_t("Hit rate"), right=True, width=88),
        EditColumn(_t("At peak"), right=True, width=92, tip=_t("At the busiest hour")),
        EditColumn(_t("Wrong"), right=True, width=84, tip=_t("Share of the hits")),
        EditColumn(_t("Found"), right=True, width=96, tip=_t("Requests of a mean month")),
    )
    rows = []
    for place, cache in enumerate(hybrid.caches):
        peak = cache.peak_hit_rate
        told = costs.told_at(f"options.{hybrid.id}.caches.{place}") if costs else ""
        rows.append(
            (
                EditCell(class_name(plan, cache.request_class), third=told, bold=True),
                EditCell(cache.zone or _t("all"), tone="plain" if cache.zone else "quiet"),
                _rate(cache.zone_share.value),
                _rate(cache.hit_rate.value),
                EditCell(
                    _t("as mean") if peak is None else percent(peak.value), edit=MAYBE,
                    value=None if peak is None else peak.value, right=True,
                    tone="quiet" if peak is None else "plain",
                ),
                _rate(cache.false_hits.value),
                _found(cache, hybrid, costs),
            )
        )  # fmt: skip
    return Table(columns, tuple(rows))


def _rate(value: float) -> EditCell:
    return EditCell(percent(value), edit=SHARES, value=value, right=True)


def _found(cache: ResultCache, hybrid: Hybrid, costs: HybridCosts | None) -> EditCell:
    """Requests of a mean month that a cache answers: its part of what is found for the class."""
    lines = costs.lines.classes if costs is not None else ()
    line = next((c for c in lines if c.asked.request_class.id == cache.request_class), None)
    if costs is None or line is None or line.hits is None:
        return EditCell("–", tone="quiet", right=True)
    alike = [one for one in hybrid.caches if one.request_class == cache.request_class]
    whole = sum(_hits(one) for one in alike)
    mean = float(costs.monthly(line.hits).mean()) * (_hits(cache) / whole if whole else 0.0)
    if len(alike) > 1:
        tip = _t("Mean month; its part of what all zones of the class find")
        return EditCell(whole_money(mean), right=True, tip=tip)
    tip = _t("Mean month; a click explains the first")
    return EditCell(whole_money(mean), key=line.hits.key, month=1, right=True, tip=tip)


def _hits(cache: ResultCache) -> float:
    """Share of the class's requests that a cache answers."""
    return cache.zone_share.value * cache.hit_rate.value
