"""Catalogue files in the window: taken in, shown, taken by a plan and given back."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.catalogue_import import ImportCatalogueDialog
from desktop.dialogs.catalogue_taking import TakeCatalogueDialog
from desktop.dialogs.findings import FindingsDialog
from desktop.dialogs.new_plan import NewPlanDialog
from desktop.window import MainWindow
from pricing.catalogue import Catalogue, load_catalogue, present_catalogue
from pricing.catalogue.installed import keep, store, use
from pricing.plan.file import load_plan, save_plan
from pricing.plan.written_with import written_with
from pricing.resources import resource
from tests.catalogue.editions import MODEL, NEWER, OLDER, edition, entry, written

SAMPLE = ("samples", "customer_service.reckon")


pytestmark = pytest.mark.usefixtures("data_home")


@pytest.fixture
def sampled(qtbot: QtBot, empty_window: MainWindow) -> MainWindow:
    """A window on the sample, started as the program starts it."""
    empty_window.after_start()
    with qtbot.waitSignal(empty_window.evaluator.evaluated, timeout=20_000):
        empty_window.documents.open(resource(*SAMPLE))
    return empty_window


def looked_into(qtbot: QtBot, window: MainWindow, path: Path) -> ImportCatalogueDialog:
    """The dialog about a file."""
    window.catalogues.look_into(path)
    qtbot.waitUntil(
        lambda: isinstance(window.documents.dialog, ImportCatalogueDialog), timeout=20_000
    )
    dialog = window.documents.dialog
    assert isinstance(dialog, ImportCatalogueDialog)
    return dialog


def imported(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    dialog = looked_into(qtbot, window, path)
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=20_000):
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)


def taking(qtbot: QtBot, window: MainWindow) -> TakeCatalogueDialog:
    """The dialog about the plan's catalogue, once it has compared."""
    window.actions_.take_catalogue.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, TakeCatalogueDialog)
    qtbot.waitUntil(lambda: dialog.missing.text() != "Comparing…", timeout=20_000)
    return dialog


def cells(dialog: ImportCatalogueDialog | TakeCatalogueDialog) -> list[list[str]]:
    model = dialog.table.changes
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def tco(window: MainWindow) -> float:
    assert window.evaluator.evaluation is not None
    return window.evaluator.evaluation.bills[0].tco.value


def test_that_a_chosen_file_is_shown_with_hash_and_changes_before_anything_is_kept(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path, newer: Catalogue
) -> None:
    path = written(tmp_path, newer)
    sampled.actions_.import_catalogue.trigger()
    chooser = sampled.documents.dialog
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.close()
    dialog = looked_into(qtbot, sampled, path)
    assert newer.id in dialog.hash.text()
    assert "does not prove who made it" in dialog.caution.text()
    assert "Prices changed: 1;" in dialog.about.text()
    assert cells(dialog) == [
        ["GPT-5 mini", "input", "2026-12", "0.25", "0.5", "USD per million tokens"]
    ]
    dialog.reject()
    assert not store().exists()
    assert sampled.status.prices.text() == "Prices of 2026-11-22 (today)"


def test_that_an_open_plan_keeps_its_figures_and_says_so(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path, newer: Catalogue
) -> None:
    before = tco(sampled)
    imported(qtbot, sampled, written(tmp_path, newer))
    assert present_catalogue().id == newer.id
    assert tco(sampled) == before
    assert not sampled.session.modified
    said = f"Prices of 2026-11-22, newer ones of {NEWER} installed"
    assert sampled.status.prices.text() == said
    assert sampled.evaluator.evaluation is not None
    codes = [finding.code for finding in sampled.evaluator.evaluation.findings]
    assert codes.count("catalogue.newer") == 1


def test_that_the_newer_one_is_taken_as_one_step_and_given_back_by_undo(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path, newer: Catalogue
) -> None:
    before = tco(sampled)
    imported(qtbot, sampled, written(tmp_path, newer))
    dialog = taking(qtbot, sampled)
    assert [row[:2] for row in cells(dialog)] == [
        ["GPT-5 mini by API", "Price of input tokens"],
        ["GPT-5 mini by API", "Price of cache writes"],
    ]
    assert dialog.costs.text().startswith("GPT-5 mini by API: USD 1.604 m before, ")
    with qtbot.waitSignal(sampled.evaluator.evaluated, timeout=20_000):
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert sampled.session.plan is not None
    assert sampled.session.plan.catalogue == newer.reference
    assert tco(sampled) > before
    assert sampled.session.modified
    assert sampled.status.prices.text() == f"Prices of {NEWER} (today)"
    assert sampled.session.undo.undoText() == "Take another catalogue"
    with qtbot.waitSignal(sampled.evaluator.evaluated, timeout=20_000):
        sampled.actions_.undo.trigger()
    assert tco(sampled) == before
    assert sampled.session.plan.catalogue == load_catalogue().reference


def test_that_a_finding_leads_to_the_dialog(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path, newer: Catalogue
) -> None:
    imported(qtbot, sampled, written(tmp_path, newer))
    sampled.show_findings()
    findings = sampled.documents.dialog
    assert isinstance(findings, FindingsDialog)
    findings.field_wanted.emit("catalogue")
    findings.close()
    dialog = sampled.documents.dialog
    assert isinstance(dialog, TakeCatalogueDialog)
    assert dialog.chosen.id == newer.id
    dialog.reject()
    qtbot.mouseClick(sampled.status.prices, Qt.MouseButton.LeftButton)
    again = sampled.documents.dialog
    assert isinstance(again, TakeCatalogueDialog)
    again.reject()


def test_that_the_plans_own_catalogue_cannot_be_taken_again(
    qtbot: QtBot, sampled: MainWindow
) -> None:
    dialog = taking(qtbot, sampled)
    assert not dialog.ok.isEnabled()
    assert "already" in dialog.missing.text()
    dialog.reject()


def test_that_an_older_one_is_kept_for_plans_only(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path
) -> None:
    older = edition(OLDER)
    path = written(tmp_path, older)
    dialog = looked_into(qtbot, sampled, path)
    assert dialog.ok.text() == "Keep the older one"
    assert "older than the one in use" in dialog.missing.text()
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert present_catalogue() is load_catalogue()
    taken = taking(qtbot, sampled)
    taken.choice.setCurrentIndex(taken.choice.findData(older.id))
    qtbot.waitUntil(taken.ok.isEnabled, timeout=20_000)
    taken.reject()


def test_that_the_catalogue_in_use_need_not_be_imported(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path
) -> None:
    dialog = looked_into(qtbot, sampled, written(tmp_path, load_catalogue()))
    assert not dialog.ok.isEnabled()
    assert "Nothing is different." in dialog.about.text()
    dialog.reject()


def test_that_a_file_that_is_no_catalogue_is_refused_with_the_reason(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path, newer: Catalogue
) -> None:
    path = written(tmp_path, newer)
    path.write_bytes(path.read_bytes()[:5000])
    sampled.catalogues.look_into(path)
    qtbot.waitUntil(lambda: isinstance(sampled.documents.dialog, QMessageBox), timeout=20_000)
    box = sampled.documents.dialog
    assert isinstance(box, QMessageBox)
    assert box.informativeText() == (
        "prices.reckoncat was not imported: it is cut off or damaged; copy it again."
    )
    box.close()
    assert not store().exists()


def test_that_a_folder_that_cannot_be_written_is_said(
    qtbot: QtBot, sampled: MainWindow, tmp_path: Path, newer: Catalogue, data_home: Path
) -> None:
    data_home.write_text("no folder")
    dialog = looked_into(qtbot, sampled, written(tmp_path, newer))
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    box = sampled.documents.dialog
    assert isinstance(box, QMessageBox)
    assert "Not a directory" in box.informativeText()
    box.close()


def test_that_importing_the_catalogue_a_plan_names_brings_its_figures_back(
    qtbot: QtBot, empty_window: MainWindow, tmp_path: Path, newer: Catalogue
) -> None:
    empty_window.after_start()
    path = tmp_path / "elsewhere.reckon"
    save_plan(written_with(load_plan(resource(*SAMPLE)), newer.reference), path)
    with qtbot.waitSignal(empty_window.evaluator.evaluated, timeout=20_000):
        empty_window.documents.open(path)
    without = tco(empty_window)
    dialog = taking(qtbot, empty_window)
    assert "not installed here" in dialog.about.text()
    dialog.reject()
    imported(qtbot, empty_window, written(tmp_path, newer))
    assert tco(empty_window) > without
    assert not empty_window.session.modified
    assert empty_window.status.prices.text() == f"Prices of {NEWER} (today)"


def test_that_a_catalogue_a_plan_cannot_be_evaluated_with_is_not_taken(
    qtbot: QtBot, sampled: MainWindow
) -> None:
    def remove(entries: list[dict[str, Any]]) -> None:
        entries.remove(entry(entries, MODEL))

    lacking = edition(change=remove)
    keep(lacking)
    use(lacking)
    dialog = taking(qtbot, sampled)
    assert not dialog.ok.isEnabled()
    assert f"has no token model '{MODEL}'" in dialog.missing.text()
    dialog.reject()


def test_that_a_new_plan_is_made_with_the_catalogue_in_use(
    qtbot: QtBot, empty_window: MainWindow, newer: Catalogue
) -> None:
    keep(newer)
    use(newer)
    empty_window.actions_.new.trigger()
    dialog = empty_window.documents.dialog
    assert isinstance(dialog, NewPlanDialog)
    qtbot.keyClicks(dialog.name, "Fresh")
    qtbot.keyClicks(dialog.requests, "2.5k")
    qtbot.keyClick(dialog.requests, Qt.Key.Key_Return)
    dialog.offers.choose(MODEL)
    qtbot.waitUntil(dialog.ok.isEnabled, timeout=5_000)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert empty_window.session.plan is not None
    assert empty_window.session.plan.catalogue == newer.reference


def test_that_the_about_box_names_the_catalogue_that_counts(
    qtbot: QtBot, sampled: MainWindow
) -> None:
    sampled.show_about()
    box = sampled.documents.dialog
    assert isinstance(box, QMessageBox)
    said = box.informativeText().replace("\n", "")
    assert f"Catalogue of 2026-11-22, SHA-256 of its manifest:{load_catalogue().id}" in said
    box.close()
