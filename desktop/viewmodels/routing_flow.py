"""The flow of a hybrid: classes, result cache, recipes, options, and what nobody serves."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from PySide6.QtCore import QCoreApplication

from desktop.charts.spec import Flow, FlowLink, FlowNode
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_costs import FloatArray, HybridCosts, Part
from desktop.viewmodels.routing_words import recipe_name, recipe_words
from desktop.viewmodels.words import compact, money, percent
from pricing.bill.hybrid import ClassLines, RouteLines
from pricing.ledger import Line
from pricing.plan.recipe import Direct

Measure = Literal["volume", "cost"]
CLASSES, CACHE, STEPS, ENDS = range(4)
CACHED, NOBODY, SHARED, FIXED = "cached", "nobody", "shared", "fixed"
CACHE_NODE = "cache"
TINY = 1e-9


def _t(text: str) -> str:
    return QCoreApplication.translate("RoutingFlow", text)


@dataclass(slots=True)
class _Drawing:
    """Nodes and links as they are found."""

    nodes: dict[str, FlowNode] = field(default_factory=dict)
    links: list[FlowLink] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    """Ledger key of what stands behind a node or a link."""

    def put(self, node: FlowNode, key: str = "") -> None:
        """Add a node, or more to one that is there."""
        known = self.nodes.get(node.key)
        self.nodes[node.key] = (
            node if known is None else replace(known, value=known.value + node.value)
        )
        if key:
            self.keys.setdefault(node.key, key)

    def join(self, link: FlowLink, key: str = "") -> None:
        """Add a link whose source is there."""
        self.links.append(link)
        if key:
            self.keys[link.key] = key


@dataclass(frozen=True, slots=True)
class RoutingFlow:
    """The chart, and what a click on it explains."""

    spec: Flow
    keys: dict[str, str]
    """Ledger key by the key of a node or link."""
    month: int | None
    unit: str
    """What numbers stand for, and over what time."""


def routing_flow(
    costs: HybridCosts, colours: OptionColours, measure: Measure, month: int | None
) -> RoutingFlow:
    """Where requests of a hybrid go, or what they cost on the way.

    Args:
        costs: The evaluated hybrid.
        colours: Of its members.
        measure: Whether bands are as wide as requests or as cost.
        month: Number of a month; none means the whole plan: a mean month's requests, all cost.
    """
    drawing = _Drawing()
    made = _Volume(costs, month) if measure == "volume" else _Cost(costs, month)
    _options(costs, colours, drawing)
    for line in costs.lines.classes:
        made.draw(line, drawing)
    made.finish(drawing)
    kept = {link.source for link in drawing.links} | {link.target for link in drawing.links}
    nodes = tuple(node for node in drawing.nodes.values() if node.key in kept)
    return RoutingFlow(
        _spec(costs, nodes, tuple(drawing.links), measure, month), drawing.keys, month,
        _unit_sentence(costs, measure, month),
    )  # fmt: skip


def _unit_sentence(costs: HybridCosts, measure: Measure, month: int | None) -> str:
    """What numbers stand for: requests of a mean month, but the cost of the whole plan."""
    evaluation = costs.evaluation
    if month is not None:
        template = _t("requests in {month}") if measure == "volume" else _t("{currency} in {month}")
        return template.format(
            month=evaluation.month_labels[month - 1], currency=evaluation.plan.currency
        )
    if measure == "volume":
        template = _t("requests a month, mean of {months} months")
    else:
        template = _t("{currency} over {months} months, undiscounted")
    return template.format(currency=evaluation.plan.currency, months=evaluation.plan.months)


def _options(costs: HybridCosts, colours: OptionColours, drawing: _Drawing) -> None:
    for member in costs.lines.members:
        option = member.option
        drawing.put(
            FlowNode(f"option.{option.id}", option.name, ENDS, 0.0, colours.of(option.id)),
            member.cash.key,
        )


class _Volume:
    """Bands as wide as requests."""

    def __init__(self, costs: HybridCosts, month: int | None) -> None:
        self._costs, self._month = costs, month

    def _of(self, line: Line | None) -> float:
        return 0.0 if line is None else self._part(self._costs.monthly(line))

    def _part(self, values: FloatArray) -> float:
        return max(0.0, float(values.mean() if self._month is None else values[self._month - 1]))

    def draw(self, line: ClassLines, drawing: _Drawing) -> None:
        """One class and all its routes."""
        name = f"class.{line.asked.key}"
        asked = self._of(line.asked.requests)
        drawing.put(FlowNode(name, line.asked.name, CLASSES, asked), line.asked.requests.key)
        source = name
        if line.hits is not None:
            source = CACHE_NODE
            drawing.put(FlowNode(CACHE_NODE, _t("Result cache"), CACHE, asked))
            drawing.join(FlowLink(f"{name}.cache", name, CACHE_NODE, asked))
            hits = self._of(line.hits)
            drawing.put(FlowNode(CACHED, _t("Answered from cache"), ENDS, hits), line.hits.key)
            drawing.join(FlowLink(f"{name}.hits", CACHE_NODE, CACHED, hits), line.hits.key)
        for one in self._costs.lines.routes:
            if one.route.request_class == line.asked.request_class.id:
                self._route(one, source, drawing)
        self._lost(f"{name}.unrouted", source, line.unrouted, drawing, _t("no route"))

    def _lost(self, key: str, source: str, line: Line, drawing: _Drawing, label: str) -> None:
        value = self._of(line)
        if value > TINY:
            drawing.put(FlowNode(NOBODY, _t("Not served"), ENDS, value, broken=True), line.key)
            drawing.join(FlowLink(key, source, NOBODY, value, label=label), line.key)

    def _route(self, one: RouteLines, source: str, drawing: _Drawing) -> None:
        key = f"route.{one.number}"
        own = {p.role: p for p in self._costs.parts(one) if p.role not in {"overflow", "failover"}}
        answered = _answered(own, self._part)
        if not isinstance(one.route.recipe, Direct):
            recipe = one.route.recipe
            value = sum(answered.values())
            if one.overflowed is None:
                value += sum(self._part(p.left) for p in own.values())
            names = {m.option.id: m.option.name for m in self._costs.lines.members}
            note = recipe_words(recipe, names)
            drawing.put(FlowNode(key, recipe_name(recipe), STEPS, value, note=note),
                        one.assigned.key)  # fmt: skip
            drawing.join(FlowLink(f"{key}.in", source, key, value), one.assigned.key)
            step = key
        else:
            step = source
        for role, part in own.items():
            target = f"option.{part.option}"
            drawing.put(replace(drawing.nodes[target], value=answered[role]))
            label = _label(role)
            link = FlowLink(f"{key}.{role}", step, target, answered[role], label=label)
            drawing.join(link, part.key)
            stage = next(s for s in one.stages if s.role == role)
            if stage.left is not None and one.overflowed is None:
                self._lost(f"{key}.{role}.lost", step, stage.left, drawing, _t("no room"))
        for role, option, line in (
            ("overflow", one.route.overflow, one.overflowed),
            ("failover", one.route.failover, one.stood_in),
        ):
            if option is not None and line is not None:
                self._beyond(f"{key}.{role}", source, option, self._of(line), _label(role),
                             line.key, drawing)  # fmt: skip
        if one.lost is not None:
            self._lost(f"{key}.lost", source, one.lost, drawing, _t("outage"))

    def _beyond(
        self, key: str, source: str, option: str, value: float, label: str, line: str,
        drawing: _Drawing,
    ) -> None:  # fmt: skip
        target = f"option.{option}"
        drawing.put(replace(drawing.nodes[target], value=value))
        link = FlowLink(key, source, target, value, label=label, dashed=True)
        drawing.join(link, line)

    def finish(self, drawing: _Drawing) -> None:
        """Nothing more: every request has been drawn."""


class _Cost:
    """Bands as wide as cost; what no request causes is drawn as shared by all."""

    def __init__(self, costs: HybridCosts, month: int | None) -> None:
        self._costs, self._month = costs, month
        self._drawn = 0.0

    def draw(self, line: ClassLines, drawing: _Drawing) -> None:
        """One class and all its routes."""
        name = f"class.{line.asked.key}"
        routes = [
            one for one in self._costs.lines.routes
            if one.route.request_class == line.asked.request_class.id
        ]  # fmt: skip
        parts = [(one, part) for one in routes for part in self._costs.parts(one, self._month)]
        total = sum(max(0.0, part.cost) for _, part in parts)
        drawing.put(FlowNode(name, line.asked.name, CLASSES, total), line.asked.requests.key)
        steps: dict[int, float] = {}
        for place, (one, part) in enumerate(parts):
            cost = max(0.0, part.cost)
            self._drawn += cost
            target, source = f"option.{part.option}", name
            if not isinstance(one.route.recipe, Direct) and part.role != "failover":
                source = f"route.{one.number}"
                steps[one.number] = steps.get(one.number, 0.0) + cost
            drawing.put(replace(drawing.nodes[target], value=cost))
            label = _label(part.role)
            dashed = part.role in {"overflow", "failover"}
            link = FlowLink(
                f"cost.{one.number}.{place}", source, target, cost, label=label, dashed=dashed
            )
            drawing.join(link, part.cost_key)
        for one in routes:
            if one.number in steps:
                key = f"route.{one.number}"
                title = recipe_name(one.route.recipe)
                drawing.put(FlowNode(key, title, STEPS, steps[one.number]))
                drawing.join(FlowLink(f"{key}.in", name, key, steps[one.number]))

    def finish(self, drawing: _Drawing) -> None:
        """Add what no request causes: people, setup, gateway, idle servers, resale."""
        rest = self._costs.total(self._month) - self._drawn
        if rest > TINY:
            cash = self._costs.bill.cash.key
            drawing.put(FlowNode(SHARED, _t("Shared by all"), CLASSES, rest))
            drawing.put(FlowNode(FIXED, _t("People, gateway, fixed cost"), ENDS, rest), cash)
            drawing.join(FlowLink("shared.fixed", SHARED, FIXED, rest), cash)


def _answered(own: dict[str, Part], of: Callable[[FloatArray], float]) -> dict[str, float]:
    """Requests that each stage answers for good: what goes on to the next stage is not counted."""
    sent = {role: of(part.requests) for role, part in own.items()}
    left = {role: of(part.left) for role, part in own.items()}
    onward = {"small": sent.get("large", 0.0), "base": sent.get("enhancement", 0.0)}
    return {
        role: max(0.0, value - left[role] - onward.get(role, 0.0)) for role, value in sent.items()
    }


def _label(role: str) -> str:
    """One word for what a stage of a recipe answers."""
    return {
        "base": _t("base answer"),
        "enhancement": _t("enhanced"),
        "small": _t("accepted"),
        "large": _t("escalated"),
        "weak": _t("easy"),
        "strong": _t("hard"),
        "overflow": _t("overflow"),
        "failover": _t("failover"),
    }.get(role, "")


def _spec(
    costs: HybridCosts, nodes: tuple[FlowNode, ...], links: tuple[FlowLink, ...],
    measure: Measure, month: int | None,
) -> Flow:  # fmt: skip
    evaluation = costs.evaluation
    currency = evaluation.plan.currency
    when = (
        "" if month is None else _t(" in {month}").format(month=evaluation.month_labels[month - 1])
    )
    if measure == "volume":
        unit = _t("requests a month") if month is None else _t("requests")
        heading = _t("Requests")
    else:
        unit = heading = currency
    title = _title(costs, nodes, measure, when)
    return Flow(
        title=title,
        summary=_t("Bands lead from request classes to the options that answer them. {title}.")
        .format(title=title),
        unit=unit,
        columns=(_t("Request classes"), _t("Result cache"), _t("Recipes"), _t("Answered by")),
        nodes=nodes,
        links=links,
        number=compact,
        percent=percent,
        headings=(_t("From"), _t("To"), heading, _t("Share")),
    )  # fmt: skip


def _title(costs: HybridCosts, nodes: tuple[FlowNode, ...], measure: Measure, when: str) -> str:
    ends = [node for node in nodes if node.column == ENDS]
    total = sum(node.value for node in ends)
    if not ends or total <= 0:
        return _t("Nothing flows{when}").format(when=when)
    most = max(ends, key=lambda node: node.value)
    share = percent(most.value / total)
    if measure == "cost":
        template = _t("{name} is {share} of the cost{when}: {amount}")
        amount = money(most.value, costs.evaluation.plan.currency)
        return template.format(name=most.label, share=share, when=when, amount=amount)
    if most.key == NOBODY:
        template = _t("{share} of all requests are not served{when}")
    elif most.key == CACHED:
        template = _t("{share} of all requests are answered from the cache{when}")
    else:
        template = _t("{name} answers {share} of all requests{when}")
    return template.format(name=most.label, share=share, when=when)
