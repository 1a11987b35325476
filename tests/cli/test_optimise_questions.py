"""`reckoner ask`: prices of rules, alternatives, vendors and the first server."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, saved
from tests.cli.hybrids import mixed
from tests.cli.json_keys import described, paths


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """The plan that is asked about."""
    return saved(tmp_path, mixed(rules={"vendors": 2}))


def test_that_a_quality_floor_costs_what_the_cheaper_decision_without_it_saves(
    run: Run, asked: Path, tmp_path: Path
) -> None:
    printed = json.loads(run("ask", asked, "--rules", "--gap", "1e-4", "--json").out)
    price = next(r for r in printed["rules"] if r["path"] == "workload.chat.quality_floor")
    workload = mixed()["workload"]
    del workload[0]["quality_floor"]
    without = saved(tmp_path, mixed(rules={"vendors": 2}, workload=workload), "without.reckon")
    other = json.loads(run("optimise", without, "--gap", "1e-4", "--json").out)
    difference = printed["best"]["npv"] - other["npv"]
    assert price["price"] == pytest.approx(difference, abs=price["sure"] + 1e-3 * other["npv"])
    assert price["price"] > 100_000


def test_that_a_rule_that_leaves_requests_unserved_says_how_many(run: Run, asked: Path) -> None:
    printed = json.loads(run("ask", asked, "--rules", "--gap", "0.01", "--json").out)
    data = next(rule for rule in printed["rules"] if rule["code"] == "data")
    assert data["unserved"] == pytest.approx(30_000 * (31 + 28))
    flat = " ".join(run("ask", asked, "--rules", "--gap", "0.01").out.split())
    assert "It leaves 1,770,000 requests unserved that would be served without it" in flat


def test_that_vendors_are_told_as_needed_dearer_or_unused(run: Run, asked: Path) -> None:
    flat = " ".join(run("ask", asked, "--vendors", "--gap", "0.001").out.split())
    assert "Without Alpha not every request can be served within the rules." in flat
    assert "Without Delta not every request can be served within the rules." in flat
    assert "What each rule costs" not in flat


def test_that_every_key_of_the_json_is_described(run: Run, asked: Path) -> None:
    printed = json.loads(run("ask", asked, "--gap", "0.02", "--json").out)
    assert printed["alternatives"], "an alternative is needed for its keys"
    assert paths(printed) == described("ask_json.md")
    questions = {one["question"] for one in printed["sentences"]}
    assert questions == {"rules", "alternatives", "vendors", "first_server"}


def test_that_a_plan_whose_rules_cannot_be_kept_has_nothing_to_ask(
    run: Run, tmp_path: Path
) -> None:
    capped = saved(tmp_path, mixed(rules={"capex_per_year": [1000]}), "capped.reckon")
    answer = run("ask", capped, "--vendors", "--gap", "0.05")
    assert (answer.code, answer.out) == (1, "")
    assert "cannot serve every request" in answer.err
