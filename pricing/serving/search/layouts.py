"""Layouts that servers can hold, and the numbers of a stack that hold for many layouts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from pricing.plan.sheets import ModelSheet
from pricing.serving.chip import Chip
from pricing.serving.point import Layout
from pricing.serving.requests import Requests
from pricing.serving.stack import ONE_SERVER, Stack, point_of

Whole = NDArray[np.int64]
"""Whole numbers, one per candidate."""

WAYS = tuple(2**n for n in range(7))
"""Ways to split a model that are looked at."""
ANY_REQUESTS = Requests(1, 1).traffic()
"""Stands for the requests where only the stack matters."""
MOST_STAGES = 8
"""Pipeline stages that are looked at; more only add waiting inside one server."""


@dataclass(frozen=True, slots=True)
class Form:
    """A setup in numbers that hold for all its layouts within the fast domain, or beyond it."""

    chip: Chip
    layout: Layout
    kind: tuple[str, str, str, tuple[int, int]]
    """What decides its measured factors."""


@lru_cache(maxsize=4096)
def form_of(stack: Stack) -> Form:
    """The numbers of a stack, looked up once.

    Raises:
        ServingError: the accelerator's data sheet lacks what is needed.
    """
    point = point_of(stack, ANY_REQUESTS)
    widths = stack.widths(point.chip)
    return Form(point.chip, point.layout, (stack.family, stack.link, stack.framework, widths))


def possible_layouts(
    model: ModelSheet, limits: Sequence[tuple[int, int]]
) -> tuple[Whole, Whole, NDArray[np.bool_]]:
    """Layouts of each setup that its servers can hold (see `check_parallelism`).

    Args:
        model: What is served.
        limits: For each setup, accelerators of the largest server and of a fast domain.

    Returns:
        The setup of each candidate; its tensor, data and pipeline parallelism, shape
        (candidates, 3); and whether it reaches beyond the fast domain.
    """
    layouts = np.array(_layouts(model), dtype=np.int64).reshape(-1, 3)
    count, domain = np.array(limits, dtype=np.int64).reshape(-1, 2, 1).swapaxes(0, 1)
    sharing = layouts[:, :2].prod(axis=1)
    possible = (layouts.prod(axis=1) <= count) & (sharing <= np.maximum(domain, ONE_SERVER))
    setup_of, chosen = np.nonzero(possible)
    return setup_of, layouts[chosen], (sharing > domain)[setup_of, chosen]


def _layouts(model: ModelSheet) -> list[tuple[int, int, int]]:
    """Tensor, data and pipeline parallelism that the model allows."""
    return [
        (tensor, data, pipeline)
        for tensor, data, pipeline in product(WAYS, WAYS, WAYS)
        if model.n_heads % tensor == 0
        and (data == 1 or model.n_experts)
        and pipeline <= min(model.layers, MOST_STAGES)
    ]
