"""Solving: relax, round, search, and judge every decision by carrying it out over all slots.

The bound comes from relaxations and the search, the objective from `outcome`, so that the gap
between them is what is proven. Where the model thought too well of a decision, the rows that say
so are added and the search goes on.
"""

from threading import Event

import numpy as np

from pricing.optimise.engine.answer import (
    PROVEN,
    Answer,
    Cancel,
    Report,
    Settings,
    Status,
    nothing_to_choose,
)
from pricing.optimise.engine.instance import Choice, Instance, Numbers, Whole
from pricing.optimise.engine.model import build_model
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.progress import Run
from pricing.optimise.engine.relaxation import Relaxation
from pricing.optimise.engine.rounding import CAUTIOUS
from pricing.optimise.engine.rows import ABSENT
from pricing.optimise.engine.search import search
from pricing.optimise.engine.solver import Solver, Watch
from pricing.optimise.engine.tables import Tables

EARLY = 5
"""Times that broken rows are looked for before the first decision is rounded."""
ROUNDS = 30
"""Times that broken rows are looked for in the first relaxation."""


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
    if not Tables(instance).avoidable.any() and locked_servers is None:
        return _idle(instance)
    asked = cancel.is_set if isinstance(cancel, Event) else cancel
    run = Run(Tables(instance), settings or Settings(), on_progress, asked)
    relaxation, possible = _serve(run, locked_servers, start)
    if not possible:
        missing = _least_missing(run, locked_servers)
        if missing is not None:
            relaxation, possible = _attempt(run, missing, locked_servers, start)
    return _answer(run, relaxation, possible)


def can_serve(instance: Instance, settings: Settings, cancel: Cancel | None = None) -> bool | None:
    """Whether a decision within the limits serves all that some recipe could serve.

    Returns:
        None where the time was not enough to tell.
    """
    return serving(instance, settings, cancel)[1]


def serving(
    instance: Instance, settings: Settings, cancel: Cancel | None = None
) -> tuple[Choice | None, bool | None]:
    """A decision within the limits that serves all that some recipe could serve.

    Returns:
        The decision, or none; whether there is one, None where the time was not enough to tell.
    """
    if not instance.jobs:
        return None, True
    if not Tables(instance).avoidable.any():
        return _idle(instance).choice, True
    run = Run(Tables(instance), settings, None, cancel)
    _, possible = _serve(run, None, None)
    if run.choice is not None:
        return run.choice, True
    return None, None if possible else False


def _idle(instance: Instance) -> Answer:
    """The one decision where nothing can be served: to buy nothing."""
    tables = Tables(instance)
    choice = Choice(
        np.zeros((len(tables.pools), instance.months), dtype=np.int64),
        np.zeros((len(tables.recipes), instance.months)),
        np.tile(np.arange(len(instance.jobs), dtype=np.int64), (len(tables.pools), 1)),
    )
    found = outcome(tables, choice)
    return Answer(
        choice=choice, objective=found.money, bound=found.money, gap=0.0,
        status="infeasible" if found.broken else "optimal", unserved=found.unserved,
        unavoidable=found.unserved, seconds=0.0, first=0.0, sizes=(0, 0, 0), lost=found.lost,
    )  # fmt: skip


def _serve(run: Run, locked: Whole | None, start: Choice | None) -> tuple[Relaxation, bool]:
    """One solve in which nothing may stay unserved that some recipe could serve.

    Where that is impossible because limits forbid what those buy who take over during outages,
    recipes may do without them.
    """
    relaxation, possible = _attempt(run, None, locked, start)
    if not possible and any(recipe.covered for recipe in run.tables.recipes):
        run.tables = Tables(run.tables.instance, bare=True)
        relaxation, possible = _attempt(run, None, locked, start)
    return relaxation, possible


def _attempt(
    run: Run, missing: Numbers | None, locked: Whole | None, start: Choice | None
) -> tuple[Relaxation, bool]:
    """One solve with what may stay unserved; whether any decision keeps the limits."""
    run.stage, run.bound = "bounding", -np.inf
    relaxation = Relaxation(run, missing, locked)
    if start is not None:
        run.consider(start)
    early = relaxation.relax(EARLY)
    if early is not None:
        relaxation.round(early[0], (CAUTIOUS,))
    solved = relaxation.relax(ROUNDS)
    if solved is None:
        return relaxation, not relaxation.solver.impossible
    values, bound = solved
    run.raise_bound(bound)
    run.stage = "rounding"
    relaxation.round(values)
    run.stage = "searching"
    return relaxation, search(relaxation)


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
    solver = Solver(model, run.settings.threads, weight)
    found: list[Numbers] = []
    watch = Watch(lambda: run.interrupted, found.append, lambda bound: None)
    solver.search(watch, 1e-4, run.left / 2, None)
    if not found:
        return None
    missing = np.where(there, found[-1][layout.missing], 0.0)
    return np.where(missing > 1e-6, np.minimum(missing * (1 + 1e-6) + 1e-6, 1.0), 0.0)


def _answer(run: Run, relaxation: Relaxation, possible: bool) -> Answer:
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
        status = "stuck"
    unavoidable = np.where(tables.avoidable, 0.0, tables.requests)
    return Answer(
        choice=run.choice,
        objective=run.objective,
        bound=run.proven,
        gap=run.gap,
        status=status,
        unserved=tables.requests.copy() if run.outcome is None else run.outcome.unserved,
        unavoidable=unavoidable,
        seconds=run.seconds,
        first=run.first,
        sizes=relaxation.sizes,
        lost=np.zeros_like(tables.requests) if run.outcome is None else run.outcome.lost,
    )
