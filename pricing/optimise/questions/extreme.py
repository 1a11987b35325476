"""The strictest level that any decision within the rules reaches, whatever it costs.

The same problem is solved with another objective: tokens outside the premises, what answers lack
of a perfect score, or purchases. The smallest largest purchase of a year is no sum, so that it is
looked for by halving.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.optimise.engine.answer import Answer
from pricing.optimise.engine.instance import Choice, Instance, Numbers, Recipe
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.levels import (
    STEP,
    Axis,
    level_of,
    limits_at,
    scored_only,
    years_of,
)

WHOLE = 1000.0
"""What all tokens or answers together count in the objective: its gaps are shares of that."""
GAP = 1e-3
"""How sure the end of an axis is found."""
ROUNDS = 4
"""Times that a share of tokens is raised, where recipes differ in how many tokens they buy."""
HALVINGS = 6
SMALL = 1e-3
"""Levels nearer to each other than this are not told apart."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """Where an axis ends."""

    level: float
    """The strictest that a decision was found for; purchases in thousands."""
    beyond: float
    """No decision reaches a stricter one than this; near `level` if the search came to its end."""
    choice: Choice


def extreme(asked: Asked, axis: Axis, cheapest: Choice) -> Extreme:
    """The strictest level within reach, from the cheapest decision on.

    Args:
        asked: The plan.
        axis: What the level is of.
        cheapest: A decision from which the search starts; its level is reached in any case.
    """
    if axis == "capex":
        return _fewest_purchases(asked, cheapest)
    instance = scored_only(asked.problem.instance, axis)
    found = Extreme(level_of(instance, axis, cheapest), 1.0, cheapest)
    for _ in range(ROUNDS):
        aim = _aiming_at(asked, instance, axis, found.level)
        answer = _solved(asked, aim.instance, found.choice)
        if answer.choice is None or not asked.serves_as_much(answer):
            break
        gained = max(level_of(instance, axis, answer.choice) - found.level, 0.0)
        # what is above the level asked about is at most what was found of it and the gap
        most = found.level + gained * aim.stretch + (answer.objective - answer.bound) / WHOLE
        found = Extreme(
            found.level + gained, min(most, found.beyond),
            answer.choice if gained > 0 else found.choice,
        )  # fmt: skip
        if gained * (aim.stretch - 1) <= SMALL or asked.cancel():
            break
    return found


def _solved(asked: Asked, instance: Instance, start: Choice) -> Answer:
    settings = replace(asked.settings, gap=GAP)
    return asked.solve(instance, settings=settings, start=start)


@dataclass(frozen=True, slots=True)
class _Aim:
    """A problem whose cost is what an axis lacks."""

    instance: Instance
    stretch: float
    """How many more tokens one way to serve everything may buy than another; 1 at least."""


def _aiming_at(asked: Asked, instance: Instance, axis: Axis, level: float) -> _Aim:
    """The same problem with what is missing to an axis as its only cost.

    A share of tokens is a ratio: what is made large is the tokens at home less `level` times all of
    them, which is above 0 exactly where the share is above the level.
    """
    home = {pool.key for pool in instance.pools if pool.on_premises}
    weights = [_weight(instance, recipe, axis, home, level) for recipe in instance.recipes]
    served = [
        float((job.requests - missing).sum())
        for job, missing in zip(instance.jobs, asked.answer().unserved, strict=True)
    ]
    most, all_most, all_least = [], 0.0, 0.0
    for place, job in enumerate(instance.jobs):
        mine = [at for at, recipe in enumerate(instance.recipes) if recipe.job == place]
        most.append(max((float(weights[at].max()) for at in mine), default=0.0))
        bought = [sum(instance.recipes[at].bought.values()) for at in mine] or [job.tokens]
        counts = [job.answers] * 2 if axis == "quality" else [min(bought), max(bought)]
        all_least += served[place] * counts[0]
        all_most += served[place] * counts[1]
    scale = WHOLE / max(all_least, 1e-12)
    zeros = np.zeros(instance.months)

    def changed(recipe: Recipe, weight: Numbers) -> Recipe:
        lacking = (most[recipe.job] - weight) * scale
        return replace(
            recipe, cost=np.where(np.isfinite(recipe.cost), lacking, recipe.cost), lost=None,
            spend=dict.fromkeys(recipe.spend, zeros),
        )  # fmt: skip

    recipes = zip(instance.recipes, weights, strict=True)
    aim = _with_costs(instance, tuple(changed(recipe, weight) for recipe, weight in recipes))
    return _Aim(replace(aim, constant=WHOLE), all_most / max(all_least, 1e-12))


def _weight(
    instance: Instance, recipe: Recipe, axis: Axis, home: set[str], level: float
) -> Numbers:
    """What one request adds to the axis, shape (T,): tokens or a score; none of what is lost."""
    if axis == "quality":
        each = instance.jobs[recipe.job].answers * np.nan_to_num(recipe.quality)
    else:
        inside = sum(tokens for key, tokens in recipe.bought.items() if key in home)
        each = inside - level * sum(recipe.bought.values())
    lost = np.zeros(instance.months) if recipe.lost is None else recipe.lost
    return np.asarray(each * (1.0 - lost))


def _with_costs(
    instance: Instance, recipes: tuple[Recipe, ...], units: Sequence[Numbers] | None = None
) -> Instance:
    """The same problem with other costs of recipes and of servers, and no other cost."""
    zeros = np.zeros(instance.months)
    each = [zeros] * len(instance.pools) if units is None else units
    return replace(
        instance,
        recipes=recipes,
        pools=tuple(
            replace(pool, fixed=zeros, unit=np.where(np.isfinite(pool.unit), unit, np.inf))
            for pool, unit in zip(instance.pools, each, strict=True)
        ),
        suppliers=tuple(
            replace(one, fixed=zeros, minimum=one.minimum * 0, shortfall=one.shortfall * 0)
            for one in instance.suppliers
        ),
        constant=0.0,
    )


# --- purchases ------------------------------------------------------------------------------------


def _fewest_purchases(asked: Asked, cheapest: Choice) -> Extreme:
    """The smallest cap on the purchases of any year that some decision keeps."""
    instance = asked.problem.instance
    best, high, low = cheapest, level_of(instance, "capex", cheapest), 0.0
    if high <= 0:
        return Extreme(0.0, 0.0, cheapest)
    answer = _solved(asked, _buying_least(instance), cheapest)
    if asked.serves_as_much(answer) and answer.choice is not None:
        # all years together buy at least so much, so that one of them buys its part of it
        low = max(answer.bound, 0.0) / years_of(instance)
        level = level_of(instance, "capex", answer.choice)
        if level < high:
            best, high = answer.choice, level
    cap = high * (1 - SMALL)
    for _ in range(HALVINGS):
        if high <= max(low * (1 + 2 * SMALL), STEP) or asked.cancel():
            break
        choice, there = asked.within_reach(limits_at(instance, "capex", cap))
        if choice is not None:
            best, high = choice, min(level_of(instance, "capex", choice), cap)
        elif there is None:
            break
        else:
            low = cap
        cap = (low + high) / 2
    return Extreme(high, low, best)


def _buying_least(instance: Instance) -> Instance:
    """The same problem with purchases as its only cost."""
    recipes = tuple(
        replace(one, cost=np.where(np.isfinite(one.cost), 0.0, one.cost), lost=None,
                spend={key: np.zeros(instance.months) for key in one.spend})
        for one in instance.recipes
    )  # fmt: skip
    return _with_costs(instance, recipes, [pool.capex.sum(axis=1) for pool in instance.pools])
