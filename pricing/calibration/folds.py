"""Which rows are held out together."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Folds = NDArray[np.int64]


def folds_of(groups: Sequence[str], count: int, seed: int = 0) -> Folds:
    """A fold for each row, shape (rows,); a group is never split, and folds are about equally full.

    Groups are drawn in random order, the largest first into the emptiest fold.
    """
    sizes = Counter(groups)
    order = sorted(sizes)
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda group: -sizes[group])
    filled = [0] * count
    fold: dict[str, int] = {}
    for group in order:
        fold[group] = int(np.argmin(filled))
        filled[fold[group]] += sizes[group]
    return np.array([fold[group] for group in groups])


def each_of(labels: Sequence[str]) -> Folds:
    """A fold for each label, shape (rows,)."""
    _, folds = np.unique(np.array(labels), return_inverse=True)
    return np.asarray(folds)
