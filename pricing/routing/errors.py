"""What can be wrong with a recipe, and the check that most of its numbers need."""

from numpy.typing import ArrayLike

from pricing.serving.columns import Numbers, numbers


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
    """A number as an array of floats.

    Raises:
        RoutingError: where it is not between these bounds.
    """
    array = numbers(value)
    outside = ~((array >= least) & (array <= most))
    if outside.any():
        wrong = float(array[outside].flat[0])
        raise RoutingError(field, f"{field} is {wrong:g}; {least:g} to {most:g} is possible")
    return array
