"""The help pages."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.help import HelpDialog, help_pages
from desktop.window import MainWindow
from pricing.resources import resource


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


def test_that_the_about_box_leads_to_the_licences(window: MainWindow, qtbot: QtBot) -> None:
    window.show_about()
    box = window.findChildren(QMessageBox)[0]
    button = next(button for button in box.buttons() if button.text() == "Licences…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    shown = window.findChildren(HelpDialog)[0].text.toPlainText()
    assert shown.startswith("Licences and attributions")
    assert "GNU Lesser General Public License" in shown


def test_that_licences_of_third_parties_are_shown_where_a_build_wrote_them(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "third_party.txt" not in [page.file for page in help_pages()]
    folder = tmp_path / "resources"
    folder.mkdir()
    (folder / "help").symlink_to(resource("help"))
    (folder / "licences").mkdir()
    text = "Licences of what Reckoner is made of\n\n" + "  * not a list but a text *\n" * 9000
    (folder / "licences" / "third_party.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    dialog = HelpDialog(window.theme.tokens, window)
    qtbot.addWidget(dialog)
    dialog.show_page("third_party.txt")
    assert dialog.text.toPlainText() == text
    dialog.show_page("security.md")
    assert dialog.text.toPlainText().startswith("For the security officer")
