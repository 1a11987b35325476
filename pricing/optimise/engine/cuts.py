"""Rows that bound what a pool serves of work that varies over the week.

For real-time jobs A of a pool and slots B, served(A) <= capacity x |B|/S + load(A) outside B: what
a flow with one capacity per slot can carry (max-flow, min-cut). The tightest B are the slots whose
load exceeds the capacity; the jobs that matter are those that are served before others, so that
only prefixes of two orders are looked at. With whole servers the served work lies below the chord
between two neighbouring numbers of servers, which is tighter than any tangent.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pricing.optimise.engine.columns import Place, at
from pricing.optimise.engine.instance import Numbers
from pricing.optimise.engine.layout import Layout
from pricing.optimise.engine.rows import ABSENT, Rows
from pricing.optimise.engine.tables import Flags, Tables


@dataclass(frozen=True)
class PoolWork:
    """Real-time work that a pool may serve; F recipes that need room, G groups with overflow."""

    pool: int
    firm: Place
    groups: Place
    months: Place
    """Months in which there is any of the latter."""


def pool_works(tables: Tables, layout: Layout) -> list[PoolWork]:
    """Of each pool that has groups of real-time work."""
    result = []
    for pool in range(len(tables.pools)):
        groups = [
            at
            for at, group in enumerate(layout.groups)
            if group.pool == pool and (layout.routed[at] != ABSENT).any()
        ]
        firm = [
            r
            for r in np.flatnonzero(tables.firm & ~tables.waits[tables.job])
            if pool in tables.recipes[r].work
        ]
        if groups:
            months = np.flatnonzero((layout.routed[groups] != ABSENT).any(axis=0))
            result.append(PoolWork(pool, np.array(firm, np.int64), np.array(groups), months))
    return result


class Separator:
    """Finds the rows that a solution breaks."""

    def __init__(self, tables: Tables, layout: Layout) -> None:
        self._tables, self._layout = tables, layout
        self._works = pool_works(tables, layout)
        self._value = [self._value_per_server(work) for work in self._works]

    def _value_per_server(self, work: PoolWork) -> Numbers:
        """Shape (G, T): what serving saves against the cheapest recipe outside pools."""
        tables, cost = self._tables, self._tables.cost
        result = np.zeros((len(work.groups), len(work.months)))
        for at_, g in enumerate(work.groups):
            group = self._layout.groups[g]
            other = cost[list(group.overflows)][:, work.months].min(axis=0)
            own = cost[group.model, work.months]
            load = tables.work[work.pool, group.model, work.months] / tables.up[group.model]
            both = np.isfinite(other) & np.isfinite(own)
            saved = np.subtract(other, own, out=np.zeros_like(own), where=both)
            result[at_] = saved / np.where(load > 0, load, 1.0)
        return result

    def find(self, values: Numbers, least: float, rows: Rows) -> None:
        """Add the rows broken by more than `least` of the pool's asked work (or of one server).

        Args:
            values: A solution of the model.
            least: Ratio.
            rows: What they are added to.
        """
        for work, value in zip(self._works, self._value, strict=True):
            self._find(work, value, values, least, rows)

    def _find(
        self, work: PoolWork, value: Numbers, values: Numbers, least: float, rows: Rows
    ) -> None:
        tables, layout, months = self._tables, self._layout, work.months
        members = [layout.groups[g] for g in work.groups]
        jobs = np.array([group.job for group in members])
        models = [group.model for group in members]
        asked = tables.work[work.pool][models][:, months]
        answered = asked / tables.up[models][:, None]
        routed, served = (
            layout.routed[work.groups][:, months],
            layout.served[work.groups][:, months],
        )
        firm = layout.alone[work.firm][:, months]
        firm_asked = tables.work[work.pool][work.firm][:, months]
        shape, firm_shape = tables.shapes[jobs], tables.shapes[tables.job[work.firm]]
        x, g, f = (
            at(values, served) * answered,
            at(values, routed) * asked,
            at(values, firm) * firm_asked,
        )
        working = layout.working[work.pool, months]
        usable = tables.usable[work.pool, months]
        k = at(values, working)
        base = np.einsum("ft,fs->ts", f, firm_shape)
        with np.errstate(invalid="ignore", divide="ignore"):
            filled = np.where(g > 0, x / g, 0.0)
        size = np.maximum(asked.sum(axis=0), usable)
        month = np.arange(len(months))
        best = np.full(len(months), least)
        best_order = np.zeros((len(jobs), len(months)), dtype=np.int64)
        best_count = np.zeros(len(months), dtype=np.int64)
        for order in (np.argsort(-value, axis=0), np.argsort(-filled, axis=0)):
            load = base.copy()
            done = f.sum(axis=0)
            for count in range(len(jobs)):
                pick = order[count]
                load += g[pick, month][:, None] * shape[pick]
                done = done + x[pick, month]
                carried = np.minimum((usable * k)[:, None], load).mean(axis=1)
                over = (done - carried) / size
                better = over > best
                best[better], best_count[better] = over[better], count + 1
                best_order[:, better] = order[:, better]
        for at_ in np.flatnonzero(best_count):
            chosen = best_order[: best_count[at_], at_]
            load = base[at_] + g[chosen, at_] @ shape[chosen]
            above = load > usable[at_] * k[at_]
            self._tangent(rows, above, usable[at_], working[at_], (
                served[chosen, at_], answered[chosen, at_], routed[chosen, at_], asked[chosen, at_],
                shape[chosen], firm[:, at_], firm_asked[:, at_], firm_shape))  # fmt: skip
        self._chords(work, rows, x, f, k, (value, filled), least)

    @staticmethod
    def _tangent(
        rows: Rows, above: Flags, usable: float, working: int, of: tuple[NDArray[Any], ...]
    ) -> None:
        """Slots `above` are filled; the others carry what is routed to them."""
        served, answered, routed, asked, shape, firm, firm_asked, firm_shape = of
        inside = above.mean()
        outside = (shape * ~above).mean(axis=1)
        firm_outside = (firm_shape * ~above).mean(axis=1)
        rows.add(
            -np.inf, 0.0, (served[None], answered), (routed[None], -asked * outside),
            (firm[None], firm_asked * (1 - firm_outside)),
            (np.array([[working]]), -usable * inside),
        )  # fmt: skip

    def _chords(
        self, work: PoolWork, rows: Rows, x: Numbers, f: Numbers, k: Numbers,
        keys: tuple[Numbers, Numbers], least: float,
    ) -> None:  # fmt: skip
        tables, layout, months = self._tables, self._layout, work.months
        members = [layout.groups[g] for g in work.groups]
        jobs = np.array([group.job for group in members])
        models = [group.model for group in members]
        asked = tables.work[work.pool][models][:, months]
        answered = asked / tables.up[models][:, None]
        firm_asked = tables.work[work.pool][work.firm][:, months] * (
            layout.alone[work.firm][:, months] != ABSENT
        )
        firm_jobs = tables.job[work.firm]
        usable = tables.usable[work.pool, months]
        full = np.zeros((len(tables.instance.jobs), len(months)))
        np.maximum.at(full, firm_jobs, firm_asked)
        month = np.arange(len(months))
        floor = np.floor(k + 1e-7)
        best = np.full(len(months), least)
        found: list[tuple[Place, Numbers, Numbers] | None] = [None] * len(months)
        for key in keys:
            order = np.argsort(-key, axis=0)
            most = full.copy()
            done = f.sum(axis=0)
            for count in range(len(jobs)):
                pick = order[count]
                most[jobs[pick], month] = np.maximum(most[jobs[pick], month], asked[pick, month])
                done = done + x[pick, month]
                load = np.einsum("jt,js->ts", most, tables.shapes)
                low = np.minimum((usable * floor)[:, None], load).mean(axis=1)
                high = np.minimum((usable * (floor + 1))[:, None], load).mean(axis=1)
                over = (done - low - (high - low) * (k - floor)) / np.maximum(high, usable)
                for at_ in np.flatnonzero(over > best):
                    best[at_] = over[at_]
                    found[at_] = (order[: count + 1, at_], low[at_], high[at_] - low[at_])
        for place, cut in enumerate(found):
            if cut is None:
                continue
            chosen, low, slope = cut
            served = layout.served[work.groups[chosen], months[place]]
            # a pool without working servers serves nothing, so that the chord begins at nothing
            idle = low - slope * floor[place]
            on = layout.running[work.pool, months[place]]
            on = layout.used[work.pool, months[place]] if on == ABSENT else on
            rows.add(
                -np.inf, idle if on == ABSENT else 0.0, (np.array([[on]]), -idle),
                (served[None], answered[chosen, place]),
                (layout.alone[work.firm, months[place]][None], firm_asked[:, place]),
                (np.array([[layout.working[work.pool, months[place]]]]), -slope),
            )  # fmt: skip
