"""Other decisions that cost hardly more than the best one, and what sets them apart."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pricing.optimise.engine.answer import Answer
from pricing.optimise.engine.instance import Choice, Instance, Limits, Numbers
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.questions.asked import Asked, capex_by_year, mean_quality, share_at_home
from pricing.optimise.questions.levels import Axis, limits_at
from pricing.optimise.questions.meeting import used_sources

THOUSAND = 1000.0
NEAR = 0.03
"""How much dearer an alternative may be than the best decision."""
COUNT = 3
"""How many are looked for."""
STEPS: dict[Axis, tuple[float, ...]] = {
    "on_premises": (0.05, 0.025),
    "capex": (0.25, 0.125),
    "quality": (0.01, 0.005),
}
"""How much stricter a level is asked for than the best decision reaches, the larger one first: more
of the tokens on premises, a share of the yearly purchases saved, more of the mean score."""
ALIKE = 1e-3
"""Share of the work below which two decisions are told as one."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another decision that costs little more than the best one."""

    npv: float
    more: float
    """How much dearer, as a share."""
    answer: Answer
    limits: Limits
    """What it was asked to keep."""
    left_out: str = ""
    """Id of the option it does without, which the best decision uses; empty where an axis says
    what sets it apart."""
    axis: Axis | None = None
    """What it has less (capex) or more of than the best decision."""
    level: float = 0.0
    """Most purchases of a year in thousands, least share on premises, or least mean quality."""


def alternatives(asked: Asked, count: int = COUNT) -> tuple[Alternative, ...]:
    """Decisions within 3 % of the best that differ from it most, cheapest first.

    First those that leave out one option that the best one uses. Where these are too few, also
    those that keep more on premises, buy less, or answer better. Of two that are alike only one
    is kept.
    """
    best = asked.answer()
    if best.choice is None:
        return ()
    instance = asked.problem.instance
    found = list(_without_an_option(asked, best.choice))
    chosen = list(_most_different(instance, best.choice, found, count))
    if len(chosen) < count:
        found += _at_stricter_levels(asked, best.choice)
        chosen = list(_most_different(instance, best.choice, found, count))
    return tuple(sorted(chosen, key=lambda one: one.npv))


def _without_an_option(asked: Asked, best: Choice) -> Iterator[Alternative]:
    instance = asked.problem.instance
    for option in used_sources(instance, best):
        if asked.cancel():
            return
        answer = asked.within(closed=instance.limits.closed | {option})
        if (more := _dearer(asked, answer)) is not None:
            limits = answer.limits or instance.limits
            yield Alternative(answer.objective * THOUSAND, more, answer, limits, left_out=option)


def _at_stricter_levels(asked: Asked, best: Choice) -> Iterator[Alternative]:
    """At most one an axis: the larger step that costs little enough."""
    instance = asked.problem.instance
    for axis, steps in STEPS.items():
        for step in steps:
            if asked.cancel():
                return
            level = _stricter(instance, best, axis, step)
            if level is None:
                break
            answer = asked.within(**limits_at(instance, axis, level))
            if (more := _dearer(asked, answer)) is not None:
                limits = answer.limits or instance.limits
                yield Alternative(answer.objective * THOUSAND, more, answer, limits, axis=axis,
                                  level=level)  # fmt: skip
                break


def _stricter(instance: Instance, best: Choice, axis: Axis, step: float) -> float | None:
    """A level stricter than the best decision's; none where there can be none."""
    if axis == "capex":
        most = float(capex_by_year(instance, best).max(initial=0.0))
        return most * (1 - step) if most > 0 else None
    measure = share_at_home if axis == "on_premises" else mean_quality
    level = measure(instance, best) + step
    return level if level <= 1 else None


def _dearer(asked: Asked, answer: Answer) -> float | None:
    """By what share a decision is dearer than the best; none where it is no alternative to it."""
    if not asked.serves_as_much(answer):
        return None
    best = asked.answer().objective
    more = (answer.objective - best) / max(abs(best), 1e-9)
    return more if more <= NEAR else None


def _most_different(
    instance: Instance, best: Choice, found: list[Alternative], count: int
) -> Iterator[Alternative]:
    """Those that differ most from the best one and from each other."""
    pictures = [_picture(instance, best)]
    rest = [(one, _picture(instance, _choice(one))) for one in found]
    for _ in range(count):
        apart = [min(np.abs(mine - other).sum() for other in pictures) for _one, mine in rest]
        place = int(np.argmax(apart)) if apart else 0
        if not apart or apart[place] < ALIKE:
            return
        one, picture = rest.pop(place)
        pictures.append(picture)
        yield one


def _choice(one: Alternative) -> Choice:
    assert one.answer.choice is not None
    return one.answer.choice


def _picture(instance: Instance, choice: Choice) -> Numbers:
    """Who serves how much of each job, as shares of the horizon's requests."""
    sources = [*(p.key for p in instance.pools), *(s.key for s in instance.suppliers)]
    answered = outcome(Tables(instance), choice).answered
    picture = np.zeros((len(instance.jobs), len(sources)))
    for place, recipe in enumerate(instance.recipes):
        requests = instance.jobs[recipe.job].requests
        share = float(answered[place] @ requests) / max(float(requests.sum()), 1e-12)
        for key in recipe.bought:
            picture[recipe.job, sources.index(key)] += share
    return picture.ravel() / max(len(instance.jobs), 1)
