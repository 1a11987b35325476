"""Old files: each step is a pure function from one schema to the next, run once, in order."""

import ast
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import pricing.plan.migrations
from pricing.plan.migrations import STEPS, MigrationError, migrate, migration
from pricing.plan.plan import SCHEMA


@pytest.fixture
def steps() -> dict[int, Any]:
    """Two steps as a later version would have them."""
    known: dict[int, Any] = {}

    @migration(to=3, steps=known)
    def state_the_old_default(document: dict[str, Any]) -> dict[str, Any]:
        document.setdefault("months", 36)
        return document

    @migration(to=2, steps=known)
    def rename_power_price(document: dict[str, Any]) -> dict[str, Any]:
        document["site"]["electricity"] = document["site"].pop("power_price")
        return document

    return known


def test_that_steps_run_in_order_from_the_schema_of_the_document(steps: dict[int, Any]) -> None:
    old = {"schema": 1, "site": {"power_price": 0.2}}
    assert migrate(old, 3, steps) == {"schema": 3, "site": {"electricity": 0.2}, "months": 36}
    newer = {"schema": 2, "site": {"electricity": 0.3}}
    assert migrate(newer, 3, steps) == {"schema": 3, "site": {"electricity": 0.3}, "months": 36}


def test_that_the_document_itself_is_left_alone(steps: dict[int, Any]) -> None:
    old = {"schema": 1, "site": {"power_price": 0.2}}
    before = deepcopy(old)
    migrate(old, 3, steps)
    assert old == before


def test_that_a_document_of_today_runs_no_step(steps: dict[int, Any]) -> None:
    today = {"schema": 3, "site": None}
    assert migrate(today, 3, steps) is today


def test_that_a_missing_step_is_an_error(steps: dict[int, Any]) -> None:
    with pytest.raises(MigrationError, match="no step from schema 3 to 4"):
        migrate({"schema": 3}, 4, steps)


@pytest.mark.parametrize("site", [{}, None, [], "x", 7])
def test_that_a_step_that_cannot_read_a_document_is_an_error(
    steps: dict[int, Any], site: object
) -> None:
    with pytest.raises(MigrationError, match="the step to schema 2 failed"):
        migrate({"schema": 1, "site": site}, 2, steps)


def test_that_there_is_one_step_per_version_and_none_to_the_first(steps: dict[int, Any]) -> None:
    for number in (1, 2):
        with pytest.raises(ValueError, match=f"a step to schema {number}"):
            migration(to=number, steps=steps)(lambda document: document)


def test_that_every_schema_up_to_today_has_its_step() -> None:
    assert sorted(STEPS) == list(range(2, SCHEMA + 1))


def test_that_steps_import_nothing_of_ours_but_the_registry() -> None:
    for path in Path(pricing.plan.migrations.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pricing"):
                assert node.module == "pricing.plan.migrations" or path.name == "__init__.py"
                assert (node.module or "").startswith("pricing.plan.migrations")
