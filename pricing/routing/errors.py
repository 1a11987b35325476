"""What can be wrong with a recipe, and the check that most of its numbers need."""

import numpy as np
from numpy.typing import ArrayLike

from pricing.serving.columns import Numbers, numbers

_NOISE = 1e-12
"""What adding and dividing shares may be off by."""


class RoutingError(ValueError):
    """A recipe that cannot be; the message names the value and what would be right.

    Args:
        field: Which number of the recipe is wrong, in the plan's words.
        message: One sentence for a person.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def share(field: str, value: ArrayLike) -> Numbers:
    """A share as an array of floats.

    Raises:
        RoutingError: where it is not between 0 and 1.
    """
    return within(field, value, 0.0, 1.0)


def within(field: str, value: ArrayLike, least: float, most: float) -> Numbers:
    """A number as an array of floats; what arithmetic put a hair outside is put on the bound.

    Raises:
        RoutingError: where it is not between these bounds.
    """
    array = numbers(value)
    outside = ~((array >= least - _NOISE) & (array <= most + _NOISE))
    if outside.any():
        wrong = float(array[outside].flat[0])
        raise RoutingError(field, f"{field} is {wrong:g}; {least:g} to {most:g} is possible")
    return np.clip(array, least, most)
