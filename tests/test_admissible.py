"""Which options may do all of the work: what is in the way, and whom every reader names."""

import json
from datetime import date

from hypothesis import given, settings

from pricing.admissible import WORDS, cheapest_first, is_admissible, obstacles, serves_all
from pricing.catalogue import Catalogue, load_catalogue
from pricing.cli.versus import answer
from pricing.evaluate import evaluate
from pricing.messages import TEMPLATES
from pricing.plan.plan import Plan
from pricing.plan.rules import Rules
from pricing.routing.sentences import TEMPLATES as REASONS
from pricing.workbook.describe import summary_of
from tests.bill.hybrid_strategies import hybrid_plans
from tests.bill.sample import six_options

TODAY = date(2026, 11, 22)


def barred() -> Plan:
    """Six options of which only the servers reserved may be sent the data, bridges included."""
    document = json.loads(six_options().model_dump_json())
    document["workload"][0]["sensitivity"] = "confidential"
    for option in document["options"]:
        if option["id"] == "reserved":
            option["accepts"] = "confidential"
    return Plan.model_validate(document)


def test_that_every_word_belongs_to_a_finding_or_a_reason() -> None:
    assert set(WORDS) <= set(TEMPLATES) | set(REASONS) | set(Rules.model_fields)


def test_that_data_that_may_not_leave_stands_in_the_way_once() -> None:
    evaluation = evaluate(barred(), today=TODAY)
    told = {bill.id: [one.word for one in obstacles(evaluation, bill.id)]
            for bill in evaluation.bills}  # fmt: skip
    assert told == {bill.id: ["data"] for bill in evaluation.bills} | {"reserved": []}


def test_that_rules_of_the_plan_hold_for_single_options_too() -> None:
    """Servers that are bought break a cap of nothing; one supplier is not two vendors."""
    document = json.loads(six_options().model_dump_json())
    document["rules"]["capex_per_year"] = [{"value": 0}]
    evaluation = evaluate(Plan.model_validate(document), today=TODAY)
    bought = {o.id for o in evaluation.plan.options if o.kind in {"owned_servers", "appliance"}}
    told = {bill.id: [one.word for one in obstacles(evaluation, bill.id)]
            for bill in evaluation.bills}  # fmt: skip
    assert {option for option, words in told.items() if "purchases" in words} == bought
    document["rules"]["vendors"] = 2
    evaluation = evaluate(Plan.model_validate(document), today=TODAY)
    for bill in evaluation.bills:
        assert "vendors" in [one.word for one in obstacles(evaluation, bill.id)]


def test_that_the_command_and_the_workbook_name_the_same_option() -> None:
    evaluation = evaluate(barred(), today=TODAY)
    first = cheapest_first(evaluation)[0]
    assert is_admissible(evaluation, first)
    assert first.id == "reserved"
    assert f"within the rules, {first.name} costs least" in answer(evaluation)
    shown = summary_of(evaluation, {})
    free = {option.name for option in shown.options if not option.ruled_out}
    assert free == {bill.name for bill in evaluation.bills if not obstacles(evaluation, bill.id)}
    assert first.name in free


@settings(max_examples=40)
@given(plan=hybrid_plans())
def test_that_no_reader_names_an_option_that_serves_less_or_breaks_more(plan: Plan) -> None:
    evaluation = evaluate(plan, CATALOGUE, TODAY)
    ranked = cheapest_first(evaluation)
    standing = [(is_admissible(evaluation, bill), serves_all(bill)) for bill in ranked]
    assert standing == sorted(standing, reverse=True)
    for bill in ranked:
        words = [one.word for one in obstacles(evaluation, bill.id)]
        assert (not words and serves_all(bill)) == is_admissible(evaluation, bill)
    admissible = [bill.tco.value for bill in ranked if is_admissible(evaluation, bill)]
    assert admissible == sorted(admissible)


CATALOGUE: Catalogue = load_catalogue()
