"""Who answers the requests of each class, as a person would name it: an option, a recipe, a cache.

A request counts once, at whoever answers it: where one option checks or enhances another's answers,
both together are named. Shares are of all requests of a class, so what a result cache answers and
what nobody serves are parts of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pricing.bill.hybrid import ClassLines, HybridLines, RouteLines
from pricing.evaluation import Evaluation
from pricing.ledger import Line
from pricing.optimise.statement import Statement, state
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router

TINY = 1e-9
"""Shares of a class below this are rounding."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which requests of a class are answered."""

    request_class: str
    """Id of the class."""
    who: Statement
    """Who answers, as a phrase."""
    options: tuple[str, ...]
    """Ids of the options that work on it; none for a result cache, and where nobody answers."""
    requests: float
    """Over the horizon."""
    share: float
    """Of all requests of the class."""


def who_answers(recipe: Recipe, names: Mapping[str, str]) -> Statement:
    """A recipe by what it is, not by one of its options."""
    if isinstance(recipe, Direct):
        return state("who.direct", option=names[recipe.option])
    if isinstance(recipe, Cascade):
        return state("who.cascade", small=names[recipe.small], large=names[recipe.large])
    if isinstance(recipe, Router):
        return state("who.router", weak=names[recipe.weak], strong=names[recipe.strong])
    assert isinstance(recipe, Layered)
    return state("who.layered", base=names[recipe.base], enhancement=names[recipe.enhancement])


def ways_of(
    evaluation: Evaluation, lines: HybridLines, names: Mapping[str, str]
) -> tuple[Way, ...]:
    """Every way of every class in the order of the plan, most requests first.

    Args:
        evaluation: Of the plan with the hybrid.
        lines: The ledger lines of the hybrid.
        names: Names of the options by id.
    """
    reader = _Reader(evaluation, lines, names)
    return tuple(way for one in lines.classes for way in reader.of_class(one))


class _Reader:
    def __init__(
        self, evaluation: Evaluation, lines: HybridLines, names: Mapping[str, str]
    ) -> None:
        self._evaluation, self._lines, self._names = evaluation, lines, names

    def _sum(self, line: Line | None) -> float:
        return 0.0 if line is None else float(np.sum(self._evaluation.values.monthly(line)))

    def of_class(self, one: ClassLines) -> list[Way]:
        """The ways of one class; the same one of several routes is told once."""
        asked, name = self._sum(one.asked.requests), one.asked.request_class.id
        found: list[Way] = []
        for who, options, requests in self._every(one):
            share = requests / asked if asked > 0 else 0.0
            if share <= TINY:
                continue
            same = next((at for at, way in enumerate(found) if way.who == who), None)
            if same is None:
                found.append(Way(name, who, options, requests, share))
            else:
                before = found[same]
                found[same] = Way(
                    name, who, options, before.requests + requests, before.share + share
                )
        return sorted(found, key=lambda way: -way.requests)

    def _every(self, one: ClassLines) -> Iterator[tuple[Statement, tuple[str, ...], float]]:
        for route in self._lines.routes:
            if route.route.request_class == one.asked.request_class.id:
                yield from self._of_route(route)
        yield state("who.cache"), (), self._sum(one.hits)
        yield state("who.nobody"), (), self._sum(one.unserved)

    def _of_route(self, one: RouteLines) -> Iterator[tuple[Statement, tuple[str, ...], float]]:
        """The recipe itself, then who takes over from it."""
        route, others = one.route, (one.overflowed, one.stood_in, one.lost)
        over, stood_in, lost = (self._sum(line) for line in others)
        own = self._sum(one.assigned) - over - stood_in - lost - self._left(one)
        yield who_answers(route.recipe, self._names), route.recipe.uses, own
        for option, requests in ((route.overflow, over), (route.failover, stood_in)):
            if option is not None:
                yield state("who.direct", option=self._names[option]), (option,), requests

    def _left(self, one: RouteLines) -> float:
        """Requests that servers leave to nobody; one that two stages leave is left once."""
        lines = [stage.left for stage in one.stages if stage.left is not None]
        if one.overflowed is not None or not lines:
            return 0.0
        monthly = self._evaluation.values.monthly
        works = monthly(one.assigned) - (monthly(one.down) if one.down is not None else 0.0)
        left = np.sum([monthly(line) for line in lines], axis=0)
        return float(np.minimum(left, works).sum())
