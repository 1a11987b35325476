"""Optimising in the window: the decision found is taken with one step, or discarded."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.main import make_window
from desktop.pages.navigation import RESULTS, ROUTING, WORKLOAD
from desktop.pages.routing_optimise import Optimising
from desktop.viewmodels.routing_places import RULES
from desktop.window import MainWindow
from pricing.plan.edit import edited
from pricing.plan.plan import Plan
from tests.desktop.optimiser_plans import at_api, group, help_desk
from tests.desktop.test_optimiser import hybrid_in


@pytest.fixture
def window(one_window: MainWindow) -> MainWindow:
    return one_window


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[Optimising]:
    """The optimiser of the window on the hybrid at the API."""
    begin(qtbot, window, at_api())
    yield window.routing.optimising
    window.session.close()


def begin(qtbot: QtBot, window: MainWindow, plan: Plan) -> None:
    """Open a plan on the routing page."""
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=20_000):
        window.session.start(plan)
    window.navigation.setCurrentRow(ROUTING)


def run(qtbot: QtBot, page: Optimising) -> None:
    with qtbot.waitSignal(page.optimiser.finished, timeout=30_000):
        page.button.run.click()


def test_that_optimise_proposes_and_taking_it_is_one_undo_step(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    session = window.session
    before = session.plan
    run(qtbot, page)
    assert page.proposal.isVisible()
    assert not page.strip.isVisible()
    assert session.plan is before
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=10_000):
        page.proposal.take.click()
    assert not page.proposal.isVisible()
    plan = session.plan
    assert plan is not None
    decision = hybrid_in(plan).decision
    assert decision is not None
    bill = window.evaluator.evaluation
    assert bill is not None
    assert bill.bill_of("mix").npv.value == pytest.approx(decision.npv, rel=1e-6)
    assert session.undo.count() == 1
    session.undo.undo()
    assert session.plan == before


def test_that_the_page_stays_at_its_top_when_a_proposal_is_put_away(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    run(qtbot, page)
    qtbot.waitUntil(lambda: window.focusWidget() is page.proposal, timeout=2_000)
    page.proposal.discard.click()
    assert window.focusWidget() is page.button.run


def on_page(widget: QWidget, page: Optimising) -> QRect:
    """Where a widget is in the window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def test_that_a_second_click_on_stop_cannot_take_what_was_found(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    begin(qtbot, window, group(12))
    page.button.run.click()
    qtbot.waitUntil(page.strip.isVisible, timeout=5_000)
    qtbot.waitUntil(lambda: page.strip.best.text().startswith("best so far"), timeout=30_000)
    stop = on_page(page.strip.stop, page)
    with qtbot.waitSignal(page.optimiser.finished, timeout=20_000):
        page.strip.stop.click()
    qtbot.waitUntil(page.proposal.isVisible, timeout=5_000)
    for button in (page.proposal.take, page.proposal.discard):
        assert not on_page(button, page).intersects(stop)


def test_that_no_key_takes_a_proposal_by_accident(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    before = window.session.plan
    run(qtbot, page)
    qtbot.waitUntil(lambda: window.focusWidget() is page.proposal, timeout=2_000)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(page.proposal, key)
    assert window.session.plan is before
    assert page.proposal.isVisible()


def test_that_what_is_being_typed_goes_on_when_a_decision_is_found(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    window.routing.show_tab(RULES)
    field = window.routing.rules.form.row("rules.on_premises").editor.field
    with qtbot.waitSignal(page.optimiser.finished, timeout=30_000):
        page.button.run.click()
        field.setFocus()
        qtbot.keyClicks(field, "4")
    qtbot.wait(100)
    assert window.focusWidget() is field
    qtbot.keyClicks(field, "5")
    plan = window.session.plan
    assert plan is not None
    assert plan.rules.on_premises is not None
    assert plan.rules.on_premises.value == 0.45
    assert page.proposal.isVisible()
    assert page.proposal.stale.isVisible()  # it was found without the rule


def test_that_typing_on_another_page_goes_on_when_it_discards_the_proposal(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    run(qtbot, page)
    qtbot.waitUntil(lambda: window.focusWidget() is page.proposal, timeout=2_000)
    window.navigation.setCurrentRow(WORKLOAD)
    plan = window.session.plan
    assert plan is not None
    path = f"workload.{plan.workload[0].id}.requests"
    field = window.workload.form.row(path).editor.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "7")
    qtbot.waitUntil(lambda: not page.proposal.isVisibleTo(window.routing), timeout=5_000)
    assert window.focusWidget() is field


def test_that_a_decision_found_behind_another_page_is_told(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    with qtbot.waitSignal(page.optimiser.finished, timeout=30_000):
        page.button.run.click()
        window.navigation.setCurrentRow(RESULTS)
    page.said.disconnect(said.append)
    assert said[-1].startswith("A decision was found; it waits on the page Routing: Net present")
    window.navigation.setCurrentRow(ROUTING)
    assert page.proposal.isVisible()


def test_that_discarding_leaves_the_plan_alone(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    before = window.session.plan
    run(qtbot, page)
    page.proposal.discard.click()
    assert not page.area.isVisible()
    assert window.session.plan is before
    assert window.session.undo.count() == 0


def test_that_the_button_makes_a_hybrid_where_the_plan_has_none(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    begin(qtbot, window, help_desk())
    run(qtbot, page)
    assert page.proposal.title.text().endswith("5.0\u00a0% less than Owned servers 自有")
    page.proposal.take.click()
    plan = window.session.plan
    assert plan is not None
    assert hybrid_in(plan).name == "Optimised hybrid"
    assert window.routing.chosen == hybrid_in(plan).id


def test_that_a_change_of_prices_is_remarked_and_one_of_classes_discards_the_proposal(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    run(qtbot, page)
    session = window.session
    session.apply("x", lambda plan: edited(plan, "electricity.value", 0.3))
    assert page.proposal.stale.isVisible()
    session.undo.undo()
    assert not page.proposal.stale.isVisible()
    with qtbot.waitSignal(page.said) as waited:
        session.apply("x", lambda plan: edited(plan, "workload.chat.requests.value", 5e4))
    assert "discarded" in waited.args[0]
    assert not page.area.isVisible()


def test_that_an_answer_for_other_classes_is_discarded_when_it_comes(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    with qtbot.waitSignals([page.optimiser.finished, page.said], timeout=30_000):
        page.button.run.click()
        window.session.apply("x", lambda plan: edited(plan, "workload.chat.requests.value", 5e4))
        assert page.strip.outdated.isVisibleTo(page.strip)
    assert not page.proposal.isVisible()


def test_that_a_change_undone_while_it_searches_loses_nothing(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    with qtbot.waitSignal(page.optimiser.finished, timeout=30_000):
        page.button.run.click()
        window.session.apply("x", lambda plan: edited(plan, "workload.chat.requests.value", 5e4))
        window.session.undo.undo()
        assert not page.strip.outdated.isVisibleTo(page.strip)
    assert page.proposal.isVisible()
    assert not page.proposal.stale.isVisible()


def test_that_another_document_drops_what_runs(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    page.button.run.click()
    assert page.optimiser.running
    window.session.start(help_desk())
    assert not page.optimiser.running
    qtbot.wait(1200)
    assert not page.area.isVisible()


def test_that_keys_start_and_stop(qtbot: QtBot, window: MainWindow, page: Optimising) -> None:
    begin(qtbot, window, group(12))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    window.navigation.setFocus()  # as after a click on the page's name
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.navigation, Qt.Key.Key_Return, control)
    assert page.optimiser.running
    qtbot.waitUntil(lambda: page.strip.best.text().startswith("best so far USD"), timeout=20_000)
    qtbot.waitUntil(
        lambda: page.strip.proven.whole.startswith("nothing can cost less than USD"), timeout=20_000
    )
    with qtbot.waitSignal(page.optimiser.finished, timeout=20_000):
        qtbot.keyClick(window.navigation, Qt.Key.Key_Escape)
        assert page.strip.stop.text() == "Stopping…"
    assert "Stopped after" in page.proposal.proof.text()


def test_that_rules_in_the_way_are_named_and_lead_to_their_fields(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    session = window.session
    session.apply("x", lambda plan: edited(plan, "rules.on_premises", {"value": 0.9}))
    session.apply("x", lambda plan: edited(plan, "rules.capex_per_year", ({"value": 1000.0},)))
    run(qtbot, page)
    assert page.conflict.isVisible()
    assert not page.proposal.isVisible()  # as it would serve nothing
    texts = {link.text() for link in page.conflict.links}
    assert texts == {
        "Capping purchases at USD 1,000 a year",
        "Serving at least 90\u00a0% of all tokens on premises",
    }
    link = next(link for link in page.conflict.links if link.text().startswith("Capping"))
    with qtbot.waitSignal(page.field_wanted) as waited:
        link.click()
    assert waited.args == ["rules.capex_per_year"]
    qtbot.waitUntil(lambda: window.routing.tab == RULES)


def test_that_the_menu_locks_a_decision(qtbot: QtBot, window: MainWindow, page: Optimising) -> None:
    assert not page.button.lock.isEnabled()
    run(qtbot, page)
    page.proposal.take.click()
    assert page.button.lock.isEnabled()
    assert page.button.actions_["reroute"].isEnabled()
    page.button.lock.trigger()
    plan = window.session.plan
    assert plan is not None
    decision = hybrid_in(plan).decision
    assert decision is not None
    assert decision.locked


def test_that_the_window_closes_soon_while_a_search_runs(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    other = make_window(qapp, tmp_path / "settings")
    other.show()
    begin(qtbot, other, group(12))
    optimising = other.routing.optimising
    optimising.run("thorough")
    qtbot.waitUntil(lambda: "best so far" in optimising.strip.best.text(), timeout=20_000)
    began = time.monotonic()
    other.close()
    assert time.monotonic() - began < 3.0
    assert not other.isVisible()
    assert not optimising.optimiser.running
    other.deleteLater()
