"""From logarithms of coefficients to logarithms of throughput and time per token, with slopes."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, dia_array

from pricing.calibration.design import Design
from pricing.calibration.effects import THROUGHPUT
from pricing.calibration.rows import Rows
from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Numbers
from pricing.serving.steady import steady_of
from pricing.serving.step import step_of

STEP = 1e-5
"""Of the forward differences."""


@dataclass(frozen=True, slots=True)
class Logs:
    """Logarithms of shape (rows,)."""

    throughput: Numbers
    tpot: Numbers


@dataclass(frozen=True, slots=True)
class Slopes:
    """Derivatives of shape (rows, unknowns)."""

    throughput: csr_array
    tpot: csr_array


def logs_of(rows: Rows, fields: dict[str, Numbers]) -> Logs:
    """What the serving model predicts for logarithms of its coefficients."""
    by = Coefficients.of(**{name: np.exp(fields[name]) for name in Coefficients.names()})
    steady = steady_of(rows.point, rows.counts, step_of(rows.point, rows.counts, by), by.synchrony)
    faster = fields[THROUGHPUT]
    return Logs(
        np.log(steady.output_tokens * rows.replicas) + faster,
        np.log(steady.tpot_in_step) - faster,
    )


def slopes_of(rows: Rows, design: Design, fields: dict[str, Numbers], at: Logs) -> Slopes:
    """How predictions change with each unknown: by field with differences, from there by chain."""
    throughput = tpot = csr_array(next(iter(design.takes.values())).shape)
    for name, takes in design.takes.items():
        moved = logs_of(rows, fields | {name: fields[name] + STEP})
        throughput = throughput + _scaled((moved.throughput - at.throughput) / STEP, takes)
        tpot = tpot + _scaled((moved.tpot - at.tpot) / STEP, takes)
    return Slopes(throughput, tpot)


def _scaled(by: Numbers, matrix: csr_array) -> csr_array:
    count = len(by)
    return csr_array(dia_array((by[None, :], [0]), shape=(count, count)) @ matrix)
