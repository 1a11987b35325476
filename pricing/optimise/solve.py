"""Solving: relax, round, search, and judge every decision by carrying it out over all slots.

The bound comes from the relaxation and the search, the objective from `outcome`, so that the gap
between them is what is proven. Where the model thought too well of a decision, the rows that say
so are added and the search goes on.
"""

from collections.abc import Callable
from threading import Event

import numpy as np

from pricing.optimise.answer import (
    PROVEN,
    Answer,
    Cancel,
    Progress,
    Report,
    Settings,
    Status,
    nothing_to_choose,
)
from pricing.optimise.cuts import Separator
from pricing.optimise.decode import decode_servers, decode_shares, encode, planned_answers
from pricing.optimise.instance import Choice, Instance, Numbers, Whole
from pricing.optimise.model import Model, build_model
from pricing.optimise.polish import offers, reorder
from pricing.optimise.progress import Run
from pricing.optimise.rounding import CAUTIOUS, THRESHOLDS, diving_order, rounded
from pricing.optimise.rows import ABSENT
from pricing.optimise.solver import Solver, Watch
from pricing.optimise.tables import Tables

ROUNDS = 30
"""Times that broken rows are looked for in a relaxation."""
FIXED_ROUNDS = 4
"""The same with servers held."""
SEARCHES = 8
"""Searches at most, each with the rows that the decision of the one before has broken."""
SHARE_OF_GAP = 0.1
"""Rows broken by less than this part of the gap (of the pool's work) are left alone."""


class Search:
    """The model of one instance in the solver, and the decisions that come out of it."""

    def __init__(
        self, run: Run, missing: Numbers | None, locked: Whole | None
    ) -> None:
        self._run, self._locked = run, locked
        tables = run.tables
        self._model: Model = build_model(tables, missing, locked)
        self._layout = self._model.layout
        self._solver = Solver(self._model, run.settings.threads)
        self._separator = Separator(tables, self._layout)
        self._least = max(min(run.settings.gap, 1e-2) * SHARE_OF_GAP, 1e-7)
        run.allowed_missing = np.zeros_like(tables.requests) if missing is None else missing

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Columns, rows with cuts, whole numbers."""
        columns = self._layout.columns
        return columns.count, self._solver.rows, int(columns.whole.sum())

    def bound(self) -> Numbers | None:
        """Relax and cut until nothing is broken; the solution, or None if there is none."""
        return self._relax(ROUNDS, bounding=True)

    def _relax(self, rounds: int, *, bounding: bool = False) -> Numbers | None:
        run, values = self._run, None
        for _ in range(rounds):
            solved = self._solver.relax(lambda: run.interrupted, run.left)
            if solved is None:
                return values
            values, objective = solved
            if bounding:
                run.raise_bound(objective)
            if not self._cut(values):
                break
        return values

    def _cut(self, values: Numbers) -> bool:
        cuts = self._separator.find(values, self._least)
        if cuts is not None:
            self._solver.add(cuts)
        return cuts is not None

    @property
    def impossible(self) -> bool:
        """Whether the solver has proven that nothing keeps the rows."""
        return self._solver.impossible

    def settle(self, servers: Whole) -> None:
        """Find the best shares for given servers in service, and consider that decision."""
        for place in range(len(servers)):
            self._hold(place, servers[place])
        solution = self._relax(FIXED_ROUNDS)
        self._solver.free()
        if solution is not None:
            self.consider(servers, solution, thorough=True)

    def _hold(self, place: int, servers: Whole) -> None:
        layout, spares = self._layout, self._run.tables.spares[place]
        there, spare = layout.servers[place] != ABSENT, layout.running[place] != ABSENT
        self._solver.fix(
            np.concatenate([layout.servers[place][there], layout.running[place][spare]]),
            np.concatenate([servers[there], servers[spare] > spares]).astype(float),
        )

    def round(self, values: Numbers) -> None:
        """Consider decisions with whole servers near a relaxed solution."""
        for threshold in THRESHOLDS:
            if self._run.done:
                return
            self._dive(values, threshold)

    def _dive(self, values: Numbers | None, threshold: float) -> None:
        """Hold the servers of one pool after the other, and relax the rest in between."""
        run, tables = self._run, self._run.tables
        servers = np.zeros(self._layout.servers.shape, dtype=np.int64)
        for place in diving_order(tables):
            before, values = values, None
            for attempt in dict.fromkeys((threshold, CAUTIOUS)):
                if before is None or run.interrupted:
                    break
                servers[place] = self._kept(place, before, attempt)
                self._hold(place, servers[place])
                values = self._relax(1)
                if values is not None:
                    break
        if values is not None:
            self.settle(servers)
        self._solver.free()

    def _kept(self, place: int, values: Numbers, threshold: float) -> Whole:
        if self._locked is not None and (self._locked[place] >= 0).all():
            return self._locked[place]
        return rounded(self._run.tables, self._layout, values, place, threshold)

    def consider(self, servers: Whole, values: Numbers, *, thorough: bool = False) -> None:
        """Judge the decision of a solution, and others that offer its pools more or less work."""
        tables, layout = self._run.tables, self._layout
        shares = decode_shares(tables, layout, values)
        planned = planned_answers(tables, layout, values, shares)
        for choice in offers(tables, servers, shares, planned, thorough=thorough):
            self._run.consider(choice)

    def polish(self) -> None:
        """Look for a better order of the best decision so far."""
        run = self._run
        if run.choice is None or run.done:
            return
        run.stage = "polishing"
        run.consider(reorder(run.tables, run.choice, run.objective, lambda: run.interrupted))

    def search(self) -> None:
        """Search whole numbers until the gap is proven."""
        run, tables = self._run, self._run.tables
        gap = max(run.settings.gap * 0.5, PROVEN / 2)
        for _ in range(SEARCHES):
            found: list[Numbers] = []

            def on_solution(values: Numbers, found: list[Numbers] = found) -> None:
                found.append(values)
                self.consider(decode_servers(tables, self._layout, values), values)

            start = None
            if run.choice is not None and run.outcome is not None:
                start = encode(tables, self._layout, run.choice, run.outcome)
            watch = Watch(lambda: run.done, on_solution, run.raise_bound)
            ended = self._solver.search(watch, gap, run.left, start)
            if run.done or self._solver.impossible:
                return
            cut = False
            if found:
                cut = self._cut(found[-1])
                self.settle(decode_servers(tables, self._layout, found[-1]))
            self.polish()
            run.stage = "searching"
            if run.done:
                return
            if ended and not cut:
                if gap <= PROVEN:
                    return
                gap = max(gap / 10, PROVEN / 2)


def solve(
    instance: Instance,
    settings: Settings | None = None,
    *,
    on_progress: Report | None = None,
    cancel: Event | Cancel | None = None,
    start: Choice | None = None,
    locked_servers: Whole | None = None,
) -> Answer:
    """Find the decision of lowest present cost, with proof of how far from the best it may be.

    What some recipe could serve is served if any decision within the limits can; otherwise as
    little as possible of it is left, and the cost is minimised of the decisions that leave no more.

    Args:
        instance: The problem.
        settings: When to stop.
        on_progress: Called with every better decision and bound, from the thread of the call.
        cancel: An event, or a function, that ends the solve with what it has.
        start: A decision to start from; it may break limits and is then not used.
        locked_servers: Shape (P, T): servers in service that must be kept, -1 where free.
    """
    if not instance.jobs:
        return nothing_to_choose(instance.months)
    asked = cancel.is_set if isinstance(cancel, Event) else cancel
    run = Run(Tables(instance), settings or Settings(), on_progress, asked)
    search, possible = _attempt(run, None, locked_servers, start)
    if not possible:
        missing = _least_missing(run, locked_servers)
        if missing is not None:
            search, possible = _attempt(run, missing, locked_servers, start)
    return _answer(run, search, possible)


def _attempt(
    run: Run, missing: Numbers | None, locked: Whole | None, start: Choice | None
) -> tuple[Search, bool]:
    """One solve with what may stay unserved; whether any decision keeps the limits."""
    search = Search(run, missing, locked)
    if start is not None:
        run.consider(start)
    values = search.bound()
    if values is None:
        return search, not search.impossible
    run.stage = "rounding"
    if not run.done:
        search.round(values)
    run.stage = "searching"
    if not run.done:
        search.search()
    return search, run.choice is not None or not search.impossible


def _least_missing(run: Run, locked: Whole | None) -> Numbers | None:
    """Share of each job and month that stays unserved at least, as little in all as possible.

    Returns:
        Shape (J, T), or None if nothing keeps the limits even so.
    """
    tables = run.tables
    model = build_model(tables, np.ones_like(tables.requests), locked)
    layout = model.layout
    weight = np.zeros(layout.columns.count)
    there = layout.missing != ABSENT
    weight[layout.missing[there]] = (tables.requests / max(tables.requests.max(), 1e-300))[there]
    solver, best = Solver(model, run.settings.threads, weight), [np.inf]
    found: list[Numbers] = []
    watch = Watch(lambda: run.interrupted, found.append, lambda bound: None)
    solver.search(watch, 1e-4, run.left / 2, None)
    if not found:
        return None
    missing = np.where(there, found[-1][layout.missing], 0.0)
    return np.where(missing > 1e-6, np.minimum(missing * (1 + 1e-6) + 1e-6, 1.0), 0.0)


def _answer(run: Run, search: Search, possible: bool) -> Answer:
    tables = run.tables
    status: Status
    if not possible:
        status = "infeasible"
    elif run.gap <= PROVEN:
        status = "optimal"
    elif run.gap <= run.settings.gap:
        status = "gap"
    elif run.cancelled:
        status = "cancelled"
    elif run.interrupted:
        status = "time"
    else:
        status = "gap"
    unavoidable = np.where(tables.avoidable, 0.0, tables.requests)
    return Answer(
        choice=run.choice,
        objective=run.objective,
        bound=min(run.bound, run.objective),
        gap=run.gap,
        status=status,
        unserved=tables.requests.copy() if run.outcome is None else run.outcome.unserved,
        unavoidable=unavoidable,
        seconds=run.seconds,
        first=run.first,
        sizes=search.sizes,
    )
