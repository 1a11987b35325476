"""Searching off the GUI thread: the window lives on, a stop keeps the best, closing is safe."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from threading import Event

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.work.deciding import Decided, NothingOfferedError, decide, with_servers_kept
from desktop.work.optimiser import Optimiser, Reporter, State
from pricing.evaluate import evaluate
from pricing.plan.edit import edited
from pricing.plan.hybrid import Hybrid
from pricing.plan.plan import Plan
from tests.desktop.optimiser_plans import group, help_desk

LONGEST_GAP = 0.15
"""Seconds for which the window may not react."""


@pytest.fixture
def optimiser(qapp: QApplication) -> Iterator[Optimiser]:
    made = Optimiser()
    yield made
    made.wait()


def waiting(reporter: Reporter) -> str:
    while not reporter.cancelled():
        time.sleep(0.005)
    return "stopped"


def search(qtbot: QtBot, optimiser: Optimiser, work: Callable[[Reporter], object]) -> object:
    """Run a search to its end."""
    with qtbot.waitSignal(optimiser.finished, timeout=30_000) as waited:
        optimiser.start("optimise", work)
    return waited.args[1]


def decided(plan: Plan, hybrid: str | None = None, **more: object) -> Decided:
    """What a search brings, without a thread."""
    work = decide(plan, hybrid, "quick", **more)  # type: ignore[arg-type]
    return work(Reporter(Event(), lambda _part: None))


def with_decision() -> Plan:
    found = decided(help_desk()).optimised
    assert found is not None
    return found.plan


def hybrid_in(plan: Plan) -> Hybrid:
    found = plan.options[-1]
    assert isinstance(found, Hybrid)
    return found


@pytest.fixture(scope="module")
def watched(qapp: QApplication) -> tuple[list[float], list[tuple[float, State]]]:
    """A search of some seconds: when a timer of 20 ms ticked, and the states told meanwhile."""
    optimiser = Optimiser()
    ticks: list[float] = []
    states: list[tuple[float, State]] = []
    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    optimiser.ticked.connect(lambda state: states.append((time.monotonic(), state)))
    ended: list[object] = []
    optimiser.finished.connect(lambda _kind, found: ended.append(found))
    optimiser.start("optimise", decide(group(12), None, "quick"))
    QTimer.singleShot(4000, optimiser.stop)
    while not ended:
        qapp.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    timer.stop()
    assert isinstance(ended[0], Decided)
    assert ended[0].optimised is not None
    optimiser.wait()
    return ticks, states


def test_that_the_window_reacts_all_the_time_while_a_real_search_runs(
    watched: tuple[list[float], list[tuple[float, State]]],
) -> None:
    ticks, _ = watched
    assert max(after - before for before, after in pairwise(ticks)) < LONGEST_GAP


def test_that_progress_tells_a_falling_best_and_a_rising_bound_at_most_ten_times_a_second(
    watched: tuple[list[float], list[tuple[float, State]]],
) -> None:
    _, seen = watched
    told = [state.progress for _, state in seen if state.progress is not None]
    assert told
    for before, after in pairwise(told):
        assert after.objective <= before.objective
        assert after.bound >= before.bound * (1 - 1e-12)  # at the end it is the best itself
        assert after.bound <= after.objective
    times = [moment for moment, state in seen if not state.stopping][1:]
    apart = [after - before for before, after in pairwise(times)]
    assert sum(apart) / len(apart) > 0.08


def test_that_a_stop_keeps_the_best_decision_so_far(qtbot: QtBot, optimiser: Optimiser) -> None:
    stopped: list[float] = []

    def stop_once_there_is_one(state: State) -> None:
        there = state.progress is not None and state.progress.objective < float("inf")
        if there and not stopped:
            stopped.append(time.monotonic())
            optimiser.stop()

    optimiser.ticked.connect(stop_once_there_is_one)
    found = search(qtbot, optimiser, decide(group(12), None, "thorough"))
    assert isinstance(found, Decided)
    assert found.optimised is not None
    assert found.answer.status == "cancelled"
    assert found.answer.objective * 1000 == pytest.approx(found.optimised.npv, rel=1e-6)
    assert found.answer.bound < found.answer.objective
    assert time.monotonic() - stopped[0] < 3.0  # with the evaluation of the decision kept


def test_that_nothing_begins_while_something_runs(qtbot: QtBot, optimiser: Optimiser) -> None:
    assert optimiser.start("one", waiting)
    assert not optimiser.start("two", waiting)
    assert optimiser.running == "one"
    with qtbot.waitSignal(optimiser.finished, timeout=5_000) as waited:
        optimiser.stop()
    assert waited.args == ["one", "stopped"]
    assert optimiser.running == ""


def test_that_nothing_is_heard_of_a_dropped_search_and_another_can_begin(
    qtbot: QtBot, optimiser: Optimiser
) -> None:
    heard: list[tuple[str, object]] = []
    optimiser.finished.connect(lambda kind, outcome: heard.append((kind, outcome)))
    optimiser.start("one", waiting)
    optimiser.drop()
    assert optimiser.running == ""
    assert search(qtbot, optimiser, lambda _reporter: "answer") == "answer"
    assert heard == [("optimise", "answer")]


def test_that_parts_are_handed_over_before_the_end(qtbot: QtBot, optimiser: Optimiser) -> None:
    heard: list[object] = []
    optimiser.found.connect(lambda _kind, part: heard.append(part))
    optimiser.finished.connect(lambda _kind, outcome: heard.append(outcome))

    def work(reporter: Reporter) -> str:
        reporter.found("part")
        return "all"

    search(qtbot, optimiser, work)
    assert heard == ["part", "all"]


def test_that_an_error_of_a_search_is_reported(qtbot: QtBot, optimiser: Optimiser) -> None:
    def work(_reporter: Reporter) -> object:
        raise ValueError("a figure is missing")

    with qtbot.waitSignal(optimiser.failed, timeout=5_000) as waited:
        optimiser.start("optimise", work)
    assert str(waited.args[1]) == "a figure is missing"
    assert optimiser.running == ""


def test_that_waiting_ends_a_real_search_soon(qapp: QApplication) -> None:
    optimiser = Optimiser()
    optimiser.start("optimise", decide(group(12), None, "thorough"))
    deadline = time.monotonic() + 2.0
    while time.monotonic() < deadline:
        qapp.processEvents()
    began = time.monotonic()
    optimiser.wait()
    assert time.monotonic() - began < 3.0


def test_that_a_plan_without_a_hybrid_gets_one() -> None:
    found = decided(help_desk())
    assert found.optimised is not None
    made = hybrid_in(found.optimised.plan)
    assert made.name == "Optimised hybrid"
    assert made.routes
    assert made.decision is not None
    cheapest = min(bill.npv.value for bill in found.optimised.evaluation.bills[:-1])
    assert found.optimised.npv <= cheapest


def test_that_rerouting_keeps_every_server() -> None:
    plan = with_decision()
    before = hybrid_in(plan)
    work = decide(plan, before.id, "reroute")
    found = work(Reporter(Event(), lambda _part: None)).optimised
    assert found is not None
    assert hybrid_in(found.plan).fleets == before.fleets


def test_that_servers_that_follow_their_load_are_kept_as_last_evaluated() -> None:
    plan = with_decision()
    name = hybrid_in(plan).id
    plan = edited(plan, f"options.{name}.fleets", ())
    evaluation = evaluate(plan)
    kept = hybrid_in(with_servers_kept(plan, name, evaluation))
    assert kept.decision is not None
    assert kept.decision.locked
    lines = next(b.hybrid for b in evaluation.bill.options if b.option.id == name)
    assert lines is not None
    for member in lines.members:
        if member.fleet is None or member.fleet.servers is None:
            continue
        counts = evaluation.values.monthly(member.fleet.servers)
        steps = next(f.servers for f in kept.fleets if f.option == member.option.id)
        by_month = [0] * plan.months
        for step in steps:
            for month in range(step.from_month, plan.months + 1):
                by_month[month - 1] = step.servers
        assert by_month == [round(float(count)) for count in counts]


def test_that_a_plan_in_which_no_option_may_serve_anything_is_refused() -> None:
    plan = help_desk()
    for item in plan.workload:
        plan = edited(plan, f"workload.{item.id}.sensitivity", "restricted")
    plan = edited(plan, "options", plan.options[:1])
    with pytest.raises(NothingOfferedError):
        decided(plan)


def test_that_rules_that_cannot_all_be_kept_are_found_out() -> None:
    plan = help_desk()  # whose cheapest server on premises costs 300,000
    plan = edited(plan, "workload.docs.sensitivity", "confidential")
    plan = edited(plan, "options.owned.lead_time_months", 0)
    plan = edited(plan, "rules.capex_per_year", ({"value": 1000.0},))
    found = decided(plan)
    assert found.conflict is not None
    assert {rule.code for rule in found.conflict.rules} == {"capex", "data"}
    (enough,) = found.conflict.loosened
    assert 300_000 <= enough.enough < 330_000
