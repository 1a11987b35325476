"""`reckoner evaluate`: what it prints is what the engine computed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pricing.analysis import break_even_volume, compare
from pricing.cli.table import width_of
from pricing.evaluate import evaluate
from pricing.messages import sentence
from pricing.plan.file import load_plan
from pricing.resources import resource
from tests.cli.conftest import Run, document, process, saved


def test_that_the_json_of_the_command_is_what_the_engine_computed(plan: Path) -> None:
    answer = process("evaluate", plan, "--json")
    assert (answer.code, answer.err) == (0, "")
    printed = json.loads(answer.out)
    evaluation = evaluate(load_plan(plan))
    assert printed["plan"] == "客服 assistants"
    assert printed["months"] == list(evaluation.month_labels)
    assert [option["id"] for option in printed["options"]] == [b.id for b in evaluation.bills]
    for option, bill in zip(printed["options"], evaluation.bills, strict=True):
        assert option["tco"] == bill.tco.value
        assert option["npv"] == bill.npv.value
        assert option["per_million_tokens"] == bill.per_million_tokens.value
        assert option["peak_cash"] == bill.peak_cash.value
        assert option["monthly"]["cash"] == bill.cash.values.tolist()
        assert option["unserved"] == bill.unserved.values.sum()
    for found in printed["comparisons"]:
        expected = compare(evaluation, found["option"], "api")
        volume = break_even_volume(evaluation, found["option"], "api")
        assert found["tco_difference"] == expected.tco_difference
        assert found["break_even"]["answer"] == expected.break_even.answer
        assert found["break_even_volume"]["multiple"] == volume.multiple
    sentences = [finding["sentence"] for finding in printed["findings"]]
    assert sentences == [sentence(finding) for finding in evaluation.findings]


def test_that_the_figures_of_the_json_add_up(run: Run, plan: Path) -> None:
    for option in json.loads(run("evaluate", plan, "--json", "--no-volume").out)["options"]:
        monthly = option["monthly"]
        assert sum(option["categories"].values()) == pytest.approx(option["tco"])
        assert sum(monthly["cash"]) == pytest.approx(option["tco"])
        assert monthly["cumulative"][-1] == pytest.approx(option["tco"])
        assert max(monthly["cumulative"]) == pytest.approx(option["peak_cash"])
        for code, total in option["categories"].items():
            assert sum(monthly["categories"][code]) == pytest.approx(total)


def test_that_a_server_of_24000_pays_off_against_1000_a_month_after_24_months(
    run: Run, paid_off: Path
) -> None:
    printed = json.loads(run("evaluate", paid_off, "--json").out)
    assert [option["tco"] for option in printed["options"]] == [36000, 24000]
    found = printed["comparisons"][0]["break_even"]
    assert (found["time"], found["month"], found["calendar_month"]) == (24, 24, "2028-12")
    text = run("evaluate", paid_off).out
    assert "costs USD 12 k less (-33.3 %)" in text
    assert "pays off after 24.0 months, in month 24 (2028-12), and for good" in text


def test_that_every_key_of_the_json_is_described_and_every_described_key_is_printed(
    run: Run, plan: Path
) -> None:
    printed = json.loads(run("evaluate", plan, "--json").out)
    text = resource("help", "evaluate_json.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    assert set(_paths(printed)) == described


def _paths(value: Any, at: str = "") -> set[str]:
    found = {at} if at else set()
    if isinstance(value, dict):
        for key, inner in value.items():
            name = {"categories": "<category>", "facts": "<fact>"}.get(at.rpartition(".")[2], key)
            found |= _paths(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for inner in value:
            found |= {path for path in _paths(inner, f"{at}[]") if not path.endswith("[]")}
    return found


def test_that_the_keys_are_described_by_the_command_itself(run: Run) -> None:
    answer = run("evaluate", "--keys")
    assert answer.code == 0
    assert "`options[].tco`" in answer.out


def test_that_a_bill_names_plan_options_findings_and_the_age_of_prices(
    run: Run, plan: Path
) -> None:
    answer = run("evaluate", plan)
    evaluation = evaluate(load_plan(plan))
    assert answer.code == 0
    flat = " ".join(answer.out.split())
    for text in ("客服 assistants", "In USD", "36 months from 2027-01 to 2029-12", "8.0 % a year"):
        assert text in flat
    for bill in evaluation.bills:
        assert bill.name in answer.out
        assert f"{bill.tco.value:,.0f}" in answer.out
    for finding in evaluation.findings:
        assert sentence(finding) in flat
    assert re.search(r"catalogue of 20\d\d-\d\d-\d\d", flat)


def test_that_columns_stay_aligned_under_chinese_names(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    lines = run("evaluate", plan, "--no-volume").out.splitlines()
    rule = next(number for number, line in enumerate(lines) if line.startswith("─"))
    rows = lines[rule + 1 : rule + 6]
    assert [width_of(row) for row in rows] == [width_of(lines[rule])] * 5


@pytest.mark.parametrize("columns", [50, 80, 100])
def test_that_no_line_is_wider_than_the_terminal(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("evaluate", plan, "--no-volume").out
    assert max(width_of(line) for line in out.splitlines()) <= columns
    assert "Servers at end" in " ".join(out.split())


def test_that_an_option_that_leaves_requests_unserved_does_not_win(run: Run, plan: Path) -> None:
    out = " ".join(run("evaluate", plan).out.split())
    assert "Of the options that serve every request within the rules, API 接口 costs least" in out
    assert "not the same work: requests are left unserved by Hosted open model" in out


def test_that_warnings_about_the_cheapest_option_are_pointed_out(run: Run, tmp_path: Path) -> None:
    api, hosted = document()["options"][:2]
    silent = saved(tmp_path, document(options=[api, {**hosted, "serves": []}]))
    assert "Mind the warnings" not in run("evaluate", silent, "--no-volume").out
    warned = saved(tmp_path, document(options=[hosted]))
    out = run("evaluate", warned, "--no-volume").out
    assert "Mind the warnings about it below." in " ".join(out.split())


def test_that_a_pipe_gets_no_colours(plan: Path) -> None:
    assert "\x1b" not in process("evaluate", plan, "--no-volume").out


def test_that_a_name_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    evil = saved(tmp_path, document(name="plan\x9b2J\u202egnp"), "evil.reckon")
    out = run("evaluate", evil, "--no-volume").out
    assert "\x9b" not in out
    assert "\u202e" not in out


def test_that_months_of_fixed_length_and_tax_are_told(run: Run, tmp_path: Path) -> None:
    content = document(
        calendar={"days_per_month": 30, "hours_per_day": 10},
        finance={"tax": {"rate": 0.25}, "payment_timing": "end-of-month"},
    )
    flat = " ".join(run("evaluate", saved(tmp_path, content), "--no-volume").out.split())
    assert "months of 30 days with 10 hours of service a day" in flat
    assert "after tax of 25.0 %" in flat
    assert "at the end of a month" in flat
