"""Variances of residuals are found again in residuals that were made with them."""

import numpy as np
import pytest

from pricing.calibration.spread import anchor_of
from tests.calibration.data import data


def test_that_the_spread_between_and_within_setups_is_found_again() -> None:
    rows = data().rows
    draw = np.random.default_rng(4)
    ways = [
        (source, stack, row.precision, row.tensor, row.data, row.pipeline)
        for source, stack, row in zip(rows.sources, rows.stacks, rows.measured, strict=True)
    ]
    stacks = sorted({way[:2] for way in ways})
    of_stack = {stack: 0.14 * draw.standard_normal() for stack in stacks}
    of_way = {way: 0.10 * draw.standard_normal() for way in sorted(set(ways))}
    residuals = np.array([of_stack[way[:2]] + of_way[way] for way in ways])
    residuals += 0.08 * draw.standard_normal(len(rows))
    found = anchor_of(residuals, rows, "a test")
    assert found.between == pytest.approx(np.hypot(0.14, 0.10), rel=0.2)
    assert found.within == pytest.approx(0.08, rel=0.15)
    assert found.unlike == pytest.approx(0.14**2 / (0.14**2 + 0.10**2), abs=0.2)
