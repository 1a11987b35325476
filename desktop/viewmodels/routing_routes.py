"""The table of routes: which share of a class is answered how, at what cost, how well."""

from dataclasses import dataclass
from typing import Final, TypedDict

from PySide6.QtCore import QCoreApplication

from desktop.entry.limits import Limits
from desktop.tables.edit_cells import EditCell, EditColumn, Tone
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_costs import HybridCosts, Part
from desktop.viewmodels.routing_words import capital, names_of, route_words, steps_words
from desktop.viewmodels.words import compact, percent, score_text, significant, whole_money
from pricing.bill.hybrid import RouteLines
from pricing.bill.speeds import predicted_speeds
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.plan import Plan
from pricing.routing.waiting import answer_wait, first_token_wait

CLASS, HOW, SHARE, ORDER, REQUESTS, COST, QUALITY = range(7)
SHARES: Final = Limits(low=0, high=1, percent=True)
MOST_STEPS: Final = 3
"""Shares of a route over the months that are told one by one."""
ORDERS: Final = Limits(low=1, high=100, whole=True)


class Minded(TypedDict):
    """The third line of a cell."""

    third: str
    third_tone: Tone


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and cells."""

    columns: tuple[EditColumn, ...]
    rows: tuple[tuple[EditCell, ...], ...]


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingRoutes", text)


def routes_table(
    plan: Plan, hybrid: Hybrid, colours: OptionColours, costs: HybridCosts | None
) -> Table:
    """The routes of a hybrid in the order of `route_order`.

    There are figures of the bill only where there is one of these routes.
    """
    columns = (
        EditColumn(_t("Request class"), width=104, roomy=156),
        EditColumn(_t("How it is answered"), width=-1),
        EditColumn(_t("Share"), right=True, width=132, tip=share_of(hybrid)),
        EditColumn(
            _t("Order"), right=True, width=64,
            tip=_t("Rank in which routes with overflow take servers in short supply, 1 first"),
        ),
        EditColumn(
            _t("Requests"), right=True, width=84, gives_way=True,
            tip=_t("A month, mean over the plan"),
        ),
        EditColumn(
            _t("Cost, {currency}").format(currency=plan.currency), right=True, width=112,
            tip=_t("Over the plan; servers in proportion to busy hours"),
        ),
        EditColumn(
            _t("Score"), right=True, width=64, gives_way=True,
            tip=_t("Quality score of its answers"),
        ),
    )  # fmt: skip
    known = _known(hybrid, costs)
    classes = {item.id: item.name for item in plan.workload}
    names = names_of(plan)
    rows = []
    for number in route_order(plan, hybrid):
        route, line = hybrid.routes[number], known.get(number)
        rows.append(
            (
                EditCell(classes[route.request_class], bold=True),
                EditCell(
                    capital(route_words(route, names)),
                    second=_waiting(plan, route, costs),
                    **_minded(costs, f"options.{hybrid.id}.routes.{number}"),
                    colour=colours.of(route.recipe.uses[0]),
                ),
                _share(route),
                _order(route),
                *_figures(line, costs),
            )
        )
    return Table(columns, tuple(rows))


def route_order(plan: Plan, hybrid: Hybrid) -> tuple[int, ...]:
    """Numbers of the routes, counted from 0, as they are listed: those of a class together."""
    classes = [item.id for item in plan.workload]
    places = [classes.index(route.request_class) for route in hybrid.routes]
    return tuple(sorted(range(len(places)), key=lambda number: (places[number], number)))


def share_of(hybrid: Hybrid) -> str:
    """What the shares of routes are of."""
    if hybrid.caches:
        return _t("Share of the requests of the class that its result cache leaves over")
    return _t("Share of the class's requests")


def _known(hybrid: Hybrid, costs: HybridCosts | None) -> dict[int, RouteLines]:
    """Evaluated routes by their place, as far as they are those of the plan now."""
    if costs is None:
        return {}
    return {
        one.number - 1: one
        for one in costs.lines.routes
        if one.number <= len(hybrid.routes) and one.route == hybrid.routes[one.number - 1]
    }


def _minded(costs: HybridCosts | None, path: str) -> Minded:
    """What the findings at a path say, in red where a rule is broken."""
    if costs is None:
        return {"third": "", "third_tone": "caution"}
    tone: Tone = "broken" if costs.is_broken_at(path) else "caution"
    return {"third": costs.told_at(path), "third_tone": tone}


def _share(route: Route) -> EditCell:
    steps = route.shares
    if len(steps) == 1 and steps[0].from_month == 1:
        share = steps[0].share
        return EditCell(percent(share), edit=SHARES, value=share, right=True)
    tip = _t("Changes over the months; edit the route to change it")
    if len(steps) > MOST_STEPS:
        least, most = min(s.share for s in steps), max(s.share for s in steps)
        between = _t("{least} to {most}").format(least=percent(least), most=percent(most))
        count = _t("in {n} steps").format(n=len(steps))
        return EditCell(between, second=count, right=True, tip=f"{steps_words(steps)}\n{tip}")
    first = percent(steps[0].share if steps[0].from_month == 1 else 0.0)
    later = steps[1:] if steps[0].from_month == 1 else steps
    told = ", ".join(steps_words((step,)).replace(" ", "\u00a0") for step in later)
    return EditCell(first, second=told, right=True, tip=tip)  # a line breaks between steps


def _order(route: Route) -> EditCell:
    if route.overflow is None:
        return EditCell("–", tone="quiet", right=True, tip=_t("Only routes with overflow wait"))
    return EditCell(str(route.order), edit=ORDERS, value=route.order, right=True)


def _waiting(plan: Plan, route: Route, costs: HybridCosts | None) -> str:
    """How long readers wait, as far as it is known."""
    item = next(c for c in plan.workload if c.id == route.request_class)
    speeds = {} if costs is None else predicted_speeds(costs.evaluation.bill.predictions, item.id)
    begin = first_token_wait(plan, route.recipe, item, speeds)
    whole = answer_wait(plan, route.recipe, item, speeds)
    if begin is None:
        return _t("answer after {n} s").format(n=significant(whole.typical, 2)) if whole else ""
    if whole is None:
        return _t("first token after {n} s").format(n=significant(begin.typical, 2))
    return _t("first token after {begin} s, answer after {whole} s").format(
        begin=significant(begin.typical, 2), whole=significant(whole.typical, 2)
    )


def _figures(line: RouteLines | None, costs: HybridCosts | None) -> tuple[EditCell, ...]:
    if line is None or costs is None:
        waiting = EditCell("…", tone="quiet", right=True)
        return (waiting,) * 3
    mean = float(costs.monthly(line.assigned).mean())
    requests = EditCell(compact(mean), key=line.assigned.key, month=1, right=True,
                        tip=_t("Mean month; a click explains the first"))  # fmt: skip
    return requests, _cost(costs.parts(line), costs), _quality(line, costs)


def _cost(parts: tuple[Part, ...], costs: HybridCosts) -> EditCell:
    """What a route costs; explained where it is a line of the ledger, told in parts where not."""
    total = sum(part.cost for part in parts)
    most = max(parts, key=lambda part: part.cost)
    whole = costs.evaluation.values.number(costs.evaluation.line(most.cost_key))
    names = {member.option.id: member.option.name for member in costs.lines.members}
    tip = "\n".join(
        _t("{name}: {amount}").format(name=names[part.option], amount=whole_money(part.cost))
        for part in parts
    )
    key = most.cost_key if abs(whole - total) <= 1e-9 * abs(total) else ""
    if not key:
        tip += "\n" + _t("Shared with other routes of the class in proportion to requests.")
    return EditCell(whole_money(total), key=key, right=True, tip=tip)


def _quality(line: RouteLines, costs: HybridCosts) -> EditCell:
    if line.quality is None:
        tip = _t("A model of this route has no quality score")
        return EditCell("–", tone="quiet", right=True, tip=tip)
    score = float(costs.monthly(line.quality)[0])
    month = 1 if line.quality.timed else None
    return EditCell(score_text(round(score, 3)), key=line.quality.key, month=month, right=True)
