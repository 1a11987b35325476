"""The relaxation, cuts included, solved by scipy's own copy of HiGHS gives the same optimum."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from pricing.optimise.engine.instance import Instance, Limits
from pricing.optimise.engine.model import Model, build_model
from pricing.optimise.engine.solver import Solver, Watch
from pricing.optimise.engine.tables import Tables
from tests.optimise.instances import large, lossy, tiny


def by_scipy(model: Model) -> float:
    matrix, columns = model.matrix, model.layout.columns
    rows = csr_array(
        (matrix.values, matrix.columns, matrix.starts), shape=(len(matrix.lower), columns.count)
    )
    found = milp(
        columns.cost,
        integrality=columns.whole.astype(int),
        bounds=Bounds(columns.lower, columns.upper),
        constraints=LinearConstraint(rows, matrix.lower, matrix.upper),
        options={"mip_rel_gap": 1e-7},
    )
    return float(found.fun) + model.tables.instance.constant


@pytest.mark.parametrize("seed", range(8))
def test_that_a_second_solver_finds_the_same_optimum_of_the_model(seed: int) -> None:
    instance = tiny(seed) if seed else large(0, jobs=3, months=6, pools=4, suppliers=2)
    both_agree(instance)


@pytest.mark.parametrize("seed", range(8))
def test_that_they_agree_where_requests_are_lost_in_outages(seed: int) -> None:
    both_agree(lossy(tiny(seed, limits=Limits(quality=0.65) if seed % 2 else None), seed))


def both_agree(instance: Instance) -> None:
    model = build_model(Tables(instance))
    bounds: list[float] = []
    solver = Solver(model, threads=1)
    ended = solver.search(
        Watch(lambda: False, lambda values: None, bounds.append), 1e-7, 30.0, None
    )
    assert ended
    assert max(bounds) == pytest.approx(by_scipy(model), rel=1e-6)
    assert np.isfinite(max(bounds))
