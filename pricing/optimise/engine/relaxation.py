"""The model of one instance in the solver, and decisions read off its relaxed solutions."""

import numpy as np

from pricing.optimise.engine.columns import at
from pricing.optimise.engine.cuts import Separator
from pricing.optimise.engine.decode import best_order, decode_shares, encode, planned_answers
from pricing.optimise.engine.hull import Hull
from pricing.optimise.engine.instance import Choice, Numbers, Whole
from pricing.optimise.engine.model import build_model
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.polish import offers, reorder
from pricing.optimise.engine.progress import Run
from pricing.optimise.engine.rounding import CAUTIOUS, THRESHOLDS, diving_order, rounded
from pricing.optimise.engine.rows import ABSENT, Rows
from pricing.optimise.engine.solver import Solver

STRICTER = 4
"""Times that shares are looked for with servers held, each with stricter rules."""
BEYOND = 1.05
"""By how much more than a rule was missed it is made stricter."""
FIXED_ROUNDS = 4
"""Times that broken rows are looked for with servers held."""
SHARE_OF_GAP = 0.1
"""Rows broken by less than this part of the gap (of the pool's work) are left alone."""


class Relaxation:
    """A model, its cuts, and which of its columns are held."""

    def __init__(self, run: Run, missing: Numbers | None, locked: Whole | None) -> None:
        self.run, self._locked = run, locked
        tables = run.tables
        self.model = build_model(tables, missing, locked)
        self.layout = self.model.layout
        self.solver = Solver(self.model, run.settings.threads)
        self._separator = Separator(tables, self.layout)
        self._hull = Hull(tables, self.layout, lambda: run.interrupted)
        self._least = max(min(run.settings.gap, 1e-2) * SHARE_OF_GAP, 1e-7)
        run.allowed_missing = np.zeros_like(tables.requests) if missing is None else missing

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Columns, rows with cuts, whole numbers."""
        columns = self.layout.columns
        return columns.count, self.solver.rows, int(columns.whole.sum())

    def relax(self, rounds: int) -> tuple[Numbers, float] | None:
        """Solve and cut until nothing is broken: values and objective, or None without any."""
        run, last = self.run, None
        for _ in range(rounds):
            solved = self.solver.relax(lambda: run.interrupted, run.left)
            if solved is None:
                return None if self.solver.impossible else last
            last = solved
            if not self.cut(last[0]):
                break
        return last

    def cut(self, values: Numbers) -> bool:
        """Add the rows that a solution breaks; whether there were any."""
        rows = Rows()
        self._separator.find(values, self._least, rows)
        self._hull.find(values, rows)
        if rows.count:
            self.solver.add(rows.build(self.layout.columns.count))
        return rows.count > 0

    def settle(self, servers: Whole) -> None:
        """Find the best shares for given servers in service, and consider that decision."""
        with self.solver.held():
            for place in range(len(servers)):
                self._hold(place, servers[place])
            for _ in range(STRICTER):
                solved = self.relax(FIXED_ROUNDS)
                if solved is None or self.run.interrupted:
                    break
                credit = self._credit()
                self.consider(servers, solved[0], credit, thorough=True)
                if not self._tighten(servers, solved[0], credit):
                    break

    def _credit(self) -> Numbers | None:
        """Shape (R, T): worth of answers for the rules, by the prices of the last relaxation."""
        rules, matrix, layout = self.model.rules, self.model.matrix, self.layout
        prices = self.solver.prices(rules)
        if not prices.any():
            return None
        worth = np.zeros(layout.columns.count)
        for row, price in zip(range(rules.start, rules.stop), prices.tolist(), strict=True):
            part = slice(*matrix.starts[row : row + 2])
            worth[matrix.columns[part]] += price * matrix.values[part]
        credit = at(worth, layout.alone)
        for place, group in enumerate(layout.groups):
            credit[list(group.members)] = at(worth, layout.served[place])
        return credit

    def _tighten(self, servers: Whole, values: Numbers, credit: Numbers | None) -> bool:
        """Ask more of the rules that a solution breaks when it is carried out; whether it does.

        Pools serve jobs in one order, which may differ from what the model thinks best.
        """
        tables, matrix, rules = self.run.tables, self.model.matrix, self.model.rules
        shares = decode_shares(tables, self.layout, values)
        choice = Choice(servers, shares, best_order(tables, shares, credit))
        found = outcome(tables, choice)
        if not found.broken:
            return False
        true = encode(tables, self.layout, choice, found)
        rows = np.arange(rules.start, rules.stop)
        moved = np.array([
            matrix.values[part] @ (true - values)[matrix.columns[part]]
            for part in (slice(*matrix.starts[row : row + 2]) for row in rows)
        ])  # fmt: skip
        low, high = matrix.lower[rows], matrix.upper[rows]
        low = np.where(moved < 0, low - BEYOND * moved, low)
        high = np.where(moved > 0, high - BEYOND * moved, high)
        kept = low <= high
        self.solver.tighten(rows[kept].astype(np.int32), low[kept], high[kept])
        return bool(kept.any())

    def _hold(self, place: int, servers: Whole) -> None:
        layout, spares = self.layout, self.run.tables.spares[place]
        there, spare = layout.servers[place] != ABSENT, layout.running[place] != ABSENT
        standing = layout.running[place] == layout.used[place]
        runs = np.where(
            standing, servers > 0, (servers > spares) & (layout.most_working[place] > 0)
        )
        self.solver.fix(
            np.concatenate([layout.servers[place][there], layout.running[place][spare]]),
            np.concatenate([servers[there], runs[spare]]).astype(float),
        )

    def round(self, values: Numbers, thresholds: tuple[float, ...] = THRESHOLDS) -> None:
        """Consider decisions with whole servers near a relaxed solution."""
        for threshold in thresholds:
            if self.run.done:
                return
            self._dive(values, threshold)

    def _dive(self, values: Numbers, threshold: float) -> None:
        """Hold the servers of one pool after the other, and relax the rest in between."""
        run, tables = self.run, self.run.tables
        servers = np.zeros(self.layout.servers.shape, dtype=np.int64)
        with self.solver.held():
            for place in diving_order(tables):
                solved = None
                for attempt in dict.fromkeys((threshold, CAUTIOUS)):
                    if run.interrupted:
                        return
                    servers[place] = self._kept(place, values, attempt)
                    self._hold(place, servers[place])
                    solved = self.relax(1)
                    if solved is not None:
                        values = solved[0]
                        break
                if solved is None:
                    return
            self.settle(servers)

    def _kept(self, place: int, values: Numbers, threshold: float) -> Whole:
        if self._locked is not None and (self._locked[place] >= 0).all():
            return np.asarray(self._locked[place])
        return rounded(self.run.tables, self.layout, values, place, threshold)

    def consider(
        self, servers: Whole, values: Numbers, credit: Numbers | None = None, *,
        thorough: bool = False,
    ) -> None:  # fmt: skip
        """Judge the decision of a solution, and others that offer its pools more or less work."""
        tables, layout = self.run.tables, self.layout
        shares = decode_shares(tables, layout, values)
        planned = planned_answers(tables, layout, values, shares)
        for choice in offers(
            tables, servers, shares, planned, best_order(tables, shares, credit),
            lambda: self.run.interrupted, thorough=thorough,
        ):  # fmt: skip
            self.run.consider(choice)
            if self.run.interrupted:
                return

    def polish(self) -> None:
        """Look for a better order of the best decision so far."""
        run = self.run
        if run.choice is None or run.done:
            return
        before, run.stage = run.stage, "polishing"
        run.consider(reorder(run.tables, run.choice, run.weighed, lambda: run.interrupted))
        run.stage = before
