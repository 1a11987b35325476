"""What cannot be done is said in a sentence on standard error, with exit code 1."""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing.cli import failure
from pricing.cli.main import main
from tests.cli.conftest import Run, document, process, saved

TEXT = json.dumps(document())
BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "truncated": (TEXT[:300].encode(), "line 1"),
    "no json": (b"months = 36", "line 1"),
    "newer": (json.dumps(document(schema=99)).encode(), "99"),
    "NaN": (TEXT.replace("0.12", "NaN", 1).encode(), "NaN"),
    "infinite": (TEXT.replace("0.12", "1e999", 1).encode(), "1e999"),
    "negative": (TEXT.replace("280000", "-1", 1).encode(), "-1"),
    "absurd": (json.dumps(document(months=100000)).encode(), "100"),
    "unknown key": (json.dumps(document(mnths=12)).encode(), "mnths"),
    "unknown bridge": (TEXT.replace('"bridge": "api"', '"bridge": "gone"').encode(), "gone"),
    "workbook": (b"PK\x03\x04" + bytes(100), "bad.reckon"),
    "binary": (bytes(range(256)), "bad.reckon"),
    "no object": (b"[1, 2]", "bad.reckon"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_that_a_broken_plan_is_refused_with_a_sentence_that_names_what_is_wrong(
    run: Run, tmp_path: Path, kind: str
) -> None:
    content, named = BROKEN[kind]
    path = tmp_path / "bad.reckon"
    path.write_bytes(content)
    for command in (["evaluate", path], ["explain", path, "api"], ["compare", path, "a", "b"]):
        answer = run(*command)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("reckoner: bad.reckon cannot be opened")
        assert named in answer.err
    assert path.read_bytes() == content


def test_that_a_folder_and_a_missing_file_are_no_plans(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.reckon", tmp_path / "plan.reckon" / "x"):
        answer = run("evaluate", path)
        assert (answer.code, answer.out) == (1, "")
        assert path.name in answer.err


def test_that_every_problem_of_a_plan_is_listed(run: Run, tmp_path: Path) -> None:
    answer = run("evaluate", saved(tmp_path, document(months=5, currency="GBP", start="soon")))
    assert answer.code == 1
    assert answer.err.count("\n- ") == 3


@pytest.mark.parametrize(
    ("change", "field", "where"),
    [
        ({"people": {}}, "people.loaded_cost_per_year", "People: what people cost is not known"),
        ({"currency": "CNY", "fx": {}}, "fx.cny_per_usd", "the currency is not the plan's CNY"),
        ({"electricity": None}, "electricity", "enter the electricity price per kWh"),
    ],
)
def test_that_a_missing_figure_is_told_in_words_that_end_with_its_field(
    run: Run, tmp_path: Path, change: dict[str, Any], field: str, where: str
) -> None:
    answer = run("evaluate", saved(tmp_path, document(**change)))
    assert (answer.code, answer.out) == (1, "")
    said = " ".join(answer.err.split())
    assert said.startswith("reckoner: The plan cannot be evaluated: ")
    assert where in said
    assert said.endswith(f" (field {field}).")
    assert "options." not in said


def test_that_an_unknown_model_is_answered_with_close_ones(run: Run, tmp_path: Path) -> None:
    option = {"kind": "closed_api", "id": "api", "name": "API", "model": "openai/gpt-5-mini-x"}
    answer = run("evaluate", saved(tmp_path, document(options=[option])))
    assert answer.code == 1
    assert "'openai/gpt-5-mini'" in answer.err


def test_that_bad_usage_leaves_with_2_and_says_how_to_get_help() -> None:
    for arguments in ([], ["evaluate"], ["evaluat"], ["explain", "plan.reckon"], ["workload", "x"]):
        answer = process(*arguments)
        assert (answer.code, answer.out) == (2, "")
        assert "--help" in answer.err
        assert "Traceback" not in answer.err


def test_that_a_fault_of_the_program_is_admitted_without_a_traceback(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("pricing.evaluate.evaluate", fails)
    answer = run("evaluate", plan)
    assert answer.code == 1
    assert "a fault of Reckoner (ZeroDivisionError: by hand)" in answer.err


def test_that_a_fault_shows_where_it_happened_when_asked(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("pricing.evaluate.evaluate", fails)
    monkeypatch.setenv("RECKONER_DEBUG", "1")
    assert main(["evaluate", str(plan)]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_that_an_error_of_the_system_names_its_file() -> None:
    error = PermissionError(13, "Permission denied", "/etc/shadow")
    assert failure.sentence_of(error) == "/etc/shadow: Permission denied."


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("optimise", "p", "--gap", "tight"), ("--gap", "'tight'", "a number", "0.005")),
        (("ask", "p", "--seconds", "30s"), ("--seconds", "'30s'", "a number", "30")),
        (("frontier", "p", "--points", "7.5"), ("--points", "'7.5'", "a whole number", "8")),
        (("serving", "search", "m", "--tpot", "50ms"), ("--tpot", "'50ms'", "a number", "50")),
        (("serving", "search", "m", "--top", ""), ("--top", "''", "a whole number", "10")),
        (("serving", "predict", "m", "a", "--tp", "x"), ("--tp", "'x'", "a whole number", "2")),
        (("workload", "l", "--utc-offset", "+8h"), ("--utc-offset", "'+8h'", "a number", "5.5")),
    ],
    ids=" ".join,
)
def test_that_a_number_that_is_none_is_refused_with_option_value_and_an_example(
    run: Run, arguments: tuple[str, ...], named: tuple[str, str, str, str]
) -> None:
    answer = run(*arguments)
    option, value, kind, example = named
    assert (answer.code, answer.out) == (2, "")
    told = f"argument {option}: {value} is not {kind}; write one such as {example}; see reckoner "
    assert told in answer.err.splitlines()[-1]
    assert "invalid" not in answer.err
