"""Rows at the hull of whole staffings cut off fractions, and never a whole staffing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.optimise.engine.answer import Settings
from pricing.optimise.engine.columns import at
from pricing.optimise.engine.hull import Hull, staffings_of
from pricing.optimise.engine.layout import lay_out
from pricing.optimise.engine.rows import ABSENT, Rows
from pricing.optimise.engine.solve import solve
from pricing.optimise.engine.tables import Tables
from tests.optimise.instances import large

COLUMNS = {"jobs": 4, "months": 6, "pools": 4, "suppliers": 2}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 30), st.integers(0, 1000))
def test_that_no_row_cuts_off_a_whole_staffing_and_each_cuts_off_what_it_was_found_for(
    seed: int, draw: int
) -> None:
    tables = Tables(large(seed, **COLUMNS))
    layout = lay_out(tables, None, None)
    found, rows = list(staffings_of(tables, layout)), Rows()
    values = np.zeros(layout.columns.count)
    random = np.random.default_rng(draw)
    for it in found:
        there = it.columns != ABSENT
        mixture = random.dirichlet(np.ones(len(it.points))) @ it.points
        values[it.columns[there]] = mixture[there] * random.uniform(0.3, 0.9)
    Hull(tables, layout, lambda: False).find(values, rows)
    assert found
    if not rows.count:
        return
    matrix = rows.build(layout.columns.count)
    for row in range(rows.count):
        part = slice(matrix.starts[row], matrix.starts[row + 1])
        columns, weights = matrix.columns[part], matrix.values[part]
        least = matrix.lower[row]
        assert weights @ values[columns] < least
        for it in found:
            if not set(columns) <= set(it.columns):
                continue
            for point in it.points:
                whole = np.zeros(layout.columns.count)
                whole[it.columns[it.columns != ABSENT]] = point[it.columns != ABSENT]
                assert weights @ at(whole, columns) >= least - 1e-7


@pytest.mark.parametrize("seed", [0, 3])
def test_that_the_servers_of_a_decision_are_one_of_the_staffings_or_more(seed: int) -> None:
    instance = large(seed, **COLUMNS)
    tables = Tables(instance)
    answer = solve(instance, Settings(gap=1e-3))
    assert answer.choice is not None
    layout = lay_out(tables, None, None)
    working = np.maximum(answer.choice.servers - tables.spares[:, None], 0)
    for it in staffings_of(tables, layout):
        places = it.columns[: len(it.columns) // 2]
        pools, months = np.nonzero(np.isin(layout.working, places))
        there = {layout.working[p, m]: working[p, m] for p, m in zip(pools, months, strict=True)}
        counts = np.array([there[place] for place in places])
        assert (it.points[:, : len(places)] <= counts).all(axis=1).any()
