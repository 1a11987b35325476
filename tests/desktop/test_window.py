"""The window as a person uses it: open, edit, err, undo, save, close."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.entry.number_field import NumberField
from desktop.pages.navigation import ASSUMPTIONS, OPTIONS, RESULTS, WORKLOAD
from desktop.window import MainWindow
from pricing.catalogue.installed import naming_its_catalogue
from pricing.plan.file import load_plan
from pricing.resources import resource

Settled = Callable[[], None]


def type_into(qtbot: QtBot, window: MainWindow, page: int, path: str, text: str) -> NumberField:
    window.navigation.setCurrentRow(page)
    pages = {WORKLOAD: window.workload, OPTIONS: window.options, ASSUMPTIONS: window.assumptions}
    assert pages[page].go_to(path)
    field = pages[page].form.row(path).editor.focus_widget()
    field.selectAll()
    qtbot.keyClicks(field, text)
    return field


def test_that_an_opened_plan_shows_its_results(window: MainWindow) -> None:
    assert window.navigation.currentRow() == RESULTS
    assert "Help desk 2027" in window.header.name.text()
    assert "over 36 months" in window.results.finding.text()
    assert window.results.bill.table.model_.columnCount() == 4


def test_that_a_sample_opens_as_a_plan_without_a_file_however_it_is_opened(
    qtbot: QtBot, empty_window: MainWindow
) -> None:
    sample = resource("samples") / "customer_service.reckon"
    with qtbot.waitSignal(empty_window.evaluator.evaluated, timeout=10_000):
        empty_window.open_at_start(sample)
    assert empty_window.session.plan == naming_its_catalogue(load_plan(sample))
    assert empty_window.session.path is None


def test_that_a_typed_number_changes_plan_and_results(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    before = window.evaluator.evaluation.bill_of("api").tco.value
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "120k")
    settled()
    assert window.session.plan.workload[0].requests.value == 120_000
    assert window.evaluator.evaluation.bill_of("api").tco.value > 1.5 * before
    assert window.isWindowModified()


def test_that_a_wrong_entry_is_marked_in_place_and_the_last_result_stays(
    qtbot: QtBot, window: MainWindow
) -> None:
    before = window.evaluator.evaluation
    field = type_into(qtbot, window, WORKLOAD, "workload.chat.cacheable_share", "250")
    row = window.workload.form.row("workload.chat.cacheable_share")
    assert field.property("invalid") is True
    assert row.error.isVisible()
    assert "from 0\u00a0% to 100\u00a0%" in row.error.text()
    assert window.banner.isVisible()
    assert "last valid plan" in window.banner.text.text()
    qtbot.wait(200)
    assert window.evaluator.evaluation.bill_of("api").tco.value == pytest.approx(
        before.bill_of("api").tco.value
    )
    field.selectAll()
    qtbot.keyClicks(field, "25")
    assert not row.error.isVisible()
    assert not window.banner.isVisible()


def test_that_an_entry_only_the_plan_can_refuse_is_marked_in_place(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_into(qtbot, window, ASSUMPTIONS, "start", "2027-13")
    row = window.assumptions.form.row("start")
    assert row.error.isVisible()
    assert "2027-13" in row.error.text()
    assert window.session.plan.start == "2027-01"
    assert window.banner.isVisible()


def test_that_the_banner_leads_to_the_wrong_entry(qtbot: QtBot, window: MainWindow) -> None:
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "many")
    window.navigation.setCurrentRow(RESULTS)
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    assert window.navigation.currentRow() == WORKLOAD


def test_that_a_plan_that_cannot_be_evaluated_says_why_and_keeps_the_last_result(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    row = window.options.list
    window.navigation.setCurrentRow(OPTIONS)
    row.choose("owned")
    reset = window.options.form.row("options.owned.price").reset
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.evaluator.problem), timeout=5000)
    assert window.evaluator.evaluation is not None
    assert window.banner.isVisible()
    assert "last plan that could be evaluated" in window.banner.text.text()
    window.session.undo.undo()
    settled()
    qtbot.waitUntil(lambda: not window.banner.isVisible())


def test_that_undo_shows_in_the_field_and_in_the_results(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    field = type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "7")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    window.actions_.undo.trigger()
    assert field.text() == "60,000"
    settled()
    assert window.evaluator.evaluation.plan.workload[0].requests.value == 60_000


def test_that_save_writes_the_file_and_takes_the_mark_from_the_title(
    qtbot: QtBot, window: MainWindow, plan_path: Path
) -> None:
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "7")
    window.actions_.save.trigger()
    assert load_plan(plan_path).workload[0].requests.value == 7
    assert not window.isWindowModified()


def test_that_closing_with_unsaved_changes_asks_and_can_be_cancelled(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "7")
    window.close()
    assert window.isVisible()
    box = window.documents.dialog
    assert isinstance(box, QMessageBox)
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert window.isVisible()
    assert window.session.modified


def test_that_closing_can_discard(qtbot: QtBot, window: MainWindow, plan_path: Path) -> None:
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "7")
    window.close()
    window.documents.dialog.button(QMessageBox.StandardButton.Discard).click()
    assert not window.isVisible()
    assert load_plan(plan_path).workload[0].requests.value == 60_000


def test_that_closing_can_save_first(qtbot: QtBot, window: MainWindow, plan_path: Path) -> None:
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "7")
    window.close()
    window.documents.dialog.button(QMessageBox.StandardButton.Save).click()
    assert not window.isVisible()
    assert load_plan(plan_path).workload[0].requests.value == 7


def test_that_a_file_that_is_no_plan_is_refused_with_a_sentence(
    window: MainWindow, tmp_path: Path
) -> None:
    foreign = tmp_path / "notes.reckon"
    foreign.write_text("dear diary", encoding="utf-8")
    window.documents.open(foreign)
    box = window.documents.dialog
    assert isinstance(box, QMessageBox)
    assert "notes.reckon" in box.informativeText()
    assert window.session.plan.name == "Help desk 2027"


def test_that_a_plan_that_cannot_be_saved_is_told_and_kept(
    qtbot: QtBot, window: MainWindow, plan_path: Path
) -> None:
    type_into(qtbot, window, WORKLOAD, "workload.chat.requests", "7")
    plan_path.unlink()
    plan_path.mkdir()
    window.actions_.save.trigger()
    assert isinstance(window.documents.dialog, QMessageBox)
    assert window.session.modified


def test_that_a_dropped_plan_file_is_opened(
    qtbot: QtBot, empty_window: MainWindow, plan_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(plan_path))])
    drop = QDropEvent(
        QPointF(QPoint(10, 10)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    empty_window.dropEvent(drop)
    qtbot.waitUntil(lambda: empty_window.session.plan is not None)


def test_that_recent_files_are_remembered_and_listed(window: MainWindow, plan_path: Path) -> None:
    assert window.store.recent() == (plan_path,)
    texts = [action.text() for action in window.menus.recent.actions()]
    assert texts[0] == plan_path.name
    stored = json.loads((window.store.folder / "settings.json").read_text(encoding="utf-8"))
    assert stored["recent"] == [str(plan_path)]


def test_that_request_classes_can_be_duplicated_moved_and_removed(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(WORKLOAD)
    page = window.workload
    page.list.choose("chat")
    qtbot.mouseClick(page.duplicate, Qt.MouseButton.LeftButton)
    assert [c.id for c in window.session.plan.workload] == ["chat", "chat-copy", "docs"]
    assert page.list.current == "chat-copy"
    qtbot.mouseClick(page.down, Qt.MouseButton.LeftButton)
    assert [c.id for c in window.session.plan.workload] == ["chat", "docs", "chat-copy"]
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    assert [c.id for c in window.session.plan.workload] == ["chat", "docs"]
    for _ in range(3):
        window.session.undo.undo()
    assert not window.session.modified


def test_that_a_removed_bridge_is_told(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("api")
    qtbot.mouseClick(window.options.remove, Qt.MouseButton.LeftButton)
    assert "bridge" in window.status.currentMessage()


def test_that_the_last_option_cannot_be_removed(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    while len(window.session.plan.options) > 1:
        qtbot.mouseClick(window.options.remove, Qt.MouseButton.LeftButton)
    assert not window.options.remove.isEnabled()


def test_that_growth_can_be_changed_to_yearly_steps_and_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(WORKLOAD)
    form = window.workload.form
    box = form.row("workload.chat.growth").editor.focus_widget()
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert window.session.plan.workload[0].growth.kind == "yearly"
    factors = form.row("workload.chat.growth.factors").editor.focus_widget()
    factors.selectAll()
    qtbot.keyClicks(factors, "1; 1.4; 2")
    assert [f.value for f in window.session.plan.workload[0].growth.factors] == [1, 1.4, 2]
    window.session.undo.undo()
    window.session.undo.undo()
    assert window.session.plan.workload[0].growth.kind == "monthly"
    assert "workload.chat.growth.rate" in form.paths()


def test_that_closing_the_plan_shows_the_start_page(window: MainWindow) -> None:
    window.actions_.close_plan.trigger()
    assert window.whole.currentIndex() == 0
    assert not window.actions_.save.isEnabled()
    assert window.evaluator.evaluation is None


@pytest.mark.parametrize("path", ["people.loaded_cost_per_year", "options.owned.people_fte"])
def test_that_a_field_of_a_page_never_shown_is_scrolled_into_sight(
    qtbot: QtBot, window: MainWindow, path: str
) -> None:
    window.resize(1280, 640)
    window.go_to(path)
    page = window.options if path.startswith("options") else window.assumptions
    qtbot.wait(100)
    row = page.form.row(path)
    assert row.visibleRegion().boundingRect().height() == row.height()
    assert row.isAncestorOf(window.focusWidget())
