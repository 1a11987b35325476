"""What answers to other questions show of the best decision: a cheaper one, a higher bound."""

from dataclasses import replace

import numpy as np

from pricing.optimise.engine.answer import Answer, relative_gap
from pricing.optimise.engine.instance import Choice
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.problem.stated import Problem
from pricing.optimise.problem.ways import Way
from pricing.optimise.questions.asked import Asked, serves_all

ALIKE = 1e-6
"""Requests that two decisions leave without an answer may differ by this share of all of them."""


def serves_no_less(answer: Answer, than: Answer) -> bool:
    """Whether a decision leaves hardly more requests without an answer than another one."""
    return answer.choice is not None and _missing(answer) <= _missing(than) * (1 + ALIKE) + ALIKE


def serves_alike(one: Answer, other: Answer) -> bool:
    """Whether two decisions leave the same requests without an answer, so that costs compare."""
    return serves_no_less(one, other) and serves_no_less(other, one)


def _missing(answer: Answer) -> float:
    return float(answer.unserved.sum() + answer.lost.sum())


def adopt(asked: Asked, answer: Answer) -> None:
    """Take a decision that keeps all rules of the plan as the best one if it is cheaper."""
    best = asked.answer()
    if answer.objective < best.objective and serves_no_less(answer, best):
        bound = min(best.bound, answer.objective)
        asked.best = replace(
            best, choice=answer.choice, objective=answer.objective, bound=bound,
            gap=relative_gap(answer.objective, bound), unserved=answer.unserved, lost=answer.lost,
        )  # fmt: skip


def adopt_from(asked: Asked, problem: Problem, answer: Answer) -> None:
    """The same of a decision for the plan with fewer rules, where it keeps those too."""
    if answer.choice is None or answer.objective >= asked.answer().objective:
        return
    choice = carried(problem, answer.choice, asked.problem)
    if choice is None:
        return
    found = outcome(Tables(asked.problem.instance), choice)
    if not found.broken:
        adopt(asked, replace(answer, choice=choice, objective=found.money,
                             unserved=found.unserved, lost=found.lost))  # fmt: skip


def raise_bound(asked: Asked, answer: Answer) -> None:
    """No decision with all rules costs less than any with fewer that serves the same."""
    best = asked.answer()
    served = serves_all(answer) and serves_all(best)
    if answer.bound > best.bound and served and serves_alike(answer, best):
        bound = min(answer.bound, best.objective)
        asked.best = replace(best, bound=bound, gap=relative_gap(best.objective, bound))


def carried(problem: Problem, choice: Choice, other: Problem) -> Choice | None:
    """A decision for one problem as one for another of the same months.

    Returns:
        None if it takes ways or servers that the other one does not offer.
    """
    if [job.key for job in problem.instance.jobs] != [job.key for job in other.instance.jobs]:
        return None
    places = {_key(way): place for place, way in enumerate(other.ways)}
    shares = np.zeros((len(other.ways), other.instance.months))
    for way, row in zip(problem.ways, choice.shares, strict=True):
        place = places.get(_key(way))
        if place is not None:
            shares[place] = row
        elif row.any():
            return None
    pools = {key: place for place, key in enumerate(other.pools)}
    servers = np.zeros((len(other.pools), other.instance.months), dtype=np.int64)
    order = np.zeros((len(other.pools), choice.order.shape[1]), dtype=np.int64)
    for key, running, ranks in zip(problem.pools, choice.servers, choice.order, strict=True):
        if key in pools:
            servers[pools[key]], order[pools[key]] = running, ranks
        elif running.any():
            return None
    return Choice(servers, shares, order)


def _key(way: Way) -> tuple[object, ...]:
    recipe = way.candidate.recipe.model_dump_json()
    return way.candidate.request_class, recipe, way.overflow, way.failover
