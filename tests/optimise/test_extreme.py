"""Ends of the axes on tiny instances: no decision drawn at random lies beyond them."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.instance import Choice, Instance
from pricing.optimise.engine.outcome import outcome
from pricing.optimise.engine.tables import Tables
from pricing.optimise.optimise import hybrid_of
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.extreme import extreme
from pricing.optimise.questions.levels import Axis, level_of, limits_at
from tests.optimise.instances import tiny
from tests.optimise.plans import mixed, random_choice

TODAY = date(2026, 11, 22)
AXES: tuple[Axis, ...] = ("quality", "capex", "on_premises")
SEEDS = [1, 5, 11, 23, 35]


def asked_of(instance: Instance, catalogue: Catalogue) -> Asked:
    """Questions to an instance instead of the problem of a plan."""
    plan = mixed()
    asked = Asked(plan, catalogue, hybrid_of(plan, None), TODAY, Settings(gap=1e-4, seconds=20))
    asked.problem = replace(asked.problem, instance=instance)
    return asked


def tried(instance: Instance, count: int) -> list[Choice]:
    """Decisions drawn at random that serve everything."""
    tables, found = Tables(instance), []
    for seed in range(count):
        choice = random_choice(instance, seed)
        it = outcome(tables, choice)
        if not it.broken and (it.unserved[tables.avoidable] < 1e-9).all():
            found.append(choice)
    return found


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("seed", SEEDS)
def test_that_an_axis_ends_where_no_decision_drawn_at_random_goes_further(
    seed: int, axis: Axis, catalogue: Catalogue
) -> None:
    instance = tiny(seed)
    asked = asked_of(instance, catalogue)
    cheapest = asked.answer().choice
    assert cheapest is not None
    here = level_of(instance, axis, cheapest)
    if np.isnan(here):
        return
    end = extreme(asked, axis, cheapest)
    limits = replace(instance.limits, **limits_at(instance, axis, end.level))
    assert outcome(Tables(replace(instance, limits=limits)), end.choice).broken == ()
    sign = -1.0 if axis == "capex" else 1.0
    assert sign * (end.level - here) >= 0
    assert sign * (end.beyond - end.level) >= -1e-9
    for choice in tried(instance, 150):
        level = level_of(instance, axis, choice)
        assert np.isnan(level) or sign * (end.beyond - level) >= -1e-6


@pytest.mark.parametrize("axis", AXES)
def test_that_ends_are_found_up_to_a_thousandth(axis: Axis, catalogue: Catalogue) -> None:
    apart = []
    for seed in SEEDS:
        asked = asked_of(tiny(seed), catalogue)
        cheapest = asked.answer().choice
        assert cheapest is not None
        end = extreme(asked, axis, cheapest)
        if not np.isnan(end.level):
            apart.append(
                abs(end.beyond - end.level) / (max(end.level, 1e-9) if axis == "capex" else 1)
            )
    assert np.median(apart) <= 2e-3
