"""What the results praise: only options that serve everything within the rules."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.viewmodels.admissible import broken_rules
from desktop.viewmodels.cards import cards
from desktop.viewmodels.finding import best, broken_sentence, challenger, finding_sentence
from desktop.viewmodels.words import money
from desktop.window import MainWindow
from pricing.admissible import is_admissible
from pricing.analysis import compare
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.edit import edited
from pricing.plan.plan import Plan


def with_secrets(plan: Plan, sensitivity: str = "confidential") -> Plan:
    """The plan with chats that may not be sent to the API, which the others need as a bridge."""
    for option in ("rented", "owned"):
        plan = edited(plan, f"options.{option}.bridge", None)
    plan = edited(plan, "options.rented.accepts", sensitivity)
    return edited(plan, "workload.chat.sensitivity", sensitivity)


@pytest.fixture
def secret(plan: Plan) -> Evaluation:
    return evaluate(with_secrets(plan))


def test_that_data_at_the_wrong_provider_makes_an_option_inadmissible(secret: Evaluation) -> None:
    admissible = {bill.id: is_admissible(secret, bill) for bill in secret.bills}
    assert admissible == {"api": False, "rented": True, "owned": False}
    assert "may not be sent" in broken_rules(secret, "api")[0]
    assert broken_rules(secret, "owned") == ()  # it only leaves requests unserved at first


def test_that_the_headline_names_the_cheapest_within_the_rules_not_the_cheapest(
    secret: Evaluation,
) -> None:
    cheapest = min(secret.bills, key=lambda bill: bill.tco.value)
    assert cheapest.id == "owned"
    assert best(secret).id == "rented"
    other = challenger(secret)
    assert other is not None
    assert other.id == "rented"
    assert finding_sentence(secret).startswith("Rented GPUs ")


def test_that_a_baseline_that_breaks_a_rule_is_not_called_cheapest(plan: Plan) -> None:
    dear = edited(with_secrets(plan), "options.rented.price_per_hour", 500.0)
    told = finding_sentence(evaluate(dear))
    assert told.startswith("Rented GPUs costs USD")
    assert "more than Closed API, which breaks a rule" in told


def test_that_a_cheaper_option_that_breaks_a_rule_is_named_with_the_rule(plan: Plan) -> None:
    dear = evaluate(edited(with_secrets(plan), "options.rented.price_per_hour", 500.0))
    told = broken_sentence(dear)
    amount = money(dear.bill_of("api").tco.value, "USD")
    assert f"Cheaper, but not within the rules: Closed API ({amount})." in told
    assert "confidential requests (Customer chat)" in told


def test_that_a_saving_against_a_baseline_out_of_the_rules_is_told_to_be_that(
    secret: Evaluation,
) -> None:
    assert finding_sentence(secret).startswith("Rented GPUs saves")
    assert broken_sentence(secret) == (
        "Closed API, with which it is compared, is not within the rules."
    )


def test_that_it_is_said_where_no_option_keeps_the_rules(plan: Plan) -> None:
    alone = edited(with_secrets(plan), "options", [plan.options[0].model_dump()])
    assert finding_sentence(evaluate(alone)).endswith("over 36 months, but breaks a rule")
    two = [option.model_dump() for option in with_secrets(plan).options if option.id != "rented"]
    told = finding_sentence(evaluate(edited(with_secrets(plan), "options", two)))
    assert told.startswith(
        "No option serves every request within the rules; of those that serve every request, Closed"
    )


def test_that_the_only_option_within_the_rules_is_said_to_be_that(plan: Plan) -> None:
    mine = edited(with_secrets(plan), "baseline", "rented")
    told = finding_sentence(evaluate(mine))
    assert told.startswith("Only Rented GPUs serves every request within the rules: USD")


def test_that_figures_of_an_option_out_of_the_rules_are_not_green(secret: Evaluation) -> None:
    good = {
        name: {card.tone for card in cards(secret, name, compare(secret, name, base))}
        for name, base in (("owned", "api"), ("rented", "api"))
    }
    assert "good" not in good["owned"]
    assert "good" in good["rented"]


def test_that_findings_of_broken_rules_come_first_and_are_called_that(
    qtbot: QtBot, window: MainWindow, plan: Plan, settled: Callable[[], None]
) -> None:
    window.session.start(with_secrets(plan))
    settled()
    window.show_findings()
    dialog = window.documents.dialog
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert texts[0] == "Breaks a rule"
    assert "may not be sent such data" in texts[1]
    dialog.reject()


def test_that_a_broken_rule_stands_in_red_on_the_results(
    qtbot: QtBot, window: MainWindow, plan: Plan, settled: Callable[[], None]
) -> None:
    window.session.start(edited(with_secrets(plan), "options.rented.price_per_hour", 500.0))
    settled()
    label = window.results.broken
    assert label.isVisibleTo(window.results)
    assert label.objectName() == "broken"
    assert "Closed API" in label.text()
    window.session.start(plan)
    settled()
    assert not label.isVisibleTo(window.results)
