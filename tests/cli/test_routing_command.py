"""`reckoner routing`: who may serve what, at what cost, and who does."""

import json
from pathlib import Path

import pytest

from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from tests.cli.conftest import Run, saved
from tests.cli.hybrids import mixed
from tests.cli.json_keys import described, paths

MIX = {
    "kind": "hybrid", "id": "mix", "name": "By hand",
    "routes": [
        {"request_class": "chat", "recipe": {"kind": "direct", "option": "api"}},
        {"request_class": "contracts", "recipe": {"kind": "direct", "option": "owned"}},
        {"request_class": "reports", "recipe": {"kind": "direct", "option": "hosted"}},
        {"request_class": "archive", "recipe": {"kind": "direct", "option": "hosted"}},
    ],
    "fleets": [{"option": "owned", "servers": [{"from_month": 3, "servers": 1}]}],
    "caches": [{"request_class": "chat", "hit_rate": 0.25}],
}  # fmt: skip


@pytest.fixture
def routed(tmp_path: Path) -> Path:
    """The plan with a mix made by hand."""
    return saved(tmp_path, mixed(options=[*mixed()["options"], MIX]))


def test_that_costs_of_requests_are_their_tokens_at_list_prices(run: Run, routed: Path) -> None:
    printed = json.loads(run("routing", routed, "--json").out)
    costs = {(c["request_class"], c["option"]): c for c in printed["choices"]}
    assert costs["chat", "api"]["cost_per_request"] == pytest.approx((1500 * 2.5 + 300 * 10) / 1e6)
    assert costs["contracts", "hosted"]["cost_per_request"] == pytest.approx(
        (6000 * 0.9 + 600 * 2.8) / 1e6
    )
    assert costs["chat", "api"]["quality"] == 0.9


def test_that_an_option_that_may_not_serve_says_why(run: Run, routed: Path) -> None:
    printed = json.loads(run("routing", routed, "--json").out)
    allowed = {
        option for choice in printed["choices"]
        if choice["request_class"] == "contracts" and choice["allowed"]
        for option in [choice["option"]]
    }  # fmt: skip
    assert allowed == {"owned"}
    flat = " ".join(run("routing", routed).out.split())
    assert "NO Contracts carries confidential data, and Closed API may be sent internal" in flat
    assert "NO Own servers scores 76 %, below the 85 % that Chat 客服 asks for." in flat


def test_that_scores_in_tables_are_per_cent_as_in_the_sentences(run: Run, routed: Path) -> None:
    rows = run("routing", routed).out.splitlines()
    choice = next(row for row in rows if "Own servers" in row)
    assert "76.0 %" in choice
    assert "0.76" not in choice
    answers = [row for row in rows if "Closed API" in row and "90.0 %" in row]
    assert len(answers) > 1  # of the option, and of what the mix sends there
    assert not any("0.90 " in row for row in rows)


def test_that_flows_are_requests_less_hits_and_their_cost_adds_up(run: Run, routed: Path) -> None:
    printed = json.loads(run("routing", routed, "--json").out)["hybrids"][0]
    flows = {(flow["request_class"], flow["option"]): flow for flow in printed["flows"]}
    days = 31
    assert flows["chat", "api"]["requests"][0] == pytest.approx(60_000 * days * 0.75)
    bill = evaluate(load_plan(routed)).bill_of("mix")
    assert sum(flow["cost"] for flow in printed["flows"]) == pytest.approx(bill.tco.value)
    assert printed["unserved"] == pytest.approx(bill.unserved.values.sum())
    assert printed["npv"] == bill.npv.value


def test_that_a_mix_is_printed_with_cache_routes_servers_and_advice(run: Run, routed: Path) -> None:
    flat = " ".join(run("routing", routed).out.split())
    for text in (
        "By hand", "result cache 456,875 25.0 %", "2027-03 to 2028-12", "Rules of thumb",
        "Nobody has proven how good this decision is", "nobody",
    ):  # fmt: skip
        assert text in flat


def test_that_every_key_of_the_json_is_described(run: Run, routed: Path) -> None:
    found = paths(json.loads(run("routing", routed, "--json").out))
    assert found == described("routing_json.md")


def test_that_a_plan_without_a_mix_has_choices_alone(run: Run, tmp_path: Path) -> None:
    plain = saved(tmp_path, mixed(), "plain.reckon")
    assert json.loads(run("routing", plain, "--json").out)["hybrids"] == []
    assert "Rules of thumb" not in run("routing", plain).out
    answer = run("routing", plain, "--hybrid", "mix")
    assert answer.code == 1
    assert "'mix'" in answer.err
