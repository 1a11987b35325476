"""Records of numbers that hold one point or many: every formula of this room works on both."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
"""One number, or one per point; shapes broadcast."""


def numbers(value: ArrayLike) -> Numbers:
    """A value as an array of floats."""
    return np.asarray(value, dtype=np.float64)


class Columns:
    """Base of frozen dataclasses whose every field is `Numbers`."""

    __slots__ = ()

    @classmethod
    def of(cls, **values: ArrayLike) -> Self:
        """Make one from plain numbers or arrays."""
        return cls(**{name: numbers(value) for name, value in values.items()})

    @classmethod
    def stack(cls, points: Iterable[Self]) -> Self:
        """Many single points as one record of arrays of shape (points,)."""
        rows = list(points)
        return cls.of(**{name: [getattr(row, name) for row in rows] for name in cls.names()})

    @classmethod
    def names(cls) -> Sequence[str]:
        """Names of the fields."""
        # every subclass is a dataclass; the base cannot say so to the type checker
        this: Any = cls
        return [field.name for field in fields(this)]

    def at(self, index: NDArray[Any] | int | slice | tuple[Any, ...]) -> Self:
        """Some of the points, or the points in a new shape."""
        return type(self)(**{name: getattr(self, name)[index] for name in self.names()})
