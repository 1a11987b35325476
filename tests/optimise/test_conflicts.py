"""Rules that cannot be kept together: a smallest set of them, and numbers that would do."""

from datetime import date
from typing import Any

import pytest

from pricing.catalogue import Catalogue
from pricing.optimise.engine.solve import solve
from pricing.optimise.errors import NothingFoundError
from pricing.optimise.optimise import hybrid_of, optimise
from pricing.optimise.problem.stated import problem_of
from pricing.optimise.questions.asked import complete
from pricing.optimise.questions.conflicts import ANY, Conflict, conflict_of
from pricing.optimise.questions.rules import rules_of
from pricing.optimise.questions.sentences import conflict_statements, sentence
from pricing.plan.plan import Plan
from tests.optimise.plans import mixed

TODAY = date(2026, 11, 22)


def possible(plan: Plan, catalogue: Catalogue) -> bool:
    problem = problem_of(plan, catalogue, hybrid_of(plan, None), TODAY)
    return complete(problem, solve(problem.instance, ANY))


def conflict(plan: Plan, catalogue: Catalogue) -> Conflict | None:
    return conflict_of(plan, catalogue, hybrid_of(plan, None), TODAY)


def lifting_any_one_helps(plan: Plan, found: Conflict, catalogue: Catalogue) -> None:
    """With all other rules of the set in force and the rest lifted."""
    codes = {rule.path for rule in found.rules}
    alone = plan
    for rule in rules_of(plan):
        if rule.path not in codes:
            alone = rule.lifted(alone)
    assert not possible(alone, catalogue)
    for rule in found.rules:
        assert possible(rule.lifted(alone), catalogue)


CASES: list[tuple[dict[str, Any], set[str]]] = [
    ({"capex_per_year": [{"value": 500_000}]}, {"data", "capex"}),
    ({"site_power_kw": {"value": 15}, "vendors": 2}, {"data", "site_power"}),
    ({"quality": {"value": 0.89}}, {"data", "quality"}),
    (
        {"outside": "restricted", "quality": {"value": 0.89}, "on_premises": {"value": 0.4}},
        {"quality", "on_premises"},
    ),
]


@pytest.mark.parametrize(("rules", "codes"), CASES)
def test_that_the_rules_of_a_conflict_are_in_the_way_and_none_of_them_is_idle(
    rules: dict[str, Any], codes: set[str], catalogue: Catalogue
) -> None:
    plan = mixed(**rules)
    found = conflict(plan, catalogue)
    assert found is not None
    assert found.irreducible
    assert {rule.code for rule in found.rules} == codes
    lifting_any_one_helps(plan, found, catalogue)


@pytest.mark.parametrize(
    ("field", "rules"),
    [
        ("capex_per_year", {"capex_per_year": [{"value": 500_000}]}),
        ("site_power_kw", {"site_power_kw": {"value": 15}}),
        ("quality", {"quality": {"value": 0.89}}),
    ],
)
def test_that_the_number_that_is_said_to_be_enough_is_enough(
    field: str, rules: dict[str, Any], catalogue: Catalogue
) -> None:
    found = conflict(mixed(**rules), catalogue)
    assert found is not None
    assert len(found.loosened) == 1
    enough = found.loosened[0].enough
    value: object = {"value": enough}
    assert possible(mixed(**{field: [value] if field == "capex_per_year" else value}), catalogue)
    stated = found.loosened[0].stated
    assert (enough > stated) == (field != "quality")
    if field == "capex_per_year":
        assert enough == pytest.approx(3 * 300_000, rel=0.01)
    if field == "site_power_kw":
        assert enough == pytest.approx(4 * 10.2, rel=0.01)


def test_that_a_floor_of_a_class_is_told_as_far_as_it_can_be_reached(catalogue: Catalogue) -> None:
    """Chat stays on own servers, whose model scores 0.8."""
    document = mixed().model_dump()
    document["workload"][0]["quality_floor"] = {"value": 0.95}
    document["rules"]["quality"] = None
    plan = Plan.model_validate(document)
    found = conflict(plan, catalogue)
    assert found is not None
    (floor,) = (one for one in found.loosened if one.rule.code == "quality_floor")
    assert 0.8 - 0.95 / 2**8 <= floor.enough <= 0.8
    assert "0.79" in " ".join(sentence(one) for one in conflict_statements(found, plan))


def test_that_waiting_is_told_as_long_as_it_takes(catalogue: Catalogue) -> None:
    """Every option answers the first token after 3 s on average, three times that for some."""
    document = mixed().model_dump()
    document["workload"][0]["first_token_limit"] = {"value": 1.0}
    for option in document["options"]:
        option["first_token_seconds"] = {"value": 3.0}
    plan = Plan.model_validate(document)
    found = conflict(plan, catalogue)
    assert found is not None
    (limit,) = found.loosened
    document["workload"][0]["first_token_limit"] = {"value": limit.enough}
    assert possible(Plan.model_validate(document), catalogue)
    document["workload"][0]["first_token_limit"] = {"value": limit.enough * 0.97}
    assert not possible(Plan.model_validate(document), catalogue)
    told = sentence(conflict_statements(found, plan)[-1])
    assert told.endswith("s to the first token for Chat would be enough.")


def test_that_servers_are_told_by_how_many_are_enough(catalogue: Catalogue) -> None:
    """Chat needs own servers; three of them and a spare."""
    document = mixed().model_dump()
    for option in document["options"]:
        if option["id"] == "owned":
            option["most_servers"] = 2
    document["options"] = [o for o in document["options"] if o["id"] not in {"rented", "reserved"}]
    plan = Plan.model_validate(document)
    found = conflict(plan, catalogue)
    assert found is not None
    (most,) = (one for one in found.loosened if one.rule.code == "most_servers")
    assert most.enough == 4
    told = " ".join(sentence(one) for one in conflict_statements(found, plan))
    assert "4 servers of Owned would be enough." in told


OVERLAPPING: list[tuple[dict[str, Any], bool]] = [
    ({"capex_per_year": [{"value": 500_000}], "site_power_kw": {"value": 15}}, False),
    ({"outside": "restricted", "quality": {"value": 0.95}, "on_premises": {"value": 0.95}}, True),
]  # fmt: skip
"""Rules that are in each other's way more than once; whether two must be lifted."""


@pytest.mark.parametrize(("rules", "together"), OVERLAPPING)
def test_that_only_what_is_enough_in_the_whole_plan_is_said_to_be_enough(
    rules: dict[str, Any], together: bool, catalogue: Catalogue
) -> None:
    plan = mixed(**rules)
    found = conflict(plan, catalogue)
    assert found is not None
    assert found.lifting
    assert found.together == together
    if found.together:
        assert not any(possible(rule.lifted(plan), catalogue) for rule in rules_of(plan))
        lifted = plan
        for rule in found.lifting:
            lifted = rule.lifted(lifted)
        assert possible(lifted, catalogue)
    else:
        assert len(found.lifting) < len(found.rules)
        enough = [rule for rule in found.rules if possible(rule.lifted(plan), catalogue)]
        assert [rule.path for rule in enough] == [rule.path for rule in found.lifting]
    told = sentence(conflict_statements(found, plan)[0])
    assert "Other rules are in the way too" in told


def test_that_a_plan_without_conflict_has_none(catalogue: Catalogue) -> None:
    assert conflict(mixed(), catalogue) is None


def test_that_work_that_no_rule_keeps_from_being_served_names_its_class(
    catalogue: Catalogue,
) -> None:
    document = mixed().model_dump()
    for option in document["options"]:
        option["serves"] = ("search", "documents")
    found = conflict(Plan.model_validate(document), catalogue)
    assert found is not None
    assert found.rules == ()
    assert found.classes == ("Chat",)
    assert found.unserved > 0


def test_that_classes_without_any_option_are_told_with_the_rules_that_exclude_them(
    catalogue: Catalogue,
) -> None:
    """No class is left to decide on at all."""
    document = mixed().model_dump()
    document["workload"] = [one for one in document["workload"] if one["id"] != "search"]
    document["options"] = [one for one in document["options"] if one["id"] in {"api", "hosted"}]
    document["workload"][1]["quality_floor"] = {"value": 0.95}
    plan = Plan.model_validate(document)
    assert not problem_of(plan, catalogue, hybrid_of(plan, None), TODAY).instance.jobs
    found = conflict(plan, catalogue)
    assert found is not None
    assert found.classes == ("Chat", "Documents")
    assert {rule.path for rule in found.lifting} == {
        "workload.chat.sensitivity", "workload.documents.quality_floor",
    }  # fmt: skip
    assert found.together
    with pytest.raises(NothingFoundError, match="No option of the plan may and can serve"):
        optimise(plan, None, ANY, catalogue=catalogue, today=TODAY)
