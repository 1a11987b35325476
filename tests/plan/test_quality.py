"""Quality scores of models on the buyer's own test."""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing.plan.document import validate_document
from pricing.plan.edit import edited, value_at, with_item_added, with_item_removed
from pricing.plan.file import load_plan, plan_text
from tests.plan.replacing import said_of

GOLDEN = Path(__file__).parent / "golden"
PLAN = load_plan(GOLDEN / "version_1.reckon")
TESTED = {
    "model": "qwen3-32b",
    "score": {"value": 0.8, "source": "own test", "as_of": "2026-11-20"},
}


def said(*qualities: dict[str, Any]) -> list[str]:
    """What is said of a plan with these scores."""
    return said_of(PLAN, qualities=list(qualities))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"score": 78}, "Quality score: 78 is too large; scores between 0 and 1 are possible."),
        ({"model": ""}, "Model: empty; enter at least one character."),
        ({"score": {}}, 'Quality score: the number is missing; add "value".'),
    ],
)
def test_that_a_score_that_cannot_be_is_refused(changes: dict[str, Any], sentence: str) -> None:
    assert said(TESTED | changes) == [f"Quality scores › entry 1 › {sentence}"]


def test_that_a_model_has_one_score_for_each_class_and_one_for_all() -> None:
    per_class = [TESTED | {"request_class": name} for name in ("chat", "mail")]
    document = json.loads(plan_text(PLAN)) | {"qualities": [TESTED, *per_class]}
    scores = validate_document(document).qualities
    assert [quality.request_class for quality in scores] == [None, "chat", "mail"]
    assert said(*per_class, per_class[0])[-1] == (
        "Quality scores › entry 3 (Chat) › "
        'Model: "qwen3-32b" has a score for chat already; a model has '
        "one for each class."
    )


def test_that_a_score_is_for_a_class_of_the_plan() -> None:
    assert said(TESTED | {"request_class": "calls"}) == [
        'Quality scores › entry 1 › Request class: "calls" is no request class of this plan; known '
        "are chat, mail, night.batch."
    ]


def test_that_a_model_has_one_score() -> None:
    assert said(TESTED, {"model": "openai/gpt-5"}, {"model": "qwen3-32b", "score": 1})[-1] == (
        'Quality scores › entry 3 › Model: "qwen3-32b" has a score already; a model has one.'
    )


def test_that_scores_are_added_changed_and_removed_like_other_entries() -> None:
    plan = with_item_added(PLAN, "qualities", TESTED).plan
    plan = with_item_added(plan, "qualities", {"model": "openai/gpt-5", "score": 0.9}).plan
    plan = edited(plan, "qualities.0.score.value", 0.81)
    assert value_at(plan, "qualities.0.score").value == 0.81
    plan = with_item_removed(plan, "qualities", 0).plan
    assert [quality.model for quality in plan.qualities] == ["openai/gpt-5"]
    assert plan_text(with_item_removed(plan, "qualities", 0).plan) == plan_text(PLAN)


def test_that_scores_of_version_1_open_forever() -> None:
    path = GOLDEN / "version_1_qualities.reckon"
    plan = load_plan(path)
    assert plan_text(plan) == path.read_text(encoding="utf-8")
    written = json.loads(path.read_text(encoding="utf-8"))["qualities"]
    assert [quality.model for quality in plan.qualities] == ["qwen3-32b", "openai/gpt-5"]
    assert set(written[0]) == {"model", "score"}
    assert [quality.request_class for quality in plan.qualities] == [None, None]
