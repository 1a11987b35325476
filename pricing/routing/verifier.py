"""How well a verifier tells right answers from wrong ones."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from pricing.ledger.normal import cumulative_normal, normal_quantile
from pricing.routing.errors import RoutingError, share
from pricing.serving.columns import Columns, Numbers, numbers


@dataclass(frozen=True, slots=True)
class Verifier(Columns):
    """What it accepts; what it rejects goes to the next model."""

    accepts_right: Numbers
    """Share of right answers that it accepts."""
    accepts_wrong: Numbers
    """Share of wrong answers that it accepts all the same."""

    @classmethod
    def stated(cls, accepts_right: ArrayLike, accepts_wrong: ArrayLike) -> Self:
        """From both shares.

        Raises:
            RoutingError: where one is no share.
        """
        right = share("accepts_right", accepts_right)
        return cls(right, share("accepts_wrong", accepts_wrong))

    @classmethod
    def with_error(cls, error: ArrayLike) -> Self:
        """One that errs equally often on right and on wrong answers; at 0.5 it knows nothing."""
        wrong = share("error", error)
        return cls(1 - wrong, wrong)

    @classmethod
    def from_roc(cls, area: ArrayLike, threshold: ArrayLike) -> Self:
        """From the area under its ROC curve and the score from which it accepts.

        Scores are taken as normal with one spread for right and wrong answers (the binormal model
        of D. M. Green and J. A. Swets, "Signal Detection Theory and Psychophysics", 1966): their
        means are then sqrt(2) quantile(area) apart.

        Args:
            area: Chance that a right answer scores above a wrong one; 0.5 knows nothing.
            threshold: Score from which it accepts, in standard deviations above the mean score of
                wrong answers.
        """
        right = cumulative_normal(roc_distance(area) - numbers(threshold))
        return cls(right, np.broadcast_to(cumulative_normal(-numbers(threshold)), right.shape))

    @classmethod
    def balanced(cls, area: ArrayLike) -> Self:
        """The binormal one at the threshold where it errs equally often on right and wrong."""
        return cls.from_roc(area, roc_distance(area) / 2)


def roc_distance(area: ArrayLike) -> Numbers:
    """How far the mean scores of right and wrong answers are apart, in standard deviations.

    Raises:
        RoutingError: where the area under the ROC curve is not between 0 and 1, both excluded.
    """
    chance = numbers(area)
    outside = ~((chance > 0) & (chance < 1))
    if outside.any():
        wrong = float(chance[outside].flat[0])
        raise RoutingError("area", f"area is {wrong:g}; above 0 and below 1 is possible")
    return math.sqrt(2) * normal_quantile(chance)
