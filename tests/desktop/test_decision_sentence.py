"""What the window says of a decision: who took it, what for, and how well it is proven."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.viewmodels.routing_finding import decision_sentence
from pricing.plan.hybrid import Decision, Question


def decision(axis: str, level: float, bound: float | None) -> Decision:
    question = Question(axis=axis, level=level)  # type: ignore[arg-type]
    return Decision(
        made_by="optimiser", made_on=date(2026, 11, 22), npv=1000.0, bound=bound, question=question
    )


@pytest.mark.parametrize(
    ("axis", "level", "said"),
    [
        ("on_premises", 0.9, "cheapest with at least 90.0\u00a0% on premises"),
        ("quality", 0.783, "cheapest with a mean score of at least 78.3\u00a0%"),
        ("capex", 1_500_000.0, "cheapest with purchases of at most USD 1.5 m a year"),
    ],
)
def test_that_a_decision_says_the_level_it_was_asked_for_and_the_proof_of_that_level(
    qtbot: QtBot, axis: str, level: float, said: str
) -> None:
    text = decision_sentence(decision(axis, level, 998.0), "USD")
    assert text == f"Found by the optimiser on 2026-11-22: {said}, proven to 0.2\u00a0%."
    assert decision_sentence(decision(axis, level, None), "USD").endswith(f"{said}.")
