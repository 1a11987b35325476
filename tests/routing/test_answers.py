import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing import Answers, Call, RoutingError, exceeded_by
from tests.routing.strategies import amounts

chances = st.lists(st.integers(1, 100), min_size=1, max_size=6)


@given(
    chances.flatmap(
        lambda c: st.tuples(st.just(c), st.lists(amounts, min_size=len(c), max_size=len(c)))
    )
)
def test_that_slow_seconds_are_the_percentile_of_listed_requests(
    case: tuple[list[int], list[float]],
) -> None:
    counts, times = case
    every = sorted(t for t, n in zip(times, counts, strict=True) for _ in range(n))
    for slow in (0.0, 0.05, 0.5):
        allowed = int(np.floor(slow * len(every) + 1e-9))
        expected = every[len(every) - 1 - allowed]
        found = exceeded_by(times, np.array(counts) / sum(counts), slow)
        # equal times may sit on either side of the place counted to
        assert found == expected


def test_that_slow_seconds_work_on_many_cases_at_once() -> None:
    found = exceeded_by([[1.0, 9.0], [1.0, 9.0]], [[0.96, 0.04], [0.94, 0.06]])
    assert found.tolist() == [1.0, 9.0]


def test_that_direct_answers_are_those_of_the_call() -> None:
    answers = Answers.direct(0.8, Call.of(cost=0.01, seconds=2.0))
    assert (answers.quality, answers.cost, answers.seconds, answers.slow_seconds) == (
        0.8,
        0.01,
        2,
        2,
    )


@pytest.mark.parametrize("quality", [-0.1, 1.2, float("nan")])
def test_that_a_quality_outside_0_to_1_is_refused_by_name(quality: float) -> None:
    with pytest.raises(RoutingError, match=r"quality is .*; 0 to 1 is possible") as refused:
        Answers.direct(quality, Call.of(cost=0.0, seconds=0.0))
    assert refused.value.field == "quality"
