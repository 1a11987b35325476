"""Rows that cut off fractions of servers where work has nowhere else to go: the hull of staffings.

The whole numbers of working servers that carry all captive work of a month (see `staffing`) are few
enough to list. A relaxed solution that no mixture of them undercuts is cut off by the row that
proves it: the prices of the mixture, found by a small linear program (a fractional cover).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product, takewhile

import highspy
import numpy as np

from pricing.optimise.engine.columns import Place, at
from pricing.optimise.engine.instance import Numbers
from pricing.optimise.engine.layout import Layout
from pricing.optimise.engine.rows import ABSENT, Rows
from pricing.optimise.engine.staffing import Need, needs_of
from pricing.optimise.engine.tables import Tables

MOST_POINTS = 4000
"""Months with more staffings than this are left to the solver."""
PRIMAL = 4
"""HiGHS's number of the primal simplex method."""
LEAST = 1e-3
"""By how much of a whole row a solution must break it."""


@dataclass(frozen=True)
class Staffings:
    """All ways to staff the captive work of a month; N of them, P pools."""

    columns: Place
    """Shape (2P,): working servers, then whether there are any (`ABSENT` where that is free)."""
    points: Numbers
    """Shape (N, 2P)."""


def staffings_of(tables: Tables, layout: Layout) -> Iterator[Staffings]:
    """Of each month that has captive work."""
    for month, needs in needs_of(tables, layout):
        pools = sorted({int(pool) for need in needs for pool in need.pools})
        points = _points(layout, month, pools, needs)
        if points is None or len(points) == 0:
            continue
        running, used = layout.running[pools, month], layout.used[pools, month]
        on = np.where(running == ABSENT, used, running)
        columns = np.concatenate([layout.working[pools, month], on])
        yield Staffings(columns, np.hstack([points, points > 0]).astype(float))


def _points(layout: Layout, month: int, pools: list[int], needs: list[Need]) -> Numbers | None:
    """Whole working servers of pools that meet all needs, the last pool's as few as do."""
    pools_at = {pool: place for place, pool in enumerate(pools)}
    factor = np.zeros((len(needs), len(pools)))
    for row, need in enumerate(needs):
        factor[row, [pools_at[int(pool)] for pool in need.pools]] = need.factor
    least = np.array([need.least for need in needs])
    top = layout.most_working[pools, month]
    last = int(np.argmax(top))
    others = [place for place in range(len(pools)) if place != last]
    if np.prod(top[others] + 1.0) > MOST_POINTS:
        return None
    grid = np.array(list(product(*(range(top[place] + 1) for place in others))), dtype=float)
    grid = grid.reshape(int(np.prod(top[others] + 1)), len(others))
    left = least - grid @ factor[:, others].T
    own = factor[:, last]
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(left <= 1e-9, 0.0, np.where(own > 0, np.ceil(left / own - 1e-9), np.inf))
    count = each.max(axis=1)
    kept = count <= top[last]
    by_pool = count.reshape([*(top[others] + 1), 1])
    fewer = np.ones(by_pool.shape, dtype=bool)
    with np.errstate(invalid="ignore"):  # from inf to inf is no step
        for axis in range(len(others)):
            # one server less of another pool must cost servers of the last
            fewer &= np.diff(by_pool, axis=axis, prepend=np.inf) < 0
    kept &= fewer.ravel()
    points = np.zeros((int(kept.sum()), len(pools)))
    points[:, others], points[:, last] = grid[kept], count[kept]
    return points


class Hull:
    """Finds the rows that a solution breaks."""

    def __init__(self, tables: Tables, layout: Layout, stop: Callable[[], bool]) -> None:
        """`stop` is asked for every month; True leaves out what follows."""
        self._stop = stop
        self._staffings = list(takewhile(lambda _: not stop(), staffings_of(tables, layout)))

    def find(self, values: Numbers, rows: Rows) -> None:
        """Add the rows broken."""
        for it in self._staffings:
            if self._stop():
                return
            present = np.where(it.columns == ABSENT, 1.0, at(values, it.columns))
            if (it.points <= present + LEAST).all(axis=1).any():
                continue
            price = _cover(it.points, np.maximum(present, 0.0))
            if price is None or price @ present > 1 - LEAST:
                continue
            reached = float((it.points @ price).min())
            free = it.columns == ABSENT
            rows.add(reached - price[free].sum(), np.inf, (it.columns[None], price))


def _cover(points: Numbers, present: Numbers) -> Numbers | None:
    """Prices of at least 1 for every point, as cheap as can be at what is there; shape (2P,)."""
    count, size = points.shape
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, size
    lp.col_cost_, lp.col_lower_ = -np.ones(count), np.zeros(count)
    lp.col_upper_ = np.full(count, highspy.kHighsInf)
    lp.row_lower_, lp.row_upper_ = np.full(size, -highspy.kHighsInf), present
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(count + 1, dtype=np.int32) * size
    lp.a_matrix_.index_ = np.tile(np.arange(size, dtype=np.int32), count)
    lp.a_matrix_.value_ = points.ravel()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False), ("presolve", "off"), ("solver", "simplex"),
        ("simplex_strategy", PRIMAL),
    ):  # fmt: skip
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.asarray(np.maximum(-np.array(highs.getSolution().row_dual), 0.0))
