"""What the rows of one stack have in common beyond the formulas, as far as others would see it too.

A residual, log(measured / predicted), is taken for the sum of an offset of the stack, an offset
that one source has on it, and noise. The stack's offset is their best linear unbiased prediction
(Henderson 1975, "Best linear unbiased estimation and prediction under a selection model"): medians
of the sources, weighed by how sure each is, shrunk towards none. A source that is further off than
such offsets are says more of its own way of measuring; it counts less, as a row does in the fit.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import numpy as np

from pricing.calibration.effects import SPECIAL_SOURCES
from pricing.calibration.fit import TAILS, Fit, Mask
from pricing.calibration.forward import logs_of
from pricing.calibration.rows import Rows
from pricing.serving.columns import Numbers
from pricing.serving.parameters import Measured

STACK: Final = 0.10
"""Standard deviation of offsets of stacks: half of the 0.195 between stacks of one source is the
source's own way of measuring (study of November 2026; ours for whole sources)."""
OF_SOURCE: Final = 0.15
"""Standard deviation of the offset that a source has on a stack."""
NOISE: Final = 0.20
"""Standard deviation within a stack of one source."""


def residuals_of(found: Fit, rows: Rows) -> Numbers:
    """log(measured / predicted) of every row, shape (rows,)."""
    known = found.design.known(found.unknowns)
    return np.asarray(rows.throughput - logs_of(rows, found.design.logs(known)).throughput)


def factors_of(found: Fit, rows: Rows, used: Mask) -> dict[str, Measured]:
    """Factors on the throughput of every stack that was measured."""
    residuals = residuals_of(found, rows)
    by_stack: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for place in np.flatnonzero(used):
        by_stack[rows.stacks[place]][rows.sources[place]].append(float(residuals[place]))
    return {
        key: Measured(
            factor=float(np.exp(offset(of_sources))),
            rows=sum(map(len, of_sources.values())),
            sources=tuple(sorted(of_sources)),
        )
        for key, of_sources in sorted(by_stack.items())
    }


def offset(residuals: Mapping[str, list[float]]) -> float:
    """The offset of a stack from the residuals of its sources.

    Args:
        residuals: By source; their medians count, so that a row that is far off changes little.
    """
    middle = np.array([np.median(values) for values in residuals.values()])
    variance = np.array([
        max(OF_SOURCE, SPECIAL_SOURCES.get(source, 0)) ** 2 + NOISE**2 / len(values)
        for source, values in residuals.items()
    ])  # fmt: skip
    off = middle**2 / (STACK**2 + variance)
    sure = (TAILS + 1) / (TAILS + off) / variance
    return float(middle @ sure / (STACK**-2.0 + sure.sum()))
