"""`reckoner ask`: prices of rules, alternatives, vendors and the first server."""

import json
import signal
from datetime import date
from pathlib import Path

import pytest

from pricing.amounts import money
from pricing.catalogue import load_catalogue
from pricing.cli.commands.ask import _Answers
from pricing.cli.solving import Watch
from pricing.evaluate import evaluate
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import hybrid_of
from pricing.optimise.questions.asked import Asked
from pricing.plan.file import load_plan, save_plan
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
    assert price["low"] - 1e-3 * other["npv"] <= difference
    assert difference <= price["high"] + 1e-3 * other["npv"]
    assert price["low"] <= price["price"] <= price["high"]
    assert price["price"] > 100_000


def test_that_the_plans_own_decision_is_named_beside_the_best_one(
    run: Run, asked: Path, tmp_path: Path
) -> None:
    """A decision that kept a quality floor stays in the plan when the floor is taken away."""
    best = tmp_path / "best.reckon"
    run("optimise", asked, "-o", best, "--gap", "1e-4")
    assert "The decision in the plan" not in run("ask", best, "--vendors", "--gap", "1e-4").out
    plan = load_plan(best)
    workload = tuple(one.model_copy(update={"quality_floor": None}) for one in plan.workload)
    freed = plan.model_copy(update={"workload": workload})
    save_plan(freed, best)
    own = evaluate(freed).bill_of(hybrid_of(freed, None).id).npv.value
    said = " ".join(run("ask", best, "--vendors", "--gap", "1e-4").out.split())
    assert "The decision in the plan is another one" in said
    assert f"it costs {money(own, plan.currency)}" in said


def test_that_a_rule_that_rules_out_nothing_costs_nothing(run: Run, asked: Path) -> None:
    """Reports have no quality floor of their own; the contracts' is kept by every option."""
    printed = json.loads(run("ask", asked, "--rules", "--gap", "0.02", "--json").out)
    idle = {one["path"] for one in printed["rules"] if one["rules_out_nothing"]}
    assert idle == {"workload.contracts.quality_floor"}
    assert all(one["high"] == 0 for one in printed["rules"] if one["path"] in idle)
    assert printed["rules"][0]["code"] == "data"


def test_that_other_decisions_are_told_apart_with_what_is_proven(run: Run, asked: Path) -> None:
    options = ("--alternatives", "--within", "0.2", "--plans", "4", "--gap", "0.005",
               "--seconds", "4")  # fmt: skip
    printed = json.loads(run("ask", asked, *options, "--json").out)
    near = [one for one in printed["alternatives"] if not one["beyond"]]
    assert near
    costs = [one["npv"] for one in near]
    assert costs == sorted(costs)
    for one in near:
        assert one["more"] <= 0.2
        assert one["more_at_most"] >= one["more"]
        assert one["differences"]
        assert one["npv"] == pytest.approx(printed["best"]["npv"] * (1 + one["more"]))
    assert len({json.dumps([one["servers"], one["starts"], one["work"]]) for one in near}) == len(
        near
    )
    if len(near) < 4:
        assert printed["alternatives"][-1]["beyond"]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--within", "0", "write a share above 0"), ("--within", "three", "is not a number"),
        ("--plans", "0", "write a number from 1 on"),
    ],
)  # fmt: skip
def test_that_a_tolerance_that_cannot_be_is_refused(
    run: Run, asked: Path, option: str, value: str, said: str
) -> None:
    answer = run("ask", asked, "--alternatives", option, value)
    assert answer.code != 0
    assert said in answer.err


def test_that_a_rule_that_leaves_requests_unserved_says_how_many(run: Run, asked: Path) -> None:
    printed = json.loads(run("ask", asked, "--rules", "--gap", "0.01", "--json").out)
    data = next(rule for rule in printed["rules"] if rule["code"] == "data")
    assert data["unserved"] == pytest.approx(30_000 * (31 + 28))
    flat = " ".join(run("ask", asked, "--rules", "--gap", "0.01").out.split())
    assert "leaves 1,770,000 requests unserved that would be served without it" in flat


def test_that_vendors_are_told_as_needed_dearer_or_unused(run: Run, asked: Path) -> None:
    flat = " ".join(run("ask", asked, "--vendors", "--gap", "0.001").out.split())
    assert "Without Alpha not every request of Chat 客服 can be served within the rules." in flat
    assert "Without Delta not every request of Contracts can be served within the rules." in flat
    assert "What each rule costs" not in flat


def test_that_every_key_of_the_json_is_described(run: Run, asked: Path) -> None:
    printed = json.loads(
        run("ask", asked, "--gap", "0.02", "--within", "0.3", "--seconds", "4", "--json").out
    )
    assert printed["alternatives"], "an alternative is needed for its keys"
    assert paths(printed) == described("ask_json.md")
    questions = {one["question"] for one in printed["sentences"]}
    assert questions == {"rules", "alternatives", "vendors", "first_server"}


def test_that_a_question_that_was_stopped_is_not_answered_with_none(
    asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = load_plan(asked)
    with Watch() as watch:
        questions = Asked(
            plan, load_catalogue(), hybrid_of(plan, None), date(2026, 11, 22),
            settings=Settings(gap=0.05, seconds=20), cancel=watch.cancelled,
        )  # fmt: skip
        assert questions.answer().choice is not None
        signal.raise_signal(signal.SIGINT)
        _Answers(questions, watch, ["rules"], 0.03, 3).print()
    shown = capsys.readouterr().out
    assert "What each rule costs\n  Stopped before one was found." in shown
    assert "The plan has none" not in shown


def test_that_a_plan_whose_rules_cannot_be_kept_has_nothing_to_ask(
    run: Run, tmp_path: Path
) -> None:
    capped = saved(tmp_path, mixed(rules={"capex_per_year": [1000]}), "capped.reckon")
    answer = run("ask", capped, "--vendors", "--gap", "0.05")
    assert (answer.code, answer.out) == (1, "")
    assert "cannot serve every request" in answer.err
