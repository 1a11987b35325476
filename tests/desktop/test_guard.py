"""Unsaved work outlives a crash."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.forms.edit import Edit
from desktop.window import MainWindow
from pricing.plan.file import load_plan
from pricing.plan.plan import Plan
from pricing.plan.recovery import Recovery


def answer(window: MainWindow, text: str) -> None:
    box = window.documents.dialog
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()


@pytest.fixture
def left_behind(empty_window: MainWindow, plan: Plan, plan_path: Path) -> Path:
    """Work that another process kept and could not save."""
    other = Recovery(empty_window.store.folder / "recovery")
    other.keep(plan.model_copy(update={"months": 60}), plan_path)
    kept = other.file.read_bytes()
    file = other.file
    other.clear()
    file.write_bytes(kept)
    return file


def test_that_unsaved_work_is_kept_and_forgotten_once_saved(window: MainWindow) -> None:
    window.session.edit(Edit("months", 48, "Horizon", 1))
    window.guard.keep()
    assert window.guard.file.exists()
    window.actions_.save.trigger()
    window.guard.keep()
    assert not window.guard.file.exists()


def test_that_discarding_on_close_forgets_the_copy(window: MainWindow) -> None:
    window.session.edit(Edit("months", 48, "Horizon", 1))
    window.guard.keep()
    window.close()
    window.documents.dialog.button(QMessageBox.StandardButton.Discard).click()
    assert not window.guard.file.exists()


def test_that_work_left_behind_is_offered_and_can_be_saved_where_it_came_from(
    qtbot: QtBot, empty_window: MainWindow, left_behind: Path, plan_path: Path
) -> None:
    empty_window.after_start()
    assert "Help desk 2027" in empty_window.documents.dialog.text()
    told = empty_window.documents.dialog.informativeText()
    kept_at = datetime.fromtimestamp(left_behind.stat().st_mtime).astimezone()
    near = [kept_at + timedelta(minutes=n) for n in (-1, 0)]
    assert any(f"Last kept {day:%Y-%m-%d %H:%M}." in told for day in near)
    answer(empty_window, "Open it")
    assert empty_window.session.plan.months == 60
    assert empty_window.session.modified
    assert not left_behind.exists()
    assert empty_window.guard.file.exists(), "the work is never without a copy"
    empty_window.actions_.save.trigger()
    assert load_plan(plan_path).months == 60


def test_that_work_left_behind_can_wait(empty_window: MainWindow, left_behind: Path) -> None:
    empty_window.after_start()
    answer(empty_window, "Ask again later")
    assert left_behind.exists()
    assert empty_window.session.plan is None


def test_that_work_left_behind_can_be_discarded(
    empty_window: MainWindow, left_behind: Path
) -> None:
    empty_window.after_start()
    answer(empty_window, "Discard it")
    assert not left_behind.exists()
