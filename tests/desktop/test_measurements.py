"""Own benchmark points in the window: imported, entered, listed, removed, undone."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.dialogs.measurements import MeasurementsDialog
from desktop.dialogs.measurements_import import ImportMeasurementsDialog
from desktop.dialogs.measurements_point import PointDialog
from desktop.dialogs.measurements_table import PointsTable
from desktop.dialogs.sheet_fields import SheetFields
from desktop.window import MainWindow
from pricing.plan.figure import BUYER
from pricing.plan.plan import Plan
from tests.serving.points import POINT, saved

OWN = {**POINT, "framework": "vLLM 0.11", "source_date": "2026-11-18"}


def bench(folder: Path, *rows: Mapping[str, Any]) -> Path:
    """A file of own points, each with what it changes in a plain one."""
    return saved(folder, [{**OWN, **row} for row in rows or ({},)])


def plan_of(window: MainWindow) -> Plan:
    plan = window.session.plan
    assert plan is not None
    return plan


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> ImportMeasurementsDialog:
    """The import dialog when it has read a file."""
    window.points.read(path)
    dialog = window.documents.dialog
    assert isinstance(dialog, ImportMeasurementsDialog)
    settle(qtbot, dialog)
    return dialog


def settle(qtbot: QtBot, dialog: ImportMeasurementsDialog) -> None:
    qtbot.waitUntil(lambda: "Reading" not in dialog.missing.text(), timeout=10_000)


def listed(window: MainWindow) -> MeasurementsDialog:
    window.actions_.own_points.trigger()
    dialog = window.documents.dialog
    assert isinstance(dialog, MeasurementsDialog)
    return dialog


def entry(window: MainWindow) -> PointDialog:
    window.points.add()
    dialog = window.documents.dialog
    assert isinstance(dialog, PointDialog)
    return dialog


def cells(table: PointsTable) -> list[list[str]]:
    model = table.points
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def enter(block: SheetFields, **values: object) -> None:
    """Type into fields by their names."""
    for name, value in values.items():
        field = block.fields[name]
        field.setText(str(value))
        field.textEdited.emit(str(value))


def choose(dialog: PointDialog, **codes: str) -> None:
    for name, code in codes.items():
        dialog.choices[name].setCurrentIndex(dialog.choices[name].findData(code))


def fill(dialog: PointDialog) -> None:
    choose(dialog, model="llama-3.1-70b", accelerator="h100-sxm", precision="fp8")
    enter(dialog.layout_, tensor_parallel=8)
    enter(dialog.run, input_tokens=1000, output_tokens=500, concurrency=64)
    enter(dialog.result_, output_tokens_per_second=2500)


def test_that_a_file_is_previewed_and_imported_in_one_undo_step(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = plan_of(window)
    dialog = opened(qtbot, window, bench(tmp_path, {"isl": 900}, {"isl": 1000}))
    first = cells(dialog.table)[0]
    assert first[:3] == [
        "Llama-3.1-70B FP8 on 8 × H100-SXM, vLLM", "900 + 500, full", "2,500",
    ]  # fmt: skip
    assert first[4].endswith("%")
    assert "What becomes of predicted throughput" in dialog.account.toPlainText()
    assert plan_of(window) == before
    assert dialog.ok.text() == "Add 2 points"
    dialog.ok.click()
    points = plan_of(window).measurements
    assert [(p.input_tokens, p.source, p.as_of) for p in points] == [
        (900, "points.csv", date(2026, 11, 18)), (1000, "points.csv", date(2026, 11, 18)),
    ]  # fmt: skip
    assert window.status.currentMessage() == "2 benchmark points added"
    window.session.undo.undo()
    assert plan_of(window) == before
    window.session.undo.redo()
    assert plan_of(window).measurements == points


def test_that_the_preview_errors_are_those_of_the_prediction(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(qtbot, window, bench(tmp_path, *({"isl": 900 + n} for n in range(3))))
    assert dialog.preview is not None
    for held, row in zip(dialog.preview.held, cells(dialog.table), strict=True):
        assert held.before is not None
        measured, predicted = (float(row[at].replace(",", "")) for at in (2, 3))
        assert predicted == pytest.approx(held.before.typical, rel=1e-3)
        assert held.error == pytest.approx(predicted / measured - 1, abs=1e-3)
        assert abs(held.error_after) < abs(held.error)


def test_that_bad_rows_are_told_and_the_file_can_be_read_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = plan_of(window)
    path = bench(tmp_path, {}, {"output_tokens_per_s": "2.5k"}, {"tp": 7})
    dialog = opened(qtbot, window, path)
    said = dialog.account.toPlainText()
    assert "points.csv, line 3, output_tokens_per_s: '2.5k' must be written out: 2500." in said
    assert "line 4, tp: 7 accelerators cannot share the 64 attention heads" in said
    assert not dialog.ok.isEnabled()
    assert not dialog.table.isVisible()
    assert plan_of(window) == before
    bench(tmp_path, {})
    dialog.again.click()
    settle(qtbot, dialog)
    assert dialog.table.isVisible()
    assert dialog.ok.text() == "Add 1 point"
    assert dialog.ok.isEnabled()
    dialog.reject()
    assert plan_of(window) == before


def test_that_a_file_that_is_gone_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(qtbot, window, tmp_path / "none.csv")
    assert "none.csv: No such file or directory." in dialog.account.toPlainText()
    assert not dialog.ok.isEnabled()


def test_that_software_is_asked_for_where_rows_name_none(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(qtbot, window, bench(tmp_path, {"framework": ""}))
    assert dialog.software.isVisible()
    assert dialog.missing.text() == "Choose the serving software of the file."
    index = dialog.software.findData("sglang")
    dialog.software.setCurrentIndex(index)
    dialog.software.activated.emit(index)
    settle(qtbot, dialog)
    dialog.ok.click()
    assert plan_of(window).measurements[0].framework == "sglang"


def test_that_a_file_that_is_in_the_plan_adds_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = bench(tmp_path)
    opened(qtbot, window, path).ok.click()
    dialog = opened(qtbot, window, path)
    assert not dialog.ok.isEnabled()
    assert "already" in dialog.missing.text()


def test_that_another_file_can_be_chosen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(qtbot, window, bench(tmp_path))
    dialog.other.click()
    chooser = window.documents.dialog
    assert isinstance(chooser, QFileDialog)
    assert chooser.directory().path() == str(tmp_path)
    chooser.fileSelected.emit(str(bench(tmp_path, {"isl": 77})))
    second = window.documents.dialog
    assert isinstance(second, ImportMeasurementsDialog)
    settle(qtbot, second)
    assert cells(second.table)[0][1] == "77 + 500, full"
    second.reject()
    chooser.close()


def test_that_points_are_listed_and_removed_in_one_undo_step(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    opened(qtbot, window, bench(tmp_path, *({"isl": 900 + n} for n in range(4)))).ok.click()
    dialog = listed(window)
    assert [row[5:7] for row in cells(dialog.table)] == [["points.csv", "2026-11-18"]] * 4
    assert not dialog.remove.isEnabled()
    flags = QItemSelectionModel.SelectionFlag
    for row in (0, 2):
        index = dialog.table.points.index(row, 0)
        dialog.table.selectionModel().select(index, flags.Select | flags.Rows)
    assert dialog.remove.isEnabled()
    dialog.remove.click()
    assert [p.input_tokens for p in plan_of(window).measurements] == [901, 903]
    assert len(cells(dialog.table)) == 2
    assert window.status.currentMessage() == "2 benchmark points removed"
    window.session.undo.undo()
    assert len(plan_of(window).measurements) == 4
    assert len(cells(dialog.table)) == 4
    dialog.close_.click()


def test_that_an_empty_list_says_what_to_do(window: MainWindow) -> None:
    dialog = listed(window)
    assert "No points yet" in dialog.about.text()
    dialog.read.click()
    chooser = window.documents.dialog
    assert isinstance(chooser, QFileDialog)
    chooser.close()
    dialog.close()


def test_that_a_point_entered_is_held_against_its_prediction_and_added(
    window: MainWindow,
) -> None:
    dialog = entry(window)
    assert not dialog.ok.isEnabled()
    assert "Enter mean input and output tokens" in dialog.missing.text()
    fill(dialog)
    said = dict(dialog.preview.lines)
    assert said["Measured"] == "2,500 tokens/s"
    assert "80 % interval" in said["Its stack"]
    dialog.source.setText("our lab, guidellm")
    dialog.ok.click()
    (point,) = plan_of(window).measurements
    assert (point.model, point.tensor_parallel, point.concurrency) == ("llama-3.1-70b", 8, 64)
    assert point.source == "our lab, guidellm"
    assert window.session.undo.undoText() == "Add a benchmark point"


def test_that_a_point_without_a_source_is_the_buyers(window: MainWindow) -> None:
    dialog = entry(window)
    fill(dialog)
    dialog.day.setText("")
    dialog.ok.click()
    (point,) = plan_of(window).measurements
    assert (point.source, point.as_of) == (BUYER, None)


@pytest.mark.parametrize(
    ("day", "told"), [("yesterday", "yesterday"), ("2026-02-30", "2026-02-30")]
)
def test_that_a_wrong_day_is_told(window: MainWindow, day: str, told: str) -> None:
    dialog = entry(window)
    fill(dialog)
    dialog.day.setText(day)
    assert not dialog.ok.isEnabled()
    assert told in dialog.missing.text()
    dialog.reject()


def test_that_a_wrong_number_is_marked_and_told(window: MainWindow) -> None:
    dialog = entry(window)
    fill(dialog)
    enter(dialog.result_, output_tokens_per_second="many")
    assert not dialog.ok.isEnabled()
    assert dialog.missing.text().startswith("Output, all together: ")
    dialog.reject()


def test_that_what_cannot_run_so_is_said(window: MainWindow) -> None:
    dialog = entry(window)
    fill(dialog)
    enter(dialog.layout_, tensor_parallel=7)
    said = dict(dialog.preview.lines)
    assert "cannot split the 64 attention heads" in said["Please check"]
    dialog.reject()


def test_that_the_form_starts_from_what_an_option_runs(window: MainWindow) -> None:
    serving = {
        "model": "llama-3.1-8b", "accelerator": "h200", "framework": "sglang",
        "precision": "fp8", "tensor_parallel": 2, "accelerators": 8,
    }  # fmt: skip
    window.session.apply("Serve", lambda plan: _served(plan, serving))
    dialog = entry(window)
    chosen = {name: box.currentData() for name, box in dialog.choices.items()}
    assert chosen == {
        "model": "llama-3.1-8b", "accelerator": "h200", "framework": "sglang",
        "precision": "fp8", "kv_precision": "fp16",
    }  # fmt: skip
    assert dialog.layout_.stated()["tensor_parallel"] == 2
    dialog.reject()


def _served(plan: Plan, serving: dict[str, Any]) -> Plan:
    """The plan with what runs on the rented servers in the place of their stated capacity."""
    document = plan.model_dump()
    rented = next(o for o in document["options"] if o["id"] == "rented")
    rented["capacity"], rented["serving"] = None, serving
    return Plan.model_validate(document)


def test_that_the_serving_page_leads_to_the_points(window: MainWindow) -> None:
    window.serving.own_points.click()
    dialog = window.documents.dialog
    assert isinstance(dialog, MeasurementsDialog)
    dialog.close()


def test_that_actions_wait_for_a_plan(empty_window: MainWindow) -> None:
    assert not empty_window.actions_.own_points.isEnabled()
    assert not empty_window.actions_.import_points.isEnabled()


def test_that_the_table_can_be_reached_and_left_by_keyboard(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    opened(qtbot, window, bench(tmp_path)).ok.click()
    dialog = listed(window)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not dialog.table
    dialog.close()


def test_that_no_text_of_the_dialogs_is_cut_off_and_all_have_names(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    previewed = opened(qtbot, window, bench(tmp_path, {"isl": 900}, {"isl": 1000}))
    problems(previewed)
    previewed.ok.click()
    broken = opened(qtbot, window, bench(tmp_path, {"framework": ""}))
    problems(broken)
    broken.reject()
    entered = entry(window)
    fill(entered)
    problems(entered)
    entered.reject()
    shown = listed(window)
    problems(shown)
    shown.close()


def problems(dialog: QDialog) -> None:
    """Fail for labels and buttons that need more room, and for fields nothing names."""
    for _ in range(5):
        QApplication.processEvents()
    for text in [*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton)]:
        if text.isVisible() and text.text() and not within_scroll(text):
            needed = (
                text.heightForWidth(text.width())
                if isinstance(text, QLabel) and text.wordWrap()
                else text.sizeHint().height()
            )
            assert needed <= text.height() + 1, text.text()
    for kind in (QLineEdit, QComboBox, QTableView, QTextBrowser):
        for field in dialog.findChildren(kind):
            assert not field.isVisible() or field.accessibleName(), field
    assert dialog.width() <= 1280
    assert dialog.height() <= 760


def within_scroll(widget: QWidget) -> bool:
    """Whether more of it can be scrolled to."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False
