"""Bad plans are explained: field, value as typed, what would be right; all at once, in order."""

import json
from copy import deepcopy
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from pricing.plan.document import validate_document
from pricing.plan.file import PlanFileError, load_plan, parse_plan
from pricing.plan.labels import LABELS, UNITS
from pricing.plan.model import Frozen
from pricing.plan.plan import Plan
from pricing.plan.problems import AT_MOST, PlanError, Problem
from pricing.plan.sentences import SENTENCES

TEXT = (Path(__file__).parent / "golden" / "version_1.reckon").read_text(encoding="utf-8")
API, HOSTED, RENTED, RESERVED, OWNED, BOX = range(6)


def problems(way: str, value: object) -> tuple[Problem, ...]:
    """What is said when one entry of the golden plan is replaced; "-" as last step removes it."""
    document: Any = json.loads(TEXT)
    node = document
    *parents, leaf = way.split("/")
    for step in parents:
        node = node[int(step) if isinstance(node, list) else step]
    if value is ...:
        del node[leaf]
    else:
        node[int(leaf) if isinstance(node, list) else leaf] = value
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    return caught.value.problems


CASES: list[tuple[str, object, str, str]] = [
    (
        f"options/{OWNED}/useful_life_months",
        0,
        "options.owned-h100.useful_life_months",
        "Options › Owned H100 › Useful life: 0 is too small; "
        "months between 12 and 120 are possible.",
    ),
    (
        f"options/{OWNED}/useful_life_months",
        48.5,
        "options.owned-h100.useful_life_months",
        "Options › Owned H100 › Useful life: 48.5 is not a whole number; write it without "
        "decimals and quotation marks.",
    ),
    (
        f"options/{OWNED}/price/value",
        -5,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: -5 is too small; prices of 0 or more are possible.",
    ),
    (
        f"options/{OWNED}/price",
        -5,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: -5 is too small; prices of 0 or more are possible.",
    ),
    (
        f"options/{OWNED}/price",
        2e15,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: 2000000000000000 is too large; "
        "prices between 0 and 1000000000000000 are possible.",
    ),
    (
        f"options/{OWNED}/price",
        "310000",
        "options.owned-h100.price",
        'Options › Owned H100 › Price: "310000" is not a number; write one, or an object with a '
        "value and its source.",
    ),
    (
        f"options/{OWNED}/price/value",
        ...,
        "options.owned-h100.price.value",
        'Options › Owned H100 › Price: the number is missing; add "value".',
    ),
    (
        f"options/{OWNED}/price/low",
        400000,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: 310000 must lie between its low end (400000) and its high "
        "end (310000).",
    ),
    (
        f"options/{OWNED}/residual_share",
        1.5,
        "options.owned-h100.residual_share.value",
        "Options › Owned H100 › Residual value: 1.5 is too large; "
        "shares between 0 and 1 are possible.",
    ),
    (
        f"options/{OWNED}/power_kW",
        9,
        "options.owned-h100.power_kW",
        'Options › Owned H100 › power_kW: "power_kW" is not known here; perhaps power_kw is meant.',
    ),
    (
        f"options/{OWNED}/bridge",
        "rented",
        "options.owned-h100.bridge",
        'Options › Owned H100 › Bridge: "rented" cannot be the bridge; a bridge is a token-priced '
        "option (api-4.1, hosted).",
    ),
    (
        f"options/{OWNED}/capacity",
        {},
        "options.owned-h100.capacity",
        "Options › Owned H100 › Capacity: state output_tokens_per_second or requests_per_hour of "
        "one server.",
    ),
    (
        f"options/{OWNED}/capacity/requests_per_hour",
        7,
        "options.owned-h100.capacity",
        "Options › Owned H100 › Capacity: state either output_tokens_per_second or "
        "requests_per_hour, not both.",
    ),
    (
        f"options/{RESERVED}/capacity/input_tokens_per_second",
        7,
        "options.reserved.capacity.input_tokens_per_second",
        "Options › Reserved › Capacity › Input tokens per second: goes with "
        "output_tokens_per_second only; remove it, or state that instead of requests_per_hour.",
    ),
    (
        f"options/{BOX}/capacity/usable_share",
        0,
        "options.box.capacity.usable_share",
        "Options › 一体机 › Capacity › Usable share: 0 means that nothing of a server may be used; "
        "possible are shares above 0 and up to 1.",
    ),
    (
        f"options/{BOX}/capacity/output_tokens_per_second",
        0,
        "options.box.capacity.output_tokens_per_second.value",
        "Options › 一体机 › Capacity › Output tokens per second: 0 is too small; tokens per second "
        "above 0 are possible.",
    ),
    (
        f"options/{RENTED}/terms/to_hour",
        6,
        "options.rented.terms.to_hour",
        "Options › Rented › Terms › To hour: 6 is not later than from_hour (7); possible are "
        "hours from 8 to 24.",
    ),
    (
        f"options/{RENTED}/terms/kind",
        "spot",
        "options.rented.terms.kind",
        'Options › Rented › Terms › Kind: "spot" is not known here; possible are on_demand, '
        "scheduled, committed.",
    ),
    (
        f"options/{RESERVED}/terms/years",
        2,
        "options.reserved.terms.years",
        "Options › Reserved › Terms › Term: 2 is not known here; possible are 1, 3.",
    ),
    (
        f"options/{BOX}/kind",
        ...,
        "options.box.kind",
        "Options › 一体机 › Kind: missing; possible are closed_api, hosted_open, rented_gpus, "
        "owned_servers, appliance.",
    ),
    (
        f"options/{API}/model",
        "",
        "options.api-4.1",
        "Options › API: name a catalogue model (provider/model) or state the quoted prices.",
    ),
    (
        f"options/{API}/batch_tariff",
        "yes",
        "options.api-4.1.batch_tariff",
        'Options › API › Batch tariff: "yes" is neither true nor false.',
    ),
    (
        f"options/{API}/serves",
        ["chat", "talk"],
        "options.api-4.1.serves.1",
        'Options › API › Serves › entry 2: "talk" is no request class of this plan; known are '
        "chat, mail, night.batch.",
    ),
    (
        f"options/{API}/name",
        " ",
        "options.api-4.1.name",
        'Options › api-4.1 › Name: " " is no name; one line with at least one visible character '
        "is needed.",
    ),
    (
        f"options/{API}/note",
        "x" * 4001,
        "options.api-4.1.note",
        "Options › API › Note: 4001 characters are too many; at most 4000 fit.",
    ),
    (
        f"options/{API}/id",
        "API 4",
        "options.API 4.id",
        'Options › API › Id: "API 4" is no id; possible are lower-case letters, digits, dot, dash '
        "and underscore, a letter or digit first.",
    ),
    (f"options/{API}", 5, "options.0", "Options › entry 1: 5 stands where an object in braces "
     "with kind, id, name is needed."),
    (
        "workload/0/requests/value",
        True,
        "workload.chat.requests.value",
        "Workload › Chat › Requests: true is not a number; write digits without quotation marks.",
    ),
    (
        "workload/0/profile/hours",
        [1] * 23,
        "workload.chat.profile.hours",
        "Workload › Chat › Profile › Hours: 23 entries are too few; at least 24 are needed.",
    ),
    (
        "workload/0/profile/hours",
        [2] * 24,
        "workload.chat.profile.hours",
        "Workload › Chat › Profile › Hours: the 24 weights must have a mean of 1; theirs is 2.",
    ),
    (
        "workload/0/profile/hours/3",
        -0.5,
        "workload.chat.profile.hours.3",
        "Workload › Chat › Profile › Hours › entry 4: -0.5 is too small; weights between 0 and 24 "
        "are possible.",
    ),
    (
        "workload/0/urgency",
        "now",
        "workload.chat.urgency",
        'Workload › Chat › Urgency: "now" is not known here; possible are real-time, asynchronous, '
        "batch.",
    ),
    (
        "workload/1/growth/factors",
        [],
        "workload.night.batch.growth.factors",
        "Workload › 夜间批处理 › Growth › Factors: none entered; at least one is needed.",
    ),
    ("workload", {}, "workload", "Workload: an object stands where a list in square brackets is "
     "needed."),
    ("months", 85, "months", "Horizon: 85 is too large; months between 12 and 84 are possible."),
    ("start", "2027-13", "start", 'Start: "2027-13" is no month; write year and month as in '
     "2027-01."),
    ("start", ..., "start", 'Start: missing; add "start": first month of the plan.'),
    ("name", 7, "name", "Name: 7 is not text; write it in quotation marks."),
    ("name", "a\x07b", "name", 'Name: "a\\u0007b" is no name; one line with at least one visible '
     "character is needed."),
    ("note", "a\x07b", "note", 'Note: "a\\u0007b" holds a control character; remove it.'),
    ("note", "\ud800", "note", 'Note: "\\\\ud800" holds a character that cannot be written to a '
     "file."),
    ("currency", "GBP", "currency", 'Currency: "GBP" is not known here; possible are USD, CNY, '
     "EUR."),
    ("baseline", "none", "baseline", 'Baseline: "none" is no option of this plan; known are '
     "api-4.1, box, hosted, owned-h100, rented, reserved."),
    ("electricity/as_of", "30.6.2026", "electricity.as_of", 'Electricity › As of: "30.6.2026" is '
     "no date; write year, month and day as in 2026-11-22."),
    ("electricity/as_of", 20260630, "electricity.as_of", "Electricity › As of: 20260630 is no "
     "date; write year, month and day as in 2026-11-22."),
    ("curency", "EUR", "curency", 'curency: "curency" is not known here; perhaps currency is '
     "meant."),
    ("finance", None, "finance", "Finance: null stands where an object in braces with "
     "discount_rate, payment_timing, tax is needed."),
]  # fmt: skip


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
