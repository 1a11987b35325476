"""Plans of every earlier version open, evaluate and save."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from pricing.evaluate import evaluate
from pricing.plan.file import load_plan, save_plan

HERE = Path(__file__).parent
RELEASED = HERE / "released"
CHANGES = HERE.parents[1] / "CHANGELOG.md"
TODAY = date(2026, 11, 22)

KEPT = sorted(RELEASED.glob("*.reckon"))
OF_SCHEMA_1 = [HERE / "golden" / f"version_1_{name}.reckon" for name in ("hybrid", "own_sheets")]
"""The golden plans that have a bill; the others name catalogue entries that never existed."""


def released(changes: str) -> list[str]:
    """Versions whose heading is not marked as unreleased, the latest first."""
    headings = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    return [heading.split()[0] for heading in headings if "unreleased" not in heading.lower()]


def test_that_headings_tell_released_versions_from_the_one_being_made() -> None:
    changes = "# Changes\n\n## 0.2.0 – unreleased\n\n- New.\n\n## 0.1.0 – 2026-12-01\n\n### Added\n"
    assert released(changes) == ["0.1.0"]
    assert released(changes.replace("unreleased", "2027-01-15")) == ["0.2.0", "0.1.0"]


def test_that_every_released_version_has_kept_a_plan_and_no_other() -> None:
    versions = released(CHANGES.read_text(encoding="utf-8"))
    assert {path.stem for path in KEPT} == set(versions)


@pytest.mark.parametrize("path", [*KEPT, *OF_SCHEMA_1], ids=lambda path: path.stem)
def test_that_a_kept_plan_opens_evaluates_and_saves(path: Path, tmp_path: Path) -> None:
    written = json.loads(path.read_text(encoding="utf-8"))
    plan = load_plan(path)
    assert [option.name for option in plan.options] == [o["name"] for o in written["options"]]
    bills = evaluate(plan, today=TODAY).bills
    assert [bill.id for bill in bills] == [option.id for option in plan.options]
    copy = tmp_path / path.name
    save_plan(plan, copy)
    assert load_plan(copy) == plan
    again = evaluate(load_plan(copy), today=TODAY).bills
    assert [bill.tco.value for bill in again] == [bill.tco.value for bill in bills]
