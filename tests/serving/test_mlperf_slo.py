"""MLPerf results within latency limits, predicted from the Offline results of the same systems.

None of these results was used for the queueing formulas. What was reached on 2026-11-22 is in the
docstrings; the tests hold the issue's goal and what must not get much worse.
"""

from collections import defaultdict

import numpy as np
import pytest
from numpy.typing import NDArray

from pricing.serving.parameters import load_parameters
from tests.serving.mlperf import Limited, limited_results, predicted


def errors(*, anchored: bool) -> dict[str, NDArray[np.float64]]:
    """Relative errors by workload; the same stack under the same limits is predicted once."""
    parameters = load_parameters()
    known: dict[tuple[int, float, float], float] = {}

    def prediction(of: Limited) -> float:
        key = (of.offline.line, of.ttft, of.tpot)
        if key not in known:
            known[key] = predicted(of, parameters, anchored=anchored)
        return known[key]

    found = defaultdict(list)
    for result in limited_results()[0]:
        found[result.label].append(prediction(result) / result.tokens_per_s - 1)
    return {label: np.array(values) for label, values in found.items()}


@pytest.fixture(scope="module")
def anchored() -> dict[str, NDArray[np.float64]]:
    return errors(anchored=True)


def median(*values: NDArray[np.float64]) -> float:
    return float(np.median(np.abs(np.concatenate(values))))


def test_that_every_result_with_an_offline_result_of_its_system_is_predicted() -> None:
    found, without = limited_results()
    assert (len(found), without) == (141, 28)


def test_that_throughput_within_latency_limits_follows_from_offline_within_ten_percent(
    anchored: dict[str, NDArray[np.float64]],
) -> None:
    """Reached: 4 %."""
    assert median(*anchored.values()) <= 0.10


def test_that_the_prediction_is_closer_than_taking_offline_as_it_is(
    anchored: dict[str, NDArray[np.float64]],
) -> None:
    """Offline itself is 7.9 % away in the median, and 79 % where the limits are tight."""
    found, _ = limited_results()
    as_it_is = [of.offline.output_tokens_per_s / of.tokens_per_s - 1 for of in found]
    tight = [error for of, error in zip(found, as_it_is, strict=True) if of.tpot < 0.1]
    assert median(*anchored.values()) < 0.7 * np.median(np.abs(as_it_is))
    assert median(anchored["Llama-2-70B interactive"]) < 0.25 * np.median(np.abs(tight))


@pytest.mark.parametrize(
    ("workload", "most"),
    [
        ("Llama-2-70B server", 0.06),
        ("Mixtral-8x7B server", 0.06),
        ("Llama-2-70B interactive", 0.15),
    ],
)
def test_that_each_workload_of_known_lengths_is_predicted(
    anchored: dict[str, NDArray[np.float64]], workload: str, most: float
) -> None:
    """Reached: 4 %, 2 % and 7 %; the last 10 % before the calibration."""
    assert median(anchored[workload]) <= most


def test_that_long_prompts_of_unknown_spread_are_predicted_on_the_safe_side(
    anchored: dict[str, NDArray[np.float64]],
) -> None:
    """Llama-3.1-405B reads 9,400 tokens on average; how they are spread decides on the slowest
    first token of a hundred. With the spread of the short prompts far too little load is allowed
    (two thirds too little in the median), with a coefficient of variation of 0.5 it is 10 %.
    """
    assert (anchored["Llama-3.1-405B server"] < 0.1).all()


def test_that_it_follows_without_any_result_of_the_system_within_twenty_percent() -> None:
    """Reached: 10 %; 14 % before the calibration."""
    assert median(*errors(anchored=False).values()) <= 0.20
