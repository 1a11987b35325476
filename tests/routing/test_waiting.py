"""How long readers wait, by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.plan.recipe import Cascade, Router
from pricing.routing.latency import Speed
from pricing.routing.waiting import Wait, answer_wait, first_token_wait
from tests.bill.small import api, plan

requests = st.dictionaries(st.floats(0, 1e3), st.integers(1, 100), min_size=1, max_size=6)


@given(requests)
def test_that_slow_seconds_are_the_95th_percentile_of_listed_requests(
    counts: dict[float, int],
) -> None:
    every = sorted(seconds for seconds, count in counts.items() for _ in range(count))
    found = Wait.of({seconds: count / len(every) for seconds, count in counts.items()})
    assert found.slow == every[len(every) - 1 - len(every) // 20]
    assert found.worst == every[-1]
    assert found.typical == pytest.approx(sum(every) / len(every))


CASCADE = Cascade.model_validate(
    {"small": "small", "large": "large", "accepts_right": 0.9, "accepts_wrong": 0.1,
     "both_right": 0.5, "verifier_seconds": 0.5}
)  # fmt: skip
SPEEDS = {
    "small": Speed(first_token=0.5, per_token=0.01, origin="predicted"),
    "large": Speed(first_token=1.0, per_token=0.02, origin="predicted"),
}


def waits(
    recipe: Any, speeds: dict[str, Speed], small: float = 0.6
) -> tuple[Wait | None, Wait | None]:
    """Until the first token and until the whole answer, with these scores of the models."""
    found = plan(
        api(id="small", model="small"), api(id="large", model="large"),
        qualities=[{"model": "small", "score": small}, {"model": "large", "score": 0.99}],
    )  # fmt: skip
    asked = found.workload[0]
    return (
        first_token_wait(found, recipe, asked, speeds), answer_wait(found, recipe, asked, speeds)
    )  # fmt: skip


def test_that_a_cascade_waits_for_the_verifier_and_some_for_the_large_model() -> None:
    # 2.5 s and 5 s for 200 tokens, 0.5 s to verify, 42 % sent on
    first, whole = waits(CASCADE, SPEEDS)
    assert first == Wait(pytest.approx(3 + 0.42 * 1), 4, 4)
    assert whole == Wait(pytest.approx(3 + 0.42 * 5), 8, 8)


def test_that_a_router_waits_for_one_of_two() -> None:
    router = Router.model_validate(
        {"weak": "small", "strong": "large", "strong_share": 0.25, "apgr": 0.6,
         "router_seconds": 0.1}
    )  # fmt: skip
    first, whole = waits(router, SPEEDS)
    assert first == Wait(pytest.approx(0.1 + 0.75 * 0.5 + 0.25 * 1), 1.1, 1.1)
    assert whole == Wait(pytest.approx(0.1 + 0.75 * 2.5 + 0.25 * 5), 5.1, 5.1)


@pytest.mark.parametrize("missing", ["small", "large"])
def test_that_nobody_knows_how_long_a_recipe_takes_of_which_one_part_is_unknown(
    missing: str,
) -> None:
    known = {name: speed for name, speed in SPEEDS.items() if name != missing}
    assert waits(CASCADE, known) == (None, None)


def test_that_a_share_of_one_in_twenty_is_left_out_of_the_slow_seconds_and_no_more() -> None:
    careful = Cascade.model_validate(
        CASCADE.model_dump() | {"accepts_right": 1.0, "accepts_wrong": 0.0}
    )
    _, wait = waits(careful, SPEEDS, small=0.95)
    assert wait is not None
    assert (wait.slow, wait.worst) == (3, 8)  # 5 % are wrong and sent on
