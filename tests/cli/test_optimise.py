"""`reckoner optimise`: the decision printed is the one in the plan, with its proof."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from pricing.cli.solving import Watch
from pricing.cli.table import width_of
from pricing.evaluate import evaluate
from pricing.optimise.engine.answer import Progress
from pricing.plan.file import load_plan
from tests.cli.conftest import COMMAND, Run, process, saved
from tests.cli.hybrids import hybrid_of, mixed
from tests.cli.json_keys import described, paths


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the plans of this module are."""
    return tmp_path_factory.mktemp("optimise")


@pytest.fixture(scope="module")
def asked(folder: Path) -> Path:
    """The plan that is decided on."""
    return saved(folder, mixed())


@pytest.fixture(scope="module")
def decided(folder: Path, asked: Path) -> Path:
    """The plan with its decision."""
    out = folder / "decided.reckon"
    assert process("optimise", asked, "-o", out, "--gap", "0.01").code == 0
    return out


@pytest.fixture(scope="module")
def capped(folder: Path) -> Path:
    """Confidential work that needs a server of 280,000, and a cap of 100,000 a year."""
    return saved(folder, mixed(rules={"capex_per_year": [100_000]}), "capped.reckon")


def test_that_the_plan_written_holds_the_decision_and_its_bill_is_what_was_proven(
    decided: Path,
) -> None:
    hybrid = hybrid_of(decided)
    assert hybrid.decision is not None
    assert hybrid.decision.bound is not None
    npv = evaluate(load_plan(decided)).bill_of(hybrid.id).npv.value
    assert hybrid.decision.npv == pytest.approx(npv, rel=1e-6)
    assert hybrid.decision.bound <= npv
    assert 1 - hybrid.decision.bound / npv <= 0.01


def test_that_the_decision_beats_every_option_that_serves_as_much(decided: Path) -> None:
    """Own servers alone leave requests unserved; the others may not serve contracts."""
    evaluation = evaluate(load_plan(decided))
    npv = evaluation.bill_of(hybrid_of(decided).id).npv.value
    assert npv < evaluation.bill_of("api").npv.value


def test_that_the_json_is_what_the_plan_holds(folder: Path, asked: Path) -> None:
    out = folder / "json.reckon"
    answer = process("optimise", asked, "-o", out, "--gap", "0.01", "--json")
    assert (answer.code, answer.err) == (0, "")
    printed = json.loads(answer.out)
    hybrid, evaluation = hybrid_of(out), evaluate(load_plan(out))
    assert printed["npv"] == pytest.approx(evaluation.bill_of(hybrid.id).npv.value, rel=1e-9)
    assert printed["gap"] <= 0.01
    assert printed["complete"] is True
    assert printed["output"] == str(out)
    assert len(printed["routes"]) == len(hybrid.routes)
    for told, route in zip(printed["routes"], hybrid.routes, strict=True):
        assert told["request_class"] == route.request_class
        assert told["recipe"] == route.recipe.model_dump(mode="json")
        assert told["shares"] == [step.model_dump() for step in route.shares]
    fleets = {fleet.option: fleet.servers for fleet in hybrid.fleets}
    for told in printed["servers"]:
        steps = {step.from_month: step.servers for step in fleets[told["option"]]}
        assert [told["monthly"][month - 1] for month in steps] == list(steps.values())
    lost = evaluation.bill_of(hybrid.id).unserved.values
    assert sum(one["requests"] for one in printed["unserved"]) == pytest.approx(lost.sum())
    assert [one["kept"] for one in printed["rules"] if one["code"] == "quality"] == [True, True]


def test_that_months_before_servers_can_arrive_are_told_apart_and_do_not_fail(
    run: Run, decided: Path
) -> None:
    printed = json.loads(run("optimise", decided, "--json", "--gap", "0.05").out)
    lost = printed["unserved"][0]
    assert lost["request_class"] == "contracts"
    assert lost["requests"] == lost["unavoidable"] == pytest.approx(30_000 * (31 + 28))
    text = " ".join(run("optimise", decided, "--gap", "0.05").out.split())
    assert "Contracts: 1,770,000 requests in 2027-01 to 2027-02 stay unserved whatever" in text


def test_that_a_decision_is_printed_with_routes_servers_proof_and_advice(
    run: Run, asked: Path
) -> None:
    answer = run("optimise", asked, "--gap", "0.01")
    flat = " ".join(answer.out.split())
    assert answer.code == 0
    for text in (
        "Mixed work 混合: Optimised hybrid", "value, USD Bound, USD Gap, %",
        "Proven: no decision within the rules costs less",
        "Own servers", "Request class", "In service", "Contracts: quality floor kept yes",
        "No single option may and can serve everything", "Rules of thumb",
        "Nothing was saved; -o OUT writes the plan with this decision.",
    ):  # fmt: skip
        assert text in flat


@pytest.mark.parametrize("columns", [100, 140])
def test_that_no_line_is_wider_than_the_terminal(
    run: Run, asked: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("optimise", asked, "--gap", "0.05").out
    assert max(width_of(line) for line in out.splitlines()) <= columns


def test_that_rules_in_the_way_are_named_with_what_would_be_enough(
    run: Run, capped: Path, tmp_path: Path
) -> None:
    out = tmp_path / "best.reckon"
    answer = run("optimise", capped, "-o", out, "--gap", "0.05")
    flat = " ".join(answer.out.split())
    assert answer.code == 1
    assert (
        "These rules cannot all be kept: keeping confidential data of Contracts inside; capping "
        "purchases at USD 100 k a year. Lifting any one of them would be enough."
    ) in flat
    assert "Purchases of USD 280 k in a year would be enough." in flat
    assert hybrid_of(out).decision is not None


def test_that_a_class_that_nobody_may_serve_is_never_silent(run: Run, tmp_path: Path) -> None:
    plan = saved(tmp_path, mixed(options=mixed()["options"][:2]))
    answer = run("optimise", plan, "--gap", "0.05", "--json")
    printed = json.loads(answer.out)
    assert answer.code == 1
    assert not printed["complete"]
    assert [one["request_class"] for one in printed["unserved"]] == ["contracts"]
    assert all("confidential" in text for text in printed["unserved"][0]["why"])
    assert [rule["code"] for rule in printed["conflict"]["rules"]] == ["rule.data"]


def down(folder: Path, name: str = "down.reckon") -> Path:
    """Own servers, where alone contracts may be, answer 99 of 100 requests."""
    options = [
        one | ({"availability": 0.99} if one["id"] == "owned" else {}) for one in mixed()["options"]
    ]
    return saved(folder, mixed(options=options), name)


def test_that_what_outages_lose_is_listed_by_class_with_who_is_down(
    run: Run, tmp_path: Path
) -> None:
    plan, out = down(tmp_path), tmp_path / "decided.reckon"
    answer = run("optimise", plan, "-o", out, "--gap", "0.05", "--json")
    printed = json.loads(answer.out)
    assert answer.code == 0
    assert not printed["complete"]
    evaluation = evaluate(load_plan(out))
    ledger = evaluation.bill_of(hybrid_of(out).id).unserved.values
    (contracts,) = printed["unserved"]
    assert contracts["request_class"] == "contracts"
    assert contracts["monthly"] == pytest.approx(ledger.tolist())
    early = 30_000 * (31 + 28)
    assert contracts["unavoidable"] == pytest.approx(early)
    assert contracts["in_outages"] == pytest.approx(ledger.sum() - early)
    assert contracts["in_outages"] == pytest.approx(0.01 * 30_000 * (2 * 365 + 1 - 31 - 28))
    assert contracts["outages_of"] == ["owned"]
    cautions = {one["code"]: one for one in printed["advice"]["cautions"]}
    assert cautions["caution.unserved"]["facts"]["requests"] == pytest.approx(early)
    assert cautions["caution.outages"]["facts"]["request_class"] == "Contracts"
    text = " ".join(run("optimise", plan, "--gap", "0.05").out.split())
    assert "Not served - Contracts: 1,770,000 requests in 2027-01 to 2027-02 stay unserved" in text
    assert (
        f"- Contracts: {contracts['in_outages']:,.0f} requests in 2027-03 to 2028-12 arrive during "
        "outages of Own servers, and nobody takes over."
    ) in text
    assert text.count("nobody takes over") == 1


def test_that_a_plan_that_nobody_may_serve_is_answered_with_the_rules_and_reasons(
    run: Run, tmp_path: Path
) -> None:
    contracts = [one for one in mixed()["workload"] if one["id"] == "contracts"]
    plan = saved(tmp_path, mixed(workload=contracts, options=mixed()["options"][:2]))
    answer = run("optimise", plan)
    assert (answer.code, answer.out) == (1, "")
    for text in (
        "keeping confidential data of Contracts inside", "Contracts: nobody may or can serve it",
        "Hosted open model may be sent internal data at most",
    ):  # fmt: skip
        assert text in answer.err
    printed = json.loads(run("optimise", plan, "--json").out)
    assert [rule["code"] for rule in printed["conflict"]["rules"]] == ["rule.data"]
    assert len(printed["unserved"][0]["why"]) == 2


def test_that_every_key_of_the_json_is_described_and_every_described_key_is_printed(
    run: Run, capped: Path, tmp_path: Path
) -> None:
    """What only a conflict, and only a plan with a single option, has."""
    cheap = saved(tmp_path, single_option_plan())
    found = paths(json.loads(run("optimise", capped, "--gap", "0.05", "--json").out))
    found |= paths(json.loads(run("optimise", cheap, "--gap", "0.05", "--json").out))
    found |= paths(json.loads(run("optimise", down(tmp_path), "--gap", "0.05", "--json").out))
    assert found == described("optimise_json.md")


def single_option_plan() -> dict[str, Any]:
    """Without floors and secrets, one option can serve everything."""
    free = [
        {key: value for key, value in one.items() if key not in {"quality_floor", "sensitivity"}}
        for one in mixed()["workload"]
    ]
    return mixed(workload=free)


def test_that_the_keys_are_described_by_the_commands_themselves(run: Run) -> None:
    for command in ("optimise", "frontier", "ask", "routing"):
        assert f"`reckoner {command} --json`" in run(command, "--keys").out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--gap", "1"], "--gap 1"),
        (["--gap", "-0.1"], "--gap -0.1"),
        (["--seconds", "0"], "--seconds 0"),
        (["--seconds", "nan"], "--seconds nan"),
        (["--hybrid", "gone"], "'gone'"),
    ],
)
def test_that_what_cannot_be_is_refused_with_a_sentence(
    run: Run, asked: Path, arguments: list[str], named: str
) -> None:
    answer = run("optimise", asked, *arguments)
    assert (answer.code, answer.out) == (1, "")
    assert named in answer.err


def test_that_a_missing_folder_is_refused_before_the_search(
    run: Run, asked: Path, tmp_path: Path
) -> None:
    answer = run("optimise", asked, "-o", tmp_path / "gone" / "plan.reckon")
    assert (answer.code, answer.out) == (1, "")
    assert "there is no folder" in answer.err
    assert "gap" not in answer.err


def test_that_a_file_is_never_replaced_unasked(run: Run, asked: Path, decided: Path) -> None:
    before = decided.read_bytes()
    answer = run("optimise", asked, "-o", decided)
    assert answer.code == 1
    assert "exists already" in answer.err
    assert decided.read_bytes() == before


def test_that_the_first_stop_asks_the_search_to_end_and_the_second_the_command() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Watch() as watch:
        assert not watch.cancelled()
        signal.raise_signal(signal.SIGINT)
        assert watch.stopped
        assert watch.cancelled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_that_a_watch_ends_a_search_when_its_time_is_up() -> None:
    with Watch(seconds=0.0) as watch:
        assert watch.cancelled()
        assert not watch.stopped


def test_that_progress_is_one_rewritten_line_on_a_terminal_and_wiped_at_the_end(
    asked: Path,
) -> None:
    shown = on_terminal("optimise", asked, "--gap", "0.01")
    assert "\n" not in shown.replace("\r\n", "")
    told = r"(best [\d,]+, (bound [\d,]+, gap|no bound yet)|no decision yet)"
    assert re.search(rf"\r\x1b\[K\d+ s  {told}", shown)
    assert shown.endswith("\r\x1b[K")


def on_terminal(*arguments: str | Path) -> str:
    """What a command shows on standard error where that is a terminal."""
    ours, theirs = os.openpty()
    command = [str(COMMAND), *(str(argument) for argument in arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:
                break
            if not read:
                break
            shown += read
        running.wait(timeout=120)
    os.close(ours)
    return shown.decode("utf-8")


def test_that_stopping_keeps_the_best_decision_so_far_and_says_so(folder: Path) -> None:
    out, plan = folder / "stopped.reckon", saved(folder, large(), "large.reckon")
    command = [str(COMMAND), "optimise", str(plan), "-o", str(out), "--gap", "0", "--json"]
    ours, theirs = os.openpty()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    ) as running:
        os.close(theirs)
        shown = b""
        while b"best" not in shown:
            shown += os.read(ours, 65536)
        running.send_signal(signal.SIGINT)
        started = time.monotonic()
        printed = json.loads(running.communicate(timeout=120)[0])
        assert time.monotonic() - started < 30
    os.close(ours)
    assert running.returncode == 0
    if not printed["stopped"]:
        pytest.skip("the search was over before it could be stopped")
    assert printed["status"] == "cancelled"
    decision = hybrid_of(out).decision
    assert decision is not None
    assert decision.npv == pytest.approx(printed["npv"], rel=1e-6)


def large() -> dict[str, Any]:
    """A plan whose optimum takes long to prove."""
    plan = single_option_plan()
    for place, one in enumerate(plan["workload"]):
        one["requests"] *= 20 + place
        one["growth"] = {"kind": "monthly", "rate": 0.01 * place + 0.01}
    rented, owned = plan["options"][2:]
    committed = {"kind": "committed", "years": 1}
    slower = {"output_tokens_per_second": 1100, "input_tokens_per_second": 18000}
    plan["options"] += [
        {**rented, "id": "reserved", "name": "Reserved", "price_per_hour": 14, "terms": committed,
         "spare_servers": 1},
        {**owned, "id": "slow", "name": "Slower", "price": 130000, "capacity": slower,
         "spare_servers": 1},
        {**owned, "id": "small", "name": "Small", "price": 61000, "useful_life_months": 30,
         "capacity": {"output_tokens_per_second": 500, "input_tokens_per_second": 9000}},
    ]  # fmt: skip
    return plan | {"months": 36, "rules": {"vendors": 3, "purchases": "month"}}


def test_that_progress_before_a_decision_names_the_bound_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Watch() as watch:
        watch.progress(Progress(0.1, float("inf"), 12.5, float("inf"), "bounding"))
    assert "no decision yet, bound 12,500" in capsys.readouterr().err


MONEY_THE_OTHER_WAY = re.compile(r"\d[\d,.]* (USD|CNY|EUR)\b")


def test_that_money_is_written_in_one_way_in_all_sentences(run: Run, decided: Path) -> None:
    """The currency, then three digits; in tables the heading names the currency."""
    for command in (["optimise"], ["routing"], ["ask", "--rules"], ["evaluate"]):
        out = run(command[0], decided, *command[1:]).out
        assert MONEY_THE_OTHER_WAY.search(out) is None, command
        assert re.search(r"USD [\d.,]+( k| m)?\b", out), command


def test_that_the_exact_cost_of_a_decision_stands_in_a_table_with_its_bound(
    run: Run, asked: Path
) -> None:
    found = json.loads(run("optimise", asked, "--json").out)
    lines = run("optimise", asked).out.splitlines()
    (line,) = [one for one in lines if one.startswith("Optimised hybrid  ")]
    assert line.split()[2:4] == [f"{found['npv']:,.0f}", f"{found['bound']:,.0f}"]
