"""The catalogue a plan names: kept, optional, and part of what decisions rest on."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pricing.plan.file import load_plan, parse_plan, plan_text
from pricing.plan.fingerprint import fingerprint
from pricing.plan.hybrid import Hybrid
from pricing.plan.problems import PlanError
from pricing.plan.recorded import CatalogueReference
from pricing.plan.written_with import written_with

GOLDEN = Path(__file__).parent / "golden"
NAMED = CatalogueReference(id="0123456789abcdef" * 4, date=date(2026, 11, 22))
HASH = "ab" * 32


def test_that_the_golden_plan_names_its_catalogue_and_is_written_as_it_stands() -> None:
    path = GOLDEN / "version_1_catalogue.reckon"
    plan = load_plan(path)
    assert plan.catalogue == NAMED
    assert plan_text(plan) == path.read_text(encoding="utf-8")


def test_that_plans_without_a_catalogue_open_as_they_always_did() -> None:
    for path in GOLDEN.glob("version_1*.reckon"):
        if path.stem != "version_1_catalogue":
            assert load_plan(path).catalogue is None


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"id": "abc", "date": "2026-11-22"}, '"abc" is no SHA-256'),
        ({"id": HASH.upper(), "date": "2026-11-22"}, "is no SHA-256"),
        ({"id": HASH}, "Date: missing"),
        ({"id": HASH, "date": "soon"}, '"soon" is no date'),
        ("2026-11-22", "object in braces with id, date is needed"),
        ({"id": HASH, "date": "2026-11-22", "name": "x"}, '"name" is not known here'),
    ],
)
def test_that_a_wrong_reference_names_field_value_and_what_would_be_right(
    entered: Any, said: str
) -> None:
    document = json.loads((GOLDEN / "version_1_catalogue.reckon").read_text("utf-8"))
    with pytest.raises(PlanError) as refused:
        parse_plan(json.dumps(document | {"catalogue": entered}))
    assert "Catalogue" in str(refused.value)
    assert said in str(refused.value)


def test_that_another_catalogue_is_another_fact_for_decisions_and_none_is_as_before() -> None:
    plan = load_plan(GOLDEN / "version_1_hybrid.reckon")
    hybrid = next(option.id for option in plan.options if isinstance(option, Hybrid))
    other = CatalogueReference(id=HASH, date=date(2026, 12, 1))
    found = {
        fingerprint(one, hybrid)
        for one in (plan, written_with(plan, NAMED), written_with(plan, other))
    }
    assert len(found) == 3
    assert fingerprint(written_with(written_with(plan, NAMED), None), hybrid) in found
