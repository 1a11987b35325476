"""The help pages."""

from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from desktop.dialogs.help import HelpDialog, help_pages
from desktop.window import MainWindow


def test_that_every_page_opens_and_shows_its_heading(window: MainWindow, qtbot: QtBot) -> None:
    dialog = HelpDialog(window.theme.tokens, window)
    qtbot.addWidget(dialog)
    for row, page in enumerate(help_pages()):
        dialog.list.setCurrentRow(row)
        heading = page.path.read_text(encoding="utf-8").splitlines()[0].strip("# `")
        assert heading.split()[0] in dialog.text.toPlainText()
        assert "|" not in dialog.text.toPlainText().splitlines()[2], "tables are drawn as tables"


def test_that_the_help_key_opens_the_pages(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialogs = window.findChildren(HelpDialog)
    assert len(dialogs) == 1
    assert dialogs[0].isVisible()


def test_that_a_link_leads_to_its_page_and_nowhere_else(window: MainWindow, qtbot: QtBot) -> None:
    dialog = HelpDialog(window.theme.tokens, window)
    qtbot.addWidget(dialog)
    files = [page.file for page in help_pages()]
    assert "serving_score.md" in dialog.text.toHtml()
    dialog.text.anchorClicked.emit(QUrl("serving_score.md"))
    assert dialog.list.currentRow() == files.index("serving_score.md")
    dialog.text.anchorClicked.emit(QUrl("https://example.org/page.html"))
    assert dialog.list.currentRow() == files.index("serving_score.md")
