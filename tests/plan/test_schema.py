"""The JSON Schema: it accepts what the loader accepts and refuses most of what it refuses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from pricing.plan.document import plan_document, validate_document
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError
from pricing.plan.schema import DIALECT, plan_schema
from tests.plan.bad_entries import CASES
from tests.plan.json_schema import accepts
from tests.plan.replacing import replaced
from tests.plan.strategies.plans import plans
from tests.plan.test_fuzz import TEXT, mutations

SCHEMA = plan_schema()
HERE = Path(__file__).parent
SAMPLES = sorted((HERE.parents[1] / "resources" / "samples").glob("*.reckon"))
FILES = [*(HERE / "golden").glob("*.reckon"), *SAMPLES]
BEYOND_A_SCHEMA = (
    "must lie between",
    "cannot be the bridge",
    "no request class",
    "no option of this plan",
    "must have a mean",
    "not later than",
    "nothing of a server",
    "cannot be written to a file",
    "name a catalogue model",
)
"""Rules between fields and formats, which only the loader checks."""


def valid(document: object) -> bool:
    return accepts(SCHEMA, document, SCHEMA)


def parts(schema: dict[str, Any], way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every object of the schema."""
    for name, model in schema["$defs"].items():
        for alternative in model.get("anyOf", [model]):
            for field, rules in alternative.get("properties", {}).items():
                yield f"{name}.{field}", rules
    for field, rules in schema["properties"].items():
        yield field, rules


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_the_golden_plan_and_the_samples_are_valid(path: Path) -> None:
    assert valid(json.loads(path.read_text(encoding="utf-8")))


@given(plans())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_every_plan_that_can_be_saved_is_valid(plan: Plan) -> None:
    assert valid(json.loads(json.dumps(plan_document(plan))))


@given(mutations())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_the_loader_accepts_nothing_the_schema_refuses_but_nulls(document: Any) -> None:
    try:
        validate_document(document)
    except PlanError:
        return
    assert valid(document) or "null" in json.dumps(document)


@pytest.mark.parametrize(("way", "value", "message"), [(w, v, m) for w, v, _, m in CASES])
def test_that_the_schema_refuses_what_it_can_of_bad_entries(
    way: str, value: object, message: str
) -> None:
    document = replaced(TEXT, way, value)
    assert valid(document) == any(words in message for words in BEYOND_A_SCHEMA)


@pytest.mark.parametrize(
    "header", [{}, {"format": "reckoner-plan"}, {"format": "x", "schema": 1}, {"schema": 2}]
)
def test_that_the_header_is_part_of_the_schema(header: dict[str, object]) -> None:
    document = json.loads(TEXT)
    for key in ("format", "schema"):
        del document[key]
    assert not valid(header | document)


def test_that_every_field_but_kind_is_described() -> None:
    bare = [
        way
        for way, rules in parts(SCHEMA)
        if not way.endswith(".kind") and not rules.get("description") and "$ref" not in rules
    ]
    assert bare == []


def test_that_the_schema_is_plain_json_and_names_its_dialect() -> None:
    assert SCHEMA["$schema"] == DIALECT
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert "discriminator" not in json.dumps(SCHEMA)


def test_that_units_stand_in_the_descriptions() -> None:
    described = {
        way: rules["description"] for way, rules in parts(SCHEMA) if "description" in rules
    }
    assert described["OwnedServers.power_kw"].startswith("IT power of one installed server in kW;")
    assert described["OwnedServers.gpus_per_server"].startswith("GPUs in one server")
    assert described["months"] == "Horizon in months."
    assert described["Appliance.useful_life_months"] == "Months until an appliance is replaced."
