"""The search for whole numbers, and back to the relaxation where a decision breaks its rows."""

from pricing.optimise.engine.answer import PROVEN
from pricing.optimise.engine.decode import decode_servers, encode
from pricing.optimise.engine.instance import Numbers
from pricing.optimise.engine.relaxation import Relaxation
from pricing.optimise.engine.solver import Watch

SEARCHES = 8
"""Searches at most, each with the rows that the decision of the one before has broken."""


def search(relaxation: Relaxation) -> bool:
    """Search until the gap is proven; False if it is proven that no decision keeps the rows.

    The solver's own gap is asked to be half of what is wanted, as decisions cost a little more than
    it thinks; it is stopped as soon as the decisions themselves are near enough to its bound.
    """
    run, solver, layout = relaxation.run, relaxation.solver, relaxation.layout
    tables = run.tables
    gap = max(run.settings.gap * 0.5, PROVEN / 2)
    for _ in range(SEARCHES):
        if run.done:
            break
        found: list[Numbers] = []

        def on_solution(values: Numbers, found: list[Numbers] = found) -> None:
            found.append(values)
            relaxation.consider(decode_servers(tables, layout, values), values)

        start = None
        if run.choice is not None and run.outcome is not None:
            start = encode(tables, layout, run.choice, run.outcome)
        watch = Watch(lambda: run.done, on_solution, run.raise_bound)
        ended = solver.search(watch, gap, run.left, start)
        if solver.impossible:
            return run.choice is not None
        if run.done:
            break
        cut = False
        if found:
            cut = relaxation.cut(found[-1])
            relaxation.settle(decode_servers(tables, layout, found[-1]))
        relaxation.polish()
        if ended and not cut:
            if gap <= PROVEN:
                break
            gap = max(gap / 10, PROVEN / 2)
    return True
