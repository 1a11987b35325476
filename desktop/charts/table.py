"""What every chart is also: a table; and the kinds of values in it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
NumberText = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers as a table."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
