"""Frontier and questions in the window: real widgets, the real solver, a small plan."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.navigation import ROUTING
from desktop.pages.routing_questions import QuestionsPanel
from desktop.viewmodels.questions import same_question
from desktop.viewmodels.routing_places import QUESTIONS
from desktop.window import SIZE, MainWindow
from pricing.amounts import money
from pricing.optimise.questions.levels import Axis
from pricing.plan.edit import edited
from pricing.plan.hybrid import Question
from pricing.plan.option import HostedOpen
from pricing.plan.plan import Plan
from tests.desktop.optimiser_plans import group
from tests.desktop.test_legibility import everything_fits
from tests.desktop.test_optimiser import decided, hybrid_in

POINTS = 4


@pytest.fixture
def window(one_window: MainWindow) -> MainWindow:
    return one_window


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Four classes with their best decision, one of them confidential."""
    found = decided(group(4)).optimised
    assert found is not None
    return found.plan


@pytest.fixture
def panel(qtbot: QtBot, window: MainWindow, plan: Plan) -> Iterator[QuestionsPanel]:
    """The tab of questions on the plan."""
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=20_000):
        window.session.start(plan)
    window.navigation.setCurrentRow(ROUTING)
    window.routing.show_tab(QUESTIONS)
    panel = window.routing.questions
    panel.frontier.count = POINTS
    yield panel
    window.session.close()


def draw(qtbot: QtBot, window: MainWindow, panel: QuestionsPanel, axis: Axis) -> None:
    panel.frontier.use_axis(axis)
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=60_000):
        panel.frontier.ask.click()


def ask(qtbot: QtBot, window: MainWindow, panel: QuestionsPanel, kind: str) -> str:
    card = panel.cards[kind]
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=60_000):
        card.ask.click()
    assert card.ask.text() == "Ask again"
    assert not card.strip.isVisible()
    return card.sentences.text()


def in_sight(window: MainWindow, widget: QWidget) -> bool:
    viewport = window.routing.viewport()
    top = widget.mapTo(viewport, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= viewport.height()


def test_that_points_appear_as_they_are_found_and_cost_never_falls_with_quality(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    seen: list[int] = []
    optimiser = window.routing.optimising.optimiser
    optimiser.found.connect(lambda *_: seen.append(len(panel.frontier.points)))
    draw(qtbot, window, panel, "quality")
    assert seen == list(range(1, len(seen) + 1))
    points = panel.frontier.points
    assert len(points) >= 3
    costs, levels = [p.npv for p in points], [p.level for p in points]
    assert levels == sorted(levels)
    assert costs == sorted(costs)
    assert all(point.bound <= point.npv for point in points)
    assert panel.frontier.chart.isVisible()
    spec = panel.frontier._view.spec if panel.frontier._view else None
    assert spec is not None
    assert [mark.label for mark in spec.marks] == ["Now", "Owned servers"]
    assert spec.title.startswith("Raising the mean score from 80.0\u00a0% to ")


def test_that_a_click_on_a_point_shows_a_decision_that_keeps_its_level_and_can_be_taken(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    draw(qtbot, window, panel, "quality")
    frontier = panel.frontier
    qtbot.waitUntil(lambda: frontier.chart.figure is not None, timeout=5_000)
    qtbot.wait(300)
    figure = frontier.chart.figure
    point = frontier.points[1]
    x, y = figure.axes[0].transData.transform((point.level, point.npv))  # type: ignore[attr-defined]
    place = QPointF(x, frontier.chart.height() - y)
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=20_000):
        frontier.chart.clicked_at(place)
    assert frontier.proposal.isVisible()
    assert "mean score of at least" in frontier.proposal.note.text()
    assert frontier.choice.currentIndex() == 2
    qtbot.waitUntil(lambda: in_sight(window, frontier.proposal.cards[0]), timeout=2_000)
    frontier.proposal.take.click()
    qtbot.waitUntil(lambda: window.evaluator.up_to_date, timeout=10_000)
    now = window.session.plan
    assert now is not None
    decision, evaluation = hybrid_in(now).decision, window.evaluator.evaluation
    assert decision is not None
    assert evaluation is not None
    bill = evaluation.bill_of(hybrid_in(now).id)
    assert bill.npv.value == pytest.approx(decision.npv, rel=1e-6)
    assert bill.npv.value == pytest.approx(point.npv, rel=0.01)
    assert decision.bound is not None
    assert decision.bound == pytest.approx(point.bound, rel=1e-3)
    assert decision.question == Question(axis="quality", level=point.level)
    assert decision.note == ""  # the question says it
    shown = window.routing.decision.text()
    assert (
        f"cheapest with a mean score of at least {point.level * 100:.1f}\u00a0%, proven to "
        in shown
    )
    lines = next(b.hybrid for b in evaluation.bill.options if b.option.id == bill.id)
    assert lines is not None
    assert lines.quality is not None
    assert evaluation.values.number(lines.quality) >= point.level - 1e-5
    assert not frontier.proposal.isVisible()
    assert not frontier.outdated.isVisible()  # the plan asked of is the same but for its decision
    window.session.undo.undo()
    assert hybrid_in(now) != hybrid_in(window.session.plan or now)


def test_that_keys_on_the_chart_choose_a_point_and_show_its_decision(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    draw(qtbot, window, panel, "quality")
    frontier = panel.frontier
    frontier.as_table.setFocus()
    QTest.keyClick(frontier.as_table, Qt.Key.Key_Tab)
    assert frontier.chart.hasFocus()
    assert frontier.choice.currentIndex() == 1  # the first point stands out, nothing is shown
    assert not window.routing.optimising.optimiser.running
    for key, index in ((Qt.Key.Key_Right, 2), (Qt.Key.Key_End, len(frontier.points)),
                       (Qt.Key.Key_Right, len(frontier.points)), (Qt.Key.Key_Home, 1),
                       (Qt.Key.Key_Left, 1), (Qt.Key.Key_Right, 2)):  # fmt: skip
        QTest.keyClick(frontier.chart, key)
        assert frontier.choice.currentIndex() == index
        assert frontier.chart.accessibleDescription() == frontier.choice.currentText()
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=20_000):
        QTest.keyClick(frontier.chart, Qt.Key.Key_Return)
    assert frontier.proposal.isVisible()
    assert frontier.choice.currentIndex() == 2


def test_that_what_cannot_be_reached_is_said_below_the_question(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    draw(qtbot, window, panel, "capex")
    told = panel.frontier.nothing.text()
    assert panel.frontier.nothing.isVisible()
    assert " a year the work cannot be served: keeping confidential data of Contracts " in told
    draw(qtbot, window, panel, "on_premises")
    told = panel.frontier.nothing.text()
    assert told == "The cheapest decision already serves 100.0\u00a0% on premises."


def test_that_a_frontier_that_is_stopped_keeps_its_points(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    optimiser = window.routing.optimising.optimiser
    panel.frontier.use_axis("quality")
    with qtbot.waitSignal(optimiser.found, timeout=30_000):
        panel.frontier.ask.click()
    assert panel.frontier.strip.isVisible()
    with qtbot.waitSignal(optimiser.finished, timeout=10_000):
        panel.frontier.strip.stop.click()
    assert 1 <= len(panel.frontier.points) < POINTS
    assert not panel.frontier.strip.isVisible()
    assert panel.frontier.ask.isEnabled()


def test_that_only_one_thing_is_asked_at_a_time(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    optimiser = window.routing.optimising.optimiser
    panel.cards["volume"].ask.click()
    assert optimiser.running == "volume"
    assert not panel.cards["rules"].ask.isEnabled()
    assert not panel.frontier.ask.isEnabled()
    assert not window.routing.optimising.button.run.isEnabled()
    with qtbot.waitSignal(optimiser.finished, timeout=60_000):
        panel.cards["volume"].strip.stop.click()
    assert panel.cards["rules"].ask.isEnabled()
    assert optimiser.was_stopped


def test_that_a_stopped_question_says_nothing_of_rules_that_were_not_asked(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    optimiser = window.routing.optimising.optimiser
    card = panel.cards["rules"]
    with qtbot.waitSignal(optimiser.found, timeout=60_000):
        card.ask.click()
    if optimiser.running:
        with qtbot.waitSignal(optimiser.finished, timeout=60_000):
            card.strip.stop.click()
        assert "of the others" not in card.sentences.text()


def test_that_each_rule_has_its_price_and_leads_to_its_field(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    said = ask(qtbot, window, panel, "rules")
    assert said.startswith("Keeping confidential data of Contracts inside costs ")
    table = panel.cards["rules"].table
    assert table.cell(0, 0).text == "Keeping confidential data of Contracts inside"
    with qtbot.waitSignal(panel.field_wanted) as waited:
        table.cell_clicked.emit(0, 0)
    assert waited.args == ["workload.class_1.sensitivity"]


def test_that_vendors_that_are_needed_and_not_used_are_told(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    said = ask(qtbot, window, panel, "vendors")
    assert "Without Delta not every request of Contracts can be served" in said
    rows = panel.cards["vendors"].table.cells.rows
    by_vendor = {row[0].text: row for row in rows}
    assert by_vendor["Delta"][1].text == "cannot all be served"
    assert set(by_vendor) == {"Alpha", "Beta", "Gamma", "Delta"}


def with_a_twin() -> Plan:
    """Two suppliers, one of which asks 1 % more for everything."""
    plan = edited(group(4), "workload.class_1.sensitivity", "internal")
    small = next(option for option in plan.options if option.id == "small")
    assert isinstance(small, HostedOpen)
    assert small.prices is not None
    twin = edited(plan, "options.small.prices", {
        "input": {"value": small.prices.input.value * 1.01},
        "output": {"value": small.prices.output.value * 1.01},
    }).options[1].model_copy(update={"id": "twin", "name": "Twin"})  # fmt: skip
    return edited(plan, "options", (small, twin))


def test_that_an_alternative_can_be_seen_and_taken(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    found = decided(with_a_twin()).optimised
    assert found is not None
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=20_000):
        window.session.start(found.plan)
    window.navigation.setCurrentRow(ROUTING)
    window.routing.show_tab(QUESTIONS)
    card = panel.cards["alternatives"]
    ask(qtbot, window, panel, "alternatives")
    kinds = [row[0].text for row in card.table.cells.rows]
    row = kinds.index("Without Small hosted model")
    assert "Small hosted model not used" in card.table.cell(row, 0).second
    assert card.table.cell(row, 2).text == "1.0\u00a0%"
    assert card.table.cell(row, 2).second.startswith("proven: ≤ ")
    assert card.look.isVisible()
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=20_000):
        card.opened.emit(row)
    assert card.proposal.isVisible()
    assert card.proposal.note.text().startswith("The cheapest decision found without ")
    card.proposal.take.click()
    now = window.session.plan
    assert now is not None
    assert {use for route in hybrid_in(now).routes for use in route.recipe.uses} == {"twin"}


def test_that_the_volume_of_the_first_server_is_told(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    said = ask(qtbot, window, panel, "volume")
    assert said.startswith("Nothing but servers may serve Contracts")


def test_that_answers_are_marked_as_outdated_when_the_plan_changes_and_back(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    ask(qtbot, window, panel, "volume")
    card = panel.cards["volume"]
    session = window.session
    session.apply("x", lambda plan: edited(plan, "electricity.value", 0.3))
    assert card.outdated.isVisible()
    assert not panel.cards["rules"].outdated.isVisible()  # was never asked
    session.undo.undo()
    assert not card.outdated.isVisible()


def test_that_the_recommendation_follows_the_plan(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    qtbot.waitUntil(panel.advice.isVisible, timeout=10_000)
    first = panel.advice.recommendation.text()
    assert "Owned servers" in first
    assert not panel.advice.thumbs.isVisible()
    panel.advice.more.click()
    assert panel.advice.thumbs.isVisible()
    window.session.apply("x", lambda plan: edited(plan, "electricity.value", 0.9))
    qtbot.waitUntil(lambda: panel.advice.recommendation.text() != first, timeout=10_000)


def test_that_answers_with_the_longest_names_fit_beside_the_explanation(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel, plan: Plan
) -> None:
    wide = edited(plan, "options.owned.name", "W" * 60)
    wide = edited(
        wide, "workload.class_0.name", "夜间合同与文档批量处理，含敏感数据，不得离开本地机房"
    )
    wide = edited(wide, "options.frontier.vendor", "Vendor" * 10)
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=20_000):
        window.session.start(wide)
    window.resize(*SIZE)
    window.navigation.setCurrentRow(ROUTING)
    window.routing.show_tab(QUESTIONS)
    window.actions_.explain.setChecked(True)
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=30_000):
        window.routing.optimising.button.run.click()
    ask(qtbot, window, panel, "vendors")
    panel.advice.more.setChecked(True)
    for scheme in ("dark", "light"):
        window.use_scheme(scheme)
        everything_fits(qtbot, window)
    body = window.routing.widget()
    assert body is not None
    assert body.width() <= window.routing.viewport().width()
    window.actions_.explain.setChecked(False)


def test_that_answers_name_the_best_decision_and_the_plans_own_where_they_differ(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel
) -> None:
    ask(qtbot, window, panel, "vendors")
    card = panel.cards["vendors"]
    assert not card.own.isVisible()
    best = window.evaluator.evaluation
    assert best is not None
    draw(qtbot, window, panel, "quality")
    dearest = panel.frontier.points[-1]
    with qtbot.waitSignal(window.routing.optimising.optimiser.finished, timeout=20_000):
        panel.frontier._want(len(panel.frontier.points) - 1)
    panel.frontier.proposal.take.click()
    qtbot.waitUntil(lambda: window.evaluator.up_to_date, timeout=10_000)
    name, now = hybrid_in(best.plan).id, window.evaluator.evaluation
    assert now is not None
    own = now.bill_of(name).npv.value
    assert own == pytest.approx(dearest.npv, rel=1e-3)
    assert not card.is_outdated
    qtbot.waitUntil(card.own.isVisible, timeout=5_000)
    currency = now.plan.currency
    for amount in (best.bill_of(name).npv.value, own):
        assert money(amount, currency) in card.own.text()
    assert not panel.cards["rules"].own.isVisible()  # was never asked
    window.session.undo.undo()
    qtbot.waitUntil(lambda: not card.own.isVisible(), timeout=10_000)


def test_that_another_document_forgets_every_answer(
    qtbot: QtBot, window: MainWindow, panel: QuestionsPanel, plan: Plan
) -> None:
    ask(qtbot, window, panel, "volume")
    window.session.start(plan)
    window.navigation.setCurrentRow(ROUTING)
    window.routing.show_tab(QUESTIONS)
    assert not panel.cards["volume"].sentences.isVisible()
    assert panel.cards["volume"].ask.text() == "Find out"
    assert panel.frontier.points == ()


def test_that_the_decision_itself_does_not_make_an_answer_old(plan: Plan) -> None:
    name = hybrid_in(plan).id
    assert same_question(plan, edited(plan, f"options.{name}.routes", ()), name)
    assert same_question(plan, edited(plan, "name", "Another name"), name)
    assert not same_question(plan, edited(plan, "rules.vendors", 2), name)
