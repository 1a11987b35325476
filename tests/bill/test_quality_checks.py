"""Quality floors of request classes, held against what models score on the buyer's own test."""

from typing import Any

import pytest

from tests.bill.predicted import bill as predicted_bill
from tests.bill.predicted import predicted
from tests.bill.small import api, bill, rented, request_class
from tests.bill.test_checks import sentences

FLOOR = [request_class(name="Chat", quality_floor=0.8)]
MINI = "openai/gpt-5-mini"


def listed(**changes: Any) -> dict[str, Any]:
    """The option of a catalogue model that is billed by the token."""
    return api(prices=None, model=MINI, **changes)


def test_that_a_score_below_the_floor_is_a_warning_with_both_numbers() -> None:
    found = bill(listed(), classes=FLOOR, qualities=[{"model": MINI, "score": 0.75}])
    (text,) = sentences(found, "quality.below_floor")
    assert text.startswith("API: GPT-5 mini scores 75 % on your own test, below the 80 % that Chat")
    (finding,) = [item for item in found.findings if item.code == "quality.below_floor"]
    assert (finding.severity, finding.path) == ("warning", "options.api.model")
    assert not sentences(found, "quality.not_checked")


@pytest.mark.parametrize("score", [0.8, 0.9, 1])
def test_that_a_score_at_or_above_the_floor_needs_no_word(score: float) -> None:
    found = bill(listed(), classes=FLOOR, qualities=[{"model": MINI, "score": score}])
    assert not [item for item in found.findings if item.code.startswith("quality.")]


def test_that_only_classes_an_option_serves_hold_it_to_their_floor() -> None:
    classes = [*FLOOR, request_class(id="mail", name="Mail", quality_floor=0.95)]
    scored = [{"model": MINI, "score": 0.9}]
    found = bill(listed(serves=["use"]), rented(serves=["mail"]), classes=classes, qualities=scored)
    assert not sentences(found, "quality.below_floor")
    both = bill(listed(), classes=classes, qualities=scored)
    (text,) = sentences(both, "quality.below_floor")
    assert text.endswith("below the 95 % that Mail asks for.")


def test_that_an_option_without_a_score_is_named_as_not_checked() -> None:
    scored = [{"model": MINI, "score": 0.9}]
    found = bill(listed(), rented(name="Rack"), classes=FLOOR, qualities=scored)
    (text,) = sentences(found, "quality.not_checked")
    assert "for Rack," in text
    assert "API" not in text


@pytest.mark.parametrize(
    ("change", "below"), [(0, False), (-0.02, False), (-0.03, True), (0.5, False)]
)
def test_that_the_precision_changes_the_score_of_predicted_options(
    change: float, below: bool
) -> None:
    option = predicted({"precision": "fp8", "quality_change": change})
    found = predicted_bill(
        option, classes=FLOOR, qualities=[{"model": "model", "score": 0.82}]
    )  # fmt: skip
    texts = sentences(found, "quality.below_floor_lowered")
    assert bool(texts) is below
    if below:
        assert (
            "Model scores 82 % on your own test and -3 points in fp8, so 79 %: below the 80 %"
            in (texts[0])
        )
        assert any(f.path == "options.rented.serving.model" for f in found.findings)


def test_that_scores_never_change_the_bill() -> None:
    without = bill(listed(), classes=[request_class()])
    held = bill(listed(), classes=FLOOR, qualities=[{"model": MINI, "score": 0.1}])
    assert held.bills[0].tco.value == without.bills[0].tco.value


def test_that_the_score_of_an_unknown_model_is_pointed_out() -> None:
    scores = [{"model": "qwen9", "score": 0.5}, {"model": "qwen3-32b", "score": 0.5}]
    found = bill(listed(), classes=FLOOR, qualities=scores)
    (text,) = sentences(found, "quality.no_such_model")
    assert "qwen9" in text
