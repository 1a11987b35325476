"""Bad plans are explained: field, value as typed, what would be right; all at once, in order."""

import json
from copy import deepcopy
from pathlib import Path
from string import Formatter

import pytest
from pydantic import ValidationError

from pricing.plan.document import validate_document
from pricing.plan.file import PlanFileError, load_plan, parse_plan
from pricing.plan.labels import LABELS
from pricing.plan.model import Frozen
from pricing.plan.plan import Plan
from pricing.plan.problems import AT_MOST, PlanError, Problem, problems_of
from pricing.plan.sentences import SENTENCES
from pricing.plan.units import UNITS
from tests.plan.bad_entries import API, BOX, CASES, OWNED
from tests.plan.replacing import refused, replaced

TEXT = (Path(__file__).parent / "golden" / "version_1.reckon").read_text(encoding="utf-8")


def problems(way: str, value: object) -> tuple[Problem, ...]:
    """What is said when one entry of the golden plan is replaced."""
    return refused(replaced(TEXT, way, value))


@pytest.mark.parametrize(("way", "value", "path", "message"), CASES)
def test_that_a_bad_entry_is_named_with_its_value_and_what_would_be_right(
    way: str, value: object, path: str, message: str
) -> None:
    found = problems(way, value)
    assert [problem.message for problem in found] == [message]
    assert [problem.path for problem in found] == [path]


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "-Infinity", "1e999", "-1E+400"])
def test_that_a_number_that_is_not_finite_is_shown_as_typed(typed: str) -> None:
    text = TEXT.replace('"value": 310000', f'"value": {typed}')
    with pytest.raises(PlanFileError) as caught:
        parse_plan(text)
    assert [problem.message for problem in caught.value.problems] == [
        f"Options › Owned H100 › Price: {typed} is not a finite number; enter an ordinary number."
    ]
    assert caught.value.problems[0].value == typed


@pytest.mark.parametrize("typed", ["-1e3", "-0.50", "-1000.0"])
def test_that_a_number_is_shown_as_typed(typed: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        parse_plan(TEXT.replace('"value": 310000', f'"value": {typed}'))
    assert f"Price: {typed} is too small" in str(caught.value)


def test_that_an_endless_number_is_cut_where_it_is_shown() -> None:
    with pytest.raises(PlanFileError, match="Horizon: 11111") as caught:
        parse_plan(TEXT.replace('"months": 48', f'"months": {"1" * 9000}'))
    assert len(str(caught.value)) < 300


def test_that_all_problems_are_listed_at_once_in_the_order_of_the_plan() -> None:
    document = json.loads(TEXT)
    document["baseline"] = "nobody"
    document["options"][OWNED]["useful_life_months"] = 1
    document["options"][OWNED]["capacity"] = {"requests_per_hour": 0}
    document["options"][API]["serves"] = ["nothing"]
    document["workload"][0]["requests"] = -1
    document["months"] = 1
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    assert [problem.path for problem in caught.value.problems] == [
        "months",
        "workload.chat.requests.value",
        "options.api-4.1.serves.0",
        "options.owned-h100.capacity.requests_per_hour.value",
        "options.owned-h100.useful_life_months",
        "baseline",
    ]
    assert str(caught.value).startswith("This is no valid plan; 6 entries need correction:\n- Hor")


def test_that_twenty_problems_are_listed_and_the_rest_is_counted() -> None:
    document = json.loads(TEXT)
    hours = document["workload"][0]["profile"]["hours"]
    hours[:] = [-1] * 24
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    assert len(caught.value.problems) == AT_MOST == 20
    assert str(caught.value).endswith("and 4 more")


def test_that_an_id_used_twice_is_found_and_paths_then_go_by_index() -> None:
    document = json.loads(TEXT)
    document["options"].append(deepcopy(document["options"][BOX]))
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    (problem,) = caught.value.problems
    assert problem.path == "options.6.id"
    assert problem.message == 'Options › 一体机 › Id: the id "box" is used twice; ids must differ.'


def test_that_models_inside_a_document_are_named_like_the_rest() -> None:
    plan = parse_plan(TEXT)
    document = {"name": "x", "start": "2027-01", "workload": plan.workload, "baseline": "no"}
    with pytest.raises(ValidationError) as caught:
        Plan.model_validate(document | {"options": plan.options[1:]})
    found = problems_of(caught.value, document | {"options": plan.options[1:]})
    assert [problem.path for problem in found] == ["options.rented.bridge", "baseline"]


def test_that_a_key_written_twice_is_refused_with_its_place() -> None:
    text = TEXT.replace('"useful_life_months": 60', '"useful_life_months": 60, "pue": 1.1')
    with pytest.raises(PlanFileError) as caught:
        parse_plan(text)
    (problem,) = caught.value.problems
    assert problem.path == "options.owned-h100.pue"
    assert problem.message == (
        'Options › Owned H100 › PUE: the key "pue" is written twice; keep one of them.'
    )


def models(kind: type[Frozen] = Frozen) -> list[type[Frozen]]:
    """Every model of the plan room."""
    found = [kind] if kind.__module__.startswith("pricing.plan.") else []
    return found + [model for inner in kind.__subclasses__() for model in models(inner)]


def test_that_every_field_has_a_label_and_no_label_is_left_over() -> None:
    fields = {name for model in models() for name in model.model_fields}
    assert fields == set(LABELS)
    assert set(UNITS) <= fields


def test_that_every_field_is_described() -> None:
    bare = {
        f"{model.__name__}.{name}"
        for model in models()
        for name, info in model.model_fields.items()
        if not info.description and name != "kind"
    }
    assert bare == set()


def test_that_every_sentence_names_only_facts_a_translation_can_rely_on() -> None:
    for code, template in SENTENCES.items():
        for _, name, spec, conversion in Formatter().parse(template):
            assert name is None or (name.isidentifier() and not spec and not conversion), code


def test_that_a_translation_replaces_sentences_and_keeps_the_facts() -> None:
    (problem,) = problems("months", 85)
    german = {
        "problem": "{where}: {what}.",
        "too_large.between": "{value} ist zu groß; möglich sind {low} bis {high}",
    }
    assert problem.said(german) == "Horizon: 85 ist zu groß; möglich sind 12 bis 84."


def test_that_a_missing_file_is_named_without_its_whole_path(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError) as caught:
        load_plan(tmp_path / "gone.reckon")
    assert str(caught.value) == (
        "gone.reckon cannot be opened: there is no such file; check the name and the folder."
    )


def test_that_the_golden_plan_itself_has_no_problem() -> None:
    assert isinstance(parse_plan(TEXT), Plan)
