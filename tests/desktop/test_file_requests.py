"""A plan that the system names is opened in the running window."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.file_requests import FileRequests


def test_that_a_named_file_is_opened_and_an_address_is_not(qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[Path] = []
    application = QApplication.instance()
    assert application is not None
    requests = FileRequests(asked.append, application)
    application.installEventFilter(requests)
    try:
        plan = tmp_path / "plan.reckon"
        QApplication.sendEvent(application, QFileOpenEvent(str(plan)))
        QApplication.sendEvent(application, QFileOpenEvent(QUrl("https://example.org/plan")))
    finally:
        application.removeEventFilter(requests)
    assert asked == [plan]
