"""Requests of a hybrid that arrive during outages in which nobody takes over, off the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.bill.hybrid import HybridLines
from pricing.evaluation import Evaluation
from pricing.optimise.engine.instance import Numbers

ONE = 0.5
"""Requests over the horizon below which nothing is told: not even one."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Requests of one class lost in outages of the same options."""

    request_class: str
    """Id of the class."""
    options: tuple[str, ...]
    """Ids of the options of the recipe, and of its overflow, whose availability is stated."""
    monthly: Numbers
    """Shape (T,): requests."""

    @property
    def requests(self) -> float:
        """Over the horizon."""
        return float(self.monthly.sum())


def lost_in_outages(evaluation: Evaluation, hybrid: str) -> tuple[Lost, ...]:
    """What nobody answers because options are down and the route names nobody else.

    Args:
        evaluation: Of the plan with the hybrid.
        hybrid: Its id.

    Returns:
        By class in the order of the plan, then by options; empty where nothing is lost.
    """
    lines = next(one.hybrid for one in evaluation.bill.options if one.option.id == hybrid)
    assert lines is not None
    found = _by_options(evaluation, lines)
    return tuple(
        Lost(name, options, monthly)
        for one in evaluation.plan.workload
        for (name, options), monthly in found.items()
        if name == one.id and monthly.sum() >= ONE
    )


def _by_options(
    evaluation: Evaluation, lines: HybridLines
) -> dict[tuple[str, tuple[str, ...]], Numbers]:
    stated = {option.id for option in evaluation.plan.options if option.availability is not None}
    found: dict[tuple[str, tuple[str, ...]], Numbers] = {}
    for one in lines.routes:
        if one.lost is None:
            continue
        overflow = one.route.overflow if one.overflowed is not None else None
        options = tuple(
            use for use in dict.fromkeys((*one.route.recipe.uses, overflow)) if use in stated
        )
        monthly = np.array(evaluation.values.monthly(one.lost), dtype=np.float64)
        key = one.route.request_class, options
        found[key] = found[key] + monthly if key in found else monthly
    return found


def total_lost(found: Sequence[Lost], months: int) -> Numbers:
    """Requests lost in each month, whatever their class; shape (T,)."""
    return sum((one.monthly for one in found), start=np.zeros(months))
