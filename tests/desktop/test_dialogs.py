"""Dialogs that make parts of a plan."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.catalogue import CatalogueDialog
from desktop.dialogs.findings import FindingsDialog
from desktop.dialogs.import_log import ImportLogDialog
from desktop.dialogs.new_class import NewClassDialog
from desktop.dialogs.new_option import NewOptionDialog
from desktop.dialogs.new_plan import NewPlanDialog
from desktop.dialogs.work_fields import STATED
from desktop.pages.navigation import OPTIONS, WORKLOAD
from desktop.theme.tokens import LIGHT
from desktop.window import MainWindow
from pricing.catalogue import load_catalogue, prices_in_force
from pricing.workload import templates


def search(dialog: NewPlanDialog | NewOptionDialog, words: str) -> None:
    dialog.offers.search.setText(words)
    dialog.offers.refresh()
    dialog.offers.view.selectRow(0)


def test_that_a_new_plan_needs_a_name_a_volume_and_a_model(
    qtbot: QtBot, empty_window: MainWindow
) -> None:
    empty_window.maker.new_plan()
    dialog = empty_window.documents.dialog
    assert isinstance(dialog, NewPlanDialog)
    assert not dialog.ok.isEnabled()
    assert "name" in dialog.missing.text()
    qtbot.keyClicks(dialog.name, "Help desk")
    assert "requests" in dialog.missing.text()
    qtbot.keyClicks(dialog.requests, "2.5k")
    assert "model" in dialog.missing.text()
    search(dialog, "openai gpt-4o")
    assert dialog.ok.isEnabled(), dialog.missing.text()
    with qtbot.waitSignal(empty_window.evaluator.evaluated, timeout=10_000):
        dialog.ok.click()
    plan = empty_window.session.plan
    assert plan.name == "Help desk"
    assert plan.workload[0].requests.value == 2500
    assert empty_window.session.modified, "it exists nowhere yet"


def test_that_a_wrong_month_keeps_the_new_plan_from_being_made(
    qtbot: QtBot, empty_window: MainWindow
) -> None:
    empty_window.maker.new_plan()
    dialog = empty_window.documents.dialog
    dialog.name.setText("Help desk")
    qtbot.keyClicks(dialog.requests, "100")
    search(dialog, "openai gpt-4o")
    dialog.start.setText("2027-13")
    assert not dialog.ok.isEnabled()
    assert "2027-13" in dialog.missing.text()
    dialog.reject()


def test_that_a_class_is_added_from_a_template_with_the_volume_asked_for(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.navigation.setCurrentRow(WORKLOAD)
    template = templates()[1]
    window.maker.add_class(template, window.workload.insert)
    dialog = window.documents.dialog
    assert isinstance(dialog, NewClassDialog)
    qtbot.keyClicks(dialog.requests, "12k")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    added = window.session.plan.workload[-1]
    assert (added.template, added.requests.value, added.per) == (template.id, 12_000, "day")
    assert window.workload.list.current == added.id
    assert window.session.undo.undoText().startswith("Add")


@pytest.mark.parametrize("kind", ["rented_gpus", "owned_servers", "appliance"])
def test_that_a_server_option_needs_to_know_what_one_server_does(
    qtbot: QtBot, window: MainWindow, kind: str
) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    window.maker.add_option(kind, window.options.insert)
    dialog = window.documents.dialog
    assert isinstance(dialog, NewOptionDialog)
    search(dialog, "")
    dialog.work.way.setCurrentIndex(STATED)
    assert "one server" in dialog.missing.text()
    qtbot.keyClicks(dialog.work.stated.capacity, "1800")
    dialog.work.stated.source.setText("our own measurement")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    added = window.session.plan.options[-1]
    assert added.kind == kind
    assert added.capacity.output_tokens_per_second.value == 1800
    assert added.capacity.output_tokens_per_second.source == "our own measurement"
    assert window.options.list.current == added.id


@pytest.mark.parametrize("kind", ["closed_api", "hosted_open"])
def test_that_a_token_priced_option_needs_a_model(
    qtbot: QtBot, window: MainWindow, kind: str
) -> None:
    window.maker.add_option(kind, window.options.insert)
    dialog = window.documents.dialog
    dialog.name.setText("Some API")
    dialog.name.textEdited.emit("Some API")
    assert not dialog.ok.isEnabled()
    search(dialog, "gpt-4o")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert window.session.plan.options[-1].name == "Some API"


def test_that_a_new_option_tells_what_the_requests_of_the_plan_cost_at_list_prices(
    qtbot: QtBot, window: MainWindow
) -> None:
    """As reckoned from the tokens of the class and the two prices of the entry."""
    window.maker.add_option("closed_api", window.options.insert)
    dialog = window.documents.dialog
    assert not dialog.costs.isVisible()
    search(dialog, "openai gpt-4o")
    plan, entry = window.session.plan, dialog.offers.current
    prices = prices_in_force(load_catalogue().token_model(entry), date(2026, 11, 22))
    one = plan.workload[0]
    cost = one.input_tokens.value * prices.input.value / 1e6
    cost += one.output_tokens.value * prices.output.value / 1e6
    told = re.search(rf"{one.name} USD\u00a0([\d.]+)", dialog.costs.text())
    assert told is not None
    assert float(told[1]) == pytest.approx(cost, rel=0.005)
    assert dialog.costs.isVisible()
    dialog.reject()


def test_that_a_model_is_picked_from_the_catalogue(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setCurrentRow(OPTIONS)
    window.options.list.choose("api")
    button = window.options.form.row("options.api.model").editor.button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window.documents.dialog
    assert isinstance(dialog, CatalogueDialog)
    dialog.table.search.setText("openai gpt-4o")
    dialog.table.refresh()
    dialog.table.view.selectRow(0)
    chosen = dialog.table.current
    dialog.ok.click()
    assert window.session.plan.options[0].model == chosen
    assert window.options.form.row("options.api.model").editor.field.text() == chosen


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Two days of a request every ten minutes, by two models, with one damaged row."""
    start = datetime(2026, 3, 2)  # noqa: DTZ001
    rows = ["when,prompt,completion,team"]
    for number in range(288):
        at = (start + timedelta(minutes=10 * number)).isoformat()
        rows.append(f"{at},{100 + number % 7},{20 + number % 3},{'ab'[number % 2]}")
    rows.append("2026-03-03T12:00:00,many,5,a")
    path = tmp_path / "export.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def choose(dialog: ImportLogDialog, **columns: str) -> None:
    for meaning, column in columns.items():
        dialog.boxes[meaning].setCurrentIndex(dialog.boxes[meaning].findText(column))


def test_that_a_log_is_mapped_by_hand_reported_and_becomes_request_classes(
    qtbot: QtBot, window: MainWindow, log: Path
) -> None:
    taken: list[object] = []
    window.maker.read_log(log, taken.append)
    dialog = window.documents.dialog
    assert isinstance(dialog, ImportLogDialog)
    qtbot.waitUntil(dialog.boxes["timestamp"].isEnabled, timeout=5000)
    choose(
        dialog, timestamp="when", input_tokens="prompt", output_tokens="completion", label="team"
    )
    assert dialog.ok.isEnabled(), dialog.missing.text()
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=10_000)
    text = dialog.account.text.toPlainText()
    assert "288 of 289 rows read" in text
    assert "Rows left out" in text
    dialog.ok.click()
    (classes,) = taken
    assert [item.name for item in classes] == ["a", "b"]


def test_that_imported_classes_join_the_plan_as_one_undo_step(
    qtbot: QtBot, window: MainWindow, log: Path, settled: Callable[[], None]
) -> None:
    window.maker.read_log(log, window.maker._add_classes)
    dialog = window.documents.dialog
    qtbot.waitUntil(dialog.boxes["timestamp"].isEnabled, timeout=5000)
    choose(dialog, timestamp="when", input_tokens="prompt", output_tokens="completion")
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=10_000)
    dialog.ok.click()
    assert len(window.session.plan.workload) == 3
    assert window.session.undo.undoText() == "Import a usage log"
    window.session.undo.undo()
    assert len(window.session.plan.workload) == 2
    assert not window.session.modified


def test_that_a_file_that_is_no_log_is_told_in_the_dialog(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    window.maker.read_log(path, lambda _classes: None)
    dialog = window.documents.dialog
    qtbot.waitUntil(lambda: "ZIP" in dialog.missing.text(), timeout=5000)
    assert not dialog.ok.isEnabled()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()


def test_that_a_plan_without_findings_says_what_was_looked_at(qtbot: QtBot) -> None:
    dialog = FindingsDialog((), LIGHT)
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith("Nothing to report") for text in texts)
