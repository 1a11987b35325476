"""Rows of a linear model, collected in arrays and turned into a sparse matrix at once."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pricing.optimise.engine.instance import Numbers

Places = NDArray[np.int32]
ABSENT = -1
"""Place of a column that the model does without; its entries are left out."""


@dataclass(slots=True)
class Rows:
    """Rows `lower <= sum of value x column <= upper` in the order in which they are added."""

    count: int = 0
    _rows: list[NDArray[np.int64]] = field(default_factory=list)
    _columns: list[NDArray[np.int64]] = field(default_factory=list)
    _values: list[Numbers] = field(default_factory=list)
    _lower: list[Numbers] = field(default_factory=list)
    _upper: list[Numbers] = field(default_factory=list)

    def add(self, lower: ArrayLike, upper: ArrayLike, *terms: tuple[ArrayLike, ArrayLike]) -> None:
        """Add N rows at once.

        Args:
            lower: Numbers, or one for all rows.
            upper: Likewise.
            terms: Columns of shape (N, ...) and their values, broadcast to that shape; a column of
                `ABSENT` adds nothing.
        """
        shapes = [np.asarray(columns) for columns, _ in terms]
        size = shapes[0].shape[0]
        if size == 0:
            return
        for columns, (_, values) in zip(shapes, terms, strict=True):
            wide = columns.reshape(size, -1)
            value = np.broadcast_to(np.asarray(values, dtype=float), columns.shape)
            value = value.reshape(size, -1)
            rows = np.broadcast_to(np.arange(size)[:, None] + self.count, wide.shape)
            kept = (wide != ABSENT) & (value != 0)
            self._rows.append(rows[kept].astype(np.int64))
            self._columns.append(wide[kept].astype(np.int64))
            self._values.append(value[kept])
        self._lower.append(np.broadcast_to(np.asarray(lower, dtype=float), (size,)))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (size,)))
        self.count += size

    def build(self, columns: int) -> "Matrix":
        """All rows by row; entries of one row and column are added up, rows scaled to about 1."""
        rows = np.concatenate([np.zeros(0, np.int64), *self._rows])
        places = np.concatenate([np.zeros(0, np.int64), *self._columns])
        values = np.concatenate([np.zeros(0), *self._values])
        lower = np.concatenate([np.zeros(0), *self._lower])
        upper = np.concatenate([np.zeros(0), *self._upper])
        keys, where = np.unique(rows * columns + places, return_inverse=True)
        values = np.bincount(where, values, minlength=len(keys))
        rows, places = keys // columns, keys % columns
        largest = np.zeros(self.count)
        np.maximum.at(largest, rows, np.abs(values))
        scale = 2.0 ** -np.round(np.log2(np.where(largest > 0, largest, 1.0)))
        starts = np.searchsorted(rows, np.arange(self.count + 1)).astype(np.int32)
        return Matrix(
            lower * scale, upper * scale, starts, places.astype(np.int32), values * scale[rows]
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in compressed form."""

    lower: Numbers
    upper: Numbers
    starts: Places
    """Shape (N + 1,)."""
    columns: Places
    values: Numbers
