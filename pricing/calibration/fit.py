"""The fit: robust least squares on logarithms with a belief for every unknown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from pricing.calibration.design import Design
from pricing.calibration.forward import logs_of, slopes_of
from pricing.calibration.rows import Rows, weights_of
from pricing.serving.columns import Numbers

SCALE = 0.18
"""Standard deviation of log errors within a stack (study of November 2026: 0.16 to 0.20)."""
TAILS = 4.0
"""Degrees of freedom of Student's distribution of errors: rows that are far off count little."""
INDEPENDENT = 1 / 3
"""Weight of a row beside a belief: rows of a group are alike and tell less than their number."""
TPOT_WEIGHT = 0.5
"""Weight of a time per token beside a throughput: both come from the same run."""
MOST_ROUNDS = 30
GOOD_ENOUGH = 1e-5
"""Relative gain at which the fit stops."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Fit:
    """The most likely unknowns."""

    design: Design
    unknowns: Numbers
    """Logarithms, shape (unknowns,)."""
    cost: float
    rounds: int


def fit(rows: Rows, design: Design, used: Mask | None = None) -> Fit:
    """The unknowns that some rows and the beliefs make most likely (maximum a posteriori).

    Gauss-Newton steps on the negative log posterior; errors follow Student's distribution, which
    weighs a row by (v + 1) / (v + (r / s)^2) in each round (Lange, Little, Taylor 1989, "Robust
    statistical modeling using the t distribution").

    Args:
        rows: Measured points.
        design: Unknowns of all of them.
        used: Points to fit on, shape (rows,); none means all.
    """
    mask = np.ones(len(rows), dtype=bool) if used is None else used
    problem = _Problem(rows, design, mask)
    at, damping = design.centre.copy(), 1e-3
    cost = problem.cost(at)
    rounds = 0
    while rounds < MOST_ROUNDS:
        rounds += 1
        curvature, downhill = problem.normal(at)
        before = cost
        while damping < 1e6:
            step = _solve(curvature, downhill, damping)
            there = problem.cost(at + step)
            if there < cost:
                at, cost, damping = at + step, there, max(damping / 5, 1e-7)
                break
            damping *= 5
        if before - cost < GOOD_ENOUGH * abs(cost):
            break
    return Fit(design, at, cost, rounds)


class _Problem:
    """Cost of unknowns, and the quadratic that is like it nearby."""

    def __init__(self, rows: Rows, design: Design, used: Mask) -> None:
        self._rows, self._design = rows, design
        weights = np.zeros(len(rows))
        places = np.flatnonzero(used)
        weights[places] = INDEPENDENT * weights_of([rows.groups[place] for place in places])
        timed = np.isfinite(rows.tpot)
        self._weights = weights
        self._tpot_weights = np.where(timed, TPOT_WEIGHT * weights, 0.0)
        self._tpot = np.where(timed, rows.tpot, 0.0)

    def cost(self, unknowns: Numbers) -> float:
        at = logs_of(self._rows, self._design.logs(unknowns))
        off = (unknowns - self._design.centre) / self._design.spread
        return float(
            _student(self._rows.throughput - at.throughput, self._weights)
            + _student(self._tpot - at.tpot, self._tpot_weights)
            + off @ off / 2
        )

    def normal(self, unknowns: Numbers) -> tuple[Numbers, Numbers]:
        """Curvature and downhill direction."""
        fields = self._design.logs(unknowns)
        at = logs_of(self._rows, fields)
        slopes = slopes_of(self._rows, self._design, fields, at)
        belief = self._design.spread**-2.0
        curvature = np.diag(belief)
        downhill = belief * (self._design.centre - unknowns)
        for slope, error, weights in (
            (slopes.throughput, self._rows.throughput - at.throughput, self._weights),
            (slopes.tpot, self._tpot - at.tpot, self._tpot_weights),
        ):
            pull = weights * (TAILS + 1) / (TAILS + (error / SCALE) ** 2) / SCALE**2
            used = np.flatnonzero(pull)
            dense = slope[used].toarray()
            weighted = dense * pull[used, None]
            curvature += weighted.T @ dense
            downhill += weighted.T @ error[used]
        return curvature, downhill


def _student(errors: Numbers, weights: Numbers) -> float:
    return float(weights @ np.log1p((errors / SCALE) ** 2 / TAILS)) * (TAILS + 1) / 2


def _solve(curvature: Numbers, downhill: Numbers, damping: float) -> Numbers:
    damped = curvature + damping * np.diag(np.diag(curvature))
    step = cho_solve(cho_factor(damped, lower=True), downhill)
    return np.asarray(np.clip(step, -1.0, 1.0))
