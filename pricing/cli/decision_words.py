"""Routes, recipes and months of a decision in words."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from pricing.cli.numbers import percent
from pricing.cli.texts import _
from pricing.plan.hybrid import Route
from pricing.plan.plan import Plan
from pricing.routing.words import answered_by

SHOWN = 0.0005
"""Shares below this are shown as nothing."""
MOST_SPANS = 8
"""Spans of months in which a share is listed; where it changes more often, years are."""


def names_of(plan: Plan) -> dict[str, str]:
    """Names of the options by id."""
    return {option.id: option.name for option in plan.options}


def route_rows(plan: Plan, routes: Iterable[Route], labels: Sequence[str]) -> list[list[str]]:
    """A row per class, recipe and span of months: class, who answers, months, share.

    Routes that differ only in where they overflow to are one; equal shares of successive months
    are one span.
    """
    names = names_of(plan)
    rows = []
    known = list(routes)
    for one in plan.workload:
        mine = [route for route in known if route.request_class == one.id]
        recipes = dict.fromkeys(route.recipe for route in mine)
        listed = [[route for route in mine if route.recipe == recipe] for recipe in recipes]
        shares = [_summed(alike, len(labels)) for alike in listed]
        first = True
        for alike, monthly in zip(listed, shares, strict=True):
            said = answered_by(alike, names, _)
            for months, share in spans(monthly, labels):
                rows.append([one.name if first else "", said, months, percent(share)])
                first, said = False, ""
        if not mine:
            rows.append([one.name, _("nobody"), span(labels, 0, len(labels) - 1), percent(0)])
    return rows


def _summed(routes: Sequence[Route], months: int) -> list[float]:
    total = [0.0] * months
    for route in routes:
        for month, share in enumerate(steps(route, months)):
            total[month] += share
    return total


def steps(route: Route, months: int) -> list[float]:
    """The share of a route in every month."""
    values = [0.0] * months
    for step in route.shares:
        values[step.from_month - 1 :] = [step.share] * (months - step.from_month + 1)
    return values


def spans(values: Sequence[float], labels: Sequence[str]) -> list[tuple[str, float]]:
    """Spans of months with the value in them; where it changes often, means of plan years."""
    steady = _runs(values, lambda month: round(values[month] / SHOWN / 2))
    if len(steady) <= MOST_SPANS:
        return [(span(labels, run[0], run[-1]), values[run[0]]) for run in steady]
    found = []
    for run in _runs(values, lambda month: (month // 12, round(values[month] / SHOWN / 2) > 0)):
        shares = [values[month] for month in run]
        said = span(labels, run[0], run[-1])
        if max(shares) - min(shares) > SHOWN:
            said = _("{months}, on average").format(months=said)
        found.append((said, sum(shares) / len(shares)))
    return found


def _runs(values: Sequence[float], alike: Callable[[int], object]) -> list[list[int]]:
    """Successive months that are alike and have a value worth showing."""
    runs = [list(group) for _key, group in groupby(range(len(values)), key=alike)]
    return [run for run in runs if max(values[month] for month in run) >= SHOWN]


def span(labels: Sequence[str], first: int, last: int) -> str:
    """Months by their labels: 2027-01 to 2027-06."""
    if first == last:
        return labels[first]
    return _("{first} to {last}").format(first=labels[first], last=labels[last])


def months_of(flags: Sequence[bool], labels: Sequence[str]) -> str:
    """Months that are flagged, as spans."""
    found = [
        [month for month, _flag in group]
        for flag, group in groupby(enumerate(flags), key=lambda item: bool(item[1]))
        if flag
    ]
    return ", ".join(span(labels, months[0], months[-1]) for months in found)
