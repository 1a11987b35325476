"""Where each variable of the model stands among its columns."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pricing.optimise.engine.instance import Numbers
from pricing.optimise.engine.rows import ABSENT
from pricing.optimise.engine.tables import Flags

Place = NDArray[np.int64]


@dataclass(slots=True)
class Columns:
    """Bounds, cost and integrality of columns in the order in which they are added."""

    count: int = 0
    _lower: list[Numbers] = field(default_factory=list)
    _upper: list[Numbers] = field(default_factory=list)
    _cost: list[Numbers] = field(default_factory=list)
    _whole: list[Flags] = field(default_factory=list)

    def add(
        self,
        present: Flags,
        *,
        upper: ArrayLike = 1.0,
        cost: ArrayLike = 0.0,
        whole: ArrayLike = False,
        lower: ArrayLike = 0.0,
    ) -> Place:
        """Add a column wherever `present`; all else is broadcast to its shape.

        Returns:
            The shape of `present`: places of the columns, `ABSENT` where there is none.
        """
        places = np.full(present.shape, ABSENT, dtype=np.int64)
        size = int(present.sum())
        places[present] = np.arange(self.count, self.count + size)
        for numbers, given in ((self._lower, lower), (self._upper, upper), (self._cost, cost)):
            numbers.append(np.broadcast_to(np.asarray(given, dtype=float), present.shape)[present])
        self._whole.append(np.broadcast_to(np.asarray(whole, dtype=bool), present.shape)[present])
        self.count += size
        return places

    @property
    def lower(self) -> Numbers:
        return np.concatenate(self._lower)

    @property
    def upper(self) -> Numbers:
        return np.concatenate(self._upper)

    @property
    def cost(self) -> Numbers:
        return np.concatenate(self._cost)

    @property
    def whole(self) -> Flags:
        """Whether a column takes whole numbers."""
        return np.concatenate(self._whole)


def at(values: Numbers, places: Place) -> Numbers:
    """Values of a solution at places, 0 where there is no column."""
    return np.where(places == ABSENT, 0.0, values[places])
