"""What is kept of a stack's residuals, by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.calibration.fit import TAILS
from pricing.calibration.offsets import NOISE, OF_SOURCE, STACK, offset

SMALL = 1e-3
"""So small a residual that no source looks special."""


def test_that_one_source_is_shrunk_by_its_variances() -> None:
    n = 4
    seen = OF_SOURCE**2 + NOISE**2 / n
    trust = (TAILS + 1) / TAILS
    expected = SMALL * STACK**2 * trust / (STACK**2 * trust + seen)
    assert offset({"a": [SMALL] * n}) == pytest.approx(expected, rel=1e-3)


def test_that_two_sources_that_agree_say_more_than_one_with_all_their_rows() -> None:
    assert offset({"a": [0.1] * 5, "b": [0.1] * 5}) > offset({"a": [0.1] * 10})


def test_that_untuned_baselines_count_less() -> None:
    special = offset({"GPUStack performance lab": [0.2] * 5})
    assert 0 < special < offset({"a": [0.2] * 5}) / 3


def test_that_a_source_far_off_is_taken_for_a_way_of_measuring() -> None:
    assert offset({"a": [1.0] * 20}) < 2 * offset({"a": [0.3] * 20}) / 1.5


@given(st.floats(-1, 1), st.integers(1, 50))
def test_that_offsets_are_shrunk_and_keep_their_sign(residual: float, n: int) -> None:
    found = offset({"a": [residual] * n})
    assert abs(found) <= abs(residual)
    assert found == pytest.approx(0, abs=1e-12) or math.copysign(1, found) == np.sign(residual)
