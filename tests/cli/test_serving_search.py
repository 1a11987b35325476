"""`reckoner serving search`: servers that meet a service level, by cost."""

import json
from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.serving import Requests
from pricing.serving.capacity import Level
from pricing.serving.search.assess import Load
from pricing.serving.search.ranking import search
from tests.cli.conftest import Run

ASKED = ("llama-3.1-70b", "--rate", "5", "--ttft", "2", "--tpot", "50", "--variation", "1")


def told(run: Run, *arguments: str) -> Any:
    answer = run("serving", "search", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def test_that_figures_are_those_of_the_search(run: Run) -> None:
    load = Load("chat", Requests(1000, 500, 1, 1), Level(2, 0.05, 95), (5.0,))
    found = search(load_catalogue().open_model("llama-3.1-70b"), [load])
    rows = told(run, *ASKED)["rows"]
    assert [row["offer"] for row in rows] == [row.offer.id for row in found.rows]
    for said, row in zip(rows, found.rows, strict=True):
        assert said["cost_per_month"]["typical"] == row.cost.typical
        assert said["servers"]["high"] == row.servers.high
        assert said["precision"] == row.stack.precision
        assert said["classes"][0]["tpot_s_at_percentile"] == row.classes[0].tpot_at


def test_that_every_figure_assumed_is_named(run: Run) -> None:
    basis = told(run, *ASKED)["basis"]
    assert {of["what"] for of in basis} >= {"useful life", "electricity", "PUE", "exchange rate"}
    own = told(run, *ASKED, "--electricity", "0.2", "--currency", "CNY")
    assert own["currency"] == "CNY"
    (tariff,) = (of for of in own["basis"] if of["what"] == "electricity")
    assert tariff == {
        "what": "electricity", "value": 0.2, "unit": "CNY per kWh", "origin": "plan"
    }  # fmt: skip


def test_that_the_table_shows_the_cheapest_and_counts_the_rest(run: Run) -> None:
    answer = run("serving", "search", *ASKED, "--top", "3")
    rows = told(run, *ASKED)["rows"]
    assert answer.code == 0
    for row in rows[:3]:
        assert row["offer"] in answer.out
    assert rows[4]["offer"] not in answer.out
    assert f"{len(rows) - 3} more" in answer.out
    assert "fall out (--why tells why)" in answer.out


def test_that_why_tells_every_reason(run: Run) -> None:
    left = told(run, "llama-3.1-405b")["left_out"]
    answer = run("serving", "search", "llama-3.1-405b", "--why")
    plain = " ".join(answer.out.split())
    for item in left:
        assert item["reason"] in plain


def test_that_a_target_nobody_meets_leaves_with_1_and_says_why(run: Run) -> None:
    answer = run("serving", "search", "llama-3.1-70b", "--tpot", "0.1")
    assert answer.code == 1
    assert "No server on offer meets the targets." in answer.out
    assert "Too slow per token:" in answer.out


def test_that_precisions_and_terms_narrow_the_search(run: Run) -> None:
    rows = told(run, *ASKED, "--precision", "bf16", "--terms", "reserved_3y")["rows"]
    assert {row["precision"] for row in rows} == {"bf16"}
    assert {row["terms"] for row in rows} == {"", "reserved for 3 years"}
    assert all(row["lossless"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lama-3.1",), "the closest are"),
        (("qwen3-8b", "--rate", "-1"), "-1 requests per second"),
        (("qwen3-8b", "--ttft", "0"), "--ttft 0"),
        (("qwen3-8b", "--cached", "2"), "--cached 2"),
        (("qwen3-8b", "--variation", "-1"), "--variation -1"),
        (("qwen3-8b", "--input", "0"), "Input tokens of 0"),
        (("qwen3-8b", "--input", "1e6"), "longer than the context"),
        (("qwen3-8b", "--precision", "fp3"), "--precision"),
        (("qwen3-8b", "--spares", "-1"), "--spares -1"),
    ],
)
def test_that_what_cannot_be_is_refused_in_a_sentence(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    answer = run("serving", "search", *arguments)
    assert answer.code == 1
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.count("\n") == 1
