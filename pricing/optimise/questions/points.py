"""Points of a frontier: one decision each, in order, with what is proven of their levels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.optimise.engine.answer import Answer, relative_gap
from pricing.optimise.engine.instance import Instance
from pricing.optimise.questions.asked import capex, mean_quality, share_at_home
from pricing.optimise.questions.levels import Axis
from pricing.plan.hybrid import Question

THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Point:
    """The cheapest decision at one level."""

    level: float
    """What was asked for: least quality, most purchases a year, least share on premises."""
    reached: float
    """What the decision has: quality, purchases over the horizon, share on premises."""
    npv: float
    """Net present value of its cost, in the plan's currency."""
    bound: float
    """No decision at that level costs less."""
    answer: Answer
    """With a decision that is simple already: the one that a plan of this point has."""

    @property
    def gap(self) -> float:
        """Distance of cost and bound, as a share of the cost."""
        return relative_gap(self.npv, self.bound)


def point_of(instance: Instance, axis: Axis, level: float, answer: Answer) -> Point:
    """The point of an answer that has a decision, made simple."""
    assert answer.choice is not None
    measures = {"quality": mean_quality, "capex": capex, "on_premises": share_at_home}
    return Point(
        level=level,
        reached=measures[axis](instance, answer.choice),
        npv=answer.objective * THOUSAND,
        bound=answer.bound * THOUSAND,
        answer=answer,
    )


def question_of(axis: Axis, point: Point) -> Question:
    """What the decision of a point is the cheapest for, as a plan keeps it."""
    return Question(axis=axis, level=point.level * (THOUSAND if axis == "capex" else 1.0))


def answer_of(point: Point) -> Answer:
    """The answer of a point with all that is proven of its level."""
    bound = point.bound / THOUSAND
    return replace(point.answer, bound=bound, gap=relative_gap(point.answer.objective, bound))


def monotone(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points from loose to strict without those that a stricter one undercuts, bounds rising.

    What is proven of a loose level holds for all stricter ones.
    """
    raised, bound = [], -np.inf
    for point in points:
        bound = max(bound, point.bound)
        raised.append(replace(point, bound=bound))
    kept: list[Point] = []
    for point in reversed(raised):
        if not kept or point.npv < kept[-1].npv:
            kept.append(replace(point, bound=min(point.bound, point.npv)))
    return tuple(reversed(kept))
