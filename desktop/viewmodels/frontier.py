"""The frontier of a plan: what each level of quality, purchases or work on premises costs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from desktop.charts.spec import Frontier, FrontierMark, FrontierPoint, NumberText
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.proposal_figures import (
    PURCHASES,
    by_year,
    mean_score,
    single_of,
    yearly_purchases,
)
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.words import money, number, percent
from pricing.plan.option import Appliance, OwnedServers
from pricing.plan.plan import Plan

if TYPE_CHECKING:
    from pricing.optimise.questions.frontier import Frontier as FoundFrontier
    from pricing.optimise.questions.levels import Axis
    from pricing.optimise.questions.points import Point

AXES: Final[tuple["Axis", ...]] = ("quality", "capex", "on_premises")
POINTS: Final = 8
THOUSAND = 1000.0
SAME = 1e-3
WIDE, NARROW = 0.2, 0.02
"""Ranges of a share from which on ticks need no decimal, or one."""


@dataclass(frozen=True, slots=True)
class FrontierView:
    """A chart, and the points behind its points."""

    spec: Frontier
    points: tuple["Point", ...]
    labels: tuple[str, ...]
    """What each point is, for a list."""


def _t(text: str) -> str:
    return QCoreApplication.translate("Frontier", text)


def axis_name(axis: "Axis") -> str:
    """What a frontier is over."""
    return {
        "quality": _t("Quality"), "capex": _t("Purchases"), "on_premises": _t("On premises"),
    }[axis]  # fmt: skip


def axis_question(axis: "Axis") -> str:
    """What a frontier answers."""
    return {
        "quality": _t("What does better quality cost?"),
        "capex": _t("What does it cost to buy less?"),
        "on_premises": _t("What does it cost to serve more on premises?"),
    }[axis]


def axis_explained(axis: "Axis") -> str:
    """What the level of a point means."""
    return {
        "quality": _t("Each point is the cheapest decision whose answers score at least so much."),
        "capex": _t("Each point is the cheapest decision that buys for at most so much a year."),
        "on_premises": _t(
            "Each point is the cheapest decision that serves at least so much on premises."
        ),
    }[axis]  # fmt: skip


def frontier_view(
    axis: "Axis", points: Sequence["Point"], costs: HybridCosts | None, currency: str,
    colours: OptionColours, *, selected: int | None = None,
) -> FrontierView:  # fmt: skip
    """The chart of a frontier, complete or growing.

    Args:
        axis: What the levels are of.
        points: Those found, in the order in which they were.
        costs: The hybrid as it is now, for a mark; none without its bill.
        currency: Of the plan.
        colours: Of the options.
        selected: Place of the point that stands out, in the order of the chart.
    """
    scale = THOUSAND if axis == "capex" else 1.0
    ordered = tuple(sorted(points, key=lambda point: point.level))
    text = _level_text(axis, currency, [point.level * scale for point in ordered])
    cost = _cost_text(currency, [point.npv for point in ordered])
    cheapest = min((point.npv for point in ordered), default=0.0)
    months = costs.evaluation.plan.months if costs is not None else 0
    spec = Frontier(
        title=_title(axis, points, currency),
        summary=axis_explained(axis),
        x_title={
            "quality": _t("Least mean score of all answers"),
            "capex": _t("Most purchases in a year"),
            "on_premises": _t("Least share of all tokens served on premises"),
        }[axis],
        y_title=_t("Net present cost over {n} months").format(n=months) if months
        else _t("Net present cost"),
        points=tuple(
            FrontierPoint(
                point.level * scale, point.npv,
                point.bound if math.isfinite(point.bound) else math.nan,
                _label(cost(point.npv), point.npv, cheapest), _note(axis, point, currency),
            )
            for point in ordered
        ),
        marks=() if costs is None else tuple(_marks(axis, costs, colours)),
        number=cost,
        x_number=text,
        steps=True,
        bound_name=_t("a better decision could be this much cheaper at most"),
        bound_said=_t("No decision can cost less than"),
        selected=selected,
        headings=(_t("Decision"), axis_name(axis), _t("Net present cost"),
                  _t("Cannot cost less than")),
    )  # fmt: skip
    labels = tuple(
        _t("{level}: {amount}").format(
            level=_level(axis, text(point.level * scale)), amount=money(point.npv, currency)
        )
        for point in ordered
    )
    return FrontierView(spec, ordered, labels)


def frontier_said(frontier: "FoundFrontier", plan: Plan, wanted: int) -> str:
    """What must be said beside the points: levels out of reach and why, points left out."""
    from pricing.optimise.questions.frontier_sentences import frontier_statements, sentence

    stated = frontier_statements(frontier, plan, wanted)
    return " ".join(
        sentence(one, lambda text: QCoreApplication.translate("Optimiser", text)) for one in stated
    )


def _level_text(axis: "Axis", currency: str, levels: Sequence[float] = ()) -> NumberText:
    """Levels as they are written, with as many digits as tell those of a range apart."""
    span = (max(levels) - min(levels) if levels else 0.0) or NARROW
    if axis == "capex":
        return lambda value: money(value, currency, _digits(levels))
    decimals = 0 if span >= WIDE else 1 if span >= NARROW else 2
    return lambda value: f"{number(value * 100, decimals)}\u00a0%"


def _cost_text(currency: str, costs: Sequence[float]) -> NumberText:
    return lambda value: money(value, currency, _digits(costs))


def _digits(values: Sequence[float]) -> int:
    """Significant digits that tell a tenth of the range of values apart; 3 at least."""
    high = max((abs(value) for value in values), default=0.0)
    span = max(values, default=0.0) - min(values, default=0.0)
    if high <= 0 or span <= high * SAME:
        return 3
    return max(3, math.ceil(math.log10(high / (span / 10))))


def _label(cost: str, npv: float, cheapest: float) -> str:
    """What stands beside a point: what it costs, and how much more than the cheapest."""
    if cheapest <= 0 or npv <= cheapest * (1 + SAME):
        return cost
    return _t("{cost} ({more})").format(cost=cost, more=percent(npv / cheapest - 1, signed=True))


def _level(axis: "Axis", text: str) -> str:
    template = {
        "quality": _t("score of at least {level}"),
        "capex": _t("at most {level} a year"),
        "on_premises": _t("at least {level} on premises"),
    }[axis]
    return template.format(level=text)


def point_note(axis: "Axis", point: "Point", currency: str) -> str:
    """What sets the decision of a point apart, as a sentence."""
    level = _level_text(axis, currency)(point.level * (THOUSAND if axis == "capex" else 1.0))
    template = {
        "quality": _t("The cheapest decision found with a mean score of at least {level}."),
        "capex": _t("The cheapest decision found that buys for at most {level} a year."),
        "on_premises": _t("The cheapest decision found with at least {level} served on premises."),
    }[axis]
    return template.format(level=level)


def _note(axis: "Axis", point: "Point", currency: str) -> str:
    if axis == "quality":
        return _t("reaches {value}; a click shows it").format(
            value=f"{number(point.reached * 100, 1)}\u00a0%"
        )
    if axis == "capex":
        return _t("buys for {value} over the plan; a click shows it").format(
            value=money(point.reached * THOUSAND, currency)
        )
    return _t("serves {value} on premises; a click shows it").format(value=percent(point.reached))


def _title(axis: "Axis", points: Sequence["Point"], currency: str) -> str:
    if not points:
        return _t("No decision was found")
    loose, strict = points[0], points[-1]
    more = strict.npv - loose.npv
    amount = money(abs(more), currency)
    scale = THOUSAND if axis == "capex" else 1.0
    text = _level_text(axis, currency, (loose.level * scale, strict.level * scale))
    low, high = text(loose.level * scale), text(strict.level * scale)
    if len(points) == 1 or abs(strict.level - loose.level) < SAME * max(1.0, abs(loose.level)):
        said = {
            "quality": _t("The cheapest decision already has the best score, {low}"),
            "capex": _t("The cheapest decision buys nothing"),
            "on_premises": _t("The cheapest decision already serves {low} on premises"),
        }[axis]
        return said.format(low=low)
    if abs(more) <= SAME * abs(loose.npv):
        template = {
            "quality": _t("Raising the mean score from {low} to {high} costs next to nothing"),
            "capex": _t("Buying for {high} instead of {low} a year costs next to nothing"),
            "on_premises": _t("Serving {high} instead of {low} on premises costs next to nothing"),
        }[axis]
    else:
        template = {
            "quality": _t("Raising the mean score from {low} to {high} costs {amount} more"),
            "capex": _t(
                "Buying for at most {high} instead of {low} a year costs {amount} more in all"
            ),
            "on_premises": _t("Serving {high} instead of {low} on premises costs {amount} more"),
        }[axis]  # fmt: skip
    return template.format(low=low, high=high, amount=amount)


def _marks(axis: "Axis", costs: HybridCosts, colours: OptionColours) -> list[FrontierMark]:
    found = []
    evaluation = costs.evaluation
    bill = evaluation.bill_of(costs.bill.option.id)
    here = _measured(axis, costs)
    if here is not None and costs.lines.routes:
        found.append(
            FrontierMark(here, bill.npv.value, _t("Now"), colours.of(bill.id),
                         _t("{name}, as it is in the plan").format(name=bill.name))
        )  # fmt: skip
    single = single_of(evaluation)
    if single is None:
        return found
    name, npv, quality, identifier = single
    option = next(o for o in evaluation.plan.options if o.id == identifier)
    place = quality
    if axis == "on_premises":
        place = 1.0 if isinstance(option, OwnedServers | Appliance) else 0.0
    elif axis == "capex":
        place = _bought(costs, identifier)
    if place is not None:
        note = _t("The cheapest option that serves everything alone")
        found.append(FrontierMark(place, npv, name, colours.of(identifier), note))
    return found


def _measured(axis: "Axis", costs: HybridCosts) -> float | None:
    if axis == "quality":
        return mean_score(costs)
    if axis == "capex":
        return float(yearly_purchases(costs).max(initial=0.0))
    return costs.tokens_at_home()


def _bought(costs: HybridCosts, identifier: str) -> float:
    """Most purchases of a plan year by a single option."""
    bill = costs.evaluation.bill_of(identifier)
    parts = [s.values for name, s in bill.categories.items() if name in PURCHASES]
    return float(by_year(sum(parts[1:], start=parts[0])).max(initial=0.0)) if parts else 0.0
