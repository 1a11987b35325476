"""Who answers in every state of the world: each option up or down, independently of the others."""

from dataclasses import dataclass
from itertools import product

from pricing.plan.option import Option
from tests.bill.oracle.routing import Way


@dataclass
class StandIns:
    """Requests of a route that its own options do not answer, month by month."""

    overflow: list[float]
    failover: list[float]
    lost: list[float]


def stand_ins(way: Way, options: dict[str, Option], *, overflows: bool) -> StandIns:
    """Add up the states; `overflows` tells whether servers of the route can leave anything.

    In states in which the recipe works, what servers leave goes to the overflow; in others, all
    of it. Who is down passes on to the failover; an overflow cannot be its own.
    """
    route, months = way.route, range(len(way.assigned))
    overflow = route.overflow if overflows else None
    failover = route.failover if route.failover != overflow else None
    involved = sorted({*route.recipe.uses, *([overflow] if overflow else [])})
    found = StandIns(*([0.0 for _ in months] for _ in range(3)))
    works = 0.0
    states = []
    for up in product((True, False), repeat=len(involved)):
        state = dict(zip(involved, up, strict=True))
        chance = 1.0
        for name, answers in state.items():
            stated = options[name].availability
            here = 1.0 if stated is None else stated.value
            chance *= here if answers else 1 - here
        fine = all(state[use] for use in route.recipe.uses)
        works += chance if fine else 0.0
        states.append((chance, fine, overflow is not None and state[overflow]))
    for chance, fine, caught in states:
        if chance == 0 or (fine and overflow is None):
            continue
        to = found.overflow if caught else found.lost if failover is None else found.failover
        for month in months:
            arriving = way.beyond(month) / works if fine else way.assigned[month]
            to[month] += chance * arriving
    return found
