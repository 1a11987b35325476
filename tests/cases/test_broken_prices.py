"""A case that cannot fail proves nothing: a wrong price must be noticed."""

from collections.abc import Iterator
from typing import Any

import pytest

from pricing.cases import Case, all_cases, run_case
from pricing.cases.case import CaseFile
from pricing.plan.document import plan_document, validate_document

WRONG = 1.1
PRICES = {"price", "price_per_hour", "cost_per_request", "fixed_monthly_cost"}
IN_ROWS = ("price", "cost_per_request")
"""Fields with prices that a table may set."""
BY_LIST_PRICE_ALONE = {"buzzi"}
"""Compares prices of one list with each other; a discount on all of them changes nothing."""


def _options(case: Case) -> set[str]:
    return {option.id for plan in case.plans.values() for option in plan.options}


def _dearer(figure: Any) -> Any:
    if isinstance(figure, dict):
        return {**figure, "value": figure["value"] * WRONG}
    return figure * WRONG


def _with_wrong_price(case: Case, option_id: str) -> Case:
    plans = {}
    for name, plan in case.plans.items():
        document = plan_document(plan)
        for option in document["options"]:
            if option["id"] != option_id:
                continue
            for key in PRICES & option.keys():
                option[key] = _dearer(option[key])
            if "prices" in option:
                option["prices"] = {k: _dearer(v) for k, v in option["prices"].items()}
            if option.get("model"):
                option["discount"] = 0.1
        plans[name] = validate_document(document)
    file = case.file.model_dump()
    for scenario in file["scenarios"]:
        for path, value in scenario["set"].items():
            if path.startswith(f"options.{option_id}.") and path.split(".")[2].startswith(IN_ROWS):
                scenario["set"][path] = _wrong_entry(path, value)
    return case.model_copy(update={"plans": plans, "file": CaseFile.model_validate(file)})


def _wrong_entry(path: str, value: Any) -> Any:
    if path.endswith("price_change_per_year"):
        return value
    if isinstance(value, dict):
        return {**value, "times": value["times"] * WRONG}
    return value * WRONG


def _failures(case: Case) -> Iterator[int]:
    for option_id in sorted(_options(case)):
        yield run_case(_with_wrong_price(case, option_id)).count("not reproduced")


@pytest.mark.parametrize(
    "case", [c for c in all_cases() if c.id not in BY_LIST_PRICE_ALONE], ids=lambda case: case.id
)
def test_that_a_price_ten_per_cent_off_makes_the_case_fail(case: Case) -> None:
    assert any(_failures(case))


def test_that_another_price_list_makes_the_list_case_fail() -> None:
    case = next(case for case in all_cases() if case.id == "buzzi")
    document = plan_document(case.plans["plan.reckon"])
    document["options"][0]["model"] = "openai/gpt-4o"
    other = case.model_copy(update={"plans": {"plan.reckon": validate_document(document)}})
    assert run_case(case).holds
    assert run_case(other).count("not reproduced") >= 1


def test_that_a_server_too_slow_makes_the_audit_fail() -> None:
    case = next(case for case in all_cases() if case.id == "configiq")
    plans = dict(case.plans)
    document = plan_document(plans["audit.reckon"])
    for option in document["options"][1:]:
        option["capacity"]["output_tokens_per_second"] = 99
    plans["audit.reckon"] = validate_document(document)
    assert run_case(case.model_copy(update={"plans": plans})).count("not reproduced") >= 4
