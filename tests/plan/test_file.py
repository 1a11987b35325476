"""The `.reckon` file: what is written, and that it comes back exactly."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pricing.plan.document import plan_document, validate_document
from pricing.plan.figure import Price, Rate
from pricing.plan.file import load_plan, parse_plan, plan_text, save_plan
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError
from tests.plan.strategies.plans import plans

GOLDEN = Path(__file__).parent / "golden"


def small(**changes: object) -> Plan:
    """A plan with one class and one option."""
    document = {
        "format": "reckoner-plan",
        "schema": 1,
        "name": "银行 Äpfel",
        "start": "2027-01",
        "workload": [
            {
                "id": "chat",
                "name": "Chat",
                "requests": 1000,
                "input_tokens": 900.5,
                "output_tokens": 200,
                "profile": {"kind": "peak-to-average", "ratio": 3},
            }
        ],
        "options": [
            {"kind": "closed_api", "id": "api", "name": "API", "model": "openai/gpt-5-mini"}
        ],
    }
    return validate_document(document | changes)


@given(plans())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_a_plan_comes_back_exactly_from_its_text(plan: Plan) -> None:
    assert parse_plan(plan_text(plan)) == plan


@given(plans())
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_writing_what_was_read_changes_no_byte(plan: Plan) -> None:
    text = plan_text(plan)
    assert plan_text(parse_plan(text)) == text
    assert json.loads(text) == plan_document(plan)


@given(plans())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_a_plan_comes_back_exactly_from_its_file(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan
) -> None:
    path = tmp_path_factory.mktemp("plans") / "plan.reckon"
    save_plan(plan, path)
    assert load_plan(path) == plan


def test_that_the_file_starts_with_its_format_and_ends_with_a_newline() -> None:
    text = plan_text(small())
    assert text.startswith('{\n  "format": "reckoner-plan",\n  "schema": 1,\n  "name": ')
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_that_other_alphabets_stay_readable() -> None:
    assert '"name": "银行 Äpfel"' in plan_text(small())


def test_that_whole_numbers_are_written_without_decimals_and_others_in_full() -> None:
    plan = small(electricity=0.1 + 0.2, people={"loaded_cost_per_year": 150000.0})
    text = plan_text(plan)
    assert '"loaded_cost_per_year": 150000\n' in text
    assert '"electricity": 0.30000000000000004,' in text
    assert '"ratio": 3\n' in text
    assert '"input_tokens": 900.5,' in text


def test_that_a_number_of_the_buyer_is_written_bare_and_one_with_a_source_as_an_object() -> None:
    bare = small(electricity=0.2)
    sourced = small(electricity={"value": 0.2, "source": "contract 17", "currency": "EUR"})
    assert plan_document(bare)["electricity"] == 0.2
    assert plan_document(sourced)["electricity"] == {
        "value": 0.2,
        "source": "contract 17",
        "currency": "EUR",
    }


def test_that_defaults_are_left_out_and_the_same_number_entered_is_kept() -> None:
    silent, spoken = small(), small(finance={"discount_rate": 0.08})
    assert "finance" not in plan_document(silent)
    assert plan_document(spoken)["finance"] == {"discount_rate": 0.08}
    assert silent.finance.discount_rate == Rate.left_out(0.08)
    assert silent.finance.discount_rate.value == spoken.finance.discount_rate.value
    assert silent != spoken


def test_that_one_changed_figure_changes_one_line() -> None:
    before = plan_text(small(people={"loaded_cost_per_year": 150000})).splitlines()
    after = plan_text(small(people={"loaded_cost_per_year": 151000})).splitlines()
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_that_a_plan_of_version_1_opens_forever() -> None:
    plan = load_plan(GOLDEN / "version_1.reckon")
    assert [option.kind for option in plan.options] == [
        "closed_api",
        "hosted_open",
        "rented_gpus",
        "rented_gpus",
        "owned_servers",
        "appliance",
    ]
    assert plan.options[4].price == Price(
        value=310000, source="quote 4711", currency="USD", confidence="high"
    )
    assert plan_text(plan) == (GOLDEN / "version_1.reckon").read_text(encoding="utf-8")


def test_that_the_defaults_of_version_1_stay_what_files_rely_on() -> None:
    """A file leaves defaults out: changing one needs a migration that writes the old one."""
    recorded = json.loads((GOLDEN / "version_1_spelled_out.json").read_text(encoding="utf-8"))
    plan = load_plan(GOLDEN / "version_1.reckon")
    assert _known_to(recorded, json.loads(plan.model_dump_json())) == recorded


def _known_to(recorded: object, today: object) -> object:
    """Today's plan without the fields that came to schema 1 later."""
    if isinstance(recorded, dict) and isinstance(today, dict):
        return {key: _known_to(recorded[key], today[key]) for key in recorded}
    if isinstance(recorded, list) and isinstance(today, list):
        return [_known_to(old, new) for old, new in zip(recorded, today, strict=True)]
    return today


def test_that_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "bom.reckon"
    path.write_text(plan_text(small()), encoding="utf-8-sig")
    assert load_plan(path) == small()


def test_that_a_document_without_its_header_is_refused() -> None:
    with pytest.raises(PlanError, match='first entries must be "format": "reckoner-plan"'):
        validate_document({"name": "x"})
