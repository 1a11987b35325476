"""What a plan says to a right-sizing of the scores of its models."""

import pytest

from pricing.plan.figure import Share
from pricing.plan.quality import ModelQuality
from pricing.serving.search.rightsizing_plan import needs_of
from tests.bill.sample import six_options

PLAN = six_options()
FIRST, SECOND = PLAN.workload[0], PLAN.workload[0].model_copy(update={"id": "second"})


def scores(*entries: tuple[str | None, float]) -> dict[str, float]:
    """What is known of model `m` for two classes, from scores by class (none: all classes)."""
    qualities = tuple(
        ModelQuality(model="m", request_class=name, score=Share(value=score))
        for name, score in entries
    )
    found = needs_of(PLAN.model_copy(update={"qualities": qualities}), (FIRST, SECOND))
    return dict(found.quality or {})


@pytest.mark.parametrize("order", [1, -1])
def test_that_the_lowest_score_of_the_classes_counts_whatever_their_order(order: int) -> None:
    assert scores(*[(FIRST.id, 0.7), ("second", 0.9)][::order]) == {"m": 0.7}


def test_that_a_score_for_a_class_goes_before_one_for_all() -> None:
    assert scores((None, 0.5), (FIRST.id, 0.7), ("second", 0.9)) == {"m": 0.7}
    assert scores((None, 0.95), (FIRST.id, 0.7)) == {"m": 0.7}


def test_that_a_score_for_another_class_says_nothing() -> None:
    assert scores((FIRST.id, 0.7)) == {}
    assert scores(("third", 0.7)) == {}
