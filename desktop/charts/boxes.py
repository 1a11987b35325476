"""Rectangles that words take."""

Box = tuple[float, float, float, float]
"""Left, one end, right, other end; both axes from the lower to the higher number."""


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
