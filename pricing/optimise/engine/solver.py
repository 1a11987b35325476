"""HiGHS with one of our models in it: relaxations with added rows, then whole numbers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np

from pricing.optimise.engine.hand_off import HandOff
from pricing.optimise.engine.instance import Numbers
from pricing.optimise.engine.model import Model
from pricing.optimise.engine.rows import Matrix, Places

USUAL_TOTAL = 1e4
"""Size of an objective at which HiGHS's absolute tolerances mean little and much enough."""
TOLERANCE = 1e-6
"""By how much HiGHS lets rows and bounds be broken."""
SEED = 20_261_122
REACHED = highspy.HighsModelStatus.kOptimal
NONE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


@dataclass(slots=True)
class Watch:
    """What happens while whole numbers are searched; all money in the model's own unit."""

    stop: Callable[[], bool]
    """Asked often; True ends the search."""
    on_solution: Callable[[Numbers], None]
    on_bound: Callable[[float], None]


class Solver:
    """One model inside HiGHS."""

    def __init__(self, model: Model, threads: int, objective: Numbers | None = None) -> None:
        """Pass the model; `objective` replaces the cost of its columns."""
        columns, matrix = model.layout.columns, model.matrix
        cost = columns.cost if objective is None else objective
        constant = model.tables.instance.constant if objective is None else 0.0
        self._scale = float(2.0 ** np.round(np.log2(USUAL_TOTAL / _typical(cost, columns.upper))))
        self._whole, self._high, self._low = columns.whole, columns.upper, columns.lower
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns.count, len(matrix.lower)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost * self._scale, self._low, self._high
        lp.row_lower_, lp.row_upper_ = matrix.lower, matrix.upper
        lp.offset_ = constant * self._scale
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.starts, matrix.columns
        lp.a_matrix_.value_ = matrix.values
        self._highs = highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False), ("threads", threads), ("random_seed", SEED % 2**31),
            ("mip_heuristic_run_rens", False), ("mip_heuristic_run_root_reduced_cost", False),
            ("mip_pscost_minreliable", 2),
        ):  # fmt: skip
            highs.setOptionValue(name, value)
        highs.passModel(lp)
        self._matrices = [matrix]
        self._tightened: set[int] = set()
        self._watch: Watch | None = None
        self._calls: HandOff | None = None
        self._left = False
        self._impossible = False
        self._known = -np.inf
        self._stop: Callable[[], bool] = lambda: False
        highs.cbSimplexInterrupt += self._interrupt
        highs.cbMipInterrupt += self._interrupt
        highs.cbMipImprovingSolution += self._improved

    @property
    def rows(self) -> int:
        """Rows, cuts included."""
        return int(self._highs.getNumRow())

    def add(self, cuts: Matrix) -> None:
        """Add rows."""
        self._matrices.append(cuts)
        self._highs.addRows(
            len(cuts.lower), cuts.lower, cuts.upper, len(cuts.values), cuts.starts[:-1],
            cuts.columns, cuts.values,
        )  # fmt: skip

    def keeps(self, values: Numbers) -> bool:
        """Whether values keep all bounds and rows, as far as the solver looks."""
        if (values < self._low - TOLERANCE).any() or (values > self._high + TOLERANCE).any():
            return False
        for matrix in self._matrices:
            entries = np.append(matrix.values * values[matrix.columns], 0.0)
            total = np.add.reduceat(entries, matrix.starts[:-1])
            total[np.diff(matrix.starts) == 0] = 0.0
            low, high = matrix.lower - TOLERANCE, matrix.upper + TOLERANCE
            if (total < low).any() or (total > high).any():
                return False
        return True

    def fix(self, columns: Numbers, values: Numbers) -> None:
        """Hold columns at values; within `held` only."""
        places = np.asarray(columns, dtype=np.int32)
        self._low[places], self._high[places] = values, values
        self._highs.changeColsBounds(len(places), places, values, values)

    def tighten(self, rows: Places, low: Numbers, high: Numbers) -> None:
        """Set other bounds of rows of the model; within `held` only."""
        self._tightened.update(rows.tolist())
        for row, least, most in zip(rows.tolist(), low, high, strict=True):
            self._highs.changeRowBounds(row, least, most)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Undo at its end what was fixed within."""
        low, high = self._low.copy(), self._high.copy()
        try:
            yield
        finally:
            if not self._left:
                matrix = self._matrices[0]
                for row in self._tightened:
                    self._highs.changeRowBounds(row, matrix.lower[row], matrix.upper[row])
            self._tightened.clear()
            changed = np.flatnonzero((self._low != low) | (self._high != high)).astype(np.int32)
            self._low, self._high = low, high
            if len(changed) and not self._left:
                self._highs.changeColsBounds(len(changed), changed, low[changed], high[changed])

    def relax(self, stop: Callable[[], bool], seconds: float) -> tuple[Numbers, float] | None:
        """Solve without whole numbers: values and objective, or None if there is no solution."""
        self._stop = stop
        if self._left:
            return None
        self._limit(seconds)
        self._highs.run()
        status = self._highs.getModelStatus()
        self._impossible = status in NONE
        if status != REACHED:
            return None
        info = self._highs.getInfo()
        return self._values(), info.objective_function_value / self._scale

    def prices(self, rows: slice) -> Numbers:
        """What rows of the model cost in the last relaxation, for each unit of their bounds."""
        return np.array(self._highs.getSolution().row_dual)[rows] / self._scale

    @property
    def impossible(self) -> bool:
        """Whether the last run has proven that nothing keeps the rows."""
        return self._impossible

    def search(self, watch: Watch, gap: float, seconds: float, start: Numbers | None) -> bool:
        """Search with whole numbers; True if it came to its end (within the gap or infeasible).

        What the watch is told comes from the thread of the caller. When it stops the search, HiGHS
        is left to end by itself, and this solver can no longer be used.

        A start that breaks rows is not passed on: HiGHS would repair it by a search of its own,
        whose bounds are not bounds of the model.
        """
        if self._left:
            return False
        self._known = -np.inf
        places = np.flatnonzero(self._whole).astype(np.int32)
        self._kind(places, 1)
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_abs_gap", 0.0)
        self._limit(seconds)
        if start is not None and self.keeps(start):
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            self._highs.setSolution(solution)
        self._watch, self._calls = watch, HandOff(watch.stop)
        ended = False
        try:
            ended = self._calls.run(self._highs.run)
        finally:
            self._watch, self._calls, self._left = None, None, not ended
        if not ended:
            return False
        status, info = self._highs.getModelStatus(), self._highs.getInfo()
        self._impossible = status in NONE
        if status not in NONE and np.isfinite(info.mip_dual_bound):
            watch.on_bound(info.mip_dual_bound / self._scale)
        if status == REACHED:
            watch.on_solution(self._values())
        self._kind(places, 0)
        return status == REACHED or status in NONE

    def _kind(self, places: Places, kind: int) -> None:
        self._highs.changeColsIntegrality(
            len(places), places, np.full(len(places), kind, dtype=np.uint8)
        )

    def _limit(self, seconds: float) -> None:
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(seconds, 0.0))

    def _values(self) -> Numbers:
        return np.array(self._highs.getSolution().col_value)

    def _interrupt(self, event: highspy.HighsCallbackEvent) -> None:
        watch, calls = self._watch, self._calls
        if watch is not None and calls is not None:
            bound = event.data_out.mip_dual_bound
            if np.isfinite(bound) and event.data_out.mip_node_count >= 0 and bound > self._known:
                self._known = bound
                calls.tell(lambda: watch.on_bound(bound / self._scale))
        # HiGHS keeps the flag of an earlier run: it is set either way
        stop = self._stop() if calls is None else calls.leaving
        if event.data_in is not None:
            event.data_in.user_interrupt = stop or self._left

    def _improved(self, event: highspy.HighsCallbackEvent) -> None:
        if event.data_in is not None:
            event.data_in.user_interrupt = False
        watch, calls = self._watch, self._calls
        if watch is not None and calls is not None:
            values = np.array(event.data_out.mip_solution)
            calls.tell(lambda: watch.on_solution(values))


def _typical(cost: Numbers, upper: Numbers) -> float:
    """A size of the objective to expect."""
    size = float(np.abs(cost * np.where(np.isfinite(upper), np.minimum(upper, 1.0), 1.0)).sum())
    return size if size > 0 else 1.0
