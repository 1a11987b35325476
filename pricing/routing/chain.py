"""A cascade of any number of models, one after the other until a verifier accepts an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.answers import FREE, SLOW_SHARE, Answers, Call, exceeded_by
from pricing.routing.correctness import JointCorrectness
from pricing.routing.errors import RoutingError, share
from pricing.routing.verifier import Verifier
from pricing.serving.columns import Numbers, numbers


@dataclass(frozen=True, slots=True)
class RequestGroups:
    """Requests in groups within which the models are right independently of each other.

    A group can be a pattern of who is right (chances of 0 and 1) or a subject of a test.
    """

    weight: Numbers
    """Shape (groups,): share of the requests, sums to 1."""
    right: Numbers
    """Shape (groups, models): chance that each model answers rightly."""

    @classmethod
    def of(cls, weight: ArrayLike, right: ArrayLike) -> "RequestGroups":
        """From weights (or counts) of groups and chances.

        Raises:
            RoutingError: where weights and chances do not fit each other or are out of range.
        """
        weights, chances = numbers(weight), share("right", right)
        if chances.ndim != 2 or weights.shape != chances.shape[:1]:
            raise RoutingError(
                "right",
                f"chances of shape {chances.shape} do not fit weights of shape {weights.shape}; "
                "one row per group and one column per model is right",
            )
        if (weights < 0).any() or not weights.sum() > 0:
            raise RoutingError("weight", "weights of groups must be 0 or more, and not all 0")
        return cls(weights / weights.sum(), chances)

    @classmethod
    def of_two(cls, correct: JointCorrectness) -> "RequestGroups":
        """The four patterns of two models."""
        weights = [correct.both, correct.only_large, correct.only_small, correct.neither]
        return cls.of(np.stack(weights), [[1, 1], [0, 1], [1, 0], [0, 0]])

    @classmethod
    def of_neighbours(cls, right: Sequence[float], correlation: Sequence[float]) -> "RequestGroups":
        """All patterns of several models, from scores and correlations of neighbours.

        Whether a model is right is taken to depend on the model before it alone. Requests that are
        hard for the first two models are hard for the third more often than that, so with three
        models and more this is the favourable end.

        Args:
            right: Share of the requests that each model answers rightly, first to last.
            correlation: Of each model with the next one (phi): one fewer.
        """
        pairs = [
            JointCorrectness.from_correlation(first, second, phi)
            for (first, second), phi in zip(pairwise(right), correlation, strict=True)
        ]
        patterns = list(product((1, 0), repeat=len(right)))
        weights = [_chance(pattern, right[0], pairs) for pattern in patterns]
        return cls.of(weights, patterns)


def _chance(pattern: tuple[int, ...], first: float, pairs: Sequence[JointCorrectness]) -> float:
    chance = first if pattern[0] else 1 - first
    for (before, after), pair in zip(pairwise(pattern), pairs, strict=True):
        together = (
            (pair.neither, pair.only_large),
            (pair.only_small, pair.both),
        )
        known = together[before][0] + together[before][1]
        chance *= float(together[before][after] / known) if known > 0 else 0.0
    return chance


@dataclass(frozen=True, slots=True)
class Stage:
    """A model of a chain and the verifier of its answers."""

    call: Call
    verifier: Verifier
    check: Call = FREE


@dataclass(frozen=True, slots=True)
class Chained(Answers):
    """The answers of a chain."""

    reach: Numbers
    """Shape (models,): share of the requests that calls each model; 1 for the first."""


def chain(
    requests: RequestGroups,
    stages: Sequence[Stage],
    last: Call,
    *,
    slow_share: float = SLOW_SHARE,
) -> Chained:
    """What a chain of models answers, costs and takes.

    The share that reaches a model is the share that reached the one before, times what its
    verifier rejects of it, group by group.

    Args:
        requests: How often the models are right on which requests, `last` included.
        stages: Models before the last one.
        last: A call of the last model; its answer is taken as it is.
        slow_share: Share of the requests that may exceed the slow seconds.

    Raises:
        RoutingError: where the groups speak of another number of models.
    """
    models = len(stages) + 1
    if requests.right.shape[1] != models:
        raise RoutingError(
            "right",
            f"the chances speak of {requests.right.shape[1]} models and the chain has {models}",
        )
    left = requests.weight
    quality, reach = numbers(0.0), [numbers(1.0)]
    for stage, right in zip(stages, requests.right.T, strict=False):
        accepted_right = stage.verifier.accepts_right * right
        accepted = accepted_right + stage.verifier.accepts_wrong * (1 - right)
        quality = quality + left @ accepted_right
        left = left * (1 - accepted)
        reach.append(left.sum())
    quality = quality + left @ requests.right[:, -1]
    calls = [*(_with_check(stage) for stage in stages), last]
    reached = np.array(reach)
    cost = np.array([float(call.cost) for call in calls])
    seconds = np.array([float(call.seconds) for call in calls])
    answered = reached - np.append(reached[1:], 0.0)
    return Chained(
        quality=quality,
        cost=numbers(reached @ cost),
        seconds=numbers(reached @ seconds),
        slow_seconds=exceeded_by(np.cumsum(seconds), answered, slow_share),
        reach=reached,
    )


def _with_check(stage: Stage) -> Call:
    return Call(stage.call.cost + stage.check.cost, stage.call.seconds + stage.check.seconds)
