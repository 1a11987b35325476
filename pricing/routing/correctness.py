"""How often two models are right on the same requests."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.errors import RoutingError, share, within
from pricing.serving.columns import Columns, Numbers, numbers

_EXACT = 1e-9
"""Scores are entered with few digits; a smaller gap is one of arithmetic."""


@dataclass(frozen=True, slots=True)
class JointCorrectness(Columns):
    """Shares of the requests by which of two models answers rightly; they sum to 1.

    What a second model adds is `only_large`. Scores of the two models alone do not say it:
    it lies between the bounds of Frechet, and requests that are hard for one model tend to be hard
    for the other, so independence overstates it.
    """

    both: Numbers
    only_large: Numbers
    only_small: Numbers
    neither: Numbers

    @classmethod
    def from_counts(
        cls, both: ArrayLike, only_large: ArrayLike, only_small: ArrayLike, neither: ArrayLike
    ) -> Self:
        """From the number of test requests of each kind.

        Raises:
            RoutingError: where a count is negative or all are 0.
        """
        counts = [numbers(count) for count in (both, only_large, only_small, neither)]
        tested = sum(counts[1:], counts[0])
        if not np.all(tested > 0) or any((count < 0).any() for count in counts):
            raise RoutingError("counts", "counts of test requests must be 0 or more, and not all 0")
        return cls(*(count / tested for count in counts))

    @classmethod
    def from_correlation(cls, small: ArrayLike, large: ArrayLike, correlation: ArrayLike) -> Self:
        """From both scores and the correlation of being right (the phi coefficient).

        A correlation that the scores do not allow is taken to the nearest that they do.

        Args:
            small: Share of requests that the small model answers rightly.
            large: The same of the large model.
            correlation: -1 to 1; 0 is independence.
        """
        right, also = share("small", small), share("large", large)
        phi = within("correlation", correlation, -1.0, 1.0)
        both = right * also + phi * _spread(right, also)
        return cls._of_both(right, also, np.clip(both, *both_right_bounds(right, also)))

    @classmethod
    def from_both_right(cls, small: ArrayLike, large: ArrayLike, both: ArrayLike) -> Self:
        """From both scores and the share of requests that both answer rightly.

        Raises:
            RoutingError: where the scores leave no room for that share.
        """
        right, also = share("small", small), share("large", large)
        least, most = both_right_bounds(right, also)
        stated = share("both_right", both)
        possible = (stated >= least - _EXACT) & (stated <= most + _EXACT)
        if not possible.all():
            wide = np.broadcast_arrays(stated, least, most)
            wrong, low, high = (float(array[~possible].flat[0]) for array in wide)
            raise RoutingError(
                "both_right",
                f"both right on {wrong:g} of the requests cannot be; "
                f"with these scores {low:g} to {high:g} is possible",
            )
        return cls._of_both(right, also, np.clip(stated, least, most))

    @classmethod
    def _of_both(cls, small: Numbers, large: Numbers, both: Numbers) -> Self:
        # what rounding leaves below 0 is none
        rest = (large - both, small - both, 1 - small - large + both)
        return cls(both, *(np.maximum(part, 0.0) for part in rest))

    @property
    def small(self) -> Numbers:
        """Share of requests that the small model answers rightly."""
        return self.both + self.only_small

    @property
    def large(self) -> Numbers:
        """Share of requests that the large model answers rightly."""
        return self.both + self.only_large

    @property
    def either(self) -> Numbers:
        """Share of right answers if the right model were always known; no recipe has more."""
        return self.both + self.only_large + self.only_small

    @property
    def correlation(self) -> Numbers:
        """Correlation of being right (phi); 0 where a model is always or never right."""
        spread = _spread(self.small, self.large)
        known = spread > 0
        apart = self.both - self.small * self.large
        return np.where(known, apart / np.where(known, spread, 1.0), 0.0)


def both_right_bounds(small: ArrayLike, large: ArrayLike) -> tuple[Numbers, Numbers]:
    """Least and most share of requests that two models with these scores can both answer rightly.

    Maurice Frechet, "Sur les tableaux de correlation dont les marges sont donnees", Annales de
    l'Universite de Lyon A 14, 1951.
    """
    right, also = numbers(small), numbers(large)
    return np.maximum(right + also - 1, 0.0), np.minimum(right, also)


def correlation_bounds(small: ArrayLike, large: ArrayLike) -> tuple[Numbers, Numbers]:
    """Least and most correlation (phi) that two models with these scores can have."""
    right, also = share("small", small), share("large", large)
    least, most = both_right_bounds(right, also)
    spread = _spread(right, also)
    by = np.where(spread > 0, spread, 1.0)
    return (least - right * also) / by, (most - right * also) / by


def _spread(small: Numbers, large: Numbers) -> Numbers:
    """Product of the standard deviations of being right."""
    return np.sqrt(small * (1 - small) * large * (1 - large))
